package org.yuanliu.platform.query;

import java.util.Arrays;

/**
 * Event times of a slice, microseconds since 1970, position by position: each as its difference
 * from the one before, seven bits a byte, the lowest first, the sign in the lowest bit. A position
 * without an event has the time of the one before.
 */
final class SliceTimes {
  private static final int MAX_BYTES = 10;

  private SliceTimes() {}

  static byte[] encode(long[] times) {
    byte[] bytes = new byte[times.length * MAX_BYTES];
    int length = 0;
    long last = 0;
    for (long time : times) {
      long difference = time - last;
      last = time;
      long rest = (difference << 1) ^ (difference >> 63);
      while ((rest & ~0x7fL) != 0) {
        bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
    }
    return Arrays.copyOf(bytes, length);
  }

  static long[] decode(byte[] bytes, int events) {
    long[] times = new long[events];
    int at = 0;
    long last = 0;
    for (int i = 0; i < events; i++) {
      long rest = 0;
      int shift = 0;
      byte one;
      do {
        one = bytes[at++];
        rest |= (long) (one & 0x7f) << shift;
        shift += 7;
      } while (one < 0);
      last += (rest >>> 1) ^ -(rest & 1);
      times[i] = last;
    }
    return times;
  }
}
