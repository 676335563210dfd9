package org.yuanliu.platform.journal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whose fault a failure is: the database's at this moment, or that of what was to be stored. */
final class Failures {
  private Failures() {}

  /**
   * True where the same statement may succeed later: connection lost, shutting down, disk full, out
   * of memory, input or output error, read-only, raced. By SQLSTATE class (PostgreSQL's manual,
   * appendix A); a failure without a state comes from the driver or the pool.
   */
  static boolean isDatabase(SQLException e) {
    @Nullable String state = e.getSQLState();
    if (state == null || state.length() < 2) {
      return true;
    }
    return switch (state.substring(0, 2)) {
      case "08", "25", "40", "53", "55", "57", "58", "F0", "XX" -> true;
      default -> false;
    };
  }

  /**
   * True where a failed commit certainly was rolled back: the server said that it could not. In all
   * other cases the answer was lost, and the commit may have happened.
   */
  static boolean isRolledBack(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state != null && (state.startsWith("23") || state.startsWith("40"));
  }
}
