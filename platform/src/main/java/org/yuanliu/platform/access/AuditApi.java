package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit, newest first, for the auditor alone. Reading it is audited as well. */
@RestController
class AuditApi {
  static final int MAX_PAGE = 1_000;

  private final JdbcClient jdbc;

  AuditApi(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** One record with its number. */
  record Numbered(long id, AuditRecord entry) {}

  /**
   * @param next what to give as {@code before} for the next page; null on the last one
   */
  record Page(List<Numbered> entries, @Nullable Long next) {}

  /**
   * @param account only this account's; null for all
   * @param from not older than this; null for no bound
   * @param to older than this; null for no bound
   * @param before only records with a smaller number
   */
  @GetMapping("/api/v1/audit")
  Page audit(
      Caller caller,
      @RequestParam(required = false) @Nullable UUID account,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "9223372036854775807") long before,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    caller.require(Permission.AUDIT);
    List<Numbered> entries =
        jdbc.sql(
                """
                select * from audit
                where id < :before
                  and (cast(:account as uuid) is null or account = :account)
                  and (cast(:from as timestamptz) is null or at >= :from)
                  and (cast(:to as timestamptz) is null or at < :to)
                order by id desc limit :limit
                """)
            .param("before", before)
            .param("account", account)
            .param("from", from == null ? null : AccountStore.at(from))
            .param("to", to == null ? null : AccountStore.at(to))
            .param("limit", limit)
            .query(AuditApi::numbered)
            .list();
    return new Page(entries, entries.size() == limit ? entries.getLast().id() : null);
  }

  private static Numbered numbered(ResultSet row, int number) throws SQLException {
    return new Numbered(
        row.getLong("id"),
        new AuditRecord(
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
            row.getString("outcome")));
  }
}
