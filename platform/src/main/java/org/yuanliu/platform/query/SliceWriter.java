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
          waiting.add(event(rows));
        }
      }
    }
  }

  /** Of a row with position, event time and terms. */
  static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong(1),
        micros(row.getObject(2, OffsetDateTime.class).toInstant()),
        longs(row.getArray(3)));
  }

  private static long[] longs(Array array) throws SQLException {
    return Arrays.stream((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private void write(Connection connection) throws SQLException {
    int taken = 0;
    while (taken < waiting.size() && waiting.get(taken).position() < first + sliceEvents) {
      taken++;
    }
    List<Event> within = waiting.subList(0, taken);
    Slice slice = Slice.of(first, sliceEvents, within);
    try (BinaryCopy copy = new BinaryCopy(connection, SLICE, 8)) {
      copy.row()
          .putInt(JOURNAL)
          .putLong(first)
          .putInt(sliceEvents)
          .putInstant(SliceReader.instant(slice.minTime()))
          .putInstant(SliceReader.instant(slice.maxTime()))
          .putBytes(SliceTimes.encode(slice.times()))
          .putBytes(earliest(first, within))
          .putBytes(latest(first, within));
      copy.finish();
    }
    copyPostings(connection, slice);
    within.clear();
    first += sliceEvents;
  }

  /** The events that come first in the slice's time, see {@link SliceEnd}. */
  static byte[] earliest(long first, List<Event> within) {
    List<Event> byTime = new ArrayList<>(within);
    byTime.sort(Comparator.comparingLong(Event::micros));
    return SliceEnd.encode(byTime, first);
  }

  /** Those that come last. */
  static byte[] latest(long first, List<Event> within) {
    List<Event> byTime = new ArrayList<>(within);
    byTime.sort(Comparator.comparingLong(Event::micros));
    return SliceEnd.encode(byTime.reversed(), first);
  }

  private static void copyPostings(Connection connection, Slice slice) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, POSTINGS, 6)) {
      // In the order of the index: neighbours go into one page.
      for (Map.Entry<Long, Slice.Offsets> posting : new TreeMap<>(slice.postings()).entrySet()) {
        Slice.Offsets found = posting.getValue();
        copy.row()
            .putLong(posting.getKey())
            .putLong(slice.first())
            .putInt(JOURNAL)
            .putInstant(SliceReader.instant(found.minTime()))
            .putInstant(SliceReader.instant(found.maxTime()))
            .putBytes(found.encode(slice.events()));
      }
      copy.finish();
    }
  }
}
