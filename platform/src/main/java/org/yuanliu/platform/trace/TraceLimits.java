package org.yuanliu.platform.trace;

/**
 * Where a walk stops; an answer that was cut says so.
 *
 * @param depth flows away from the beginning, at most
 * @param events events in the answer, at most
 * @param timeMs how long the walk may take, milliseconds
 */
public record TraceLimits(int depth, int events, int timeMs) {
  /** Longer than any chain of the seven industries; a loop of repacking ends here. */
  public static final int MAX_DEPTH = 64;

  /** About what a browser can draw and a person can read; more comes with the next page. */
  public static final int MAX_EVENTS = 5_000;

  public static final int MAX_TIME_MS = 10_000;

  public static final TraceLimits DEFAULT = new TraceLimits(32, 1_000, 3_000);

  public TraceLimits {
    if (depth < 0
        || depth > MAX_DEPTH
        || events < 1
        || events > MAX_EVENTS
        || timeMs < 1
        || timeMs > MAX_TIME_MS) {
      throw new IllegalArgumentException(
          "trace limits out of range: depth=%d events=%d timeMs=%d"
              .formatted(depth, events, timeMs));
    }
  }
}
