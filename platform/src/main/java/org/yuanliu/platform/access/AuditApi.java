package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit, newest first, for the auditor alone. Reading it is audited as well. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "审计 · Who saw and did what, for the auditor alone")
class AuditApi {
  static final int MAX_PAGE = 1_000;

  private final JdbcClient jdbc;
  private final AuditLog log;
  private final AuditAlerts alerts;
  private final AuditKeeping keeping;

  AuditApi(JdbcClient jdbc, AuditLog log, AuditAlerts alerts, AuditKeeping keeping) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.log = requireNonNull(log, "log is null");
    this.alerts = requireNonNull(alerts, "alerts is null");
    this.keeping = requireNonNull(keeping, "keeping is null");
  }

  /** One record with its number. */
  record Numbered(long id, AuditRecord entry) {}

  /**
   * @param next what to give as {@code before} for the next page; null on the last one
   */
  record Page(List<Numbered> entries, @Nullable Long next) {}

  /**
   * @param account only this account's; null for all
   * @param party only this party's
   * @param address only from this address
   * @param object only where this stands in the object or route
   * @param outcome done, refused or failed
   * @param from not older than this; null for no bound
   * @param to older than this; null for no bound
   * @param before only records with a smaller number
   */
  @GetMapping
  @Operation(summary = "查询审计 · Search the audit")
  Page audit(
      Caller caller,
      @RequestParam(required = false) @Nullable UUID account,
      @RequestParam(required = false) @Nullable String party,
      @RequestParam(required = false) @Nullable String address,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
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
                  and (cast(:party as text) is null or party = :party)
                  and (cast(:address as text) is null or address = :address)
                  and (cast(:object as text) is null
                    or position(:object in route || ' ' || coalesce(object, '')) > 0)
                  and (cast(:outcome as text) is null or outcome = :outcome)
                  and (cast(:from as timestamptz) is null or at >= :from)
                  and (cast(:to as timestamptz) is null or at < :to)
                order by id desc limit :limit
                """)
            .param("before", before)
            .param("account", account)
            .param("party", party)
            .param("address", address)
            .param("object", object)
            .param("outcome", outcome)
            .param("from", from == null ? null : AccountStore.at(from))
            .param("to", to == null ? null : AccountStore.at(to))
            .param("limit", limit)
            .query(AuditApi::numbered)
            .list();
    return new Page(entries, entries.size() == limit ? entries.getLast().id() : null);
  }

  record Alerts(List<AuditAlerts.Alert> alerts) {}

  @GetMapping("/alerts")
  @Operation(summary = "审计告警 · Bulk reads, odd hours, failed sign-ins, changes of rights")
  Alerts alerts(Caller caller, @RequestParam(required = false) @Nullable Instant since) {
    caller.require(Permission.AUDIT);
    return new Alerts(alerts.since(since));
  }

  /**
   * @param from position of the first record
   */
  @GetMapping("/export")
  @Operation(
      summary = "导出审计 · Records with a signed tree head",
      description =
          "Each line is what a leaf commits to; frontier, lines and checkpoint can be checked with"
              + " the key alone. 凭公钥可离线核验，未被增删改。")
  AuditLog.Export export(
      Caller caller,
      @RequestParam(defaultValue = "0") @Min(0) long from,
      @RequestParam(defaultValue = "10000") @Min(1) @Max(AuditLog.MAX_EXPORT) int limit) {
    caller.require(Permission.AUDIT);
    return log.export(from, limit);
  }

  @GetMapping("/check")
  @Operation(summary = "核验审计 · Recompute every leaf and the tree")
  AuditLog.Check check(Caller caller) {
    caller.require(Permission.AUDIT);
    return log.check();
  }

  /**
   * @param days for which records are kept
   * @param least what the law asks for and the database enforces
   * @param oldest time of the oldest record that is there; null where there is none
   * @param removed records whose time was over; their leaf hashes are there
   */
  record Keeping(long days, long least, @Nullable Instant oldest, long records, long removed) {}

  @GetMapping("/keeping")
  @Operation(summary = "审计保存期 · How long the audit is kept, and from when it is there")
  Keeping keeping(Caller caller) {
    caller.require(Permission.AUDIT);
    return jdbc.sql(
            """
            select (select min(at) from audit) as oldest, (select count(*) from audit) as records,
              (select size from audit_head)
                - (select count(*) from audit where position is not null) as removed
            """)
        .query(
            (row, number) -> {
              OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
              return new Keeping(
                  keeping.keep().toDays(),
                  AuditSettings.LEAST.toDays(),
                  oldest == null ? null : oldest.toInstant(),
                  row.getLong("records"),
                  row.getLong("removed"));
            })
        .single();
  }

  private static Numbered numbered(ResultSet row, int number) throws SQLException {
    return new Numbered(row.getLong("id"), AuditRecord.of(row));
  }
}
