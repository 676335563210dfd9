package org.yuanliu.platform.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who saw or did what, when, from where.
 *
 * @param role enterprise, regulator, operator; anonymous where nobody was signed in
 * @param apiKey the key that opened the door; null for a session
 * @param route the address as a pattern, e.g. {@code /api/v1/trace/{code}}
 * @param object what was asked for: the values in the address, never a body, never a secret
 * @param outcome done, refused or failed
 */
record AuditRecord(
    Instant at,
    String requestId,
    @Nullable UUID account,
    @Nullable String party,
    String role,
    @Nullable UUID apiKey,
    String address,
    String method,
    String route,
    @Nullable String object,
    int status,
    String outcome) {}
