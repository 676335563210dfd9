package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A connection that sees the database as it was at one moment; several may see the same one. */
final class Snapshot implements AutoCloseable {
  private final Connection connection;

  private Snapshot(Connection connection) throws SQLException {
    this.connection = requireNonNull(connection, "connection is null");
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  static Snapshot open(DataSource dataSource) throws SQLException {
    return new Snapshot(dataSource.getConnection());
  }

  /** Another connection that sees what this one sees. */
  Snapshot another(DataSource dataSource) throws SQLException {
    String name;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pg_export_snapshot()")) {
      rows.next();
      name = rows.getString(1);
    }
    Snapshot other = open(dataSource);
    try (Statement statement = other.connection.createStatement()) {
      statement.execute("set transaction snapshot '" + name + "'");
    } catch (SQLException | RuntimeException e) {
      other.close();
      throw e;
    }
    return other;
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setReadOnly(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(true);
    }
  }
}
