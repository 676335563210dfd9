package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.query.EventScan.Candidate;

/** What one search reads of the slices, statement by statement. */
final class SliceReader {
  private final JdbcClient jdbc;
  private final QueryPlan plan;

  /** Where in the order of event time the page begins; null in other orders, and at the start. */
  private EventScan.@Nullable Key start;

  SliceReader(JdbcClient jdbc, QueryPlan plan) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.plan = requireNonNull(plan, "plan is null");
  }

  /** From now on slices are passed over whose events all come before this one. */
  void startBehind(EventScan.Key event) {
    start = event;
  }

  /** Where the slices end. */
  long end() {
    return jdbc.sql(
            """
            select first + events from query_slice where journal = 1
            order by first desc limit 1\
            """)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** The beginning of the slice that holds a position, or of the last one before it. */
  long sliceOf(long position) {
    return jdbc.sql(
            """
            select first from query_slice where journal = 1 and first <= :position
            order by first desc limit 1\
            """)
        .param("position", position)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** In how many slices each clause has a term, counted up to a bound. */
  List<Integer> counts(List<Long[]> clauses, int most) {
    Map<String, Object> parameters = new HashMap<>();
    String sql =
        IntStream.range(0, clauses.size())
            .mapToObj(
                i -> {
                  parameters.put("clause" + i, clauses.get(i));
                  return """
                  select %d as clause, (select count(*) from (
                    select 1 from unnest(:clause%1$d) v (value)
                    cross join lateral (select 1 from query_posting l
                      where l.term = v.value and l.journal = 1 limit %2$d) s limit %2$d) n)\
                  """
                      .formatted(i, most);
                })
            .collect(Collectors.joining(" union all "));
    return jdbc.sql(sql + " order by clause")
        .params(parameters)
        .query((row, index) -> row.getInt(2))
        .list();
  }

  /**
   * A slice, and the bound of its events in the order of the search.
   *
   * @param micros the latest event's time, or the earliest's in rising order; 0 in order of record
   */
  record Lead(long slice, long micros) {}

  /**
   * The slices in which any of the terms stands, in no order, with the bounds of the events that
   * have it.
   *
   * @param from first slice, {@code to} the first one that is not looked at
   * @param most rows of the index that are read; empty where there are more
   */
  Optional<List<Lead>> leads(Long[] terms, Direction direction, long from, long to, int most) {
    Map<String, Object> parameters = bounds(from, to);
    parameters.put("terms", terms);
    int[] rows = new int[1];
    List<Lead> leads = new ArrayList<>();
    jdbc.sql(
            """
            select slice, %s, count(*) from (
              select l.slice, l.%s from query_posting l
              where l.term = any(:terms) and l.journal = 1
                and l.slice >= :from and l.slice < :to%s
              limit %d) s
            group by slice\
            """
                .formatted(direction.firstBound(), direction.bound(), within(direction), most + 1))
        .params(parameters)
        .query(
            row -> {
              leads.add(lead(row, direction));
              rows[0] += row.getInt(3);
            });
    return rows[0] <= most ? Optional.of(leads) : Optional.empty();
  }

  /**
   * The next slices in order, with the bounds of all their events.
   *
   * @param after behind which of them to go on; null to begin
   */
  List<Lead> slices(Direction direction, long from, long to, @Nullable Lead after, int limit) {
    Map<String, Object> parameters = bounds(from, to);
    String sign = direction.descending() ? "<" : ">";
    String behind = "";
    if (after != null) {
      parameters.put("afterSlice", after.slice());
      behind = " and l.first " + sign + " :afterSlice";
      if (direction.byTime()) {
        behind = " and (l.%s, l.first) %s (:afterTime, :afterSlice)";
        behind = behind.formatted(direction.bound(), sign);
        parameters.put("afterTime", instant(after.micros()).atOffset(ZoneOffset.UTC));
      }
    }
    String order = direction.descending() ? " desc" : "";
    String by = (direction.byTime() ? "l." + direction.bound() + order + ", " : "") + "l.first";
    return jdbc.sql(
            """
            select l.first, l.%s from query_slice l
            where l.journal = 1 and l.first >= :from and l.first < :to%s%s
            order by %s limit %d\
            """
                .formatted(direction.bound(), within(direction), behind, by + order, limit))
        .params(parameters)
        .query((row, index) -> lead(row, direction))
        .list();
  }

  private static Lead lead(ResultSet row, Direction direction) throws SQLException {
    return new Lead(
        row.getLong(1), direction.byTime() ? micros(row.getObject(2, OffsetDateTime.class)) : 0);
  }

  private Map<String, Object> bounds(long from, long to) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("from", from);
    parameters.put("to", to);
    if (plan.from() != null) {
      parameters.put("laneFrom", plan.from().atOffset(ZoneOffset.UTC));
    }
    if (plan.before() != null) {
      parameters.put("laneBefore", plan.before().atOffset(ZoneOffset.UTC));
    }
    EventScan.Key begin = start;
    if (begin != null) {
      parameters.put("start", begin.eventTime().atOffset(ZoneOffset.UTC));
    }
    return parameters;
  }

  /** That some event of the row {@code l} can lie in the time that is asked for. */
  private String within(Direction direction) {
    String begin =
        direction.descending() ? " and l.min_time <= :start" : " and l.max_time >= :start";
    return (plan.from() == null ? "" : " and l.max_time >= :laneFrom")
        + (plan.before() == null ? "" : " and l.min_time < :laneBefore")
        + (start == null ? "" : begin);
  }

  /**
   * By slice the events that meet all clauses; only where there is one.
   *
   * @param seen is told what each clause has in each slice
   */
  Map<Long, BitSet> meeting(
      List<Long[]> clauses, Collection<Long> slices, Consumer<@Nullable BitSet[]> seen) {
    // Clauses may share terms, as both bounds of one number do.
    Map<Long, BitSet> clausesOf = new HashMap<>();
    for (int i = 0; i < clauses.size(); i++) {
      for (Long term : clauses.get(i)) {
        clausesOf.computeIfAbsent(term, key -> new BitSet()).set(i);
      }
    }
    Map<Long, BitSet[]> found = new HashMap<>();
    jdbc.sql(
            """
            select term, slice, bits from query_posting
            where journal = 1 and term = any(:terms) and slice = any(:slices)\
            """)
        .param("terms", clausesOf.keySet().toArray(Long[]::new))
        .param("slices", slices.stream().sorted().toArray(Long[]::new))
        .query(
            row -> {
              BitSet[] all =
                  found.computeIfAbsent(row.getLong(2), key -> new BitSet[clauses.size()]);
              BitSet bits = Postings.decode(row.getBytes(3));
              BitSet wanting =
                  requireNonNull(clausesOf.get(row.getLong(1)), "a term was asked for");
              boolean shared = wanting.cardinality() > 1;
              wanting.stream()
                  .forEach(
                      clause -> {
                        if (all[clause] == null) {
                          all[clause] = shared ? (BitSet) bits.clone() : bits;
                        } else {
                          all[clause].or(bits);
                        }
                      });
            });
    Map<Long, BitSet> meeting = new HashMap<>();
    found.forEach(
        (slice, all) -> {
          seen.accept(all);
          BitSet both = all[0];
          for (int i = 1; i < all.length && both != null; i++) {
            if (all[i] == null) {
              both = null;
            } else {
              both.and(all[i]);
            }
          }
          if (both != null && !both.isEmpty()) {
            meeting.put(slice, both);
          }
        });
    return meeting;
  }

  /** The ends of these slices at which the search begins; none of slices from before there were. */
  Map<Long, SliceEnd> ends(Collection<Long> slices, Direction direction) {
    Map<Long, SliceEnd> ends = new HashMap<>();
    jdbc.sql(
            """
            select first, %s from query_slice
            where journal = 1 and first = any(:slices) and %1$s is not null\
            """
                .formatted(direction.end()))
        .param("slices", slices.toArray(Long[]::new))
        .query(
            row -> {
              ends.put(row.getLong(1), SliceEnd.decode(row.getBytes(2)));
            });
    return ends;
  }

  /** Event times of slices, microseconds, position by position. */
  Map<Long, long[]> times(Collection<Long> slices) {
    Map<Long, long[]> times = new HashMap<>();
    jdbc.sql(
            """
            select first, events, times from query_slice
            where journal = 1 and first = any(:slices)\
            """)
        .param("slices", slices.toArray(Long[]::new))
        .query(
            row -> {
              times.put(row.getLong(1), SliceTimes.decode(row.getBytes(3), row.getInt(2)));
            });
    return times;
  }

  /** Those of the positions that meet the conditions in SQL, in no order. */
  List<Candidate> hits(Collection<Long> positions) {
    Map<String, Object> parameters = new HashMap<>(plan.parameters());
    parameters.put("positions", positions.toArray(Long[]::new));
    return hits("e.position = any(:positions)", parameters);
  }

  /** What meets the conditions in SQL behind the slices. */
  List<Candidate> hits(long from, long below) {
    if (from >= below) {
      return List.of();
    }
    Map<String, Object> parameters = new HashMap<>(plan.parameters());
    parameters.put("from", from);
    parameters.put("below", below);
    return hits("e.position >= :from and e.position < :below", parameters);
  }

  private List<Candidate> hits(String which, Map<String, Object> parameters) {
    List<Candidate> found = new ArrayList<>();
    jdbc.sql(
            """
            select e.event_time, e.position from query_event e
            where e.journal = 1 and %s and (%s)\
            """
                .formatted(which, plan.filter()))
        .params(parameters)
        .query(
            row -> {
              Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
              found.add(new Candidate(new EventScan.Key(time, row.getLong(2)), true));
            });
    return found;
  }

  private static long micros(OffsetDateTime time) {
    return SliceWriter.micros(time.toInstant());
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
  }

  /** The order of a search. */
  record Direction(boolean byTime, boolean descending) {
    /** The column that bounds the times of a slice's events in this order. */
    String bound() {
      return descending ? "max_time" : "min_time";
    }

    /** The one of several such bounds that comes first, as SQL. */
    String firstBound() {
      return (descending ? "max(" : "min(") + bound() + ")";
    }

    /** The column that tells the slice's events at that end. */
    String end() {
      return descending ? "latest" : "earliest";
    }

    /** Which of two moments comes last in this order. */
    long last(long a, long b) {
      return descending ? Math.min(a, b) : Math.max(a, b);
    }
  }
}
