package org.yuanliu.platform.access;

import java.util.Set;
import java.util.UUID;

/**
 * Whose a key is.
 *
 * @param permissions of the key itself
 */
record KeyOwner(UUID account, Set<Permission> permissions) {
  KeyOwner {
    permissions = Set.copyOf(permissions);
  }
}
