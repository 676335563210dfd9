package org.yuanliu.platform.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.yuanliu.platform.journal.JournalCopy;

/**
 * Rows of a table that become one file.
 *
 * @param number of the piece in its table
 * @param from the first position that its rows may have; null where the table is not in order
 * @param to the position after the last one
 * @param condition which rows; empty for all
 */
record Piece(Table table, int number, @Nullable Long from, @Nullable Long to, String condition) {
  /** Below this the pieces of one table are not worth a file each. */
  static final long LEAST_POSITIONS = 20_000;

  /** Some 400 MB of entries: what is lost where one file is spoilt, and what a thread takes on. */
  private static final long MOST_POSITIONS = 1_000_000;

  /** Of a table, for each thread: no thread is left alone with the last one for long. */
  private static final int FOR_EACH_THREAD = 4;

  /**
   * The pieces of a table.
   *
   * @param from position that the backup begins with, where the table is the journal's
   * @param size position that it ends before
   * @param leastPositions of one piece
   * @param borders of the ranges of entries, which no piece lies across
   */
  static List<Piece> of(
      Table table, long from, long size, long leastPositions, List<Long> borders) {
    return switch (table.kind()) {
      case OWN -> List.of(new Piece(table, 0, null, null, ""));
      case JOURNAL ->
          table.isInOrder()
              ? cut(table, from, size, leastPositions, borders)
              : List.of(
                  new Piece(
                      table,
                      0,
                      null,
                      null,
                      " where %1$s >= %2$d and %1$s < %3$d"
                          .formatted(Table.quoted(table.position()), from, size)));
      case VIEW -> throw new IllegalStateException("views are not saved");
    };
  }

  private static List<Piece> cut(
      Table table, long from, long size, long leastPositions, List<Long> borders) {
    long even = (size - from) / ((long) FOR_EACH_THREAD * SideBySide.OF_BACKUP) + 1;
    long length = Math.clamp(even, leastPositions, MOST_POSITIONS);
    List<Piece> pieces = new ArrayList<>();
    long at = from;
    do {
      long begin = at;
      long border =
          borders.stream().mapToLong(Long::longValue).filter(b -> b > begin).min().orElse(size);
      long end = Math.min(Math.min(size, border), at + length);
      pieces.add(
          new Piece(
              table,
              pieces.size(),
              at,
              end,
              // With the journal, for the key begins with it.
              " where %1$s = %2$d and %3$s >= %4$d and %3$s < %5$d"
                  .formatted(
                      Table.quoted(Table.JOURNAL),
                      JournalCopy.JOURNAL,
                      Table.quoted(table.position()),
                      at,
                      end)));
      at = end;
    } while (at < size);
    return pieces;
  }

  /** Writes the rows into a file of the backup. */
  Manifest.TablePart save(Connection connection, PartWriter writer) throws IOException {
    String select =
        "select %s from %s%s"
            .formatted(Table.columnList(table.columns()), Table.quoted(table.name()), condition);
    PartWriter.Part part =
        writer.write(
            table.name() + (number == 0 ? "" : "-" + number) + ".copy",
            out -> copy(connection, select, out));
    return new Manifest.TablePart(
        table.name(),
        table.kind(),
        table.columns(),
        part.file(),
        from,
        to,
        part.count(),
        part.bytes(),
        part.sha256());
  }

  private static long copy(Connection connection, String select, OutputStream out)
      throws IOException {
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (" + select + ") to stdout (format binary)", out);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
