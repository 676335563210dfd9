package org.yuanliu.platform.checks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Entry;

/** The view of the checks on PostgreSQL, made of entries that nobody has to send. */
final class FollowedView implements AutoCloseable {
  /** One transaction in so many is lost. */
  private static final int FAILURES = 4;

  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final Catalogue catalogue;
  private final Random random;

  private FollowedView(TestDatabase database, Catalogue catalogue, Random random) {
    this.database = database;
    this.jdbc = JdbcClient.create(database.dataSource());
    this.catalogue = catalogue;
    this.random = random;
  }

  static FollowedView open(Catalogue catalogue, Random random) {
    return new FollowedView(TestDatabase.open(), catalogue, random);
  }

  Connection connection() throws SQLException {
    return database.dataSource().getConnection();
  }

  /** The view made anew in transactions of so many entries. */
  void follow(List<Entry> entries, Instant now, int cut, boolean keeps) throws SQLException {
    StoredFacts facts = new StoredFacts(catalogue);
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // Faster than to truncate so few rows.
        for (String table :
            List.of("event", "key", "void", "due", "place", "paper", "equivalence")) {
          statement.execute("delete from check_" + table);
        }
        statement.execute("delete from alert");
      }
      connection.commit();
      for (int i = 0; i < entries.size(); i += cut) {
        List<Entry> next = entries.subList(i, Math.min(entries.size(), i + cut));
        if (random.nextInt(FAILURES) == 0) {
          // Killed before its commit: the next one begins where this one did.
          run(connection, facts).follow(next);
          connection.rollback();
          facts = new StoredFacts(catalogue);
        }
        run(connection, facts).follow(next);
        connection.commit();
        facts.committed();
        facts = keeps ? facts : new StoredFacts(catalogue);
      }
      if (now.isAfter(entries.getLast().recordTime())) {
        run(connection, facts).pass(1, now);
      }
      connection.commit();
    }
  }

  private CheckRun run(Connection connection, StoredFacts facts) {
    return new CheckRun(connection, catalogue, (place, before) -> List.of(), facts);
  }

  Set<String> stillOpen() {
    return new TreeSet<>(
        jdbc.sql("select check_id from alert where cleared_at is null").query(String.class).list());
  }

  /** An alert of the view, open if it was not cleared. */
  record Row(long position, String check, String key, Instant raised, @Nullable Instant cleared) {}

  List<Row> rows() {
    return jdbc.sql(
            """
            select position, check_id, key, raised_at, cleared_at from alert
            order by position, check_id, key, raised_at
            """)
        .query(
            (row, number) ->
                new Row(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getObject(5) == null
                        ? null
                        : row.getObject(5, OffsetDateTime.class).toInstant()))
        .list();
  }

  @Override
  public void close() {
    database.close();
  }
}
