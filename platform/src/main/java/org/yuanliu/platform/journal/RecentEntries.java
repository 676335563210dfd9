package org.yuanliu.platform.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest entries as they were committed, for followers that are close behind: to read and
 * decode each again would cost as much as it took to decode it on its way in. Positions never
 * change their content, so what is here is as true as the database.
 */
final class RecentEntries {
  /** Some tenths of a second at the rate of a machine at its limit. */
  static final int MAX_ENTRIES = 4_096;

  /** Of bodies; decoded, an event takes some ten times that. */
  static final long MAX_BYTES = 4L << 20;

  private final Entry[] ring = new Entry[MAX_ENTRIES];

  /** Positions from {@code first} to before {@code end} are here. */
  private long first;

  private long end;
  private long bytes;

  /** Entries of one journal in order, after their commit. */
  synchronized void add(List<Entry> entries) {
    for (Entry entry : entries) {
      long position = entry.ref().position();
      if (position != end) {
        clear(position);
      }
      while (end - first == MAX_ENTRIES || (bytes > MAX_BYTES && first < end)) {
        drop();
      }
      ring[slot(position)] = entry;
      bytes += entry.draft().body().length;
      end++;
    }
  }

  /** The entries from a position on, at most so many; empty where that position is not here. */
  synchronized List<Entry> from(long position, int limit) {
    List<Entry> found = new ArrayList<>();
    if (position >= first) {
      for (long at = position; at < end && found.size() < limit; at++) {
        found.add(ring[slot(at)]);
      }
    }
    return found;
  }

  private void clear(long next) {
    while (first < end) {
      drop();
    }
    first = next;
    end = next;
  }

  @SuppressWarnings("NullAway") // an empty slot, never read: only those from first to end are
  private void drop() {
    bytes -= ring[slot(first)].draft().body().length;
    ring[slot(first)] = null;
    first++;
  }

  private static int slot(long position) {
    return (int) (position % MAX_ENTRIES);
  }
}
