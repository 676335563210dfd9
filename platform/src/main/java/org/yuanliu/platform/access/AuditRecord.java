package org.yuanliu.platform.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who saw or did what, when, from where.
 *
 * @param role enterprise, regulator, operator, with its administration; anonymous where nobody was
 *     signed in
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
    String outcome) {

  /** The same at a time as the database keeps it. */
  AuditRecord at(Instant time) {
    return new AuditRecord(
        time, requestId, account, party, role, apiKey, address, method, route, object, status,
        outcome);
  }

  static AuditRecord of(ResultSet row) throws SQLException {
    return new AuditRecord(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("request_id"),
        row.getObject("account", UUID.class),
        row.getString("party"),
        row.getString("role"),
        row.getObject("api_key", UUID.class),
        row.getString("address"),
        row.getString("method"),
        row.getString("route"),
        row.getString("object"),
        row.getInt("status"),
        row.getString("outcome"));
  }
}
