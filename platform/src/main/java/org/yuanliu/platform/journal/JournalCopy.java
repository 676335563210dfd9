package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;

/** What a copy of the journal must know of it: where it ends, and whether it came over whole. */
public final class JournalCopy {
  private static final int FETCH_ROWS = 500;

  private JournalCopy() {}

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
