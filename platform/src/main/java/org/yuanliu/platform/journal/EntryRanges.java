package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.database.BinaryCopy;

/**
 * The rows of entries in ranges of positions, each a table of its own (a partition). The last one
 * is open; a closed one never changes, until retention puts what is to be kept of it in its place.
 * So nothing is deleted row by row, and what that costs depends on what is kept.
 */
@Component
public final class EntryRanges {
  private static final int BYTES_PER_MB = 1024 * 1024;

  /** Who waits longer for a table holds up everyone behind him; the next run tries again. */
  private static final String LOCK_TIMEOUT = "set local lock_timeout = '2s'";

  private static final String CHECK = EntryLayout.CHECK;

  private final DataSource dataSource;
  private final ObjectProvider<SubjectCodec> codecs;
  private final ObjectProvider<Projection> projections;
  private final int maxBodyBytes;

  EntryRanges(
      DataSource dataSource,
      ObjectProvider<SubjectCodec> codecs,
      ObjectProvider<Projection> projections,
      JournalSettings settings) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.codecs = requireNonNull(codecs, "codecs is null");
    this.projections = requireNonNull(projections, "projections is null");
    this.maxBodyBytes = Math.multiplyExact(settings.bodyMb(), BYTES_PER_MB);
  }

  /**
   * A range.
   *
   * @param table its partition
   * @param from the first position
   * @param to the position after the last one; {@link Long#MAX_VALUE} while it is open
   */
  public record Range(String table, long from, long to) {
    public boolean isOpen() {
      return to == Long.MAX_VALUE;
    }
  }

  /** What is to go from a range, asked and told in this order. */
  public interface Dropping {
    /** Whether an entry goes. */
    boolean drops(Entry entry);

    /** Entries that go, some at a time, on the connection of the transaction that comes. */
    void gather(Connection connection, List<Entry> going) throws SQLException;

    /**
     * How many go, before anything has gone: the moment for the retention act. Nothing goes where
     * it throws. On the connection of the transaction that comes.
     */
    void counted(Connection connection, long entries) throws SQLException;

    /** In the transaction in which they go. */
    void going(Connection connection) throws SQLException;
  }

  /** All ranges, in order. */
  public List<Range> all() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return EntryLayout.ranges(connection);
    }
  }

  /** When the first entry of a range was stored; empty for an empty one. */
  public Optional<Instant> since(Range range) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select record_time from entry
                where journal = ? and position >= ? and position < ? order by position limit 1
                """)) {
      select.setInt(1, PostgresJournal.JOURNAL);
      select.setLong(2, range.from());
      select.setLong(3, range.to());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(Rows.instant(rows, 1)) : Optional.empty();
      }
    }
  }

  /**
   * Closes the open range a little ahead of what is stored and opens the next one. The writer goes
   * on but for two short moments; a range that is being filled is read once, without a lock that
   * would stop it.
   *
   * @param margin positions between the newest entry and the cut, more than are stored meanwhile
   */
  public void cut(long margin) throws SQLException {
    Range open = all().getLast();
    try (Connection connection = dataSource.getConnection()) {
      long end = size(connection) + margin;
      String from = open.from() == 0 ? "true" : "position >= " + open.from();
      try {
        inTransaction(
            connection,
            LOCK_TIMEOUT,
            "alter table %s add constraint %s check (%s and position < %d) not valid"
                .formatted(open.table(), CHECK, from, end));
        execute(connection, "alter table %s validate constraint %s".formatted(open.table(), CHECK));
        inTransaction(
            connection,
            LOCK_TIMEOUT,
            "alter table entry detach partition " + open.table(),
            "alter table entry attach partition %s for values from (%s) to (%d)"
                .formatted(open.table(), open.from() == 0 ? "minvalue" : open.from(), end),
            "create table entry_%1$d partition of entry for values from (%1$d) to (maxvalue)"
                .formatted(end),
            "alter table %s drop constraint %s".formatted(open.table(), CHECK));
      } catch (SQLException e) {
        // The connection may be the very thing that failed.
        try {
          tidy();
        } catch (SQLException left) {
          e.addSuppressed(left);
        }
        throw e;
      }
    }
  }

  /**
   * Takes back what a cut left that was ended half-way: it would stop the writer at the cut.
   *
   * @throws SQLException if somebody reads the table for longer than a moment; to be tried again
   */
  public void tidy() throws SQLException {
    Range open = all().getLast();
    try (Connection connection = dataSource.getConnection()) {
      // Asked first: to change a table, even by nothing, waits for whoever reads it, a backup for
      // instance, and the writer would wait behind.
      if (isBeingCut(connection, open)) {
        inTransaction(
            connection,
            LOCK_TIMEOUT,
            "alter table %s drop constraint if exists %s".formatted(open.table(), CHECK));
      }
    }
  }

  private static boolean isBeingCut(Connection connection, Range open) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select from pg_constraint where conrelid = ?::regclass and conname = ?")) {
      select.setString(1, open.table());
      select.setString(2, CHECK);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static long size(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select size from journal where id = ?")) {
      select.setInt(1, PostgresJournal.JOURNAL);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** The entries of a range, in order, in bounded memory. */
  public void read(Range range, Consumer<List<Entry>> batch) throws SQLException {
    EntryReader reader = new EntryReader(codecs.stream().toList(), maxBodyBytes);
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long position = range.from();
        while (true) {
          List<StoredEntry> stored =
              reader.next(connection, PostgresJournal.JOURNAL, position, range.to());
          connection.commit(); // no old snapshot is held for the time that a large range takes
          if (stored.isEmpty()) {
            return;
          }
          batch.accept(reader.entries(stored));
          position = stored.getLast().ref().position() + 1;
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * Puts what is kept of a closed range in its place, and takes what goes out of the views too.
   *
   * @return how many went
   */
  public long drop(Range range, Dropping dropping) throws SQLException {
    if (range.isOpen()) {
      throw new IllegalArgumentException("the open range is written to");
    }
    try (Connection connection = dataSource.getConnection()) {
      execute(connection, "create temporary table if not exists entry_going (position bigint)");
      execute(connection, "truncate entry_going");
      long going = gather(connection, range, dropping);
      if (going == 0) {
        return 0;
      }
      dropping.counted(connection, going);
      connection.setAutoCommit(false);
      try {
        swap(connection, range);
        for (Projection projection : projections.orderedStream().toList()) {
          projection.drop(connection, "entry_going");
        }
        dropping.going(connection);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        execute(connection, "drop table if exists entry_going");
      }
      return going;
    }
  }

  private long gather(Connection connection, Range range, Dropping dropping) throws SQLException {
    long[] going = {0};
    try {
      read(
          range,
          entries -> {
            List<Entry> some = entries.stream().filter(dropping::drops).toList();
            if (some.isEmpty()) {
              return;
            }
            going[0] += some.size();
            try {
              try (BinaryCopy copy =
                  new BinaryCopy(
                      connection, "copy entry_going (position) from stdin (format binary)", 1)) {
                for (Entry entry : some) {
                  copy.row().putLong(entry.ref().position());
                }
                var _ = copy.finish();
              }
              dropping.gather(connection, some);
            } catch (SQLException e) {
              throw new JournalUnavailableException("what goes cannot be gathered", e);
            }
          });
    } catch (JournalUnavailableException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw e;
    }
    return going[0];
  }

  private static void swap(Connection connection, Range range) throws SQLException {
    String kept = range.table() + "_kept";
    try (Statement statement = connection.createStatement()) {
      statement.execute("analyze entry_going");
      statement.execute("create table %s (like entry including all)".formatted(kept));
      statement.execute(
          """
          insert into %s select * from %s e
          where not exists (select from entry_going g where g.position = e.position)
          """
              .formatted(kept, range.table()));
      statement.execute(
          "alter table %s add constraint %s check (position >= %d and position < %d)"
              .formatted(kept, CHECK, range.from(), range.to()));
      statement.execute(LOCK_TIMEOUT);
      statement.execute("alter table entry detach partition " + range.table());
      statement.execute("drop table " + range.table());
      statement.execute("alter table %s rename to %s".formatted(kept, range.table()));
      statement.execute(
          "alter table entry attach partition %s for values from (%s) to (%d)"
              .formatted(range.table(), range.from() == 0 ? "minvalue" : range.from(), range.to()));
      statement.execute("alter table %s drop constraint %s".formatted(range.table(), CHECK));
    }
  }

  private static void inTransaction(Connection connection, String... statements)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
