package org.yuanliu.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.retention.RetentionWorld.BEGIN;
import static org.yuanliu.platform.retention.RetentionWorld.path;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.database.InstalledPostgres;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.EntryRanges;

/**
 * The job is cut off where it hurts: its connection is ended while a lock of the test holds it at a
 * known place, as the death of the server would end it. On the oldest PostgreSQL where one is
 * installed.
 */
class RetentionBadDaysTest {
  private static final int OLDEST = 15;
  private static final int MONTHS = 5;
  private static final long WAIT_S = 30;

  @TempDir Path folder;

  @Test
  void whateverIsCutOffTheNextRunFinishes() throws Exception {
    Optional<InstalledPostgres> oldest =
        InstalledPostgres.start(OLDEST, Files.createDirectories(folder.resolve("postgres")));
    if (oldest.isPresent()) {
      try (InstalledPostgres postgres = oldest.get()) {
        run(postgres.url(), postgres.user(), "");
      }
    } else {
      System.out.println("no PostgreSQL 15 is installed: retention is cut off on the embedded one");
      try (TestDatabase database = TestDatabase.openDurable()) {
        run(database.url(), database.user(), database.password());
      }
    }
  }

  private void run(String url, String user, String password) throws Exception {
    try (RetentionWorld world =
        RetentionWorld.open(
            "--yuanliu.database.url=" + url,
            "--yuanliu.database.user=" + user,
            "--yuanliu.database.password=" + password)) {
      for (int month = 0; month < MONTHS; month++) {
        world.moveTo(BEGIN.plusMonths(month));
        assertThat(world.job().run().dropped()).isZero();
        world.store(1, month, "dangerous-goods");
        world.store(3, month, "special-equipment");
      }
      // One range after the other comes to its end, and each time something else is cut off.
      afterTheActBeforeTheRowsGo(world);
      whileTheRowsGo(world);
      afterTheyWentBeforeItIsNoted(world);
      whileARangeIsClosed(world);
    }
  }

  private static void afterTheActBeforeTheRowsGo(RetentionWorld world) throws Exception {
    world.moveTo(BEGIN.plusMonths(24).plusDays(1));
    String table = world.bean(EntryRanges.class).all().getFirst().table();
    cutOff(world, "lock table %s in access share mode".formatted(table), world.job()::run);
    assertThat(world.acts()).as("the act is there").isEqualTo(1);
    assertThat(world.stored()).as("no row has gone").isEqualTo(2 * MONTHS);
    assertThat(world.get(path(1, 0), "").statusCode()).isEqualTo(200);
    world.assertSound(0);

    assertThat(world.job().run().dropped()).isEqualTo(1);
    assertThat(world.acts()).as("the same act, once").isEqualTo(1);
    assertDropped(world, 1);
  }

  private static void whileTheRowsGo(RetentionWorld world) throws Exception {
    world.moveTo(BEGIN.plusMonths(25).plusDays(1));
    cutOff(world, "lock table retention_unit in share mode", world.job()::run);
    assertThat(world.stored()).as("all or nothing").isEqualTo(2 * MONTHS - 1);
    assertThat(
            world
                .jdbc()
                .sql("select count(*) from pg_class where relname like '%\\_kept'")
                .query(Long.class)
                .single())
        .as("no half table is left")
        .isZero();
    assertThat(world.get(path(1, 1), "").statusCode()).isEqualTo(200);
    world.assertSound(1);

    assertThat(world.job().run().dropped()).isEqualTo(1);
    assertThat(world.acts()).isEqualTo(2);
    assertDropped(world, 2);
  }

  private static void afterTheyWentBeforeItIsNoted(RetentionWorld world) throws Exception {
    // What a new range holds is noted in the same table: that is done before.
    world.moveTo(BEGIN.plusMonths(26).minusDays(1));
    assertThat(world.job().run().dropped()).isZero();
    world.moveTo(BEGIN.plusMonths(26).plusDays(1));
    cutOff(world, "lock table retention_class in share mode", world.job()::run);
    assertDropped(world, 3);

    assertThat(world.job().run().dropped()).as("nothing goes twice").isZero();
    assertThat(world.acts()).isEqualTo(3);
    assertDropped(world, 3);
  }

  private static void whileARangeIsClosed(RetentionWorld world) throws Exception {
    world.store(1, 26, "dangerous-goods");
    world.moveTo(BEGIN.plusMonths(27));
    EntryRanges ranges = world.bean(EntryRanges.class);
    int before = ranges.all().size();
    String open = ranges.all().getLast().table();
    // Between the constraint that holds the writer below the cut, and the cut.
    cutOff(world, "lock table only entry in access share mode", world.job()::run);
    assertThat(ranges.all()).hasSize(before);
    assertThat(
            world
                .jdbc()
                .sql("select count(*) from pg_constraint where conname = 'entry_range'")
                .query(Long.class)
                .single())
        .as("nothing stops the writer, at %s", open)
        .isZero();
    world.store(3, 26, "special-equipment");

    var _ = world.job().run();
    assertThat(ranges.all()).hasSize(before + 1);
    world.store(3, 27, "special-equipment");
    assertDropped(world, 4);
  }

  private static void assertDropped(RetentionWorld world, int months) throws Exception {
    assertThat(world.get(path(1, months - 1), "").statusCode()).isEqualTo(410);
    assertThat(world.get(path(1, months), "").statusCode()).isEqualTo(200);
    assertThat(world.get(path(3, months - 1), "").statusCode()).isEqualTo(200);
    world.assertSound(months);
  }

  /** Runs something until it waits for the lock, and ends its connection there. */
  private static void cutOff(RetentionWorld world, String lock, Callable<?> work) throws Exception {
    try (Connection holder = world.bean(DataSource.class).getConnection();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      holder.setAutoCommit(false);
      execute(holder, lock);
      Future<?> running = thread.submit(work);
      try {
        terminate(world, backend(holder));
      } finally {
        holder.rollback();
        holder.setAutoCommit(true);
      }
      try {
        running.get(WAIT_S, TimeUnit.SECONDS);
        throw new AssertionError("it was not cut off");
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOfAny(SQLException.class, RuntimeException.class);
      }
    }
  }

  private static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void terminate(RetentionWorld world, int holder) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
    List<Boolean> ended;
    do {
      assertThat(System.nanoTime()).as("it comes to the lock").isLessThan(until);
      Thread.sleep(10);
      ended =
          world
              .jdbc()
              .sql(
                  """
                  select pg_terminate_backend(pid) from pg_stat_activity
                  where :holder = any (pg_blocking_pids(pid))
                  """)
              .param("holder", holder)
              .query(Boolean.class)
              .list();
    } while (ended.isEmpty());
    assertThat(ended).containsOnly(true);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
