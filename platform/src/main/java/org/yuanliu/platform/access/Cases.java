package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cases by which a department follows a chain out of its divisions and industries: named, dated,
 * its own, and each use in the audit.
 */
@Component
public final class Cases {
  /** 90 days, as most cases have to be decided by then; a longer one is opened anew. */
  static final Duration LONGEST = Duration.ofDays(90);

  /** Cases of a department in one answer. */
  static final int MAX_LISTED = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  Cases(JdbcClient jdbc, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param closedAt null while it was not closed by hand
   */
  public record Case(
      UUID id,
      String number,
      String reason,
      UUID openedBy,
      Instant openedAt,
      Instant endsAt,
      @Nullable Instant closedAt) {}

  /** An open case of the caller's own department; empty for everybody else, and when it is over. */
  public Optional<Case> open(Caller caller, UUID id) {
    if (!(caller.viewer() instanceof Viewer.Regulator)) {
      return Optional.empty();
    }
    return jdbc.sql(
            """
            select * from access_case
            where id = :id and party = :party and closed_at is null and ends_at > :now
            """)
        .param("id", id)
        .param("party", caller.party())
        .param("now", AccountStore.at(clock.instant()))
        .query(Cases::row)
        .optional();
  }

  Case create(Caller caller, String number, String reason, Instant endsAt) {
    Case made =
        new Case(
            UUID.randomUUID(), number, reason, caller.account(), clock.instant(), endsAt, null);
    jdbc.sql(
            """
            insert into access_case (id, party, number, reason, opened_by, opened_at, ends_at)
            values (:id, :party, :number, :reason, :by, :at, :ends)
            """)
        .param("id", made.id())
        .param("party", caller.party())
        .param("number", number)
        .param("reason", reason)
        .param("by", made.openedBy())
        .param("at", AccountStore.at(made.openedAt()))
        .param("ends", AccountStore.at(endsAt))
        .update();
    return made;
  }

  /** Of the caller's department, the newest first. */
  List<Case> of(Caller caller) {
    return jdbc.sql(
            """
            select * from access_case where party = :party order by opened_at desc limit :limit
            """)
        .param("party", caller.party())
        .param("limit", MAX_LISTED)
        .query(Cases::row)
        .list();
  }

  /**
   * @return false if there is no open one of the caller's department
   */
  boolean close(Caller caller, UUID id) {
    return jdbc.sql(
                """
                update access_case set closed_at = :now
                where id = :id and party = :party and closed_at is null
                """)
            .param("now", AccountStore.at(clock.instant()))
            .param("id", id)
            .param("party", caller.party())
            .update()
        == 1;
  }

  Instant latestEnd() {
    return clock.instant().plus(LONGEST);
  }

  private static Case row(ResultSet row, int number) throws SQLException {
    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
    return new Case(
        row.getObject("id", UUID.class),
        row.getString("number"),
        row.getString("reason"),
        row.getObject("opened_by", UUID.class),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        row.getObject("ends_at", OffsetDateTime.class).toInstant(),
        closed == null ? null : closed.toInstant());
  }
}
