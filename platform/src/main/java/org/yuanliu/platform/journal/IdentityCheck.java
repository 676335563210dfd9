package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.yuanliu.platform.journal.TreeCheck.Broken;

/** Whether every entry's identity leads to it: joined as a whole, not looked up one by one. */
final class IdentityCheck {
  /**
   * What the join may hold in memory; the rest goes through files. A lookup in the index for each
   * entry would be one of a random page each.
   */
  private static final String MEMORY = "set local work_mem = '64MB'";

  /** Materialized: without a limit within reach the database joins by hash. */
  private static final String FIRST_WRONG =
      """
      with wrong as materialized (
        select e.position, i.journal as at_journal, i.position as at_position
        from entry e left join identity i on i.key = e.identity
        where e.journal = ?
          and (i.key is null or i.journal <> e.journal or i.position <> e.position))
      select position, at_journal, at_position from wrong order by position limit 1
      """;

  private IdentityCheck() {}

  /** The first entry whose identity is missing or leads elsewhere. */
  static Optional<Broken> firstWrong(Connection connection, int journal) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(MEMORY);
    }
    try (PreparedStatement statement = connection.prepareStatement(FIRST_WRONG)) {
      statement.setInt(1, journal);
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
}
