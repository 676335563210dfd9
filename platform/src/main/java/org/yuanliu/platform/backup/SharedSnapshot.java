package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Several connections that see one and the same state of the database. Its tables are locked
 * against being replaced, before that state is taken: the rows that retention copies into a new
 * table would not be in it.
 */
final class SharedSnapshot implements AutoCloseable {
  private final List<Connection> connections;
  private final List<Table> tables;

  private SharedSnapshot(List<Connection> connections, List<Table> tables) {
    this.connections = List.copyOf(connections);
    this.tables = List.copyOf(tables);
  }

  static SharedSnapshot open(DataSource dataSource) throws SQLException {
    List<Connection> opened = new ArrayList<>();
    try {
      Connection first = begin(dataSource, opened);
      String names =
          saved(first).stream()
              .map(Table::name)
              .map(Table::quoted)
              .collect(Collectors.joining(", "));
      first.rollback();
      // A transaction's state is that of its first query; to lock is none.
      execute(first, "lock table " + names + " in access share mode");
      String snapshot = exported(first);
      for (int i = 1; i < SideBySide.OF_BACKUP; i++) {
        execute(begin(dataSource, opened), "set transaction snapshot '" + snapshot + "'");
      }
      return new SharedSnapshot(opened, saved(first));
    } catch (SQLException e) {
      close(opened);
      throw e;
    }
  }

  /** What is done with one of the connections. */
  interface Task<T> {
    T run(Connection connection) throws IOException, SQLException;
  }

  /** For what is asked before and after the tasks. */
  Connection first() {
    return connections.getFirst();
  }

  /** Tables that a backup holds. */
  List<Table> tables() {
    return tables;
  }

  /**
   * @return the results in the order of the tasks
   */
  <T> List<T> each(List<? extends Task<T>> tasks) throws IOException, SQLException {
    BlockingQueue<Connection> free =
        new ArrayBlockingQueue<>(connections.size(), true, connections);
    return SideBySide.run(
        connections.size(),
        tasks.stream()
            .map(
                task ->
                    (Callable<T>)
                        () -> {
                          Connection connection = free.take();
                          try {
                            return task.run(connection);
                          } finally {
                            free.put(connection);
                          }
                        })
            .toList());
  }

  @Override
  public void close() throws SQLException {
    close(connections);
  }

  private static void close(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      try (connection) {
        connection.rollback();
      }
    }
  }

  private static Connection begin(DataSource dataSource, List<Connection> opened)
      throws SQLException {
    Connection connection = dataSource.getConnection();
    opened.add(connection);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    return connection;
  }

  private static List<Table> saved(Connection connection) throws SQLException {
    return Table.all(connection).stream().filter(table -> table.kind() != TableKind.VIEW).toList();
  }

  private static String exported(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select pg_export_snapshot()");
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return requireNonNull(rows.getString(1));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
