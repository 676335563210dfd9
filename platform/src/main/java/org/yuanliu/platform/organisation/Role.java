package org.yuanliu.platform.organisation;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.access.Permission;

/**
 * A person's role in an organisation.
 *
 * @param until the first moment at which it holds no longer; null for none
 */
record Role(
    UUID id,
    String party,
    UUID account,
    String title,
    Set<Permission> permissions,
    Instant from,
    @Nullable Instant until,
    @Nullable Instant endedAt) {
  Role {
    permissions = Set.copyOf(permissions);
  }

  boolean inForce(Instant now) {
    return endedAt == null && !now.isBefore(from) && (until == null || now.isBefore(until));
  }

  /**
   * A role lent to somebody else for a time.
   *
   * @param account who acts meanwhile
   */
  record Delegation(
      UUID id,
      UUID role,
      UUID account,
      Set<Permission> permissions,
      Instant from,
      Instant until,
      String reason,
      @Nullable Instant endedAt) {
    Delegation {
      permissions = Set.copyOf(permissions);
    }

    boolean inForce(Instant now) {
      return endedAt == null && !now.isBefore(from) && now.isBefore(until);
    }
  }
}
