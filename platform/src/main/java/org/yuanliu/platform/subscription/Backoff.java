package org.yuanliu.platform.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: twice as long after each further one, up to a bound, of which a
 * random part up to half is left off, so that those who failed together do not come back together.
 */
record Backoff(Duration first, Duration longest) {
  /** 2^30 times a millisecond is twelve days already. */
  private static final int MAX_DOUBLINGS = 30;

  /**
   * @param failures in a row, this one included
   */
  Duration after(int failures, RandomGenerator random) {
    int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    long whole = Math.min(longest.toMillis(), Math.max(1, first.toMillis()) * (1L << doublings));
    return Duration.ofMillis(whole - random.nextLong(whole / 2 + 1));
  }
}
