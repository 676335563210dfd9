package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.TestDatabase;

/** A view with one row an entry, which chokes on entries of a certain id. */
final class CountingProjection implements Projection {
  static final String POISON = "poison";

  private final JdbcClient jdbc;
  private volatile boolean broken;

  CountingProjection(TestDatabase database) {
    jdbc = JdbcClient.create(database.dataSource());
    jdbc.sql("create table seen (n bigserial primary key, position bigint unique, id text)")
        .update();
  }

  /** From now on every entry fails. */
  void breakDown(boolean fails) {
    broken = fails;
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into seen (position, id) values (?, ?)")) {
      for (Entry entry : entries) {
        if (entry.draft().id().startsWith(POISON) || broken) {
          throw new SQLException("poisoned", "22000");
        }
        statement.setLong(1, entry.ref().position());
        statement.setString(2, entry.draft().id());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate seen");
    }
  }

  long count() {
    return jdbc.sql("select count(*) from seen").query(Long.class).single();
  }

  /** Whether it saw the entries in their order. */
  boolean ordered() {
    return jdbc.sql("select position from seen order by n")
        .query(Long.class)
        .list()
        .equals(jdbc.sql("select position from seen order by position").query(Long.class).list());
  }
}
