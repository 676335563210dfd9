package org.yuanliu.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Runs one action many times over a number of connections and keeps every latency. */
final class Load {
  /** Three digits of precision, up to a minute, in microseconds. */
  private static final long LONGEST_US = TimeUnit.MINUTES.toMicros(1);

  private static final int DIGITS = 3;
  private static final long LIMIT_S = 3600;

  interface Action {
    void run(long index) throws Exception;
  }

  /**
   * @param wallNs from the first request to the last answer
   */
  record Result(long actions, long wallNs, Histogram latencyUs) {
    double perSecond(int unitsPerAction) {
      return actions * (double) unitsPerAction / (wallNs / 1e9);
    }

    String percentiles() {
      return "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms"
          .formatted(
              latencyUs.getValueAtPercentile(50) / 1e3,
              latencyUs.getValueAtPercentile(95) / 1e3,
              latencyUs.getValueAtPercentile(99) / 1e3,
              latencyUs.getMaxValue() / 1e3);
    }
  }

  private Load() {}

  /**
   * @throws IllegalStateException if any action fails: a figure with failures in it means nothing
   */
  static Result run(long actions, int connections, Action action) throws InterruptedException {
    Histogram histogram = new ConcurrentHistogram(LONGEST_US, DIGITS);
    AtomicLong next = new AtomicLong();
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    long begin = System.nanoTime();
    try (ExecutorService workers = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        workers.execute(
            () -> {
              for (long index = next.getAndIncrement();
                  index < actions && failures.isEmpty();
                  index = next.getAndIncrement()) {
                long start = System.nanoTime();
                try {
                  action.run(index);
                } catch (Exception e) {
                  failures.add(e);
                }
                histogram.recordValue(
                    Math.min(LONGEST_US, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start)));
              }
            });
      }
      workers.shutdown();
      if (!workers.awaitTermination(LIMIT_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the load did not end within " + LIMIT_S + " s");
      }
    }
    Exception failed = failures.peek();
    if (failed != null) {
      throw new IllegalStateException("a request failed: " + failed.getMessage(), failed);
    }
    return new Result(actions, System.nanoTime() - begin, histogram);
  }
}
