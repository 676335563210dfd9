package org.yuanliu.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The embedded server as the platform runs it, durable, with a pool and every migration applied.
 */
public final class DurableServer implements AutoCloseable {
  private final EmbeddedPostgresServer server;
  private final HikariDataSource pool;

  private DurableServer(EmbeddedPostgresServer server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
  }

  /** Starts, or finds again, the database in this folder. */
  public static DurableServer start(Path folder) {
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(
            new EmbeddedPostgresOptions(
                folder,
                Path.of("target", "embedded-postgres", "binaries"),
                0,
                Duration.ofMinutes(2),
                64,
                40,
                true));
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.dataSource());
    config.setMaximumPoolSize(16);
    config.setConnectionTimeout(2_000);
    HikariDataSource pool = new HikariDataSource(config);
    Flyway.configure().dataSource(pool).load().migrate();
    return new DurableServer(server, pool);
  }

  public DataSource dataSource() {
    return pool;
  }

  /** The process id of PostgreSQL's postmaster. */
  public long pid() {
    return server.pid();
  }

  @Override
  public void close() {
    pool.close();
    server.close();
  }
}
