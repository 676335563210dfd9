package org.yuanliu.platform.access;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * By what somebody signed in.
 *
 * @param password whether a password was part of it
 * @param strong whether there were two factors, here or at the provider
 * @param provider the provider that vouched, if one did
 */
record Proof(boolean password, boolean strong, @Nullable FromProvider provider)
    implements Serializable {

  /**
   * @param id as in the settings
   * @param idToken names the session there when it is to end too
   */
  record FromProvider(String id, String idToken) implements Serializable {
    /** Without the token. */
    @Override
    public String toString() {
      return "FromProvider[" + id + "]";
    }
  }

  static Proof password(boolean strong) {
    return new Proof(true, strong, null);
  }
}
