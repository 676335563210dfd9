package org.yuanliu.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows out of the database by {@code COPY (…) TO STDOUT (FORMAT binary)}: one at a time as they
 * come, whatever their size and number. The counterpart of {@link BinaryCopy}.
 *
 * <p>Values are taken column by column, in the order of the statement, as the type that the column
 * has; every use has a test that knows the values. For one thread; nothing else may use the
 * connection meanwhile.
 */
public final class BinaryRows implements AutoCloseable {
  /** Signature of 11 bytes, flags, length of the extension: before the first row. */
  private static final int HEADER_BYTES = 19;

  private static final int EXTENSION_AT = 15;

  /** PostgreSQL counts from 2000-01-01. */
  private static final long EPOCH_2000_S = 946_684_800;

  private static final long MICROS_PER_S = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NULL = -1;

  private final CopyOut copy;
  private final int columns;
  private ByteBuffer row = ByteBuffer.allocate(0);
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

  /** Goes to the next row; false behind the last one. */
  public boolean next() throws SQLException {
    if (row.hasRemaining()) {
      throw new IllegalStateException(row.remaining() + " bytes of the row were not read");
    }
    byte[] message = copy.readFromCopy(); // always one a row, says the protocol
    if (message == null) {
      return false;
    }
    row = ByteBuffer.wrap(message);
    if (!begun) {
      row.position(HEADER_BYTES + row.getInt(EXTENSION_AT));
      begun = true;
    }
    short found = row.getShort();
    if (found == NULL) {
      return next(); // the end, and a message that says so
    }
    if (found != columns) {
      throw new IllegalStateException(found + " columns instead of " + columns);
    }
    return true;
  }

  public short int16() {
    size(Short.BYTES);
    return row.getShort();
  }

  public int int32() {
    size(Integer.BYTES);
    return row.getInt();
  }

  public long int64() {
    size(Long.BYTES);
    return row.getLong();
  }

  public UUID uuid() {
    size(2 * Long.BYTES);
    return new UUID(row.getLong(), row.getLong());
  }

  public Instant instant() {
    size(Long.BYTES);
    long micros = row.getLong();
    return Instant.ofEpochSecond(
        EPOCH_2000_S + Math.floorDiv(micros, MICROS_PER_S),
        Math.floorMod(micros, MICROS_PER_S) * NANOS_PER_MICRO);
  }

  public byte @Nullable [] bytes() {
    int length = row.getInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    row.get(bytes);
    return bytes;
  }

  public @Nullable String text() {
    int length = row.getInt();
    if (length == NULL) {
      return null;
    }
    String text = new String(row.array(), row.position(), length, UTF_8);
    row.position(row.position() + length);
    return text;
  }

  private void size(int bytes) {
    int found = row.getInt();
    if (found != bytes) {
      throw new IllegalStateException("a value of " + found + " bytes instead of " + bytes);
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
