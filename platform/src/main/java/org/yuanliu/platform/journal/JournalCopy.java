package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.database.BinaryRow;
import org.yuanliu.platform.database.BinaryRows;

/** What a copy of the journal must know of it: where it ends, and whether it came over whole. */
public final class JournalCopy {
  /** Number of the one journal of a server. */
  public static final int JOURNAL = PostgresJournal.JOURNAL;

  private static final int FETCH_ROWS = 500;

  /** Entries whose leaves are made at once: some megabytes of bodies. */
  private static final int LEAF_BATCH = 500;

  private JournalCopy() {}

  /**
   * Gives the journal another log's name: a copy that ends behind what its log has shown must not
   * continue that one. A leaf commits to the name, so every leaf is made anew from its entry, with
   * the salt it had; where an entry's time is over and only its leaf hash is left, that one stays.
   *
   * @param maxBodyBytes what a body may take when it is decoded
   * @return where the journal ends under its new name
   * @throws IllegalStateException if nothing is stored, or the name is the one it has
   */
  public static End rename(Connection connection, String log, int maxBodyBytes)
      throws SQLException {
    End before = end(connection).orElseThrow(() -> new IllegalStateException("no journal"));
    if (before.log().equals(log)) {
      throw new IllegalStateException("the new log has the old one's name: " + log);
    }
    Suite suite = before.suite();
    PartyNames names = new PartyNames(connection);
    Frontier.Builder tree = Frontier.empty(suite).builder();
    try (RowHasher hasher = new RowHasher(log, suite, maxBodyBytes, IdentitySums.secret());
        PreparedStatement statement =
            connection.prepareStatement(
                "select first, hashes from leaf where journal = ? order by first");
        PreparedStatement update =
            connection.prepareStatement(
                "update leaf set hashes = ? where journal = ? and first = ?")) {
      statement.setInt(1, PostgresJournal.JOURNAL);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long first = rows.getLong(1);
          byte[] hashes = rows.getBytes(2);
          int count = hashes.length / Suite.HASH_BYTES;
          for (int at = 0; at < count; at += LEAF_BATCH) {
            long from = first + at;
            long to = first + Math.min(count, at + LEAF_BATCH);
            RowHasher.Hashed made = hashed(connection, from, to, names, hasher);
            long[] positions = made.positions();
            for (int i = 0; i < positions.length; i++) {
              RowHasher.Flaw flaw = made.flaws().get(i);
              if (flaw != null) {
                throw new IllegalStateException(
                    "the entry %d cannot be read: %s, %s"
                        .formatted(positions[i], flaw.what(), flaw.found()));
              }
              System.arraycopy(
                  made.leaves(),
                  i * Suite.HASH_BYTES,
                  hashes,
                  Math.toIntExact(positions[i] - first) * Suite.HASH_BYTES,
                  Suite.HASH_BYTES);
            }
          }
          for (int at = 0; at < hashes.length; at += Suite.HASH_BYTES) {
            tree.append(Arrays.copyOfRange(hashes, at, at + Suite.HASH_BYTES));
          }
          update.setBytes(1, hashes);
          update.setInt(2, PostgresJournal.JOURNAL);
          update.setLong(3, first);
          update.executeUpdate();
        }
      }
    }
    Frontier after = tree.build();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update journal set name = ?, root = ?, frontier = ? where id = ? and size = ?")) {
      statement.setString(1, log);
      statement.setBytes(2, after.root());
      statement.setBytes(3, after.encode());
      statement.setInt(4, PostgresJournal.JOURNAL);
      statement.setLong(5, after.size());
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("leaves are missing: there are " + after.size());
      }
    }
    return new End(log, suite, after.size(), after.root());
  }

  private static RowHasher.Hashed hashed(
      Connection connection, long from, long to, PartyNames names, RowHasher hasher)
      throws SQLException {
    List<BinaryRow> rows = new ArrayList<>();
    try (BinaryRows found = CheckReader.rows(connection, PostgresJournal.JOURNAL, from, to)) {
      for (BinaryRow row = found.next(); row != null; row = found.next()) {
        rows.add(row);
      }
    }
    return hasher.hash(rows, names.of(rows));
  }

  /**
   * The root of the tree of the first leaves.
   *
   * @throws IllegalStateException if there are fewer
   */
  public static byte[] rootAt(Connection connection, long size) throws SQLException {
    End end = end(connection).orElseThrow(() -> new IllegalStateException("no journal"));
    Frontier.Builder tree = Frontier.empty(end.suite()).builder();
    long next = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select hashes from leaf where journal = ? and first < ? order by first")) {
      statement.setInt(1, PostgresJournal.JOURNAL);
      statement.setLong(2, size);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byte[] hashes = rows.getBytes(1);
          for (int at = 0; at < hashes.length && next < size; at += Suite.HASH_BYTES) {
            tree.append(Arrays.copyOfRange(hashes, at, at + Suite.HASH_BYTES));
            next++;
          }
        }
      }
    }
    if (next < size) {
      throw new IllegalStateException("there are %,d leaves, not %,d".formatted(next, size));
    }
    return tree.root();
  }

  /**
   * @param root of the tree at that size
   */
  public record End(String log, Suite suite, long size, byte[] root) {}

  /** Where the journal ends in this transaction; empty where nothing was ever stored. */
  public static Optional<End> end(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select name, suite, size, root from journal where id = ?")) {
      statement.setInt(1, PostgresJournal.JOURNAL);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new End(
                    rows.getString(1),
                    Suite.ofCode(rows.getByte(2)),
                    rows.getLong(3),
                    rows.getBytes(4)))
            : Optional.empty();
      }
    }
  }

  /**
   * Computes the tree of a journal that was copied in from its leaves, and leaves word that every
   * view is to be built: the server's next start does so before it stores anything.
   *
   * @throws IllegalStateException if leaves are missing or make another tree than the journal says
   */
  public static void adopt(Connection connection) throws SQLException {
    Optional<End> end = end(connection);
    if (end.isEmpty()) {
      return;
    }
    Frontier.Builder tree = Frontier.empty(end.get().suite()).builder();
    long next = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select first, hashes from leaf where journal = ? order by first")) {
      statement.setInt(1, PostgresJournal.JOURNAL);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byte[] hashes = rows.getBytes(2);
          if (rows.getLong(1) != next) {
            throw new IllegalStateException("the leaf " + next + " is missing or stands twice");
          }
          for (int at = 0; at < hashes.length; at += Suite.HASH_BYTES) {
            tree.append(Arrays.copyOfRange(hashes, at, at + Suite.HASH_BYTES));
            next++;
          }
        }
      }
    }
    if (next != end.get().size() || !Arrays.equals(tree.root(), end.get().root())) {
      throw new IllegalStateException(
          "the journal says %,d leaves, there are %,d, or they make another tree"
              .formatted(end.get().size(), next));
    }
    try (PreparedStatement statement =
        connection.prepareStatement("update journal set rebuilt_to = 0 where id = ?")) {
      statement.setInt(1, PostgresJournal.JOURNAL);
      statement.executeUpdate();
    }
  }
}
