package org.yuanliu.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A PostgreSQL that the platform stores into: its own or someone else's. */
sealed interface PostgresServer extends AutoCloseable
    permits EmbeddedPostgresServer, RemotePostgresServer {

  /** Opens a new connection each time; not pooled. */
  DataSource dataSource();

  /**
   * Reads back what the platform relies on.
   *
   * @throws UnsuitableDatabaseException if an answer could be given before it is safe, or the
   *     server is too old
   */
  void check(Connection connection) throws SQLException;

  @Override
  void close();
}
