package org.yuanliu.platform.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is listed.
 *
 * @param prefix what one sees of it
 * @param lastUsedAt to the minute; null where it never was
 */
record KeyInfo(
    UUID id,
    String label,
    String prefix,
    Set<Permission> permissions,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {}
