package org.yuanliu.bench;

import java.util.Collection;

/** What rounds are quoted by. */
final class Medians {
  private Medians() {}

  /** The middle one, or half-way between the two in the middle. */
  static double of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a median of nothing");
    }
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /**
   * How many values at each end may be left out so that the rest holds the median of what they were
   * drawn from with 95 %: each value lies above it as often as below.
   */
  static int rankOfRange(int count) {
    double tail = Math.pow(0.5, count);
    double term = tail;
    int rank = 0;
    for (int i = 1; i < count / 2; i++) {
      term = term * (count - i + 1) / i;
      tail += term;
      if (tail > 0.025) {
        break;
      }
      rank = i;
    }
    return rank;
  }
}
