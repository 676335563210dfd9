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

  /**
   * Rows of a lane that are put in order of record: what is more frequent is met often enough on a
   * walk over all positions.
   */
  private static final int SORTED_ROWS = 20_000;

  /** What happened in the time that is asked for. */
  private static final Lane BY_TIME =
      new Lane(
          "select l.event_time, l.position from query_event l where v.value",
          new Boolean[] {true},
          Map.of());

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

    /** Rows of a lane in order of event time, or so few that they are put in order of record. */
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
      if (atMost(rareRows, lane)) {
        return new Lead.Whole(lane);
      }
    }
    boolean timed = plan.from() != null || plan.before() != null;
    if (recordOrder && (timed || !plan.lanes().isEmpty())) {
      Lane few = plan.lanes().isEmpty() ? BY_TIME : plan.lanes().getFirst();
      if (atMost(SORTED_ROWS, few)) {
        return new Lead.Ordered(few);
      }
    }
    if (recordOrder) {
      return new Lead.AllByPosition();
    }
    if (!plan.lanes().isEmpty()) {
      return new Lead.Ordered(plan.lanes().getFirst());
    }
    return eventOrder || timed ? new Lead.AllByTime() : new Lead.AllByPosition();
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
    boolean timed = plan.from() != null || plan.before() != null;
    boolean recorded = plan.recordedFrom() != null || plan.recordedBefore() != null || low > 0;
    if (clauses.isEmpty() && (byTime ? recorded : timed)) {
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

  private boolean atMost(int most, Lane lane) {
    Map<String, Object> parameters = new HashMap<>(lane.parameters());
    parameters.put("laneValues", lane.values());
    String all = lane.rows() + laneBounds(null, parameters);
    String sql =
        """
        select count(*) from (
          select 1 from unnest(:laneValues) as v (value)
          cross join lateral (%s limit %d) s limit %2$d) n\
        """
            .formatted(all, most + 1);
    return jdbc.sql(sql).params(parameters).query(Integer.class).single() <= most;
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
            // Not to be merged with what is around it: a planner that has not met the value would
            // read all rows of the lane and compare each.
            yield ofLane(
                """
                select distinct s.event_time, s.position from unnest(:laneValues) as v (value)
                cross join lateral (%s offset 0) s\
                """
                    .formatted(lane.rows() + laneBounds(after, parameters)));
          }
          case Lead.Ordered(Lane lane) -> {
            parameters.putAll(lane.parameters());
            parameters.put("laneValues", lane.values());
            String each =
                lane.rows() + laneBounds(after, parameters) + order("l") + " limit " + step;
            yield ofLane(
                """
                select distinct s.event_time, s.position from unnest(:laneValues) as v (value)
                cross join lateral (%s) s %s limit %d\
                """
                    .formatted(each, order("s"), step));
          }
          case Lead.AllByTime() ->
              inOrder(step, times("e", parameters), positions("e", ""), after, parameters);
          case Lead.AllByPosition() ->
              inOrder(step, positions("e", ""), times("e", parameters), after, parameters);
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

  /**
   * The next rows of the index, whether they are wanted or not: what cost that is must not depend
   * on how many are.
   *
   * @param range what the index in that order begins and ends with
   * @param wanted conditions that it can't jump to
   */
  private String inOrder(
      int step, String range, String wanted, @Nullable Key after, Map<String, Object> parameters) {
    parameters.put("lowPosition", low);
    parameters.put("belowPosition", below);
    return """
    select e.event_time, e.position, coalesce(%s%s, false) from query_event e
    where e.journal = 1%s%s%s limit %d\
    """
        .formatted(
            plan.filter(), wanted, range, behind("e", "", after, parameters), order("e"), step);
  }

  /**
   * Conditions on a lane's row {@code l}: what positions and times, and behind which row. Positions
   * are out of reach of indexes: the lane's own is the one to be read, and a planner that takes a
   * value for frequent would rather walk all positions.
   */
  private String laneBounds(@Nullable Key after, Map<String, Object> parameters) {
    parameters.put("lowPosition", low);
    parameters.put("belowPosition", below);
    return " and l.journal + 0 = 1"
        + positions("l", " + 0")
        + times("l", parameters)
        + behind("l", " + 0", after, parameters);
  }

  private static String positions(String alias, String unindexed) {
    return " and %1$s.position%2$s >= :lowPosition and %1$s.position%2$s < :belowPosition"
        .formatted(alias, unindexed);
  }

  private String times(String alias, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    if (plan.from() != null) {
      sql.append(" and ").append(alias).append(".event_time >= :laneFrom");
      parameters.put("laneFrom", plan.from().atOffset(ZoneOffset.UTC));
    }
    if (plan.before() != null) {
      sql.append(" and ").append(alias).append(".event_time < :laneBefore");
      parameters.put("laneBefore", plan.before().atOffset(ZoneOffset.UTC));
    }
    return sql.toString();
  }

  private String behind(
      String alias, String unindexed, @Nullable Key after, Map<String, Object> parameters) {
    if (after == null) {
      return "";
    }
    String sign = descending ? "<" : ">";
    parameters.put("afterPosition", after.position());
    if (!byTime) {
      return " and %s.position%s %s :afterPosition".formatted(alias, unindexed, sign);
    }
    parameters.put("afterTime", after.eventTime().atOffset(ZoneOffset.UTC));
    return " and (%1$s.event_time, %1$s.position) %2$s (:afterTime, :afterPosition)"
        .formatted(alias, sign);
  }

  private String order(String alias) {
    String direction = descending ? " desc" : " asc";
    String position = alias + ".position" + direction;
    return " order by " + (byTime ? alias + ".event_time" + direction + ", " : "") + position;
  }
}
