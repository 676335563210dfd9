package org.yuanliu.platform.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Housekeeping on a thread of its own, with a pause after each time. What fails is logged and tried
 * again after the pause.
 */
public final class RepeatedTask {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

  private final String name;
  private final Duration wait;
  private final Duration pause;
  private final Work work;
  private @Nullable ScheduledExecutorService thread;

  /** What is done each time. */
  public interface Work {
    void run() throws Exception;
  }

  /**
   * A task that waits to be started.
   *
   * @param name of the thread, and in the log
   * @param wait before the first time
   * @param pause from the end of one time to the begin of the next
   */
  public RepeatedTask(String name, Duration wait, Duration pause, Work work) {
    this.name = requireNonNull(name, "name is null");
    this.wait = requireNonNull(wait, "wait is null");
    this.pause = requireNonNull(pause, "pause is null");
    this.work = requireNonNull(work, "work is null");
  }

  /** Begins; does nothing while it is running. */
  public synchronized void start() {
    if (thread != null) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    var _ =
        started.scheduleWithFixedDelay(
            () -> once(started), wait.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    thread = started;
  }

  private void once(ScheduledExecutorService started) {
    try {
      work.run();
    } catch (Exception e) {
      if (started.isShutdown()) {
        LOG.info("{}: ended by the stop: {}", name, e.toString());
      } else {
        LOG.warn("{}: not done, tried again in {}", name, pause, e);
      }
    }
  }

  /** No new time begins; one that has begun comes to its end. */
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdown(); // what is yet to come is dropped by it
      thread = null;
    }
  }

  /**
   * No new time begins; one that has begun is interrupted. For what can be cut off anywhere and may
   * take long.
   *
   * @param patience how long its end is waited for
   */
  public void interrupt(Duration patience) {
    ScheduledExecutorService running = taken();
    if (running == null) {
      return;
    }
    var _ = running.shutdownNow();
    try {
      if (!running.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("{}: did not end within {} of being interrupted", name, patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable ScheduledExecutorService taken() {
    ScheduledExecutorService running = thread;
    thread = null;
    return running;
  }

  public synchronized boolean isRunning() {
    return thread != null;
  }
}
