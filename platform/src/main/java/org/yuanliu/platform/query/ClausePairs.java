package org.yuanliu.platform.query;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the slices so far tell of the clauses of a search: how many events each has, and which two
 * have not met in any event, though both stand there. Such two are looked at first from then on.
 *
 * <p>For one request and one thread.
 */
final class ClausePairs {
  /** Clauses that are held against each other: more would cost more than they save. */
  private static final int MOST = 8;

  private final List<Long[]> clauses;
  private final long[] events;
  private final boolean[][] met;

  ClausePairs(List<Long[]> clauses) {
    this.clauses = clauses;
    this.events = new long[clauses.size()];
    int compared = Math.min(clauses.size(), MOST);
    this.met = new boolean[compared][compared];
  }

  /**
   * @param offsets the events of a slice that each clause has; null where it has none
   */
  void see(@Nullable BitSet[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      BitSet one = offsets[i];
      if (one != null) {
        events[i] += one.cardinality();
        for (int j = i + 1; j < met.length; j++) {
          BitSet other = offsets[j];
          met[i][j] |= other != null && !met[i][j] && one.intersects(other);
        }
      }
    }
  }

  /** The clause with the fewest events. */
  int rarest() {
    int rarest = 0;
    for (int i = 1; i < events.length; i++) {
      rarest = events[i] < events[rarest] ? i : rarest;
    }
    return rarest;
  }

  /** How many events of the slices so far a clause has. */
  long events(int clause) {
    return events[clause];
  }

  /** Two clauses that have events and have not met, with the fewest terms to read; else null. */
  @Nullable List<Long[]> apart() {
    List<Long[]> best = null;
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < met.length; i++) {
      for (int j = i + 1; j < met.length; j++) {
        int terms = clauses.get(i).length + clauses.get(j).length;
        if (!met[i][j] && events[i] > 0 && events[j] > 0 && terms < fewest) {
          best = List.of(clauses.get(i), clauses.get(j));
          fewest = terms;
        }
      }
    }
    return best;
  }
}
