package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.database.TestDatabase;

/** Slices hold what the events say, whatever commits, rolls back or starts anew in between. */
class SliceWriterTest {
  private static final int SLICE = 100;
  private static final long SEED = 20_261_129;

  private final Random random = new Random(SEED);

  @Test
  void slicesHoldWhatTheEventsSay() throws SQLException {
    try (TestDatabase database = TestDatabase.open();
        Connection connection = database.unpooledDataSource().getConnection()) {
      connection.setAutoCommit(false);
      Map<Long, SliceWriter.Event> stored = new TreeMap<>();
      SliceWriter writer = new SliceWriter(SLICE);
      long size = 0;
      for (int commit = 0; commit < 60; commit++) {
        int entries = 1 + random.nextInt(commit % 7 == 0 ? 450 : 60);
        List<SliceWriter.Event> events = events(size, entries);
        copy(connection, events);
        writer.add(connection, size, size + entries, events);
        if (random.nextInt(3) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          events.forEach(event -> stored.put(event.position(), event));
          size += entries;
        }
        if (random.nextInt(10) == 0) {
          writer = new SliceWriter(SLICE);
        }
      }
      check(JdbcClient.create(database.dataSource()), stored, size);
    }
  }

  private List<SliceWriter.Event> events(long from, int entries) {
    List<SliceWriter.Event> events = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      // Not every entry of the journal is an event.
      if (random.nextInt(5) > 0) {
        long[] terms =
            random
                .longs(1 + random.nextInt(4), 0, random.nextBoolean() ? 3 : 5_000)
                .distinct()
                .toArray();
        long micros = random.nextLong(4_000_000_000_000_000L) - 1_000_000_000_000_000L;
        events.add(new SliceWriter.Event(from + i, micros, terms));
      }
    }
    return events;
  }

  private static void copy(Connection connection, List<SliceWriter.Event> events)
      throws SQLException {
    String sql =
        """
        copy query_event (journal, position, event_time, terms, reporter, principal, named)
        from stdin (format binary)\
        """;
    try (BinaryCopy copy = new BinaryCopy(connection, sql, 7)) {
      for (SliceWriter.Event event : events) {
        copy.row()
            .putInt(1)
            .putLong(event.position())
            .putInstant(SliceReader.instant(event.micros()))
            .putLongs(event.terms())
            .putUuid(new UUID(0, 0))
            .putUuid(new UUID(0, 0))
            .putUuids(List.of());
      }
      copy.finish();
    }
  }

  private static void check(JdbcClient jdbc, Map<Long, SliceWriter.Event> stored, long size) {
    Map<Long, long[]> times = new TreeMap<>();
    jdbc.sql("select first, events, times from query_slice order by first")
        .query(
            row -> {
              assertThat(row.getInt(2)).isEqualTo(SLICE);
              times.put(row.getLong(1), SliceTimes.decode(row.getBytes(3), SLICE));
            });
    assertThat(times).hasSize((int) (size / SLICE)).hasSizeGreaterThan(15);
    checkEnds(jdbc, stored);
    long end = size / SLICE * SLICE;
    Map<List<Long>, BitSet> expected = new HashMap<>();
    stored.forEach(
        (position, event) -> {
          if (position < end) {
            long slice = position / SLICE * SLICE;
            int offset = (int) (position - slice);
            assertThat(times.get(slice)[offset]).isEqualTo(event.micros());
            for (long term : inSlices(event.terms())) {
              expected.computeIfAbsent(List.of(term, slice), key -> new BitSet()).set(offset);
            }
          }
        });
    Map<List<Long>, BitSet> found = new HashMap<>();
    jdbc.sql("select term, slice, bits, min_time, max_time from query_posting")
        .query(
            row -> {
              long slice = row.getLong(2);
              BitSet bits = Postings.decode(row.getBytes(3));
              found.put(List.of(row.getLong(1), slice), bits);
              long[] known = times.get(slice);
              assertThat(instant(row.getObject(4, OffsetDateTime.class)))
                  .isEqualTo(bits.stream().mapToLong(i -> known[i]).min().orElseThrow());
              assertThat(instant(row.getObject(5, OffsetDateTime.class)))
                  .isEqualTo(bits.stream().mapToLong(i -> known[i]).max().orElseThrow());
            });
    assertThat(found).isEqualTo(expected);
  }

  /** What is told at an end comes first, and the others after it. */
  private static void checkEnds(JdbcClient jdbc, Map<Long, SliceWriter.Event> stored) {
    jdbc.sql("select first, earliest, latest from query_slice order by first")
        .query(
            row -> {
              long first = row.getLong(1);
              List<SliceWriter.Event> events =
                  stored.values().stream()
                      .filter(e -> e.position() >= first && e.position() < first + SLICE)
                      .sorted(Comparator.comparingLong(SliceWriter.Event::micros))
                      .toList();
              checkEnd(SliceEnd.decode(row.getBytes(2)), first, events);
              checkEnd(SliceEnd.decode(row.getBytes(3)), first, events.reversed());
            });
  }

  /**
   * @param events in the direction of the end
   */
  private static void checkEnd(SliceEnd end, long first, List<SliceWriter.Event> events) {
    BitSet offsets = new BitSet();
    events.forEach(event -> offsets.set((int) (event.position() - first)));
    List<Long> told = new ArrayList<>();
    end.take(
        offsets,
        (offset, micros) -> {
          told.add(micros);
          assertThat(events).anyMatch(e -> e.position() == first + offset && e.micros() == micros);
        });
    assertThat(told)
        .isNotEmpty()
        .isEqualTo(events.stream().limit(told.size()).map(SliceWriter.Event::micros).toList());
    assertThat(offsets.cardinality()).isEqualTo(events.size() - told.size());
    assertThat(end.rest(42))
        .isEqualTo(told.size() == events.size() ? 42 : events.get(told.size()).micros());
  }

  @Test
  void theEndsOfASliceComeBack() {
    for (int count : new int[] {0, 1, 2, 49, 50, 99, 100, 151, 4_096, 16_384}) {
      List<SliceWriter.Event> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(new SliceWriter.Event(1_000_000 + count - 1 - i, i * 7L - 100, new long[0]));
      }
      byte[] bytes = SliceEnd.encode(events, 1_000_000);
      // Two of them are in one row, which is kept in one piece up to some 2,000 bytes.
      assertThat(bytes.length).isLessThan(900);
      if (count > 0) {
        checkEnd(SliceEnd.decode(bytes), 1_000_000, events);
      } else {
        assertThat(SliceEnd.decode(bytes).rest(42)).isEqualTo(42);
      }
      BitSet none = new BitSet();
      SliceEnd.decode(bytes).take(none, (offset, micros) -> fail("nothing was asked for"));
    }
  }

  private static long[] inSlices(long[] terms) {
    return Arrays.stream(terms).filter(Terms::inSlices).toArray();
  }

  private static long instant(OffsetDateTime time) {
    return SliceWriter.micros(time.toInstant());
  }

  @Test
  void offsetsComeBackAsListAndAsBitmap() {
    for (int count : new int[] {1, 2, 31, 32, 33, 255, 256, 4_095, 4_096}) {
      char[] offsets = new char[count];
      for (int i = 0; i < count; i++) {
        offsets[i] = (char) (4_095 - (count - 1 - i));
      }
      byte[] bytes = Postings.encode(offsets, count, 4_096);
      assertThat(bytes.length).isLessThanOrEqualTo(1 + 512);
      assertThat(Postings.decode(bytes).stream().toArray())
          .containsExactly(java.util.stream.IntStream.range(4_096 - count, 4_096).toArray());
    }
  }

  @Test
  void timesComeBack() {
    long[] times = {0, 1, -1, Long.MAX_VALUE / 4, Long.MIN_VALUE / 4, 5, 5, 1_767_225_600_000_000L};
    assertThat(SliceTimes.decode(SliceTimes.encode(times), times.length)).containsExactly(times);
    assertThat(SliceWriter.micros(Instant.parse("1969-12-31T23:59:59.999999Z"))).isEqualTo(-1);
  }

  /** Whatever a comparison holds for, its terms name. */
  @Test
  void magnitudesLeaveNothingOut() {
    List<String> numbers =
        List.of("0", "1", "-1", "0.99999", "1.778", "1.7783", "5", "-40", "1e12", "-1e-12", "37.5");
    for (String uom : new String[] {"KGM", "GRM", "CEL", "FAH", "KEL", "XYZ", null}) {
      for (String asked : numbers) {
        for (String number : numbers) {
          for (Comparison.Op op : Comparison.Op.values()) {
            for (String other : uom == null ? new String[] {"KGM", null} : others(uom)) {
              BigDecimal value = new BigDecimal(number);
              BigDecimal converted = uom == null ? value : Uom.convert(value, other, uom, true);
              Comparison comparison = new Comparison(op, List.of(Literal.text(asked)));
              if (converted != null && comparison.holds(converted)) {
                Set<String> wanted = Magnitude.wanted("f", comparison, uom, true);
                assertThat(Magnitude.names("f", value, other, true))
                    .as("%s %s is %s %s %s", number, other, op, asked, uom)
                    .containsAnyElementsOf(wanted);
              }
            }
          }
        }
      }
    }
  }

  private static String[] others(String uom) {
    return switch (uom) {
      case "KGM", "GRM" -> new String[] {"KGM", "GRM", "LBR"};
      case "CEL", "FAH", "KEL" -> new String[] {"CEL", "FAH", "KEL"};
      default -> new String[] {uom};
    };
  }
}
