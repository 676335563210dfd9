package org.yuanliu.platform.query;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Offsets within a slice as bytes: few as two bytes each, many as a bit each. The first byte says
 * which. Bits count from the lowest of the first byte.
 */
final class Postings {
  private static final byte LIST = 1;
  private static final byte BITMAP = 2;

  private Postings() {}

  /**
   * @param offsets rising
   * @param count how many of them
   * @param events positions of the slice: offsets are below
   */
  static byte[] encode(char[] offsets, int count, int events) {
    int bitmap = (events + 7) / 8;
    if (count * Character.BYTES < bitmap) {
      ByteBuffer bytes = ByteBuffer.allocate(1 + count * Character.BYTES).put(LIST);
      for (int i = 0; i < count; i++) {
        bytes.putChar(offsets[i]);
      }
      return bytes.array();
    }
    byte[] bytes = new byte[1 + bitmap];
    bytes[0] = BITMAP;
    for (int i = 0; i < count; i++) {
      bytes[1 + offsets[i] / 8] |= (byte) (1 << offsets[i] % 8);
    }
    return bytes;
  }

  static BitSet decode(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    byte form = rest.get();
    return switch (form) {
      case BITMAP -> BitSet.valueOf(rest);
      case LIST -> {
        BitSet bits = new BitSet();
        while (rest.hasRemaining()) {
          bits.set(rest.getChar());
        }
        yield bits;
      }
      default -> throw new IllegalStateException("no form of offsets: " + form);
    };
  }
}
