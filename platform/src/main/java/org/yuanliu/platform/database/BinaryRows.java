package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows out of the database by {@code COPY (…) TO STDOUT (FORMAT binary)}: one at a time as they
 * come, whatever their size and number. The counterpart of {@link BinaryCopy}.
 *
 * <p>Values are taken from a {@link BinaryRow} as the type that the column has; every use has a
 * test that knows the values. For one thread; nothing else may use the connection meanwhile.
 */
public final class BinaryRows implements AutoCloseable {
  /** Signature of 11 bytes, flags, length of the extension: before the first row. */
  private static final int HEADER_BYTES = 19;

  private static final int EXTENSION_AT = 15;

  /** Stands in place of the number of columns behind the last row. */
  private static final int END = -1;

  private final CopyOut copy;
  private final int columns;
  private boolean begun;

  /**
   * @param sql {@code copy (…) to stdout (format binary)}
   * @param columns how many columns it has
   */
  public BinaryRows(Connection connection, String sql, int columns) throws SQLException {
    requireNonNull(connection, "connection is null");
    requireNonNull(sql, "sql is null");
    this.columns = columns;
    copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
  }

  /** The next row, with bytes of its own; null behind the last one. */
  public @Nullable BinaryRow next() throws SQLException {
    while (true) {
      byte[] message = copy.readFromCopy(); // always one a row, says the protocol
      if (message == null) {
        return null;
      }
      ByteBuffer row = ByteBuffer.wrap(message);
      if (!begun) {
        row.position(HEADER_BYTES + row.getInt(EXTENSION_AT));
        begun = true;
      }
      short found = row.getShort();
      if (found == columns) {
        return new BinaryRow(message, row.position());
      }
      if (found != END) { // behind the end comes a message that says so
        throw new IllegalStateException(found + " columns instead of " + columns);
      }
    }
  }

  /**
   * Reads what is left and drops it. A cancellation comes by another connection, when it comes, and
   * might hit whatever statement is next.
   */
  @Override
  public void close() throws SQLException {
    while (copy.isActive() && copy.readFromCopy() != null) {
      // drop it
    }
  }
}
