package org.yuanliu.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.platform.ServerSettings;

/** The server's one pool of connections. Spring's Flyway migrates through it at start. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /** Beside the pool: the superuser's own connections, the bench tool, an operator with psql. */
  private static final int SPARE_CONNECTIONS = 16;

  private static final long BYTES_PER_MB = 1024 * 1024;

  @Bean(destroyMethod = "close")
  PostgresServer postgresServer(ServerSettings server, DatabaseSettings settings) {
    if (!settings.url().isEmpty()) {
      return new RemotePostgresServer(settings.url(), settings.user(), settings.password());
    }
    Path folder = server.dataDir().resolve("postgres");
    return EmbeddedPostgresServer.start(
        new EmbeddedPostgresOptions(
            folder,
            folder.resolve("binaries"),
            settings.port(),
            settings.startLimit(),
            settings.sharedBuffersMb(),
            settings.connections() + SPARE_CONNECTIONS,
            true),
        settings.olderRelease());
  }

  @Bean
  StorageRoom storageRoom(ServerSettings server, DatabaseSettings settings) {
    if (!settings.url().isEmpty()) {
      return () -> true;
    }
    File disk = server.dataDir().toFile();
    long reserveBytes = settings.reserveMb() * BYTES_PER_MB;
    return () -> disk.getUsableSpace() >= reserveBytes;
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(PostgresServer server, DatabaseSettings settings)
      throws SQLException {
    try (Connection connection = server.dataSource().getConnection()) {
      server.check(connection);
      if (!settings.unfinishedRestore()) {
        UnfinishedRestore.refuse(connection);
      }
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setDataSource(server.dataSource());
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(settings.connectionLimit().toMillis());
    return new HikariDataSource(config);
  }
}
