package org.yuanliu.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.DurableServer;
import org.yuanliu.platform.database.InstalledPostgres;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.database.UnfinishedRestore;
import org.yuanliu.platform.journal.EntryLayout;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck;

/** What was backed up comes back whole, whichever way it was written and wherever to. */
final class BackupTest extends BackupSides {
  @Test
  void whatWasBackedUpInThreePartsComesBackWhole() throws Exception {
    Backup.Done first = backup(null);
    StoredEntries.store(source, 120, 200);
    Backup.Done second = backup(null);
    Backup.Done third = backup(null);
    assertThat(List.of(first.from(), first.size(), second.from(), second.size(), third.from()))
        .containsExactly(0L, 120L, 120L, 200L, 200L);

    Restore.Done done = restore(null);

    assertThat(done).isEqualTo(new Restore.Done(TestJournal.LOG, 200, 3, null));
    for (String table : List.of("entry", "leaf", "identity", "party_uri", "audit")) {
      assertThat(rows(target, table)).as(table).isNotEmpty().isEqualTo(rows(source, table));
    }
    assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    assertThat(Files.readString(to().resolve("keys/identity.key"))).isEqualTo("a key");
    assertThat(Files.getPosixFilePermissions(to().resolve("keys/identity.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    // Every view is due, and both logs go on alike: the numbers too.
    assertThat(
            JdbcClient.create(target.dataSource())
                .sql("select rebuilt_to from journal")
                .query(Long.class)
                .single())
        .isZero();
    StoredEntries.store(target, 200, 210);
    assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    JdbcClient.create(target.dataSource())
        .sql(
            """
            insert into audit (at, request_id, role, address, method, route, status, outcome)
            values (now(), 'after', 'operator', '127.0.0.1', 'GET', '/', 200, 'OK')
            """)
        .update();
  }

  /** A table in several files, written and read by several threads, in parts as well. */
  @Test
  void whatWasCutIntoPiecesComesBackWhole() throws Exception {
    backupInPieces();
    StoredEntries.store(source, 120, 200);
    backupInPieces();
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .filteredOn(name -> name.startsWith("entry"))
        .containsExactlyInAnyOrder(
            "entry.copy",
            "entry-1.copy",
            "entry-2.copy",
            "entry-3.copy",
            "entry.copy",
            "entry-1.copy",
            "entry-2.copy");
    Path file = find("entry-3.copy");
    byte[] good = Files.readAllBytes(file);
    Files.write(file, new byte[good.length]);
    assertRefused(() -> restore(null), "entry-3.copy is not what was written");
    Files.write(file, good);

    restore(null);

    for (String table : List.of("entry", "leaf", "identity", "party_uri", "audit")) {
      assertThat(rows(target, table)).as(table).isNotEmpty().isEqualTo(rows(source, table));
    }
    assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    assertThat(rows(target, "pg_indexes where schemaname = 'public'"))
        .as("every index is there again under its name")
        .isEqualTo(rows(source, "pg_indexes where schemaname = 'public'"));
  }

  /** Ranges are those that there were; a large open one is cut so that several threads fill it. */
  @Test
  void rangesOfEntriesComeBackAndALargeOneIsFilledByAllThreads() throws Exception {
    try (TestDatabase ranged = TestDatabase.open()) {
      try (Connection connection = ranged.dataSource().getConnection()) {
        EntryLayout.together(connection, EntryLayout.apart(connection, List.of(0L, 50L)));
      }
      StoredEntries.store(ranged, 0, 100);
      run(new Backup(ranged.dataSource(), settings(from()), Clock.systemUTC(), 20), false, null);
      StoredEntries.store(ranged, 100, 200);
      run(new Backup(ranged.dataSource(), settings(from()), Clock.systemUTC(), 20), false, null);

      new Restore(target.dataSource(), settings(to()), 10)
          .run(backups(), null, Restore.Succession.NONE, listener(new ArrayList<>()));

      assertThat(rows(target, "entry")).hasSize(200).isEqualTo(rows(ranged, "entry"));
      List<EntryRanges.Range> ranges;
      try (Connection connection = target.dataSource().getConnection()) {
        ranges = EntryLayout.ranges(connection);
      }
      assertThat(ranges).hasSizeGreaterThan(2);
      assertThat(ranges.getFirst()).isEqualTo(new EntryRanges.Range("entry_0", 0, 50));
      assertThat(ranges.get(1).from()).isEqualTo(50);
      assertThat(ranges.getLast().isOpen()).isTrue();
      for (EntryRanges.Range range : ranges) {
        assertThat(
                rows(
                    target,
                    range.table()
                        + " where not position between %d and %d"
                            .formatted(range.from(), range.to() - 1)))
            .as(range.table())
            .isEmpty();
        assertThat(rows(target, range.table())).as(range.table()).isNotEmpty();
        assertThat(rows(target, "pg_indexes where tablename = '%s'".formatted(range.table())))
            .as("indexes of %s", range.table())
            .hasSameSizeAs(rows(ranged, "pg_indexes where tablename = 'entry_0'"));
      }
      assertThat(rows(target, "pg_constraint where conname = 'entry_range'")).isEmpty();
      StoredEntries.store(target, 200, 210);
      assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    }
  }

  /** A backup of before told neither ranges nor the positions of a file. */
  @Test
  void whatDoesNotTellItsPositionsIsOneRange() throws Exception {
    backupInPieces();
    String told = Files.readString(find(Manifest.NAME));
    String silent =
        told.replaceAll("(?s)\"ranges\" : \\[[^]]*],", "")
            .replaceAll("\"from\" : (\\d+|null),\\s*\"to\" : (\\d+|null),", "");
    assertThat(silent).doesNotContain("ranges", "\"to\"").contains("\"from\" : 0");
    Files.writeString(find(Manifest.NAME), silent);

    new Restore(target.dataSource(), settings(to()), 10)
        .run(backups(), null, Restore.Succession.NONE, listener(new ArrayList<>()));

    assertThat(rows(target, "entry")).isEqualTo(rows(source, "entry"));
    try (Connection connection = target.dataSource().getConnection()) {
      assertThat(EntryLayout.ranges(connection))
          .containsExactly(new EntryRanges.Range("entry_0", 0, Long.MAX_VALUE));
    }
  }

  /** As by the death of a restore: see RestoreKillTest. Here what it left is known in full. */
  @Test
  void whatWasCutOffIsEmptiedByTheNextRestore() throws Exception {
    backup(null);
    try (Connection connection = target.dataSource().getConnection()) {
      UnfinishedRestore.mark(connection);
      EntryLayout.apart(connection, List.of(0L, 40L, 80L));
      try (Statement statement = connection.createStatement()) {
        statement.execute("insert into identity values (gen_random_uuid(), 1, 5, 'left')");
        statement.execute("insert into leaf values (1, 0, 'left')");
      }
    }
    restore(null);
    for (String table : List.of("entry", "leaf", "identity")) {
      assertThat(rows(target, table)).as(table).isNotEmpty().isEqualTo(rows(source, table));
    }
    try (Connection connection = target.dataSource().getConnection()) {
      assertThat(UnfinishedRestore.isMarked(connection)).isFalse();
    }
    assertThat(rows(target, "pg_class where relname ~ '^entry_(40|80)'")).isEmpty();
    assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
  }

  private void backupInPieces() {
    run(new Backup(source.dataSource(), settings(from()), Clock.systemUTC(), 30), false, null);
  }

  @Test
  void theFormatBeforeIsReadStillAndOneToComeIsNot() throws Exception {
    backup(null);
    change("\"format\" : 2", "\"format\" : 3");
    assertRefused(() -> restore(null), "has format 3; this program reads 1 to 2");
    change("\"format\" : 3", "\"format\" : 0");
    assertRefused(() -> restore(null), "has format 0");
    change("\"format\" : 0", "\"format\" : 1");
    restore(null);
    assertThat(rows(target, "entry")).isEqualTo(rows(source, "entry"));
  }

  /** Rows that are copied into a new table while a backup reads would not be in its snapshot. */
  @Test
  void noTableIsReplacedUnderABackup() throws Exception {
    List<String> refused = new ArrayList<>();
    Backup backup = new Backup(source.dataSource(), settings(from()), Clock.systemUTC());
    backup.run(
        backups(),
        false,
        null,
        new BackupProgress() {
          @Override
          public void begin(long bytes) {
            try (Connection other = source.unpooledDataSource().getConnection();
                Statement statement = other.createStatement()) {
              statement.execute("set lock_timeout = '200ms'");
              statement.execute(
                  """
                  begin;
                  create table kept (like entry_0 including all);
                  insert into kept select * from entry_0;
                  alter table entry detach partition entry_0;
                  drop table entry_0;
                  alter table kept rename to entry_0;
                  alter table entry attach partition entry_0
                    for values from (minvalue) to (maxvalue);
                  commit
                  """);
            } catch (SQLException e) {
              refused.add(e.getSQLState());
            }
          }

          @Override
          public void done(long bytes) {}
        });
    assertThat(refused).as("lock not available").containsExactly("55P03");
    restore(null);
    assertThat(rows(target, "entry")).hasSize(120).isEqualTo(rows(source, "entry"));
  }

  /**
   * The embedded server does not log rows that a restore writes: they are on the disk at its end.
   */
  @Test
  void whatWasRestoredOutlivesTheDatabasesDeath() throws Exception {
    backup(null);
    Path home = folder.resolve("durable");
    try (DurableServer durable = DurableServer.start(home)) {
      assertThat(rows(durable.dataSource(), "pg_settings where name = 'wal_level'"))
          .singleElement()
          .asString()
          .contains("minimal");
      new Restore(durable.dataSource(), settings(to()))
          .run(backups(), null, Restore.Succession.NONE, listener(new ArrayList<>()));
      ProcessHandle.of(durable.pid()).orElseThrow().destroyForcibly();
    }
    try (DurableServer again = DurableServer.start(home)) {
      assertThat(rows(again.dataSource(), "entry")).isEqualTo(rows(source, "entry"));
      assertThat(rows(again.dataSource(), "identity")).isEqualTo(rows(source, "identity"));
      assertThat(TestJournal.check(again.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    }
  }

  @Test
  void aBackupOfAnOlderSchemaComesBackAndIsBroughtUpToDate() throws Exception {
    try (TestDatabase older = TestDatabase.open()) {
      JdbcClient.create(older.dataSource())
          .sql("drop schema public cascade; create schema public")
          .update();
      Flyway.configure().dataSource(older.dataSource()).target("60").load().migrate();
      StoredEntries.store(older, 0, 30);
      run(new Backup(older.dataSource(), settings(from()), Clock.systemUTC()), false, null);
      assertThat(Files.readString(find(Manifest.NAME))).contains("\"schema\" : \"60\"");
      JdbcClient.create(target.dataSource())
          .sql("drop schema public cascade; create schema public")
          .update();

      restore(null);

      assertThat(rows(target, "entry")).hasSize(30).isEqualTo(rows(older, "entry"));
      assertThat(
              JdbcClient.create(target.dataSource())
                  .sql("select version from flyway_schema_history order by installed_rank desc")
                  .query(String.class)
                  .list())
          .contains("60", "77");
      StoredEntries.store(target, 30, 40);
      assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    }
  }

  /** From the embedded 18 to an installed 15 named by its URL, and back. */
  @Test
  void aBackupLeadsToAnotherPostgresByUrlAndBack() throws Exception {
    Path home = Files.createDirectories(folder.resolve("postgres"));
    try (InstalledPostgres old =
        InstalledPostgres.start(15, home)
            .orElseGet(() -> abort("no PostgreSQL 15 is installed here"))) {
      backup(null);
      Restore.Done there =
          new Restore(old.dataSource(), settings(to()))
              .run(backups(), null, Restore.Succession.NONE, listener(new ArrayList<>()));
      assertThat(there.size()).isEqualTo(120);
      assertThat(rows(old.dataSource(), "entry")).isEqualTo(rows(source, "entry"));
      assertThat(rows(old.dataSource(), "leaf")).isEqualTo(rows(source, "leaf"));
      assertThat(TestJournal.check(old.dataSource())).isInstanceOf(TreeCheck.Sound.class);

      Path back = folder.resolve("back");
      new Backup(old.dataSource(), settings(from()), Clock.systemUTC())
          .run(back, true, null, listener(new ArrayList<>()));
      new Restore(target.dataSource(), settings(folder.resolve("again")))
          .run(back, null, Restore.Succession.NONE, listener(new ArrayList<>()));
      assertThat(rows(target, "entry")).isEqualTo(rows(source, "entry"));
      assertThat(rows(target, "audit")).isEqualTo(rows(source, "audit"));
      assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    }
  }
}
