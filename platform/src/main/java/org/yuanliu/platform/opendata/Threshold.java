package org.yuanliu.platform.opendata;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * When a figure tells nothing about one subject: enough subjects are in it, and none stands out so
 * far that the second largest, who knows his own part, could tell the largest one's (the p % rule
 * of official statistics).
 *
 * @param subjects who have a part that is not nothing, at least
 * @param percent of the largest part that the third largest and all smaller make together, at least
 */
record Threshold(int subjects, int percent) {
  /**
   * Of open data. With three, two who tell each other their parts know the third's; competitors in
   * one trade do talk, so it takes four of them to talk about the fifth.
   */
  static final int PUBLIC_SUBJECTS = 5;

  /**
   * For those who see figures for statistics and are bound to secrecy: the least with which nobody
   * who is in a figure can tell another's part from it by himself.
   */
  static final int STATISTICS_SUBJECTS = 3;

  /** Nobody's part can be told closer than by this much; 10 to 20 are usual. */
  static final int DOMINANCE_PERCENT = 15;

  Threshold {
    if (subjects < STATISTICS_SUBJECTS || percent < 1) {
      throw new IllegalArgumentException("protects nobody: " + subjects + ", " + percent + " %");
    }
  }

  /** For statistics; open data has its own number, which is never smaller. */
  static Threshold ofStatistics() {
    return new Threshold(STATISTICS_SUBJECTS, DOMINANCE_PERCENT);
  }

  /** Whether the sum of these parts may be told. */
  boolean protects(Collection<BigDecimal> parts) {
    List<BigDecimal> falling =
        parts.stream()
            .map(BigDecimal::abs)
            .filter(part -> part.signum() > 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    if (falling.size() < subjects) {
      return false;
    }
    BigDecimal rest = falling.stream().skip(2).reduce(BigDecimal.ZERO, BigDecimal::add);
    return rest.multiply(HUNDRED)
            .compareTo(falling.getFirst().multiply(BigDecimal.valueOf(percent)))
        >= 0;
  }

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
}
