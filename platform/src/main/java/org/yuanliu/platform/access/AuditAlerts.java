package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;

/**
 * What an auditor should look at: bulk reads, administration at odd hours, failed sign-ins, changes
 * of rights. Read from the audit when asked for, so nothing can be missed by a job that stood
 * still.
 */
@Component
class AuditAlerts {
  /** Reads of one account in an hour; who traces by hand makes a few hundred. */
  static final int BULK_READS = 2_000;

  /** Looks at personal values of one account in an hour; a counter's busy hour has some dozens. */
  static final int PERSONAL_READS = 100;

  /** Failed sign-ins from one address in an hour. */
  static final int FAILED_SIGN_INS = 10;

  /** Administration between these hours of the platform's zone is looked at. */
  static final int NIGHT_FROM = 22;

  static final int NIGHT_TO = 6;

  /** Lines of one answer. */
  static final int MAX_ALERTS = 500;

  /** How far back: a month. */
  static final Duration MOST = Duration.ofDays(31);

  private final JdbcClient jdbc;
  private final ServerSettings server;
  private final Clock clock;

  AuditAlerts(JdbcClient jdbc, ServerSettings server, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param kind bulk-read, personal-reads, odd-hours, failed-sign-ins, case-view (a regulator
   *     beyond its scope), rights-changed
   * @param who account, or address where nobody was signed in
   * @param count requests it is about
   */
  record Alert(
      String kind, Instant first, Instant last, String who, @Nullable String what, long count) {}

  /** Newest first. */
  List<Alert> since(@Nullable Instant since) {
    Instant earliest = clock.instant().minus(MOST);
    Instant from = since == null || since.isBefore(earliest) ? earliest : since;
    return jdbc.sql(
            """
            select 'bulk-read' as kind, min(at) as first, max(at) as last, account::text as who,
              null as what, count(*) as count
            from audit
            where at >= :from and account is not null and method = 'GET' and outcome = 'done'
            group by account, date_trunc('hour', at) having count(*) >= :bulk
            union all
            select 'personal-reads', min(at), max(at), account::text, null, count(*)
            from audit
            where at >= :from and account is not null and outcome = 'done'
              and route like '/api/v1/personal/%'
            group by account, date_trunc('hour', at) having count(*) >= :personal
            union all
            select 'failed-sign-ins', min(at), max(at), address, null, count(*)
            from audit
            where at >= :from and method = 'POST' and route = '/api/v1/session' and status >= 400
            group by address, date_trunc('hour', at) having count(*) >= :failed
            union all
            select 'odd-hours', min(at), max(at), account::text, null, count(*)
            from audit
            where at >= :from and account is not null and method <> 'GET' and outcome = 'done'
              and route like '/api/v1/accounts%'
              and (extract(hour from at at time zone :zone) >= :nightFrom
                or extract(hour from at at time zone :zone) < :nightTo)
            group by account, date_trunc('hour', at)
            union all
            select 'case-view', min(at), max(at), account::text,
              substring(object from ', case=([^,}]*)'), count(*)
            from audit
            where at >= :from and account is not null and outcome = 'done'
              and route like '/api/v1/trace%' and object like '%, case=%, reason=%'
            group by account, substring(object from ', case=([^,}]*)'), date_trunc('day', at)
            union all
            select 'rights-changed', at, at, account::text,
              method || ' ' || route || coalesce(' ' || object, ''), 1
            from audit
            where at >= :from and account is not null and method <> 'GET' and outcome = 'done'
              and (route like '/api/v1/accounts%' or route like '/api/v1/organisations%')
            order by 3 desc limit :limit
            """)
        .param("from", AccountStore.at(from))
        .param("bulk", BULK_READS)
        .param("personal", PERSONAL_READS)
        .param("failed", FAILED_SIGN_INS)
        .param("zone", server.zone().getId())
        .param("nightFrom", NIGHT_FROM)
        .param("nightTo", NIGHT_TO)
        .param("limit", MAX_ALERTS)
        .query(
            (row, number) ->
                new Alert(
                    row.getString("kind"),
                    row.getObject("first", OffsetDateTime.class).toInstant(),
                    row.getObject("last", OffsetDateTime.class).toInstant(),
                    row.getString("who"),
                    row.getString("what"),
                    row.getLong("count")))
        .list();
  }
}
