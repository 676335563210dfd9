package org.yuanliu.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The mark of a database that a restore fills in several transactions: until the last of them only
 * a restore opens it. A restore that was cut off leaves the mark; the next one begins anew.
 */
public final class UnfinishedRestore {
  private static final String TABLE = "restore_unfinished";

  private UnfinishedRestore() {}

  /** Sets the mark; does nothing where it is set. */
  public static void mark(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists %s (since timestamptz not null default now())"
              .formatted(TABLE));
    }
  }

  public static boolean isMarked(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select to_regclass(?)")) {
      select.setString(1, TABLE);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() && rows.getString(1) != null;
      }
    }
  }

  /** Takes the mark away, in the transaction that makes the restore whole. */
  public static void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists " + TABLE);
    }
  }

  static void refuse(Connection connection) throws SQLException {
    if (isMarked(connection)) {
      throw new UnsuitableDatabaseException(
          "此数据库的恢复没有完成就中断了，内容不完整，拒绝启动。请再运行一次 ./yuanliu restore（会先清空），或换一个新的数据目录",
          "a restore into this database was cut off, and it is not whole; not starting. Run"
              + " ./yuanliu restore again, which empties it first, or take a new data folder");
    }
  }
}
