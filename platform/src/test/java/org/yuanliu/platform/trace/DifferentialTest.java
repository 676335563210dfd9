package org.yuanliu.platform.trace;

import static java.util.stream.Collectors.toCollection;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Viewer;

/**
 * Holds the engine against the rough walk over random histories: units, depth, whether their origin
 * is unknown, flows, certainty, loss of an item in its batch, events with their certainty and
 * flags, for every unit, both directions, several depths and viewers. A difference is shrunk to the
 * fewest events that show it.
 */
final class DifferentialTest {
  private static Bench bench;

  @BeforeAll
  static void open() {
    bench = new Bench();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void agreesOverSomeHistories() {
    agree(1, 250);
  }

  /** What five thousand histories have found once. */
  @Test
  void agreesOverHistoriesThatOnceDiffered() {
    agree(1_000_456, 1);
  }

  @Test
  @Tag("long")
  void agreesOverManyHistories() {
    agree(1_000_000, 5_000);
  }

  private static void agree(long firstSeed, int histories) {
    for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
      RandomHistory history = new RandomHistory(seed);
      String difference = difference(history.events, history.same, seed);
      if (difference != null) {
        throw new AssertionError(shrunk(history));
      }
    }
  }

  /** Leaves out events as long as the difference stays. */
  private static String shrunk(RandomHistory history) {
    List<Told> events = new ArrayList<>(history.events);
    Map<String, Set<String>> same = history.same;
    if (difference(events, Map.of(), history.seed) != null) {
      same = Map.of();
    }
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = 0; i < events.size(); i++) {
        List<Told> fewer = new ArrayList<>(events);
        fewer.remove(i);
        if (difference(fewer, same, history.seed) != null) {
          events = fewer;
          smaller = true;
          break;
        }
      }
    }
    StringBuilder text = new StringBuilder("seed " + history.seed + "\n");
    events.forEach(event -> text.append("  ").append(event).append('\n'));
    return text.append("same: ")
        .append(same)
        .append('\n')
        .append(difference(events, same, history.seed))
        .toString();
  }

  private static @Nullable String difference(
      List<Told> events, Map<String, Set<String>> same, long seed) {
    bench.clear();
    bench.store(events);
    same.values().forEach(codes -> bench.same(codes.toArray(String[]::new)));
    String party = RandomHistory.PARTIES.get((int) (seed % RandomHistory.PARTIES.size()));
    boolean restricted = seed % 3 == 0;
    Viewer viewer = restricted ? Bench.enterprise(party) : Bench.ANYONE;
    Predicate<Told> visible =
        told -> !restricted || told.principal.equals(party) || told.named().contains(party);
    RoughWalk rough = new RoughWalk(events, same, visible);
    int depth = seed % 5 == 0 ? (int) (seed % 4) : 20;
    for (String unit : asked(events, same)) {
      for (Direction direction : List.of(Direction.BACKWARD, Direction.FORWARD)) {
        RoughWalk.Result expected = rough.walk(unit, direction == Direction.BACKWARD, depth);
        RoughWalk.Result actual;
        try {
          actual =
              result(
                  bench
                      .tracer()
                      .trace(
                          new TraceRequest(
                              List.of(unit),
                              direction,
                              new TraceLimits(
                                  depth, TraceLimits.MAX_EVENTS, TraceLimits.MAX_TIME_MS),
                              viewer,
                              null)));
        } catch (RuntimeException e) {
          StringWriter trace = new StringWriter();
          e.printStackTrace(new PrintWriter(trace));
          return "%s %s depth %d: %s".formatted(direction, unit, depth, trace);
        }
        if (!expected.equals(actual)) {
          return "%s %s depth %d viewer %s%nexpected %s%nactual   %s"
              .formatted(direction, unit, depth, restricted ? party : "all", expected, actual);
        }
      }
    }
    return null;
  }

  /** Every unit of the history, and one that it does not know. */
  private static Set<String> asked(List<Told> events, Map<String, Set<String>> same) {
    Set<String> units = new TreeSet<>();
    events.forEach(event -> event.units.forEach(mention -> units.add(mention.canonical())));
    same.values().forEach(units::addAll);
    RandomHistory.everything().stream()
        .filter(unit -> !units.contains(unit))
        .findFirst()
        .ifPresent(units::add);
    return units;
  }

  private static RoughWalk.Result result(Trace trace) {
    Map<String, String> units = new TreeMap<>();
    trace
        .units()
        .forEach(
            unit ->
                units.put(
                    unit.uri(),
                    "%s %02d %s"
                        .formatted(
                            unit.certainty(),
                            Math.abs(unit.depth()),
                            unit.unknownUpstream() ? "UNKNOWN" : "known")));
    Set<String> flows = new TreeSet<>();
    for (Trace.Flow flow : trace.flows()) {
      if (flow.how() == Trace.How.EQUIVALENT) {
        continue;
      }
      Set<String> via =
          flow.via().stream()
              .map(ref -> eventId((int) ref.position()))
              .collect(toCollection(TreeSet::new));
      flows.add(
          "%s -> %s %s %s%s %s"
              .formatted(
                  custody(flow) ? group(flow.from()) : flow.from(),
                  custody(flow) ? group(flow.to()) : flow.to(),
                  flow.how(),
                  flow.certainty(),
                  flow.sameBatch() ? " same batch" : "",
                  via));
    }
    Map<String, String> events = new TreeMap<>();
    trace
        .events()
        .forEach(
            event ->
                events.put(
                    event.event().eventId(),
                    "%s%s%s"
                        .formatted(
                            event.certainty(),
                            event.shared() ? " shared " : " ",
                            new TreeSet<>(event.flags()))));
    return new RoughWalk.Result(units, flows, events);
  }

  private static boolean custody(Trace.Flow flow) {
    return flow.how() == Trace.How.CUSTODY;
  }

  /** The rough walk names a thing by the first of its codes. */
  private static String group(String unit) {
    return bench.codesOf(unit).first();
  }

  private static String eventId(int position) {
    return bench.entries.get(position).draft().id();
  }
}
