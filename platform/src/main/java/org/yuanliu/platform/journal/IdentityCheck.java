package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.database.BinaryRow;
import org.yuanliu.platform.database.BinaryRows;
import org.yuanliu.platform.journal.TreeCheck.Broken;

/**
 * Whether every entry's identity leads to it, and no other one does. Both tables are read once,
 * each in its own order, and summed ({@link IdentitySums}); only where the sums differ are they
 * joined.
 */
final class IdentityCheck {
  private static final int COLUMNS = 2;

  /** What the joins may hold in memory; the rest goes through files. */
  private static final String MEMORY = "set local work_mem = '64MB'";

  /** Materialized: without a limit within reach the database joins by hash. */
  private static final String FIRST_LOST =
      """
      with wrong as materialized (
        select e.position, i.journal as at_journal, i.position as at_position
        from entry e left join identity i on i.key = e.identity
        where e.journal = ? and e.position >= ? and e.position < ?
          and (i.key is null or i.journal <> e.journal or i.position <> e.position))
      select position, at_journal, at_position from wrong order by position limit 1
      """;

  /** Identities of dropped entries stay, and nothing says any more which they were. */
  private static final String FIRST_STRANGE =
      """
      with wrong as materialized (
        select i.position, i.key, e.identity
        from identity i
          left join entry e on e.journal = i.journal and e.position = i.position
        where (i.journal = ? or i.journal not in (select id from journal))
          and i.position >= ? and i.position < ? and i.key is distinct from e.identity
          and (e.identity is not null or i.position >= ? or i.journal <> ?))
      select position, key, identity from wrong order by position, key limit 1
      """;

  private IdentityCheck() {}

  /**
   * Sums of the whole table identity.
   *
   * @param sums empty ones
   */
  static IdentitySums sum(Connection connection, int journal, IdentitySums sums)
      throws SQLException {
    // In the order in which they lie there; those of no journal too, which keep events out.
    String sql =
        """
        copy (select key, position from identity
          where journal = %d or journal not in (select id from journal))
        to stdout (format binary)\
        """
            .formatted(journal);
    try (BinaryRows rows = new BinaryRows(connection, sql, COLUMNS)) {
      for (BinaryRow row = rows.next(); row != null; row = rows.next()) {
        int length = row.pass();
        int from = row.at() - length;
        sums.add(row.array(), from, row.int64());
      }
    }
    return sums;
  }

  /**
   * What is wrong in the stretches where the sums differ.
   *
   * @param size entries that the journal has
   */
  static Optional<Broken> firstWrong(
      Connection connection, int journal, long size, NavigableSet<Long> stretches)
      throws SQLException {
    if (stretches.isEmpty()) {
      return Optional.empty();
    }
    long from = stretches.first() * IdentitySums.STRETCH;
    long to = Long.MAX_VALUE;
    if (stretches.last() < Long.MAX_VALUE / IdentitySums.STRETCH) {
      to = (stretches.last() + 1) * IdentitySums.STRETCH;
    }
    Optional<Broken> lost = firstLost(connection, journal, from, to);
    Optional<Broken> strange = firstStrange(connection, journal, size, from, to);
    return lost.isEmpty()
            || (strange.isPresent() && strange.get().position() < lost.get().position())
        ? strange
        : lost;
  }

  /** The first entry of a stretch whose identity is missing or leads elsewhere. */
  static Optional<Broken> firstLost(Connection connection, int journal, long from, long to)
      throws SQLException {
    remember(connection);
    try (PreparedStatement statement = connection.prepareStatement(FIRST_LOST)) {
      statement.setInt(1, journal);
      statement.setLong(2, from);
      statement.setLong(3, to);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        long position = rows.getLong(1);
        int atJournal = rows.getInt(2);
        String found =
            rows.wasNull() ? "null" : new EntryRef(atJournal, rows.getLong(3)).toString();
        return Optional.of(
            new Broken(
                position,
                "the identity does not lead to the entry",
                new EntryRef(journal, position).toString(),
                found));
      }
    }
  }

  /** The first identity that leads to an entry of another one, or behind the journal's end. */
  private static Optional<Broken> firstStrange(
      Connection connection, int journal, long size, long from, long to) throws SQLException {
    remember(connection);
    try (PreparedStatement statement = connection.prepareStatement(FIRST_STRANGE)) {
      statement.setInt(1, journal);
      statement.setLong(2, from);
      statement.setLong(3, to);
      statement.setLong(4, size);
      statement.setInt(5, journal);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        @Nullable String identity = rows.getString(3);
        return Optional.of(
            new Broken(
                rows.getLong(1),
                "an identity leads to an entry that has another one",
                identity == null ? "none" : identity,
                rows.getString(2)));
      }
    }
  }

  private static void remember(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(MEMORY);
    }
  }
}
