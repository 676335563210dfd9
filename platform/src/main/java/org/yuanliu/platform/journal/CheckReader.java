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
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Suite;
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

  /** Stored bytes handed over at once; a body has 16 MB at most. */
  private static final int BATCH_BYTES = 2 * 1024 * 1024;

  /** Batches that wait to be taken. */
  private static final int WAITING = 2;

  private static final int COLUMNS = 13;

  private static final String LEAVES =
      "select first, hashes from leaf where journal = ? and first >= ? and first < ? order by"
          + " first";

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

  /** Rows of the table entry, by position. */
  record Entries(List<CheckedRow> rows) implements Part {}

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
    for (long from = 0; from <= size; from += STRETCH) {
      long to = from + STRETCH;
      boolean last = to > size;
      parts.put(leaves(from, Math.min(to, size + 1)));
      entries(from, last ? Long.MAX_VALUE : to);
      if (!last) {
        parts.put(new Reached(to));
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

  private void entries(long from, long to) throws SQLException, InterruptedException {
    List<CheckedRow> batch = new ArrayList<>(BATCH_ROWS);
    long bytes = 0;
    String sql =
        """
        copy (
          select position, kind, suite, leaf_version, record_time, capture, reporter, principal,
            event_id, event_hash, hash_version, salt, body
          from entry where journal = %d and position >= %d and position < %d order by position)
        to stdout (format binary)\
        """
            .formatted(journal, from, to);
    try (BinaryRows rows = new BinaryRows(connection, sql, COLUMNS)) {
      while (rows.next()) {
        CheckedRow row = row(rows);
        batch.add(row);
        bytes += row.storedBody().length;
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

  private static CheckedRow row(BinaryRows rows) {
    return new CheckedRow(
        rows.int64(),
        rows.int16(),
        rows.int16(),
        rows.int16(),
        rows.instant(),
        rows.uuid(),
        rows.uuid(),
        rows.uuid(),
        orEmpty(rows.text()),
        orEmpty(rows.bytes()),
        orEmpty(rows.text()),
        orEmpty(rows.bytes()),
        orEmpty(rows.bytes()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }
}
