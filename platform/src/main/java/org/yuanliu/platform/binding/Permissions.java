package org.yuanliu.platform.binding;

import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;

/** Refuses in the words of the EPCIS interface. */
public final class Permissions {
  private Permissions() {}

  public static void require(Caller caller, Permission permission) {
    if (!caller.may(permission)) {
      throw EpcisProblems.forbidden();
    }
  }
}
