package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.query.SliceReader.Direction;

/**
 * Walks candidates of a query in its order, a stretch at a time. What leads is decided by asking
 * the indexes themselves, within a bound, and not by the planner's estimate: a unit with few rows
 * is read whole and sorted; else some hundred rows are read in order, which is all that a frequent
 * value needs; what they don't yield is found by the slices ({@link SliceScan}). Each costs what it
 * reads.
 *
 * <p>For one request and one thread, inside a transaction.
 */
final class EventScan {
  private static final int[] STEPS = {128, 512, 2_048, 8_192};

  /** A slice costs about as much as so many rows. */
  private static final int ROWS_OF_A_SLICE = 10;

  private final JdbcClient jdbc;
  private final QueryPlan plan;
  private final Lead lead;
  private final long low;
  private final long below;
  private final int rareRows;
  private final int firstRows;
  private final boolean byTime;
  private final boolean descending;
  private final @Nullable SliceScan slices;
  private int steps;
  private int rows;
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
   */
  EventScan(
      JdbcClient jdbc,
      QueryPlan plan,
      EventOrder order,
      long low,
      long below,
      QuerySettings settings) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.plan = requireNonNull(plan, "plan is null");
    this.low = low;
    this.below = below;
    this.rareRows = settings.rareRows();
    this.firstRows = settings.firstRows();
    this.lead = lead(order);
    this.byTime =
        switch (order.by()) {
          case EVENT_TIME -> true;
          case RECORD_TIME -> false;
          case ANY, FIELD -> !(lead instanceof Lead.AllByPosition);
        };
    this.descending = order.by() != EventOrder.By.FIELD && order.descending();
    this.slices = slices(settings.scanRows() / ROWS_OF_A_SLICE);
  }

  private Lead lead(EventOrder order) {
    boolean recordOrder = order.by() == EventOrder.By.RECORD_TIME;
    boolean eventOrder = order.by() == EventOrder.By.EVENT_TIME;
    if (below - low <= rareRows && !eventOrder) {
      return new Lead.AllByPosition();
    }
    for (Lane lane : plan.lanes()) {
      if (isRare(lane)) {
        return new Lead.Whole(lane);
      }
    }
    if (recordOrder) {
      return new Lead.AllByPosition();
    }
    if (!plan.lanes().isEmpty()) {
      return new Lead.Ordered(plan.lanes().getFirst());
    }
    return eventOrder || plan.from() != null || plan.before() != null
        ? new Lead.AllByTime()
        : new Lead.AllByPosition();
  }

  /** Slices take over where rows in order do not yield; null where they can't tell more. */
  private @Nullable SliceScan slices(int maxSlices) {
    boolean rowsInOrder =
        switch (lead) {
          case Lead.Whole whole -> false;
          case Lead.Ordered ordered -> false;
          case Lead.AllByTime all -> true;
          case Lead.AllByPosition all -> below - low > rareRows;
        };
    List<Long[]> clauses = new ArrayList<>(plan.clauses());
    if (clauses.isEmpty() && !byTime && (plan.from() != null || plan.before() != null)) {
      // So that slices of other times are passed over.
      clauses.add(new Long[] {Terms.of(Terms.Kind.EVENT)});
    }
    return rowsInOrder && !clauses.isEmpty()
        ? new SliceScan(
            new SliceReader(jdbc, plan),
            plan,
            clauses,
            new Direction(byTime, descending),
            low,
            below,
            maxSlices)
        : null;
  }

  private boolean isRare(Lane lane) {
    Map<String, Object> parameters = new HashMap<>(lane.parameters());
    parameters.put("laneValues", lane.values());
    String all = lane.rows() + bounds("l", null, parameters);
    String sql =
        """
        select count(*) from (
          select 1 from unnest(:laneValues) as v (value)
          cross join lateral (%s limit %d) s limit %2$d) n\
        """
            .formatted(all, rareRows + 1);
    return jdbc.sql(sql).params(parameters).query(Integer.class).single() <= rareRows;
  }

  /** Whether there are no more candidates. */
  boolean ended() {
    return ended;
  }

  /** Rows of the index that were looked at, or what was looked at in slices counted in rows. */
  int looked() {
    return rows + (slices == null ? 0 : slices.slices() * ROWS_OF_A_SLICE);
  }

  /**
   * The next candidates in order.
   *
   * @param after null to begin
   */
  List<Candidate> next(@Nullable Key after) {
    if (slices != null && rows >= firstRows) {
      List<Candidate> found = slices.next(after);
      rows += found.size();
      ended = slices.ended();
      return found;
    }
    int step = STEPS[Math.min(steps, STEPS.length - 1)];
    step = slices == null ? step : Math.min(step, firstRows - rows);
    steps++;
    Map<String, Object> parameters = new HashMap<>(plan.parameters());
    String sql =
        switch (lead) {
          case Lead.Whole(Lane lane) -> {
            ended = true;
            parameters.putAll(lane.parameters());
            parameters.put("laneValues", lane.values());
            yield ofLane(
                """
                select distinct s.event_time, s.position from unnest(:laneValues) as v (value)
                cross join lateral (%s) s\
                """
                    .formatted(lane.rows() + bounds("l", after, parameters)));
          }
          case Lead.Ordered(Lane lane) -> {
            parameters.putAll(lane.parameters());
            parameters.put("laneValues", lane.values());
            String each =
                lane.rows() + bounds("l", after, parameters) + order("l") + " limit " + step;
            yield ofLane(
                """
                select distinct s.event_time, s.position from unnest(:laneValues) as v (value)
                cross join lateral (%s) s %s limit %d\
                """
                    .formatted(each, order("s"), step));
          }
          case Lead.AllByTime(), Lead.AllByPosition() ->
              """
              select e.event_time, e.position, coalesce(%s, false) from query_event e
              where true%s%s limit %d\
              """
                  .formatted(plan.filter(), bounds("e", after, parameters), order("e"), step);
        };
    List<Candidate> found =
        jdbc.sql(sql)
            .params(parameters)
            .query(
                (row, index) ->
                    new Candidate(
                        new Key(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2)),
                        row.getBoolean(3)))
            .list();
    rows += found.size();
    ended |= found.size() < step;
    return found;
  }

  private String ofLane(String candidates) {
    return """
    with c as materialized (%s)
    select c.event_time, c.position, coalesce(%s, false)
    from c left join query_event e on e.journal = 1 and e.position = c.position
    %s\
    """
        .formatted(candidates, plan.filter(), order("c"));
  }

  /** Conditions on a row: what positions and times, and behind which row. */
  private String bounds(String alias, @Nullable Key after, Map<String, Object> parameters) {
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
    return sql.toString().replace("l.", alias + ".");
  }

  private String order(String alias) {
    String direction = descending ? " desc" : " asc";
    String position = alias + ".position" + direction;
    return " order by " + (byTime ? alias + ".event_time" + direction + ", " : "") + position;
  }
}
