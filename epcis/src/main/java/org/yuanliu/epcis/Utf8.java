package org.yuanliu.epcis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are UTF-8 (RFC 3629), as strictly as it says: no character longer than needed,
 * no half of a surrogate pair, no number that Unicode does not have. Parsers take some of these.
 * Bytes may come in pieces.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** The lowest bit of each of eight bytes. */
  private static final long LOWEST = 0x0101010101010101L;

  /** The highest, which ASCII has not. */
  private static final long HIGHEST = LOWEST << 7;

  /**
   * Parsers of JSON tell by so many bytes whether a text is in UTF-16 or UTF-32: one of them is
   * zero then, which in UTF-8 nothing of JSON is.
   */
  private static final int DETECTED = 4;

  private long before;
  private int due;
  private int least;
  private int most;
  private long begun;

  /**
   * Looks at more bytes.
   *
   * @return place among all bytes of the first one that is wrong, or of the character that it cuts;
   *     -1 where all is right so far
   */
  long feed(byte[] bytes, int from, int to) {
    for (long at = before; at < DETECTED && from + at - before < to; at++) {
      if (bytes[(int) (from + at - before)] == 0) {
        return at;
      }
    }
    int i = from;
    while (i < to) {
      int b = bytes[i];
      if (due > 0) {
        int next = b & 0xFF;
        if (next < least || next > most) {
          return begun;
        }
        due--;
        least = 0x80;
        most = 0xBF;
        i++;
      } else if (b >= 0) {
        i = afterAscii(bytes, i, to);
      } else {
        begun = before + i - from;
        if (!begins(b & 0xFF)) {
          return begun;
        }
        i++;
      }
    }
    before += to - from;
    return -1;
  }

  /** Place of a character that the end cuts, or -1. */
  long end() {
    return due > 0 ? begun : -1;
  }

  private boolean begins(int lead) {
    due = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return lead >= 0xC2 && lead <= 0xF4;
  }

  /** Passes over ASCII, eight bytes at a time while it can. */
  private static int afterAscii(byte[] bytes, int from, int to) {
    int i = from + 1;
    while (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & HIGHEST) == 0) {
      i += Long.BYTES;
    }
    return i;
  }

  /** Place of the first fault in bytes that are all there, or -1. */
  static long firstFault(byte[] bytes) {
    Utf8 utf8 = new Utf8();
    long fault = utf8.feed(bytes, 0, bytes.length);
    return fault >= 0 ? fault : utf8.end();
  }

  /** Whether a character of ASCII stands anywhere. */
  static boolean has(byte[] bytes, char wanted) {
    long pattern = LOWEST * wanted;
    int i = 0;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      long zeroWhereFound = (long) LONGS.get(bytes, i) ^ pattern;
      if (((zeroWhereFound - LOWEST) & ~zeroWhereFound & HIGHEST) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }
}
