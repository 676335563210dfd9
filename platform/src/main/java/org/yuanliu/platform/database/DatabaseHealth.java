package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up while the database answers, has room, and would keep what it acknowledges. */
@Component
final class DatabaseHealth extends AbstractHealthIndicator {
  private final PostgresServer server;
  private final DataSource dataSource;
  private final StorageRoom room;

  DatabaseHealth(PostgresServer server, DataSource dataSource, StorageRoom room) {
    super("the database does not answer");
    this.server = requireNonNull(server, "server is null");
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.room = requireNonNull(room, "room is null");
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      server.check(connection);
      builder.up().withDetail("version", connection.getMetaData().getDatabaseProductVersion());
      if (!room.isLeft()) {
        builder.down().withDetail("disk", "full but for the reserve; nothing is stored");
      }
    }
  }
}
