package org.yuanliu.epcis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes of documents in UTF-8 (RFC 3629), which parsers take less strictly than its text does. */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** The lowest bit of each of eight bytes. */
  private static final long LOWEST = 0x0101010101010101L;

  /** The highest, which ASCII has not. */
  private static final long HIGHEST = LOWEST << 7;

  private Utf8() {}

  /**
   * Index of the first byte that is not UTF-8: a byte that begins no character, a character cut or
   * longer than needed, half a surrogate pair, or a number that Unicode does not have; -1 where all
   * is right.
   */
  static int firstFault(byte[] bytes) {
    int i = 0;
    int length = bytes.length;
    while (i < length) {
      int lead = bytes[i];
      if (lead >= 0) {
        i++;
        // Runs of ASCII, eight bytes at a time.
        if (i + Long.BYTES <= length && bytes[i] >= 0) {
          i = afterAscii(bytes, i);
        }
        continue;
      }
      int size = size(lead & 0xFF);
      if (size == 0 || i + size > length || !isSecond(lead & 0xFF, bytes[i + 1] & 0xFF)) {
        return i;
      }
      for (int j = i + 2; j < i + size; j++) {
        if ((bytes[j] & 0xC0) != 0x80) {
          return i;
        }
      }
      i += size;
    }
    return -1;
  }

  /** Bytes of a character by its first one; 0 where none begins so. */
  private static int size(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  }

  private static boolean isSecond(int lead, int second) {
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= most;
  }

  /** Whether a byte of ASCII stands anywhere. */
  static boolean has(byte[] bytes, char wanted) {
    long pattern = LOWEST * wanted;
    int whole = bytes.length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      long zeroWhereFound = (long) LONGS.get(bytes, i) ^ pattern;
      if ((zeroWhereFound - LOWEST & ~zeroWhereFound & HIGHEST) != 0) {
        return true;
      }
    }
    for (int i = whole; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Index of the first of eight bytes one of which is not ASCII, or of the last few. */
  private static int afterAscii(byte[] bytes, int from) {
    int i = from;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      if (((long) LONGS.get(bytes, i) & HIGHEST) != 0) {
        return i;
      }
    }
    return i;
  }
}
