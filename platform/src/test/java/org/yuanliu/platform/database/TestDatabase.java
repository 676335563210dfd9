package org.yuanliu.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own for a test, with every migration applied. All tests of a JVM share one
 * embedded server, which does not wait for the disk: what is about durability starts its own.
 *
 * <pre>
 * try (TestDatabase database = TestDatabase.open()) {
 *   JdbcClient jdbc = JdbcClient.create(database.dataSource());
 * }
 * </pre>
 */
public final class TestDatabase implements AutoCloseable {
  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** For whoever uses a database while the tests end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EmbeddedPostgresServer server;
  private final String name;
  private final PGSimpleDataSource unpooled;
  private final HikariDataSource pool;

  private TestDatabase(EmbeddedPostgresServer server, String name) {
    this.server = server;
    this.name = name;
    unpooled = source(server, name);
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(unpooled);
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(10_000);
    pool = new HikariDataSource(config);
  }

  /** A fresh, migrated, empty database. */
  public static TestDatabase open() {
    return open(Shared.SERVER); // started and migrated by the first that asks
  }

  /** The same in a server that waits for the disk: a whole platform starts on no other. */
  public static TestDatabase openDurable() {
    return open(Durable.SERVER);
  }

  private static TestDatabase open(EmbeddedPostgresServer server) {
    String name = "test_" + NUMBER.incrementAndGet();
    admin(server, "create database " + name + " template " + TEMPLATE);
    return new TestDatabase(server, name);
  }

  /** Pooled, at most 16 connections. */
  public DataSource dataSource() {
    return pool;
  }

  /** A new connection each time. */
  public DataSource unpooledDataSource() {
    return unpooled;
  }

  /** JDBC URL without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name;
  }

  public String user() {
    return unpooled.getUser();
  }

  public String password() {
    return unpooled.getPassword();
  }

  @Override
  public void close() {
    pool.close();
    // Dropped with the whole server: dropping one by one costs a checkpoint each.
  }

  private static void admin(EmbeddedPostgresServer server, String sql) {
    try (Connection connection = server.adminDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static PGSimpleDataSource source(EmbeddedPostgresServer server, String database) {
    PGSimpleDataSource admin = (PGSimpleDataSource) server.adminDataSource();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(admin.getServerNames());
    source.setPortNumbers(admin.getPortNumbers());
    source.setUser(admin.getUser());
    source.setPassword(admin.getPassword());
    source.setDatabaseName(database);
    return source;
  }

  private static final class Shared {
    static final EmbeddedPostgresServer SERVER = start(false);

    static EmbeddedPostgresServer start(boolean durable) {
      try {
        Path target = Files.createDirectories(Path.of("target", "embedded-postgres"));
        Path folder = Files.createTempDirectory(target, "shared");
        EmbeddedPostgresServer server =
            EmbeddedPostgresServer.start(
                new EmbeddedPostgresOptions(
                    folder,
                    target.resolve("binaries"),
                    0,
                    Duration.ofMinutes(2),
                    128,
                    200,
                    durable));
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      awaitUnused(server);
                      server.close();
                      try {
                        Folders.delete(folder);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }));
        try (Connection connection = server.adminDataSource().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("create database " + TEMPLATE);
        }
        PGSimpleDataSource admin = (PGSimpleDataSource) server.adminDataSource();
        Flyway.configure()
            .dataSource(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + TEMPLATE,
                admin.getUser(),
                admin.getPassword())
            .load()
            .migrate();
        return server;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("no database for the tests", e);
      }
    }
  }

  /** An application that lives to the end of the tests stops at the same time, in good order. */
  private static void awaitUnused(EmbeddedPostgresServer server) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = server.adminDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      boolean used = true;
      while (used && System.nanoTime() < until) {
        try (ResultSet row =
            statement.executeQuery(
                "select exists (select from pg_stat_activity where datname like 'test\\_%')")) {
          used = row.next() && row.getBoolean(1);
        }
        if (used) {
          Thread.sleep(20);
        }
      }
    } catch (SQLException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Durable {
    static final EmbeddedPostgresServer SERVER = Shared.start(true);
  }
}
