package org.yuanliu.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * What PostgreSQL itself can do: the very rows of a run, copied in binary into tables with the same
 * columns and indexes, over one connection, one COPY a table, committed once.
 */
final class CopyBaseline implements AutoCloseable {
  private static final String SCHEMA = "bench_copy";

  /** Every table that an event puts rows into names its entry; so are a run's rows found there. */
  private static final String TABLES =
      """
      select table_name from information_schema.columns
      where table_schema = current_schema() and column_name in ('journal', 'position')
      group by table_name having count(*) = 2 order by table_name\
      """;

  private final Connection connection;

  private CopyBaseline(Connection connection) {
    this.connection = connection;
  }

  static CopyBaseline open(Target target) throws IOException, SQLException {
    return new CopyBaseline(target.database());
  }

  long nextPosition() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select coalesce(max(position), -1) + 1 from entry")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Copies the rows of the entries in [from, to) and says how many entries a second that makes. */
  double eventsPerSecond(long from, long to) throws SQLException, IOException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    List<String> tables = tables();
    Map<String, byte[]> rows = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists " + SCHEMA + " cascade");
      statement.execute("create schema " + SCHEMA);
      for (String table : tables) {
        statement.execute(
            "create table %s.%s (like %s including all)".formatted(SCHEMA, table, table));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        postgres
            .getCopyAPI()
            .copyOut(
                "copy (select * from %s where position >= %d and position < %d) to stdout (format binary)"
                    .formatted(table, from, to),
                out);
        rows.put(table, out.toByteArray());
      }
      statement.execute("checkpoint");
    } catch (SQLException e) {
      if (!"42501".equals(e.getSQLState()) || rows.size() < tables.size()) {
        throw e;
      }
      // A role that may not ask for a checkpoint measures without one.
    }
    long begin = System.nanoTime();
    connection.setAutoCommit(false);
    for (Map.Entry<String, byte[]> table : rows.entrySet()) {
      postgres
          .getCopyAPI()
          .copyIn(
              "copy %s.%s from stdin (format binary)".formatted(SCHEMA, table.getKey()),
              new ByteArrayInputStream(table.getValue()));
    }
    connection.commit();
    double seconds = (System.nanoTime() - begin) / 1e9;
    connection.setAutoCommit(true);
    return (to - from) / seconds;
  }

  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  @Override
  public void close() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists " + SCHEMA + " cascade");
    }
    connection.close();
  }
}
