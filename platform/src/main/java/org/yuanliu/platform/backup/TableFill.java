package org.yuanliu.platform.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.yuanliu.platform.backup.BackupFolder.Kept;
import org.yuanliu.platform.backup.Manifest.TablePart;

/**
 * A table of the journal, or a range of one, that is filled in a transaction of its own: emptied,
 * its indexes taken away, all its rows put in, its indexes made. A table that is emptied in the
 * transaction that fills it is written once where the server keeps no log for others: into the
 * table itself, which is forced to the disk at the commit. Its rows are frozen, so nothing is
 * written again when they are read.
 */
record TableFill(String table, List<Source> sources) {
  private static final int BUFFER_BYTES = 1 << 18;

  /** Sorting for an index, in memory: that of two or more at once must be there. */
  private static final String SORT_MEMORY = "set local maintenance_work_mem = '256MB'";

  /** The cores are taken by the other tables. */
  private static final String NO_HELPERS = "set local max_parallel_maintenance_workers = 0";

  TableFill {
    sources = List.copyOf(sources);
  }

  /** Rows in a file. */
  record Source(Kept kept, TablePart part) {}

  long bytes() {
    return sources.stream().mapToLong(source -> source.part.bytes()).sum();
  }

  /** What making the indexes counts for in the progress, beside the bytes of the rows. */
  static long ofIndexes(long bytes) {
    return bytes / 2;
  }

  /**
   * Fills it.
   *
   * @param done hears how many bytes more are done
   */
  void run(DataSource database, char @Nullable [] passphrase, LongConsumer done)
      throws IOException, SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(SORT_MEMORY);
        statement.execute(NO_HELPERS);
        statement.execute("truncate " + Table.quoted(table));
      }
      LaterIndexes indexes = LaterIndexes.drop(connection, List.of(table));
      for (Source source : sources) {
        copy(connection, table, source, ", freeze", passphrase, done);
      }
      indexes.create(connection);
      connection.commit();
    }
    done.accept(ofIndexes(bytes()));
  }

  /**
   * Puts the rows of a file into a table.
   *
   * @param options of COPY beside the format
   */
  static void copy(
      Connection connection,
      String table,
      Source source,
      String options,
      char @Nullable [] passphrase,
      LongConsumer done)
      throws IOException, SQLException {
    TablePart part = source.part;
    try (InputStream in = PartReader.open(source.kept, part.file(), passphrase, done)) {
      long rows =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "copy %s (%s) from stdin (format binary%s)"
                      .formatted(Table.quoted(table), Table.columnList(part.columns()), options),
                  in,
                  BUFFER_BYTES);
      if (rows != part.rows()) {
        throw new IllegalStateException(
            "%s has %,d rows instead of %,d".formatted(part.file(), rows, part.rows()));
      }
    }
  }
}
