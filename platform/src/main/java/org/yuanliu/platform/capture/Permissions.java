package org.yuanliu.platform.capture;

import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;

/** Refuses in the words of the EPCIS interface. */
final class Permissions {
  private Permissions() {}

  static void require(Caller caller, Permission permission) {
    if (!caller.may(permission)) {
      throw EpcisProblems.forbidden();
    }
  }
}
