package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A view that is kept in the journal's own transaction, so that whoever got an answer finds what he
 * wrote. It can be dropped and rebuilt from the journal: nothing in it comes from elsewhere. Its
 * tables belong to the capability that implements it.
 */
public interface Projection {
  /** Short name for logs, metrics and {@code ./yuanliu rebuild}. */
  String name();

  /**
   * Does ahead, on the thread of whoever submits it, what the one writer's thread need not do. The
   * draft may never be stored, and nothing is lost if this is not called.
   */
  default void prepare(Draft draft) {}

  /**
   * Adds new entries, in order, each exactly once. Called on the journal's one writer thread inside
   * its transaction; entries of every kind come, pick yours.
   *
   * @throws SQLException the whole group commit is rolled back
   */
  void apply(Connection connection, List<Entry> entries) throws SQLException;

  /**
   * Takes entries out that retention drops: afterwards the view is what a rebuild without them
   * would make. In the transaction that drops them, not on the writer's thread; they are long
   * stored.
   *
   * @param going a temporary table with their positions ({@code position bigint})
   */
  default void drop(Connection connection, String going) throws SQLException {}

  /** Empties the view before a rebuild. */
  void clear(Connection connection) throws SQLException;
}
