package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.ViewCheck.Difference;

/**
 * Compares the slices of the index with the rows that they were made of, whatever settings they
 * were made under. Reads slices, rows and postings side by side, in order of position, a slice in
 * memory at a time; postings are put in this order by the database, on its disk.
 *
 * <p>Of entries that retention dropped the slices keep what they had, and the rows are gone: what a
 * slice says of a position without a row finds nothing and is not compared.
 */
final class SliceCheck {
  private static final int FETCH_ROWS = 1_000;

  private static final String SLICES =
      """
      select first, events, min_time, max_time, times, earliest, latest from query_slice
      where journal = 1 order by first\
      """;

  private static final String EVENTS =
      "select position, event_time, terms from query_event where journal = 1 order by position";

  private static final String POSTINGS =
      """
      select slice, term, min_time, max_time, bits from query_posting
      where journal = 1 order by slice, term\
      """;

  private final Connection connection;
  private final String view;

  /**
   * @param connection inside a transaction
   * @param view the view's name, for who reads of a difference
   */
  SliceCheck(Connection connection, String view) {
    this.connection = requireNonNull(connection, "connection is null");
    this.view = requireNonNull(view, "view is null");
  }

  Optional<Difference> first() throws SQLException {
    try (Rows slices = new Rows(SLICES);
        Rows events = new Rows(EVENTS);
        Rows postings = new Rows(POSTINGS)) {
      long next = 0;
      while (slices.hasRow()) {
        long first = slices.row.getLong(1);
        int count = slices.row.getInt(2);
        if (first != next || count <= 0 || count > Character.MAX_VALUE + 1) {
          return slice(next, "a slice from " + next, "one of " + count + " from " + first);
        }
        next = first + count;
        List<SliceWriter.Event> within = new ArrayList<>();
        while (events.hasRow() && events.row.getLong(1) < next) {
          within.add(SliceWriter.event(events.row));
          events.next();
        }
        Slice expected = Slice.of(first, count, within);
        Optional<Difference> found = compare(slices.row, expected, within);
        if (found.isEmpty()) {
          found = compare(postings, expected, within);
        }
        if (found.isPresent()) {
          return found;
        }
        slices.next();
      }
      return postings.hasRow()
          ? posting(postings.row.getLong(1), "none", "a posting of a slice that is not there")
          : Optional.empty();
    }
  }

  /** Rows as they come, the next one in hand. */
  private final class Rows implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet row;
    private boolean present;

    Rows(String sql) throws SQLException {
      statement = connection.prepareStatement(sql);
      statement.setFetchSize(FETCH_ROWS);
      row = statement.executeQuery();
      next();
    }

    boolean hasRow() {
      return present;
    }

    void next() throws SQLException {
      present = row.next();
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  /** The slice's own row. */
  private Optional<Difference> compare(
      ResultSet row, Slice expected, List<SliceWriter.Event> within) throws SQLException {
    long[] times;
    try {
      times = SliceTimes.decode(row.getBytes(5), expected.events());
    } catch (IndexOutOfBoundsException e) {
      return slice(expected.first(), "times of " + expected.events() + " positions", "fewer");
    }
    for (SliceWriter.Event event : within) {
      long found = times[offset(expected, event)];
      if (found != event.micros()) {
        return slice(
            event.position(),
            SliceReader.instant(event.micros()).toString(),
            SliceReader.instant(found).toString());
      }
    }
    boolean gone = within.size() < expected.events();
    if (!end(row.getBytes(6), SliceWriter.earliest(expected.first(), within), gone)
        || !end(row.getBytes(7), SliceWriter.latest(expected.first(), within), gone)) {
      return slice(expected.first(), "the ends of its time", "others");
    }
    return within.isEmpty() || fit(row, gone, expected.minTime(), expected.maxTime())
        ? Optional.empty()
        : slice(expected.first(), "the bounds of its events", bounds(row));
  }

  /**
   * Whether an end of the slice's time is what its events make it. Slices of an earlier version
   * have none, and where events may be gone theirs stand in it.
   */
  private static boolean end(byte @Nullable [] stored, byte[] expected, boolean gone) {
    return stored == null || gone || Arrays.equals(stored, expected);
  }

  /** All rows of the slice, which come next. */
  private Optional<Difference> compare(
      Rows postings, Slice expected, List<SliceWriter.Event> within) throws SQLException {
    BitSet present = new BitSet();
    within.forEach(event -> present.set(offset(expected, event)));
    Set<Long> seen = new HashSet<>();
    while (postings.hasRow() && postings.row.getLong(1) <= expected.first()) {
      if (postings.row.getLong(1) < expected.first()) {
        return posting(postings.row.getLong(1), "none", "a posting of a slice that is not there");
      }
      long term = postings.row.getLong(2);
      Optional<Difference> found = compare(postings.row, term, expected, present);
      if (found.isPresent()) {
        return found;
      }
      seen.add(term);
      postings.next();
    }
    for (Map.Entry<Long, Slice.Offsets> posting : expected.postings().entrySet()) {
      if (!seen.contains(posting.getKey())) {
        int offset = posting.getValue().bits().nextSetBit(0);
        return posting(expected.first() + offset, "the term " + hex(posting.getKey()), "none");
      }
    }
    return Optional.empty();
  }

  private Optional<Difference> compare(ResultSet row, long term, Slice expected, BitSet present)
      throws SQLException {
    BitSet stored;
    try {
      stored = Postings.decode(row.getBytes(5));
    } catch (IllegalStateException | BufferUnderflowException e) {
      return posting(expected.first(), "offsets of the term " + hex(term), "none that can be read");
    }
    Slice.Offsets offsets = expected.postings().get(term);
    BitSet wanted = offsets == null ? new BitSet() : offsets.bits();
    BitSet different = (BitSet) stored.clone();
    different.and(present);
    different.xor(wanted);
    if (!different.isEmpty()) {
      int offset = different.nextSetBit(0);
      boolean lost = wanted.get(offset);
      String named = "the term " + hex(term);
      return posting(expected.first() + offset, lost ? named : "none", lost ? "none" : named);
    }
    stored.andNot(present);
    return offsets == null || fit(row, !stored.isEmpty(), offsets.minTime(), offsets.maxTime())
        ? Optional.empty()
        : posting(expected.first(), "the bounds of the term " + hex(term), bounds(row));
  }

  /**
   * Whether the row's bounds are those of the events.
   *
   * @param gone some events may be gone: then the bounds may be wider
   */
  private static boolean fit(ResultSet row, boolean gone, long min, long max) throws SQLException {
    long from = micros(row, 3);
    long to = micros(row, 4);
    return gone ? from <= min && to >= max : from == min && to == max;
  }

  private static String bounds(ResultSet row) throws SQLException {
    return SliceReader.instant(micros(row, 3)) + " to " + SliceReader.instant(micros(row, 4));
  }

  private static long micros(ResultSet row, int column) throws SQLException {
    return SliceWriter.micros(row.getObject(column, OffsetDateTime.class).toInstant());
  }

  private static int offset(Slice slice, SliceWriter.Event event) {
    return Math.toIntExact(event.position() - slice.first());
  }

  private static String hex(long term) {
    return Long.toHexString(term);
  }

  private Optional<Difference> slice(long position, String expected, String found) {
    return Optional.of(new Difference(position, view, "query_slice", expected, found));
  }

  private Optional<Difference> posting(long position, String expected, String found) {
    return Optional.of(new Difference(position, view, "query_posting", expected, found));
  }
}
