package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;

/** The leaf hashes of the journal by position, as its commits stored them. */
@Component
public final class LeafHashes {
  /** Hashes read at once: 2 MB, what one tile of level 1 stands over. */
  public static final int MAX_HASHES = 65_536;

  /** A row a group commit: it begins at {@code first}, and the rows before it end there. */
  private static final String ROWS =
      """
      select first, hashes from leaf
      where journal = ? and first < ?
        and first >= coalesce((select max(first) from leaf where journal = ? and first <= ?), 0)
      order by first
      """;

  private static final int FETCH_ROWS = 500;

  private final DataSource dataSource;

  LeafHashes(DataSource dataSource) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
  }

  /**
   * The hashes of the leaves from one position to before another, one after the other.
   *
   * @throws IllegalArgumentException if these are more than {@link #MAX_HASHES}
   * @throws IllegalStateException if one of them is not there, or stands there twice
   * @throws JournalUnavailableException if the journal cannot be read
   */
  public byte[] read(long from, long to) {
    if (from < 0 || to < from || to - from > MAX_HASHES) {
      throw new IllegalArgumentException("leaves from " + from + " to " + to);
    }
    try (Connection connection = dataSource.getConnection()) {
      return read(connection, PostgresJournal.JOURNAL, from, to);
    } catch (SQLException e) {
      throw new JournalUnavailableException("the leaves cannot be read", e);
    }
  }

  private static byte[] read(Connection connection, int journal, long from, long to)
      throws SQLException {
    byte[] found = new byte[Math.toIntExact(to - from) * Suite.HASH_BYTES];
    long next = from;
    try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setInt(1, journal);
      statement.setLong(2, to);
      statement.setInt(3, journal);
      statement.setLong(4, from);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (next < to && rows.next()) {
          long first = rows.getLong(1);
          byte[] hashes = rows.getBytes(2);
          long end = first + hashes.length / Suite.HASH_BYTES;
          if (first > next || (first < next && next != from)) {
            throw new IllegalStateException("the leaf " + next + " is missing or stands twice");
          }
          int count = (int) (Math.min(end, to) - next);
          if (count > 0) {
            System.arraycopy(
                hashes,
                (int) (next - first) * Suite.HASH_BYTES,
                found,
                (int) (next - from) * Suite.HASH_BYTES,
                count * Suite.HASH_BYTES);
            next += count;
          }
        }
      }
    }
    if (next < to) {
      throw new IllegalStateException("the leaf " + next + " is missing");
    }
    return found;
  }
}
