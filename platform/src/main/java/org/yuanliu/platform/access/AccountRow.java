package org.yuanliu.platform.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Standing;

/** An account as stored. */
record AccountRow(
    UUID id,
    String name,
    @Nullable String passwordHash,
    String party,
    ViewerKind viewerKind,
    String divisionPrefix,
    Set<String> industries,
    Set<Permission> permissions,
    Standing standing,
    boolean disabled,
    @Nullable Instant passwordChangedAt,
    boolean codes,
    boolean passkeys) {

  /** Whether there is a second factor: an authenticator app's codes, or a passkey. */
  boolean secondFactor() {
    return codes || passkeys;
  }

  /** Which of the platform's three administrations it holds; null for every other account. */
  @Nullable Permission duty() {
    // A firm's or a department's own administrator administers no platform.
    return viewerKind == ViewerKind.OPERATOR
        ? permissions.stream().filter(Permission::isDuty).findFirst().orElse(null)
        : null;
  }

  @Override
  public String toString() {
    return "AccountRow[" + id + "]";
  }
}
