package org.yuanliu.platform.query;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a slice of the journal says of its events.
 *
 * @param times by offset, microseconds; a position without an event has the time of the one before
 * @param minTime of all its events; 0 if it has none, {@code maxTime} too
 * @param postings where each term stands
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
record Slice(long first, long[] times, long minTime, long maxTime, Map<Long, Offsets> postings) {

  /** Where one term stands in the slice. */
  static final class Offsets {
    private char[] offsets = new char[4];
    private int count;
    private long minTime = Long.MAX_VALUE;
    private long maxTime = Long.MIN_VALUE;

    private void add(char offset, long micros) {
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, count * 2);
      }
      offsets[count++] = offset;
      minTime = Math.min(minTime, micros);
      maxTime = Math.max(maxTime, micros);
    }

    /** Of the events that have the term. */
    long minTime() {
      return minTime;
    }

    long maxTime() {
      return maxTime;
    }

    BitSet bits() {
      BitSet bits = new BitSet();
      for (int i = 0; i < count; i++) {
        bits.set(offsets[i]);
      }
      return bits;
    }

    byte[] encode(int events) {
      return Postings.encode(offsets, count, events);
    }
  }

  /**
   * The slice of these events.
   *
   * @param first its first position
   * @param events how many positions it has
   * @param within events at these positions, in order
   */
  static Slice of(long first, int events, List<SliceWriter.Event> within) {
    long[] times = new long[events];
    Map<Long, Offsets> postings = new HashMap<>();
    int filled = 0;
    long last = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (SliceWriter.Event event : within) {
      int offset = Math.toIntExact(event.position() - first);
      Arrays.fill(times, filled, offset, last);
      last = event.micros();
      times[offset] = last;
      filled = offset + 1;
      for (long term : event.terms()) {
        if (Terms.inSlices(term)) {
          postings.computeIfAbsent(term, key -> new Offsets()).add((char) offset, last);
        }
      }
      min = Math.min(min, last);
      max = Math.max(max, last);
    }
    Arrays.fill(times, filled, events, last);
    boolean none = within.isEmpty();
    return new Slice(first, times, none ? 0 : min, none ? 0 : max, postings);
  }

  int events() {
    return times.length;
  }
}
