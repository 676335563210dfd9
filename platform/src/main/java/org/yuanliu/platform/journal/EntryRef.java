package org.yuanliu.platform.journal;

import java.util.Comparator;

/**
 * The name of an entry for ever.
 *
 * @param journal which journal, from 1
 * @param position place in that journal, from 0; also the index of the entry's Merkle leaf
 */
public record EntryRef(int journal, long position) implements Comparable<EntryRef> {

  private static final Comparator<EntryRef> ORDER =
      Comparator.comparingInt(EntryRef::journal).thenComparingLong(EntryRef::position);

  public EntryRef {
    if (journal < 1 || position < 0) {
      throw new IllegalArgumentException("not an entry: " + journal + "-" + position);
    }
  }

  @Override
  public int compareTo(EntryRef other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return journal + "-" + position;
  }
}
