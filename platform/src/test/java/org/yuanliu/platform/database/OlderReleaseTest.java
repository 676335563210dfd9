package org.yuanliu.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.command.YuanliuCommand;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck;

/** A data folder whose embedded PostgreSQL is a 17, and this program, which brings an 18. */
class OlderReleaseTest {
  /** The build puts it there for the long tests. */
  private static final Path ARCHIVE = Path.of("target", "older-postgres", "linux-amd64.jar");

  private static final int OLDER = 17;
  private static final int ENTRIES = 150;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void isToldAtTheStartAndComesOverByBackupAndRestore() throws Exception {
    Path old = folder.resolve("old");
    Path home = PostgresBinaries.unpack(archive(), options(old).binaries());
    assertThat(PostgresBinaries.release(home)).isEqualTo(OLDER);
    new PostgresCluster(options(old).folder()).create(PostgresTools.of(home), true);
    List<String> entries;
    List<String> leaves;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(options(old), true)) {
      assertThat(release(server.dataSource())).isEqualTo(OLDER);
      Flyway.configure().dataSource(server.dataSource()).load().migrate();
      StoredEntries.store(server.dataSource(), 0, ENTRIES);
      entries = rows(server.dataSource(), "entry");
      leaves = rows(server.dataSource(), "leaf");
    }
    assertThat(entries).hasSize(ENTRIES);

    assertThatThrownBy(() -> EmbeddedPostgresServer.start(options(old)))
        .isInstanceOf(UnsuitableDatabaseException.class)
        .hasMessageContaining("was made by PostgreSQL 17, this program brings 18")
        .hasMessageContaining("由 PostgreSQL 17 建立，本程序自带的是 18")
        .hasMessageContaining("./yuanliu backup DIR --data " + old.toRealPath())
        .hasMessageContaining("./yuanliu restore DIR --data NEWDIR");
    assertThat(YuanliuCommand.run("rebuild", "--data", old.toString())).isNotZero();

    Path backups = folder.resolve("backups");
    Path fresh = folder.resolve("new");
    assertThat(YuanliuCommand.run("backup", backups.toString(), "--data", old.toString())).isZero();
    assertThat(YuanliuCommand.run("restore", backups.toString(), "--data", fresh.toString()))
        .isZero();

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(options(fresh))) {
      assertThat(release(server.dataSource())).isEqualTo(18);
      assertThat(rows(server.dataSource(), "entry")).isEqualTo(entries);
      assertThat(rows(server.dataSource(), "leaf")).isEqualTo(leaves);
      assertThat(TestJournal.check(server.dataSource())).isInstanceOf(TreeCheck.Sound.class);
      StoredEntries.store(server.dataSource(), ENTRIES, ENTRIES + 10);
      assertThat(TestJournal.check(server.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    }

    // What made it is gone: nothing here can read it, and that is said.
    Folders.delete(home);
    assertThatThrownBy(() -> EmbeddedPostgresServer.start(options(old), true))
        .isInstanceOf(UnsuitableDatabaseException.class)
        .hasMessageContaining("whose programs are no longer in")
        .hasMessageContaining("with the version of Yuanliu that made it");
    assertThat(old.resolve("postgres/cluster/PG_VERSION")).hasContent("17");
  }

  /** As the platform starts it: the programs lie in the data folder. */
  private static EmbeddedPostgresOptions options(Path data) {
    Path postgres = data.resolve("postgres");
    return new EmbeddedPostgresOptions(
        postgres, postgres.resolve("binaries"), 0, Duration.ofMinutes(2), 32, 40, true);
  }

  private static byte[] archive() throws IOException {
    if (!Files.exists(ARCHIVE) || !System.getProperty("os.arch").equals("amd64")) {
      return abort("no PostgreSQL 17 at " + ARCHIVE.toAbsolutePath() + ", or not on amd64");
    }
    try (JarFile jar = new JarFile(ARCHIVE.toFile())) {
      JarEntry entry =
          jar.stream().filter(one -> one.getName().endsWith(".txz")).findFirst().orElseThrow();
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  private static int release(DataSource database) {
    return JdbcClient.create(database)
            .sql("select current_setting('server_version_num')::int")
            .query(Integer.class)
            .single()
        / 10_000;
  }

  private static List<String> rows(DataSource database, String table) {
    return JdbcClient.create(database)
        .sql("select t::text from " + table + " t order by 1")
        .query(String.class)
        .list();
  }
}
