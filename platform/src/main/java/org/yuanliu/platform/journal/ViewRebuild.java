package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.GroupCommit.StaleEpochException;

/**
 * Empties the views and fills them again from the journal, chunk by chunk. How far it came stands
 * in the journal's row, in the same transaction as the chunk: a rebuild that was cut off goes on
 * where it stopped, before anything new is stored.
 */
final class ViewRebuild {
  private final int journal;
  private final EntryReader reader;
  private final List<Projection> projections;

  ViewRebuild(int journal, EntryReader reader, List<Projection> projections) {
    this.journal = journal;
    this.reader = requireNonNull(reader, "reader is null");
    this.projections = List.copyOf(projections);
  }

  /** Rebuilds all views. On the writer's thread. */
  void run(WriterSession session, Rebuild.Progress progress) throws SQLException {
    Connection connection = session.connection();
    try {
      for (Projection projection : projections) {
        projection.clear(connection);
      }
      mark(session, 0L);
      connection.commit();
      finish(session, progress);
    } catch (SQLException | RuntimeException e) {
      rollback(connection, e);
      throw e;
    }
  }

  /** Goes on with a rebuild that was cut off, if there is one. */
  void finish(WriterSession session, Rebuild.Progress progress) throws SQLException {
    Connection connection = session.connection();
    try {
      @Nullable Long position = session.tables().rebuiltTo(connection);
      long end = session.state().size();
      progress.begin(end);
      while (position != null) {
        List<StoredEntry> stored = reader.next(connection, journal, position, end);
        if (stored.isEmpty()) {
          position = null;
        } else {
          List<Entry> entries = reader.entries(stored);
          for (Projection projection : projections) {
            projection.apply(connection, entries);
          }
          position = stored.getLast().ref().position() + 1;
        }
        mark(session, position);
        connection.commit();
        progress.done(position == null ? end : position);
      }
      connection.rollback();
    } catch (SQLException | RuntimeException e) {
      rollback(connection, e);
      throw e;
    }
  }

  private static void mark(WriterSession session, @Nullable Long position) throws SQLException {
    if (!session.tables().markRebuilt(session.connection(), session.epoch(), position)) {
      throw new StaleEpochException(session.epoch());
    }
  }

  private static void rollback(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
