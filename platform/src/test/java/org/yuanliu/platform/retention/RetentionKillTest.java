package org.yuanliu.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.retention.RetentionWorld.BEGIN;
import static org.yuanliu.platform.retention.RetentionWorld.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.JavaProcess;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.database.TestDatabase;

/**
 * SIGKILL of a server process in the middle of dropping a range: the act is an entry already, the
 * new table stands in the old one's place, the views' rows are gone, nothing of it is committed.
 */
class RetentionKillTest {
  private static final int MONTHS = 3;
  private static final long WAIT_S = 120;

  @TempDir Path folder;

  /** The server that dies: its clock is past the end of the first range's term once it runs. */
  public static final class Victim {
    private Victim() {}

    public static void main(String[] settings) {
      var context =
          new SpringApplicationBuilder(YuanliuApplication.class, RetentionWorld.Clocks.class)
              .run(settings);
      context.getBean(RetentionWorld.MovedClock.class).set(afterTheTerm());
    }
  }

  private static Instant afterTheTerm() {
    return BEGIN.plusMonths(24).plusDays(1).toInstant();
  }

  @Test
  void theNextServerFinishesWhatTheKilledOneBegan() throws Exception {
    try (TestDatabase database = TestDatabase.openDurable()) {
      String[] place = {
        "--yuanliu.database.url=" + database.url(),
        "--yuanliu.database.user=" + database.user(),
        "--yuanliu.database.password=" + database.password()
      };
      try (RetentionWorld world = RetentionWorld.open(place)) {
        for (int month = 0; month < MONTHS; month++) {
          world.moveTo(BEGIN.plusMonths(month));
          assertThat(world.job().run().dropped()).isZero();
          world.store(1, month, "dangerous-goods");
          world.store(3, month, "special-equipment");
        }
      }
      killInTheMiddle(database, place);

      try (RetentionWorld world = RetentionWorld.open(place)) {
        world.moveTo(BEGIN.plusMonths(24).plusDays(1));
        assertThat(world.acts()).as("the act is there").isEqualTo(1);
        assertThat(world.stored()).as("no row has gone").isEqualTo(2 * MONTHS);
        assertThat(world.get(path(1, 0), "").statusCode()).isEqualTo(200);
        assertThat(removedUnits(world)).isZero();
        assertThat(halfTables(world)).isZero();
        world.assertSound(0);
        // It stores.
        world.store(3, MONTHS, "special-equipment");

        assertThat(world.job().run().dropped()).isEqualTo(1);

        assertThat(world.acts()).as("the same act, once").isEqualTo(1);
        assertThat(world.stored()).isEqualTo(2 * MONTHS);
        assertThat(world.get(path(1, 0), "").statusCode()).isEqualTo(410);
        assertThat(world.get(path(1, 1), "").statusCode()).isEqualTo(200);
        assertThat(world.get(path(3, 0), "").statusCode()).isEqualTo(200);
        assertThat(removedUnits(world)).isEqualTo(1);
        world.assertSound(1);
      }
    }
  }

  private static long removedUnits(RetentionWorld world) {
    return world
        .jdbc()
        .sql("select count(*) from retention_unit where entries = 1 and verdict is not null")
        .query(Long.class)
        .single();
  }

  private static long halfTables(RetentionWorld world) {
    return world
        .jdbc()
        .sql("select count(*) from pg_class where relname like '%\\_kept'")
        .query(Long.class)
        .single();
  }

  /** A lock of the test holds the job where the rows have gone; there the process is killed. */
  private void killInTheMiddle(TestDatabase database, String[] place) throws Exception {
    Path log = folder.resolve("victim.log");
    try (Connection holder = database.unpooledDataSource().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table retention_unit in share mode");
      Process victim = start(log, place);
      try {
        awaitBlocked(database, victim, log);
      } finally {
        victim.destroyForcibly().waitFor();
      }
      holder.rollback();
    }
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
    // What it had sent is done to its end by the database, which then finds nobody and takes it
    // back.
    while (jdbc.sql(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and application_name = :name
                """)
            .param("name", "victim")
            .query(Long.class)
            .single()
        > 0) {
      assertThat(System.nanoTime()).as("its connections end").isLessThan(until);
      Thread.sleep(20);
    }
  }

  private Process start(Path log, String[] place) throws IOException {
    return JavaProcess.start(
        Victim.class,
        log,
        Map.of(),
        List.of(
            place[0] + "?ApplicationName=victim",
            place[1],
            place[2],
            "--yuanliu.data-dir=" + folder.resolve("data"),
            "--yuanliu.retention.drop=true",
            "--yuanliu.retention.cut-margin=0",
            "--yuanliu.retention.every=1s",
            "--server.port=0",
            "--logging.structured.format.console="));
  }

  private static void awaitBlocked(TestDatabase database, Process victim, Path log)
      throws Exception {
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
    while (jdbc.sql(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0
                  and query like '%retention_unit%'
                """)
            .query(Long.class)
            .single()
        == 0) {
      assertThat(victim.isAlive() && System.nanoTime() < until)
          .as(() -> "it comes to the lock: " + read(log))
          .isTrue();
      Thread.sleep(20);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
