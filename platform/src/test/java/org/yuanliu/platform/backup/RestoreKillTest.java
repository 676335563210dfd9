package org.yuanliu.platform.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.JavaProcess;
import org.yuanliu.platform.Main;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.command.YuanliuCommand;
import org.yuanliu.platform.database.DurableServer;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck;
import tools.jackson.databind.json.JsonMapper;

/**
 * SIGKILL of a restore when some of its tables are filled and others are not: what it left is
 * refused by everything but another restore, and that one is whole.
 */
class RestoreKillTest {
  private static final int ENTRIES = 300;
  private static final long WAIT_S = 120;

  @TempDir Path folder;

  private Process victim;

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (victim != null) {
      victim.destroyForcibly();
    }
    Path pid = data().resolve("postgres/cluster/postmaster.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void whatAKilledRestoreLeftIsRefusedUntilAnotherOneIsThrough() throws Exception {
    try (TestDatabase source = TestDatabase.open()) {
      StoredEntries.store(source, 0, ENTRIES);
      var _ =
          new Backup(
                  source.dataSource(),
                  new ServerSettings(
                      folder.resolve("from"), TestJournal.LOG, ZoneId.of("Asia/Shanghai")),
                  Clock.systemUTC())
              .run(backups(), true, null, Heard.NOTHING);

      killWhenEntriesAreThere();

      for (String command : List.of("fsck", "serve")) {
        assertRefused(command);
      }
      assertThat(YuanliuCommand.run("backup", folder.resolve("b").toString(), "--data", to()))
          .isNotZero();

      assertThat(YuanliuCommand.run("restore", backups().toString(), "--data", to())).isZero();
      stopPostgres();
      try (DurableServer restored = DurableServer.start(data().resolve("postgres"))) {
        assertThat(rows(restored.dataSource(), "entry"))
            .hasSize(ENTRIES)
            .isEqualTo(rows(source.dataSource(), "entry"));
        assertThat(rows(restored.dataSource(), "identity"))
            .isEqualTo(rows(source.dataSource(), "identity"));
        assertThat(TestJournal.check(restored.dataSource())).isInstanceOf(TreeCheck.Sound.class);
        assertThat(rows(restored.dataSource(), "pg_class where relname = 'restore_unfinished'"))
            .isEmpty();
        StoredEntries.store(restored.dataSource(), ENTRIES, ENTRIES + 10);
        assertThat(TestJournal.check(restored.dataSource())).isInstanceOf(TreeCheck.Sound.class);
      }
    }
  }

  /** A lock of the test holds the restore before one table, until another one is committed. */
  private void killWhenEntriesAreThere() throws Exception {
    victim =
        JavaProcess.start(
            Main.class,
            folder.resolve("victim.log"),
            Map.of(),
            List.of("restore", backups().toString(), "--data", to()));
    await("the database of the restore", () -> Files.exists(connectionFile()));
    await("its schema", () -> has("select to_regclass('identity') is not null"));
    try (Connection holder = connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table identity in access share mode");
      await("entries", () -> has("select exists (select from entry_0)"));
      assertThat(has("select to_regclass('restore_unfinished') is not null")).isTrue();
      victim.destroyForcibly().waitFor();
      holder.rollback();
    }
  }

  private void assertRefused(String command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream heard = new PrintStream(said, true, UTF_8)) {
      System.setOut(heard);
      System.setErr(heard);
      assertThat(YuanliuCommand.run(command, "--data", to())).as(command).isNotZero();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(said.toString(UTF_8))
        .as(command)
        .contains("a restore into this database was cut off", "恢复没有完成就中断了");
  }

  private void await(String what, BooleanSupplier condition) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
    while (!condition.getAsBoolean()) {
      assertThat(victim.isAlive() && System.nanoTime() < until)
          .as("%s: %s", what, Files.readString(folder.resolve("victim.log")))
          .isTrue();
      Thread.sleep(10);
    }
  }

  /** False as long as nobody can ask. */
  private boolean has(String question) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return rows.next() && rows.getBoolean(1);
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  private Connection connect() throws SQLException, IOException {
    Map<?, ?> json = JsonMapper.shared().readValue(connectionFile().toFile(), Map.class);
    return DriverManager.getConnection(
        (String) json.get("url"), (String) json.get("user"), (String) json.get("password"));
  }

  /** The killed process's PostgreSQL lives on, and the second restore used it. */
  private void stopPostgres() throws Exception {
    Path pid = data().resolve("postgres/cluster/postmaster.pid");
    if (Files.exists(pid)) {
      ProcessHandle postmaster =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
              .orElseThrow();
      postmaster.destroy();
      postmaster.onExit().get(WAIT_S, TimeUnit.SECONDS);
    }
  }

  private static List<String> rows(DataSource database, String table) {
    return JdbcClient.create(database)
        .sql("select t::text from (select * from %s) t order by 1".formatted(table))
        .query(String.class)
        .list();
  }

  private Path connectionFile() {
    return data().resolve("postgres").resolve("connection.json");
  }

  private Path data() {
    return folder.resolve("to");
  }

  private String to() {
    return data().toString();
  }

  private Path backups() {
    return folder.resolve("backups");
  }

  /** Hears and forgets. */
  private enum Heard implements BackupProgress {
    NOTHING;

    @Override
    public void begin(long bytes) {}

    @Override
    public void done(long bytes) {}
  }
}
