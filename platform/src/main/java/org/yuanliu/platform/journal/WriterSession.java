package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;

/**
 * The lease: one connection that holds the journal's advisory lock and writes all its entries. The
 * lock ends with the connection, whatever ends that, so a killed server leaves nothing to wait for;
 * the epoch, counted up by each new session and checked by each commit, keeps out a session that
 * only believes to be alive.
 */
final class WriterSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WriterSession.class);

  /** The first half of the lock's number: "YLJ1". The second is the journal's id. */
  private static final int LOCK_CLASS = 0x594c4a31;

  private static final long LEASE_POLL_MS = 50;

  private final Connection connection;
  private final long epoch;
  private final JournalTables tables;
  private JournalState state;

  private WriterSession(
      Connection connection, long epoch, JournalTables tables, JournalState state) {
    this.connection = connection;
    this.epoch = epoch;
    this.tables = tables;
    this.state = state;
  }

  /**
   * Takes the lease and begins a new epoch.
   *
   * @param wait how long to wait for another session to end
   * @throws LeaseTakenException if it does not
   */
  static WriterSession open(
      DataSource dataSource,
      int journal,
      String logName,
      Suite suite,
      String holder,
      Clock clock,
      Duration wait)
      throws SQLException {
    requireNonNull(dataSource, "dataSource is null");
    Connection connection = dataSource.getConnection();
    try {
      takeLock(connection, journal, wait);
      connection.setAutoCommit(false);
      JournalTables tables = new JournalTables(journal, suite);
      create(connection, journal, logName, suite, clock);
      long epoch = beginEpoch(connection, journal, logName, suite, holder, clock);
      JournalState state = tables.state(connection);
      connection.commit();
      log.info("journal {} in epoch {}, {} entries", journal, epoch, state.size());
      return new WriterSession(connection, epoch, tables, state);
    } catch (SQLException | RuntimeException e) {
      release(connection);
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  long epoch() {
    return epoch;
  }

  JournalTables tables() {
    return tables;
  }

  /** As of the last commit of this session. */
  JournalState state() {
    return state;
  }

  void committed(JournalState next) {
    state = next;
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    release(connection);
  }

  private static void takeLock(Connection connection, int journal, Duration wait)
      throws SQLException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (!tryLock(connection, journal)) {
      if (System.nanoTime() > deadline) {
        throw new LeaseTakenException(holder(connection, journal));
      }
      try {
        Thread.sleep(LEASE_POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LeaseTakenException(holder(connection, journal));
      }
    }
  }

  private static boolean tryLock(Connection connection, int journal) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
      statement.setInt(1, LOCK_CLASS);
      statement.setInt(2, journal);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private static String holder(Connection connection, int journal) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select holder, held_since from journal where id = ?")) {
      statement.setInt(1, journal);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) + ", " + Rows.instant(rows, 2) : "unknown";
      }
    }
  }

  private static void create(
      Connection connection, int journal, String logName, Suite suite, Clock clock)
      throws SQLException {
    Frontier empty = Frontier.empty(suite);
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into journal
              (id, name, suite, epoch, holder, held_since, size, root, frontier, record_time)
            values (?, ?, ?, 0, '', ?, 0, ?, ?, ?) on conflict do nothing
            """)) {
      statement.setInt(1, journal);
      statement.setString(2, logName);
      statement.setShort(3, suite.code());
      statement.setObject(4, Rows.utc(clock.instant()));
      statement.setBytes(5, empty.root());
      statement.setBytes(6, empty.encode());
      statement.setObject(7, Rows.utc(Instant.EPOCH));
      statement.executeUpdate();
    }
  }

  private static long beginEpoch(
      Connection connection, int journal, String logName, Suite suite, String holder, Clock clock)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            update journal set epoch = epoch + 1, holder = ?, held_since = ? where id = ?
            returning epoch, name, suite
            """)) {
      statement.setString(1, holder);
      statement.setObject(2, Rows.utc(clock.instant()));
      statement.setInt(3, journal);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        if (!rows.getString(2).equals(logName) || rows.getShort(3) != suite.code()) {
          throw new IllegalStateException(
              "该数据库的日志为 %1$s（%2$s），与设置 %3$s（%4$s）不同 / this database holds the log %1$s (%2$s), the settings say %3$s (%4$s)"
                  .formatted(
                      rows.getString(2),
                      Suite.ofCode((byte) rows.getShort(3)).id(),
                      logName,
                      suite.id()));
        }
        return rows.getLong(1);
      }
    }
  }

  private static void release(Connection connection) {
    // The pool would keep the connection, and with it the lock.
    try (connection) {
      if (!connection.isClosed()) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
        try (PreparedStatement statement =
            connection.prepareStatement("select pg_advisory_unlock_all()")) {
          statement.execute();
        }
      }
    } catch (SQLException e) {
      log.debug("the writer's connection is gone, and its lock with it", e);
    }
  }
}
