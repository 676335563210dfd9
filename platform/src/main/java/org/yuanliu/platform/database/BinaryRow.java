package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The values of one row in PostgreSQL's binary form, taken one after the other in the order of the
 * statement, as the type that the column has. For one thread at a time.
 */
public final class BinaryRow {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** PostgreSQL counts from 2000-01-01. */
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  private final byte[] bytes;
  private final int begin;
  private int at;

  /**
   * @param begin where the length of the first value stands
   */
  BinaryRow(byte[] bytes, int begin) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.begin = begin;
    at = begin;
  }

  /** Goes back to the first value. */
  public void rewind() {
    at = begin;
  }

  /** How many bytes the row takes. */
  public int size() {
    return bytes.length;
  }

  public short int16() {
    fixed(Short.BYTES);
    short value = (short) SHORT.get(bytes, at);
    at += Short.BYTES;
    return value;
  }

  public long int64() {
    fixed(Long.BYTES);
    return next();
  }

  public UUID uuid() {
    fixed(2 * Long.BYTES);
    return new UUID(next(), next());
  }

  /**
   * A moment as microseconds since 1970; below zero for what lies beyond what 64 bits can count.
   */
  public long micros() {
    return int64() + EPOCH_2000_MICROS;
  }

  /**
   * Passes the next value, whatever it is, and tells its length: it ends where the row then stands
   * ({@link #array}, {@link #at}).
   *
   * @return in bytes; 0 where it is null
   */
  public int pass() {
    int length = Math.max(0, length());
    if (length > bytes.length - at) {
      throw new IllegalStateException("a value of " + length + " bytes goes beyond the row");
    }
    at += length;
    return length;
  }

  /** Where the row stands in {@link #array}. */
  public int at() {
    return at;
  }

  /** The row's own bytes, not a copy: to be read only. */
  public byte[] array() {
    return bytes;
  }

  private int length() {
    int length = (int) INT.get(bytes, at);
    at += Integer.BYTES;
    return length;
  }

  private long next() {
    long value = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  private void fixed(int expected) {
    int found = length();
    if (found != expected) {
      throw new IllegalStateException("a value of " + found + " bytes instead of " + expected);
    }
  }
}
