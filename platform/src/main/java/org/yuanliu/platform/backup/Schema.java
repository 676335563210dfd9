package org.yuanliu.platform.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The database's schema by its version: the highest migration that was applied. */
final class Schema {
  private Schema() {}

  static String version(Connection connection) throws SQLException {
    MigrationVersion highest = MigrationVersion.EMPTY;
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select version from flyway_schema_history where success and version is not null");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        MigrationVersion version = MigrationVersion.fromVersion(rows.getString(1));
        if (version.isAtLeast(highest.getVersion() == null ? "0" : highest.getVersion())) {
          highest = version;
        }
      }
    }
    return highest.getVersion();
  }

  /** The newest that this program knows. */
  static String known(DataSource dataSource) {
    MigrationInfo[] all = Flyway.configure().dataSource(dataSource).load().info().all();
    MigrationVersion highest = MigrationVersion.fromVersion("0");
    for (MigrationInfo migration : all) {
      MigrationVersion version = migration.getVersion();
      if (version != null && version.compareTo(highest) > 0) {
        highest = version;
      }
    }
    return highest.getVersion();
  }

  static boolean isNewer(String version, String than) {
    return MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(than)) > 0;
  }

  /** Brings an older or empty schema to a version; a newer one stays. */
  static void migrate(DataSource dataSource, String version) {
    Flyway.configure().dataSource(dataSource).target(version).load().migrate();
  }
}
