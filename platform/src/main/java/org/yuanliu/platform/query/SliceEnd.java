package org.yuanliu.platform.query;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * The events of a slice that come first in one direction of time, and where the others begin. Among
 * four thousand events that come within minutes some dozen come days late: these are told one by
 * one, and the bound of the others is close.
 *
 * <p>As bytes: how many are told (one byte), for each its offset (two bytes) and time (eight), then
 * the time of the first one that is not told, where there is one.
 */
final class SliceEnd {
  /** One event in so many is told: twice as many as come late where one in a hundred does. */
  private static final int SHARE = 50;

  /** Events that are told at most, so that both ends stand in the slice's own row. */
  private static final int MOST = 80;

  private static final int EVENT_BYTES = Character.BYTES + Long.BYTES;

  private final ByteBuffer bytes;
  private final int told;

  private SliceEnd(ByteBuffer bytes) {
    this.told = bytes.get(0);
    this.bytes = bytes;
  }

  /** What is done with an event. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param micros event time
     */
    void take(int offset, long micros);
  }

  /**
   * @param events of the slice, the first in the direction first
   * @param first position of the slice
   */
  static byte[] encode(List<SliceWriter.Event> events, long first) {
    int told = Math.min(events.size(), Math.clamp(events.size() / SHARE, 1, MOST));
    boolean others = told < events.size();
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + told * EVENT_BYTES + (others ? Long.BYTES : 0)).put((byte) told);
    for (SliceWriter.Event event : events.subList(0, told)) {
      bytes.putChar((char) (event.position() - first)).putLong(event.micros());
    }
    if (others) {
      bytes.putLong(events.get(told).micros());
    }
    return bytes.array();
  }

  static SliceEnd decode(byte[] bytes) {
    return new SliceEnd(ByteBuffer.wrap(bytes));
  }

  /** Takes the events that are told here out of these, and gives out those that were among them. */
  void take(BitSet offsets, Taker taker) {
    for (int i = 0; i < told; i++) {
      int at = 1 + i * EVENT_BYTES;
      int offset = bytes.getChar(at);
      if (offsets.get(offset)) {
        offsets.clear(offset);
        taker.take(offset, bytes.getLong(at + Character.BYTES));
      }
    }
  }

  /**
   * None of the events that are not told comes before it in the direction.
   *
   * @param otherwise where all are told
   */
  long rest(long otherwise) {
    int at = 1 + told * EVENT_BYTES;
    return at < bytes.capacity() ? bytes.getLong(at) : otherwise;
  }
}
