package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.database.BinaryRow;
import org.yuanliu.platform.database.BinaryRows;

/**
 * Reads a journal from its first row to its last on a thread and a connection of its own, ahead of
 * who checks it. The leaves of a stretch come before its rows. Bounded by few batches.
 */
final class CheckReader {
  /** Positions whose leaves are read at once: half a megabyte of hashes. */
  static final int STRETCH = 16_384;

  /** Rows handed over at once. */
  private static final int BATCH_ROWS = 1_000;

  /** Bytes of rows handed over at once; a body has 16 MB at most. */
  private static final int BATCH_BYTES = 2 * 1024 * 1024;

  /** Batches that wait to be taken. */
  private static final int WAITING = 2;

  private static final int COLUMNS = 15;

  /** One more than a stretch can have: enough to see that there are too many. */
  private static final String LEAVES =
      """
      select first, hashes from leaf where journal = ? and first >= ? and first < ?
      order by first limit %d\
      """
          .formatted(STRETCH + 1);

  private final Connection connection;
  private final int journal;
  private final long size;
  private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(WAITING);

  /**
   * @param size entries that the journal says to have; what lies beyond is read all the same
   */
  CheckReader(Connection connection, int journal, long size) {
    this.connection = requireNonNull(connection, "connection is null");
    this.journal = journal;
    this.size = size;
  }

  /** What comes, in order. */
  sealed interface Part {}

  /** Rows of the table leaf, by position. */
  record LeafRows(List<LeafRow> rows) implements Part {}

  /** Rows of the table entry, by position, as {@link RowHasher} takes them. */
  record Entries(List<BinaryRow> rows) implements Part {}

  /** All rows and leaves before a position were handed over. */
  record Reached(long position) implements Part {}

  /** Nothing more comes. */
  record End() implements Part {}

  record Failed(SQLException why) implements Part {}

  /** One row of leaf hashes. */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record LeafRow(long first, byte[] hashes) {
    long end() {
      return first + hashes.length / Suite.HASH_BYTES;
    }
  }

  Part take() throws InterruptedException {
    return parts.take();
  }

  /** Reads until the end, or until interrupted. */
  void run() {
    try {
      try {
        read();
        parts.put(new End());
      } catch (SQLException e) {
        parts.put(new Failed(e));
      } catch (RuntimeException e) {
        parts.put(new Failed(new SQLException("rows that cannot be read", e)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody takes any more
    }
  }

  private void read() throws SQLException, InterruptedException {
    for (long stretch = 0; stretch <= size; stretch += STRETCH) {
      // Whatever lies before the first position or behind the last one is read too.
      long from = stretch == 0 ? Long.MIN_VALUE : stretch;
      long next = stretch + STRETCH;
      boolean last = next > size;
      long to = last ? Long.MAX_VALUE : next;
      parts.put(leaves(from, to));
      entries(from, to);
      if (!last) {
        parts.put(new Reached(next));
      }
    }
  }

  private LeafRows leaves(long from, long to) throws SQLException {
    List<LeafRow> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LEAVES)) {
      statement.setInt(1, journal);
      statement.setLong(2, from);
      statement.setLong(3, to);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new LeafRow(rows.getLong(1), rows.getBytes(2)));
        }
      }
    }
    return new LeafRows(found);
  }

  /** Rows of the entries from one position to before another, in order, for {@link RowHasher}. */
  static BinaryRows rows(Connection connection, int journal, long from, long to)
      throws SQLException {
    String sql =
        """
        copy (
          select reporter, principal, position, kind, suite, leaf_version, record_time, capture,
            event_id, event_hash, hash_version, salt, body, identity, event_key
          from entry where journal = %d and position >= %d and position < %d order by position)
        to stdout (format binary)\
        """
            .formatted(journal, from, to);
    return new BinaryRows(connection, sql, COLUMNS);
  }

  private void entries(long from, long to) throws SQLException, InterruptedException {
    List<BinaryRow> batch = new ArrayList<>(BATCH_ROWS);
    long bytes = 0;
    try (BinaryRows rows = rows(connection, journal, from, to)) {
      for (BinaryRow row = rows.next(); row != null; row = rows.next()) {
        batch.add(row);
        bytes += row.size();
        if (batch.size() == BATCH_ROWS || bytes >= BATCH_BYTES) {
          parts.put(new Entries(batch));
          batch = new ArrayList<>(BATCH_ROWS);
          bytes = 0;
        }
      }
    }
    if (!batch.isEmpty()) {
      parts.put(new Entries(batch));
    }
  }
}
