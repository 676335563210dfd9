package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.util.function.LongConsumer;

/** Adds up what several threads have done and tells it, one at a time. */
final class Meter {
  private final LongConsumer listener;
  private long sum;

  /**
   * @param listener hears the sum
   */
  Meter(LongConsumer listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  synchronized void add(long bytes) {
    sum += bytes;
    listener.accept(sum);
  }

  synchronized long sum() {
    return sum;
  }
}
