package org.yuanliu.platform.query;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yuanliu.platform.database.BinaryCopy;

/**
 * Writes slices when they are full, in the transaction of the commit that fills them. What the
 * events behind the last slice say is kept in memory and read from query_event where memory does
 * not go on where the journal does: after a start, a rollback, another writer.
 *
 * <p>For the journal's one writer thread.
 */
final class SliceWriter {
  private static final int JOURNAL = 1;

  private static final String SLICE =
      """
      copy query_slice (journal, first, events, min_time, max_time, times, earliest, latest)
      from stdin (format binary)\
      """;

  private static final String POSTINGS =
      """
      copy query_posting (term, slice, journal, min_time, max_time, bits)
      from stdin (format binary)\
      """;

  private final int sliceEvents;

  /** Events behind the last slice, in order of position. */
  private final List<Event> waiting = new ArrayList<>();

  /** Where the next slice begins; negative: not known. */
  private long first = -1;

  /** The first position that {@link #waiting} knows nothing of. */
  private long known = -1;

  /**
   * @param micros event time
   */
  record Event(long position, long micros, long[] terms) {}

  SliceWriter(int sliceEvents) {
    this.sliceEvents = sliceEvents;
  }

  void forget() {
    waiting.clear();
    first = -1;
    known = -1;
  }

  /**
   * @param from first position of the entries of this commit
   * @param to first position behind them
   * @param events those among the entries, already in query_event
   */
  void add(Connection connection, long from, long to, List<Event> events) throws SQLException {
    if (goesOn(from)) {
      waiting.removeIf(event -> event.position() >= from);
      waiting.addAll(events);
    } else {
      read(connection);
    }
    known = to;
    while (known - first >= sliceEvents) {
      write(connection);
    }
  }

  /** A rolled back commit's positions come again: what memory holds of them is dropped. */
  private boolean goesOn(long from) {
    return first >= 0 && first <= from && known >= from;
  }

  private void read(Connection connection) throws SQLException {
    waiting.clear();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select coalesce(max(first + events), 0) from query_slice where journal = 1");
        ResultSet row = statement.executeQuery()) {
      row.next();
      first = row.getLong(1);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select position, event_time, terms from query_event
            where journal = 1 and position >= ? order by position\
            """)) {
      statement.setLong(1, first);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          waiting.add(
              new Event(
                  rows.getLong(1),
                  micros(rows.getObject(2, OffsetDateTime.class).toInstant()),
                  longs(rows.getArray(3))));
        }
      }
    }
  }

  private static long[] longs(Array array) throws SQLException {
    return Arrays.stream((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Where one term stands in the slice. */
  private static final class Offsets {
    char[] offsets = new char[4];
    int count;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;

    void add(char offset, long micros) {
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, count * 2);
      }
      offsets[count++] = offset;
      min = Math.min(min, micros);
      max = Math.max(max, micros);
    }
  }

  private void write(Connection connection) throws SQLException {
    long[] times = new long[sliceEvents];
    Map<Long, Offsets> postings = new HashMap<>();
    int taken = 0;
    int filled = 0;
    long last = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (Event event : waiting) {
      int offset = Math.toIntExact(event.position() - first);
      if (offset >= sliceEvents) {
        break;
      }
      Arrays.fill(times, filled, offset, last);
      last = event.micros();
      times[offset] = last;
      filled = offset + 1;
      taken++;
      for (long term : event.terms()) {
        if (Terms.inSlices(term)) {
          postings.computeIfAbsent(term, key -> new Offsets()).add((char) offset, event.micros());
        }
      }
      min = Math.min(min, event.micros());
      max = Math.max(max, event.micros());
    }
    Arrays.fill(times, filled, sliceEvents, last);
    List<Event> byTime = new ArrayList<>(waiting.subList(0, taken));
    byTime.sort(Comparator.comparingLong(Event::micros));
    try (BinaryCopy copy = new BinaryCopy(connection, SLICE, 8)) {
      copy.row()
          .putInt(JOURNAL)
          .putLong(first)
          .putInt(sliceEvents)
          .putInstant(SliceReader.instant(taken == 0 ? 0 : min))
          .putInstant(SliceReader.instant(taken == 0 ? 0 : max))
          .putBytes(SliceTimes.encode(times))
          .putBytes(SliceEnd.encode(byTime, first))
          .putBytes(SliceEnd.encode(byTime.reversed(), first));
      copy.finish();
    }
    copyPostings(connection, postings);
    waiting.subList(0, taken).clear();
    first += sliceEvents;
  }

  private void copyPostings(Connection connection, Map<Long, Offsets> postings)
      throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, POSTINGS, 6)) {
      // In the order of the index: neighbours go into one page.
      for (Map.Entry<Long, Offsets> posting : new TreeMap<>(postings).entrySet()) {
        Offsets found = posting.getValue();
        copy.row()
            .putLong(posting.getKey())
            .putLong(first)
            .putInt(JOURNAL)
            .putInstant(SliceReader.instant(found.min))
            .putInstant(SliceReader.instant(found.max))
            .putBytes(Postings.encode(found.offsets, found.count, sliceEvents));
      }
      copy.finish();
    }
  }
}
