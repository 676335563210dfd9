package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL (or compatible database) that others run, reached by URL. */
final class RemotePostgresServer implements PostgresServer {
  private final DataSource dataSource;

  RemotePostgresServer(String url, String user, String password) {
    requireNonNull(url, "url is null");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new UnsuitableDatabaseException(
          "yuanliu.database.url 必须以 jdbc:postgresql: 开头",
          "yuanliu.database.url must begin with jdbc:postgresql:");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    if (!user.isEmpty()) {
      source.setUser(user);
    }
    if (!password.isEmpty()) {
      source.setPassword(password);
    }
    dataSource = source;
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void check(Connection connection) throws SQLException {
    ServerChecks.requireVersion(connection);
    ServerChecks.requireDurable(connection);
  }

  @Override
  public void close() {
    // Others run it.
  }
}
