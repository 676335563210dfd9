package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.epcis.Action;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.query.SliceReader.Direction;
import org.yuanliu.platform.trace.UnitNaming;

/**
 * The walk through slices beside a filter over all events: values that are frequent, rare, gone for
 * long, many rare ones together, and such that never meet; events that come late and such of clocks
 * that are ahead; from the beginning and from any place, paused and gone on with.
 */
class SliceScanTest {
  private static final int EVENTS = 8_000;
  private static final int SLICE = 16;
  private static final int QUERIES = 120;
  private static final long SEED = 20_261_130;
  private static final String WORD = "https://ex.example/";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final Map<Long, Event> STORED = new HashMap<>();

  @SuppressWarnings("NullAway.Init") // by BeforeAll
  private static TestDatabase database;

  private final Random random = new Random(SEED);
  private final UnitNaming units = new UnitNaming();

  private record Event(long position, long micros, Set<Long> terms) {}

  @BeforeAll
  static void fill() throws SQLException {
    database = TestDatabase.open();
    Random random = new Random(SEED);
    SliceWriter writer = new SliceWriter(SLICE);
    try (Connection connection = database.unpooledDataSource().getConnection()) {
      connection.setAutoCommit(false);
      for (long from = 0; from < EVENTS; from += 500) {
        List<SliceWriter.Event> events = new ArrayList<>();
        for (long position = from; position < from + 500; position++) {
          if (random.nextInt(20) > 0) {
            events.add(event(position, random));
          }
        }
        copy(connection, events);
        writer.add(connection, from, from + 500, events);
        connection.commit();
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static SliceWriter.Event event(long position, Random random) {
    long late =
        switch (random.nextInt(25)) {
          case 0 -> random.nextLong(2_000_000_000L); // some of the whole span of the journal late
          case 1 -> -random.nextLong(500_000_000L);
          default -> random.nextLong(2_000_000L);
        };
    long micros = SliceWriter.micros(BEGIN) + position * 250_000 - late;
    Set<Long> terms = new HashSet<>();
    boolean early = position < EVENTS * 2 / 5;
    String step = early ? "loading" : List.of("storing", "shipping").get(random.nextInt(2));
    terms.add(Terms.of(Terms.Kind.BIZ_STEP, WORD + step));
    boolean apart = step.equals("shipping");
    terms.add(Terms.of(Terms.Kind.DISPOSITION, WORD + (apart ? "moving" : "still")));
    terms.add(Terms.of(Terms.Kind.READ_POINT, WORD + "place-" + (int) skewed(random, 400)));
    terms.add(Terms.of(Terms.Kind.ACTION, random.nextInt(3) == 0 ? "ADD" : "OBSERVE"));
    terms.add(Terms.of(Terms.Kind.TYPE, random.nextInt(40) == 0 ? "Rare" : "ObjectEvent"));
    Event event = new Event(position, micros, terms);
    STORED.put(position, event);
    return new SliceWriter.Event(
        position, micros, terms.stream().mapToLong(Long::longValue).sorted().toArray());
  }

  private static double skewed(Random random, int below) {
    double x = random.nextDouble();
    return x * x * x * below;
  }

  private static void copy(Connection connection, List<SliceWriter.Event> events)
      throws SQLException {
    String sql =
        """
        copy query_event (journal, position, event_time, terms, reporter, principal, named)
        from stdin (format binary)\
        """;
    UUID nobody = new UUID(0, 0);
    try (BinaryCopy copy = new BinaryCopy(connection, sql, 7)) {
      for (SliceWriter.Event event : events) {
        copy.row()
            .putInt(1)
            .putLong(event.position())
            .putInstant(SliceReader.instant(event.micros()))
            .putLongs(event.terms())
            .putUuid(nobody)
            .putUuid(nobody)
            .putUuids(List.of());
      }
      copy.finish();
    }
  }

  @Test
  void findsInOrderWhatAFilterFinds() {
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    int most = 0;
    int nonEmpty = 0;
    for (int i = 0; i < QUERIES; i++) {
      List<Criterion> criteria = criteria(i);
      Direction direction = new Direction(i % 4 != 3, random.nextBoolean());
      long low = random.nextInt(4) == 0 ? random.nextInt(EVENTS) : 0;
      long below = random.nextInt(4) == 0 ? low + random.nextInt(EVENTS) : EVENTS + 1;
      List<EventScan.Key> expected = expected(criteria, direction, low, below);
      EventScan.Key after = null;
      if (random.nextInt(3) == 0 && !expected.isEmpty()) {
        int at = random.nextInt(expected.size());
        after = expected.get(at);
        expected = expected.subList(at + 1, expected.size());
      }
      int pause = random.nextInt(3) == 0 ? 30 + random.nextInt(200) : Integer.MAX_VALUE;
      Found found = walk(jdbc, criteria, direction, low, below, after, pause);
      assertThat(found.keys())
          .as("%d: %s %s from %s, pause %d, seed %d", i, criteria, direction, after, pause, SEED)
          .isEqualTo(expected);
      most = Math.max(most, found.slices());
      nonEmpty += expected.isEmpty() ? 0 : 1;
    }
    assertThat(most).as("slices of one walk").isGreaterThan(400);
    assertThat(nonEmpty).isBetween(QUERIES / 3, QUERIES - 10);
  }

  /** Late events are found without looking into the slices that they came with. */
  @Test
  void theFirstOnesNeedFewSlices() {
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    Set<String> places = new HashSet<>();
    for (int i = 300; i < 400; i++) {
      places.add(WORD + "place-" + i);
    }
    List<Criterion> criteria =
        List.of(new Criterion.Places(Criterion.PlaceField.READ_POINT, places, false));
    Direction rising = new Direction(true, false);
    SliceScan scan = scan(jdbc, criteria, rising, 0, EVENTS, Integer.MAX_VALUE);
    assertThat(scan.next(null)).isNotEmpty();
    assertThat(scan.slices()).isLessThan(EVENTS / SLICE / 2);
  }

  private record Found(List<EventScan.Key> keys, int slices) {}

  /** To the end; a walk that pauses is gone on with by another. */
  private Found walk(
      JdbcClient jdbc,
      List<Criterion> criteria,
      Direction direction,
      long low,
      long below,
      EventScan.@Nullable Key start,
      int pause) {
    List<EventScan.Key> keys = new ArrayList<>();
    EventScan.Key after = start;
    int slices = 0;
    int scans = 0;
    boolean paused = true;
    while (paused) {
      assertThat(scans++).as("walks").isLessThan(200);
      // Each goes a little further, so that ties at its end cannot hold it for ever.
      int most = pause == Integer.MAX_VALUE ? pause : pause + 20 * scans;
      SliceScan scan = scan(jdbc, criteria, direction, low, below, most);
      paused = false;
      while (!paused && !scan.ended()) {
        for (EventScan.Candidate candidate : scan.next(after)) {
          after = candidate.key();
          if (candidate.hit()) {
            keys.add(candidate.key());
          } else {
            paused = true;
          }
        }
      }
      slices = Math.max(slices, scan.slices());
    }
    return new Found(keys, slices);
  }

  private SliceScan scan(
      JdbcClient jdbc,
      List<Criterion> criteria,
      Direction direction,
      long low,
      long below,
      int pause) {
    QueryPlan plan =
        QueryPlan.of(
            criteria,
            new Viewer.Operator("urn:x"),
            new SqlCondition("true", Map.of()),
            units,
            ids -> List.of());
    return new SliceScan(
        new SliceReader(jdbc, plan), plan, plan.clauses(), direction, low, below, pause);
  }

  private List<Criterion> criteria(int i) {
    List<Criterion> criteria = new ArrayList<>();
    switch (i % 6) {
      case 0 -> criteria.add(steps("shipping"));
      case 1 -> {
        // Both are frequent, and never meet.
        criteria.add(steps("shipping"));
        criteria.add(new Criterion.Words(Criterion.WordField.DISPOSITION, Set.of(WORD + "still")));
      }
      case 2 -> criteria.add(new Criterion.EventTypes(Set.of("Rare")));
      case 3, 4 -> {
        int from = random.nextInt(300);
        Set<String> places = new HashSet<>();
        for (int place = from; place < from + 1 + random.nextInt(100); place++) {
          places.add(WORD + "place-" + place);
        }
        criteria.add(new Criterion.Places(Criterion.PlaceField.READ_POINT, places, false));
      }
      default -> criteria.add(steps("storing", "loading"));
    }
    if (random.nextBoolean()) {
      criteria.add(new Criterion.Actions(Set.of(Action.OBSERVE)));
    }
    if (random.nextInt(4) == 0) {
      criteria.add(new Criterion.EventTypes(Set.of("ObjectEvent", "Rare")));
    }
    if (random.nextInt(4) == 0) {
      Instant moment = BEGIN.plusSeconds(random.nextInt(2_000));
      criteria.add(
          new Criterion.Time(Criterion.TimeField.EVENT_TIME, random.nextBoolean(), moment));
    }
    return criteria;
  }

  private static Criterion steps(String... words) {
    Set<String> uris = new HashSet<>();
    Arrays.stream(words).forEach(word -> uris.add(WORD + word));
    return new Criterion.Words(Criterion.WordField.BIZ_STEP, uris);
  }

  private static List<EventScan.Key> expected(
      List<Criterion> criteria, Direction direction, long low, long below) {
    Comparator<Event> order =
        direction.byTime()
            ? Comparator.comparingLong(Event::micros).thenComparingLong(Event::position)
            : Comparator.comparingLong(Event::position);
    return STORED.values().stream()
        .filter(event -> event.position() >= low && event.position() < below)
        .filter(event -> criteria.stream().allMatch(criterion -> meets(event, criterion)))
        .sorted(direction.descending() ? order.reversed() : order)
        .map(event -> new EventScan.Key(SliceReader.instant(event.micros()), event.position()))
        .toList();
  }

  private static boolean meets(Event event, Criterion criterion) {
    return switch (criterion) {
      case Criterion.Words(var field, Set<String> uris) ->
          has(
              event,
              field == Criterion.WordField.BIZ_STEP ? Terms.Kind.BIZ_STEP : Terms.Kind.DISPOSITION,
              uris);
      case Criterion.EventTypes(Set<String> types) -> has(event, Terms.Kind.TYPE, types);
      case Criterion.Places(var field, Set<String> places, boolean within) ->
          has(event, Terms.Kind.READ_POINT, places);
      case Criterion.Actions(Set<Action> actions) ->
          actions.stream()
              .anyMatch(
                  action -> event.terms().contains(Terms.of(Terms.Kind.ACTION, action.name())));
      case Criterion.Time(var field, boolean from, Instant moment) ->
          from == (event.micros() >= SliceWriter.micros(moment));
      default -> throw new IllegalStateException("not asked here: " + criterion);
    };
  }

  private static boolean has(Event event, Terms.Kind kind, Set<String> values) {
    return values.stream().anyMatch(value -> event.terms().contains(Terms.of(kind, value)));
  }
}
