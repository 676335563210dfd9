package org.yuanliu.platform.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Standing;

/** An API key as stored; the key itself is nowhere. */
record KeyRow(
    UUID id,
    UUID account,
    byte[] hash,
    Set<Permission> permissions,
    Standing standing,
    @Nullable Integer requestsPerSecond,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  boolean validAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }
}
