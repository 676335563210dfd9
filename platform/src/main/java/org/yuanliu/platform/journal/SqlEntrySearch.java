package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;

/** One statement a page: a range of the primary key, or what an index finds for the criteria. */
@Component
final class SqlEntrySearch implements EntrySearch {
  private static final int JOURNAL = PostgresJournal.JOURNAL;

  private final JdbcClient jdbc;

  SqlEntrySearch(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  @Override
  public List<EntryRef> find(EntryCriteria criteria, EntryCriteria.Window window) {
    requireNonNull(criteria, "criteria is null");
    requireNonNull(window, "window is null");
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql =
        new StringBuilder(512)
            .append("select e.position from entry e where e.journal = ")
            .append(JOURNAL)
            .append(" and e.kind = ")
            .append(criteria.kind().code());
    place(window, sql, parameters);
    values("e.event_type", "eventTypes", criteria.eventTypes(), sql, parameters);
    values("e.biz_step", "bizSteps", criteria.bizSteps(), sql, parameters);
    values("e.biz_location", "bizLocations", criteria.bizLocations(), sql, parameters);
    if (!criteria.ids().isEmpty()) {
      sql.append(" and e.event_key = any(:eventKeys)");
      parameters.put(
          "eventKeys",
          criteria.ids().stream().map(id -> UnitKey.of(id).value()).toArray(UUID[]::new));
    }
    if (criteria.from() != null) {
      sql.append(" and e.event_time >= :fromTime");
      parameters.put("fromTime", criteria.from().atOffset(ZoneOffset.UTC));
    }
    if (criteria.before() != null) {
      sql.append(" and e.event_time < :beforeTime");
      parameters.put("beforeTime", criteria.before().atOffset(ZoneOffset.UTC));
    }
    for (EntryCriteria.Condition condition : criteria.conditions()) {
      sql.append(" and (").append(condition.sql()).append(')');
      condition
          .parameters()
          .forEach(
              (name, value) -> {
                if (parameters.put(name, value) != null) {
                  throw new IllegalArgumentException("two conditions name a parameter " + name);
                }
              });
    }
    sql.append(" order by e.position ")
        .append(window.newestFirst() ? "desc" : "asc")
        .append(" limit :rowLimit");
    parameters.put("rowLimit", window.limit());
    return jdbc.sql(sql.toString())
        .params(parameters)
        .query((row, index) -> new EntryRef(JOURNAL, row.getLong(1)))
        .list();
  }

  @Override
  public long firstRecorded(Instant moment, long below) {
    requireNonNull(moment, "moment is null");
    long low = 0;
    long high = below;
    // Some thirty look-ups by key at most; an index on record times would cost every commit.
    while (low < high) {
      long middle = low + (high - low) / 2;
      Recorded found =
          jdbc.sql(
                  """
                  select position, record_time from entry
                  where journal = :journal and position >= :middle and position < :high
                  order by position limit 1\
                  """)
              .param("journal", JOURNAL)
              .param("middle", middle)
              .param("high", high)
              .query((row, index) -> new Recorded(row.getLong(1), Rows.instant(row, 2)))
              .optional()
              .orElse(null);
      if (found == null || !found.time().isBefore(moment)) {
        high = middle;
      } else {
        low = found.position() + 1;
      }
    }
    return low;
  }

  private record Recorded(long position, Instant time) {}

  private static void place(
      EntryCriteria.Window window, StringBuilder sql, Map<String, Object> parameters) {
    sql.append(" and e.position < :belowPosition");
    parameters.put("belowPosition", window.below());
    Long after = window.after();
    if (after != null) {
      sql.append(
          window.newestFirst()
              ? " and e.position < :afterPosition"
              : " and e.position > :afterPosition");
      parameters.put("afterPosition", after);
    }
  }

  private static void values(
      String column,
      String name,
      Set<String> values,
      StringBuilder sql,
      Map<String, Object> parameters) {
    if (!values.isEmpty()) {
      sql.append(" and ").append(column).append(" = any(:").append(name).append(')');
      parameters.put(name, values.toArray(String[]::new));
    }
  }
}
