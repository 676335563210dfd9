package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Walks candidates of a query in its order, a stretch at a time. Which index leads is decided by
 * asking the indexes themselves, within a bound, and not by the planner's estimate: a value with
 * few rows is read whole and sorted; else the rows of the likeliest to be rare are read in their
 * order until the page is full. Both cost what they read, however large the journal is.
 *
 * <p>For one request and one thread, inside a transaction.
 */
final class EventScan {
  /** Lanes that are asked whether they are rare: a question is an index range of so many rows. */
  private static final int MAX_PROBES = 4;

  private static final int[] STEPS = {128, 512, 2_048, 8_192};

  private final JdbcClient jdbc;
  private final QueryPlan plan;
  private final Lead lead;
  private final long low;
  private final long below;
  private final int rareRows;
  private final boolean byTime;
  private final boolean descending;
  private int steps;
  private boolean ended;

  /** Where in its order a row stands. */
  record Key(Instant eventTime, long position) {}

  /**
   * @param hit whether the index's conditions hold
   */
  record Candidate(Key key, boolean hit) {}

  private sealed interface Lead {
    /** Few rows: all at once. */
    record Whole(Lane lane) implements Lead {}

    /** Rows of a lane in order of event time. */
    record Ordered(Lane lane) implements Lead {}

    /** Every row, in order of event time. */
    record AllByTime() implements Lead {}

    /** Every row, in order of record. */
    record AllByPosition() implements Lead {}
  }

  /**
   * @param low the first position that is looked at
   * @param below positions from here on are not looked at
   * @param rareRows rows of a value that are read whole
   */
  EventScan(JdbcClient jdbc, QueryPlan plan, EventOrder order, long low, long below, int rareRows) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.plan = requireNonNull(plan, "plan is null");
    this.low = low;
    this.below = below;
    this.rareRows = rareRows;
    this.lead = lead(order);
    this.byTime =
        switch (order.by()) {
          case EVENT_TIME -> true;
          case RECORD_TIME -> false;
          case ANY, FIELD -> !(lead instanceof Lead.AllByPosition);
        };
    this.descending = order.by() != EventOrder.By.FIELD && order.descending();
  }

  private Lead lead(EventOrder order) {
    boolean recordOrder = order.by() == EventOrder.By.RECORD_TIME;
    if (below - low <= rareRows && !byEventTime(order)) {
      return new Lead.AllByPosition();
    }
    List<Lane> lanes = plan.lanes();
    boolean one = lanes.size() == 1 && !recordOrder;
    if (!one) {
      for (Lane lane : lanes.subList(0, Math.min(MAX_PROBES, lanes.size()))) {
        if (isRare(lane)) {
          return new Lead.Whole(lane);
        }
      }
    }
    if (recordOrder) {
      return new Lead.AllByPosition();
    }
    if (!lanes.isEmpty()) {
      return new Lead.Ordered(lanes.getFirst());
    }
    return byEventTime(order) || plan.from() != null || plan.before() != null
        ? new Lead.AllByTime()
        : new Lead.AllByPosition();
  }

  private static boolean byEventTime(EventOrder order) {
    return order.by() == EventOrder.By.EVENT_TIME;
  }

  private boolean isRare(Lane lane) {
    Map<String, Object> parameters = new HashMap<>(lane.parameters());
    parameters.put("laneValues", lane.values());
    String rows = lane.rows() + bounds(null, parameters);
    String sql =
        """
        select count(*) from (
          select 1 from unnest(:laneValues) as v (value)
          cross join lateral (%s limit %d) s limit %2$d) n\
        """
            .formatted(rows, rareRows + 1);
    return jdbc.sql(sql).params(parameters).query(Integer.class).single() <= rareRows;
  }

  /** Whether there are no more candidates. */
  boolean ended() {
    return ended;
  }

  boolean byTime() {
    return byTime;
  }

  /**
   * The next candidates in order.
   *
   * @param after null to begin
   */
  List<Candidate> next(@Nullable Key after) {
    int step = STEPS[Math.min(steps, STEPS.length - 1)];
    steps++;
    Map<String, Object> parameters = new HashMap<>(plan.parameters());
    String candidates =
        switch (lead) {
          case Lead.Whole(Lane lane) -> {
            ended = true;
            parameters.putAll(lane.parameters());
            parameters.put("laneValues", lane.values());
            yield """
            select distinct s.event_time, s.position from unnest(:laneValues) as v (value)
            cross join lateral (%s) s\
            """
                .formatted(lane.rows() + bounds(after, parameters));
          }
          case Lead.Ordered(Lane lane) -> {
            parameters.putAll(lane.parameters());
            parameters.put("laneValues", lane.values());
            String rows = lane.rows() + bounds(after, parameters) + order("l") + " limit " + step;
            yield """
            select distinct s.event_time, s.position from unnest(:laneValues) as v (value)
            cross join lateral (%s) s %s limit %d\
            """
                .formatted(rows, order("s"), step);
          }
          case Lead.AllByTime(), Lead.AllByPosition() ->
              "select l.event_time, l.position from query_event l where true"
                  + bounds(after, parameters)
                  + order("l")
                  + " limit "
                  + step;
        };
    String sql =
        """
        with c as materialized (%s)
        select c.event_time, c.position, coalesce(%s, false)
        from c left join query_event e on e.journal = 1 and e.position = c.position
        %s\
        """
            .formatted(candidates, plan.filter(), order("c"));
    List<Candidate> found =
        jdbc.sql(sql)
            .params(parameters)
            .query(
                (row, index) ->
                    new Candidate(
                        new Key(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2)),
                        row.getBoolean(3)))
            .list();
    ended |= found.size() < step;
    return found;
  }

  /** Conditions on the row {@code l}: what positions and times, and behind which row. */
  private String bounds(@Nullable Key after, Map<String, Object> parameters) {
    StringBuilder sql =
        new StringBuilder(" and l.journal = 1 and l.position >= :lowPosition")
            .append(" and l.position < :belowPosition");
    parameters.put("lowPosition", low);
    parameters.put("belowPosition", below);
    if (plan.from() != null) {
      sql.append(" and l.event_time >= :laneFrom");
      parameters.put("laneFrom", plan.from().atOffset(ZoneOffset.UTC));
    }
    if (plan.before() != null) {
      sql.append(" and l.event_time < :laneBefore");
      parameters.put("laneBefore", plan.before().atOffset(ZoneOffset.UTC));
    }
    if (after != null) {
      String sign = descending ? "<" : ">";
      if (byTime) {
        sql.append(" and (l.event_time, l.position) ").append(sign);
        sql.append(" (:afterTime, :afterPosition)");
        parameters.put("afterTime", after.eventTime().atOffset(ZoneOffset.UTC));
      } else {
        sql.append(" and l.position ").append(sign).append(" :afterPosition");
      }
      parameters.put("afterPosition", after.position());
    }
    return sql.toString();
  }

  private String order(String alias) {
    String direction = descending ? " desc" : " asc";
    String position = alias + ".position" + direction;
    return " order by " + (byTime ? alias + ".event_time" + direction + ", " : "") + position;
  }
}
