package org.yuanliu.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EmbeddedPostgresServerTest {
  @TempDir Path folder;

  private EmbeddedPostgresServer start() {
    return EmbeddedPostgresServer.start(options(true));
  }

  private EmbeddedPostgresOptions options(boolean durable) {
    return new EmbeddedPostgresOptions(
        folder,
        Path.of("target", "embedded-postgres", "binaries"),
        0,
        Duration.ofMinutes(2),
        32,
        20,
        durable);
  }

  @Test
  void runsDurableOnTheLoopbackForThoseWhoKnowThePassword() throws Exception {
    try (EmbeddedPostgresServer server = start()) {
      JdbcClient jdbc = JdbcClient.create(server.dataSource());
      for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(show(jdbc, name)).as(name).isEqualTo("on");
      }
      assertThat(show(jdbc, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(jdbc, "is_superuser")).isEqualTo("off");
      assertThat(show(jdbc, "data_checksums")).isEqualTo("on");

      Path file = folder.resolve("connection.json");
      assertThat(mode(file)).isEqualTo("rw-------");
      assertThat(mode(folder.resolve("password"))).isEqualTo("rw-------");
      assertThat(mode(folder)).isEqualTo("rwx------");
      JsonNode connection = JsonMapper.shared().readTree(Files.readString(file));
      PGSimpleDataSource other = new PGSimpleDataSource();
      other.setUrl(connection.get("url").asString());
      other.setUser(connection.get("user").asString());
      other.setPassword(connection.get("password").asString());
      assertThat(JdbcClient.create(other).sql("select 1").query(Integer.class).single())
          .isEqualTo(1);
      other.setPassword("guess");
      assertThatThrownBy(other::getConnection)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      other.setUser(PostgresCluster.SUPERUSER);
      other.setPassword("");
      assertThatThrownBy(other::getConnection).isInstanceOf(SQLException.class);
    }
    assertThat(folder.resolve("connection.json")).doesNotExist();
    assertThat(folder.resolve("cluster").resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  void keepsWhatWasThereAndOutlivesAStrangerWithItsProcessId() throws IOException {
    try (EmbeddedPostgresServer server = start()) {
      JdbcClient jdbc = JdbcClient.create(server.dataSource());
      jdbc.sql("create table t as select 42 as n").update();
      assertThatThrownBy(this::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Another server");
      assertThat(jdbc.sql("select n from t").query(Integer.class).single()).isEqualTo(42);
    }
    // The pid file of a machine that was switched off, its number taken by this very process.
    Files.writeString(
        folder.resolve("cluster").resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + folder + "\n1\n5432\n\n127.0.0.1\n  1 1\nready\n");
    try (EmbeddedPostgresServer server = start()) {
      assertThat(
              JdbcClient.create(server.dataSource())
                  .sql("select n from t")
                  .query(Integer.class)
                  .single())
          .isEqualTo(42);
    }
  }

  @Test
  void redoesAFirstStartThatWasCutOffAndNeverTouchesWhatWasInUse() throws IOException {
    Path half = Files.createDirectories(folder.resolve("cluster.new").resolve("base"));
    Files.writeString(half.resolve("1"), "half");
    try (EmbeddedPostgresServer server = start()) {
      assertThat(server.port()).isPositive();
      assertThat(folder.resolve("cluster.new")).doesNotExist();
    }
    Path version = folder.resolve("cluster").resolve("PG_VERSION");
    Files.delete(version);
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not whole");
    assertThat(folder.resolve("cluster").resolve("base")).isDirectory();
  }

  @Test
  void startsAgainWhenItIsKilled() throws Exception {
    try (EmbeddedPostgresServer server = start()) {
      JdbcClient jdbc = JdbcClient.create(server.dataSource());
      jdbc.sql("create table t as select 42 as n").update();
      long pid = server.pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      Integer found = null;
      // A process of before may answer once more until it sees that its parent is gone.
      while ((found == null || server.pid() == pid) && System.nanoTime() < deadline) {
        try {
          found = jdbc.sql("select n from t").query(Integer.class).single();
        } catch (DataAccessException e) {
          Thread.sleep(20); // a connection of before, or it is still recovering
        }
      }
      assertThat(found).isEqualTo(42);
      assertThat(server.pid()).isNotEqualTo(pid);
    }
  }

  @Test
  void aDatabaseThatForgetsIsRefused() throws SQLException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(options(false));
        Connection connection = server.dataSource().getConnection()) {
      for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(show(JdbcClient.create(server.dataSource()), name)).isEqualTo("off");
      }
      assertThatThrownBy(() -> ServerChecks.requireFullyDurable(connection))
          .isInstanceOf(UnsuitableDatabaseException.class)
          .hasMessageContaining("fsync");
      assertThatThrownBy(() -> ServerChecks.requireDurable(connection))
          .isInstanceOf(UnsuitableDatabaseException.class)
          .hasMessageContaining("fsync");
    }
    try (EmbeddedPostgresServer server = start()) {
      JdbcClient.create(server.adminDataSource())
          .sql("alter role yuanliu set synchronous_commit = off")
          .update();
      try (Connection connection = server.dataSource().getConnection()) {
        assertThatThrownBy(() -> server.check(connection))
            .isInstanceOf(UnsuitableDatabaseException.class)
            .hasMessageContaining("synchronous_commit");
      }
    }
  }

  private static String show(JdbcClient jdbc, String name) {
    return jdbc.sql("select current_setting(?)").param(name).query(String.class).single();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
