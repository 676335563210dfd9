package org.yuanliu.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server must be and how it must be set, read back from the server itself. */
final class ServerChecks {
  /** The oldest release that the tests run on. */
  static final int MIN_VERSION = 150_000;

  private static final Logger log = LoggerFactory.getLogger(ServerChecks.class);

  /**
   * The values of synchronous_commit under which a commit that was answered survives a crash of the
   * server; {@code off} answers first and writes later.
   */
  private static final Set<String> SYNCHRONOUS =
      Set.of("on", "local", "remote_write", "remote_apply");

  private ServerChecks() {}

  static void requireVersion(Connection connection) throws SQLException {
    String version = setting(connection, "server_version_num");
    if (version == null || Integer.parseInt(version) < MIN_VERSION) {
      throw new UnsuitableDatabaseException(
          "需要 PostgreSQL 15 或更高版本，当前为 " + version,
          "PostgreSQL 15 or later is needed, this is " + version);
    }
  }

  /**
   * Refuses a server that may forget what it acknowledged. A compatible database without one of the
   * settings is taken at its word.
   */
  static void requireDurable(Connection connection) throws SQLException {
    String fsync = setting(connection, "fsync");
    if (fsync != null && !fsync.equals("on")) {
      throw notDurable("fsync", fsync);
    }
    String synchronous = setting(connection, "synchronous_commit");
    if (synchronous != null && !SYNCHRONOUS.contains(synchronous)) {
      throw notDurable("synchronous_commit", synchronous);
    }
    String fullPages = setting(connection, "full_page_writes");
    if (fullPages != null && !fullPages.equals("on")) {
      // Right on a file system that writes pages whole, and only its operator can know.
      log.warn("full_page_writes is {}: safe only where the storage never tears a page", fullPages);
    }
  }

  /** For a server of our own, where nothing may differ. */
  static void requireFullyDurable(Connection connection) throws SQLException {
    for (String name : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      String value = setting(connection, name);
      if (value == null || !value.equals("on")) {
        throw notDurable(name, String.valueOf(value));
      }
    }
  }

  private static UnsuitableDatabaseException notDurable(String name, String value) {
    return new UnsuitableDatabaseException(
        "数据库设置 " + name + " = " + value + "，已确认的记录可能丢失，拒绝启动",
        "the database has "
            + name
            + " = "
            + value
            + ": what was acknowledged could be lost; not starting");
  }

  private static @Nullable String setting(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select current_setting(?, true)")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
