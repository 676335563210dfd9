package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.EntryRanges;

/** Runs the job from time to time, while the journal is open. */
@Component
final class RetentionSchedule implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

  /** After the journal, before the door; stopped in the other order. */
  private static final int PHASE = 500;

  private static final long STOP_MS = 5_000;

  /** A cut that was left half-way may stop the writer: it is taken back as soon as that can be. */
  private static final long TIDY_MS = 2_000;

  private final RetentionJob job;
  private final EntryRanges ranges;
  private final RetentionSettings settings;
  private @Nullable ScheduledExecutorService thread;

  RetentionSchedule(RetentionJob job, EntryRanges ranges, RetentionSettings settings) {
    this.ranges = requireNonNull(ranges, "ranges is null");
    this.job = requireNonNull(job, "job is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").daemon().factory());
    thread = started;
    tidy(started);
    long every = settings.every().toMillis();
    var _ = started.scheduleWithFixedDelay(() -> run(started), every, every, TimeUnit.MILLISECONDS);
  }

  private void tidy(ScheduledExecutorService started) {
    try {
      ranges.tidy();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("retention: what a cut may have left is taken back a little later", e);
      if (!started.isShutdown()) {
        var _ = started.schedule(() -> tidy(started), TIDY_MS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void run(ScheduledExecutorService started) {
    try {
      RetentionJob.Run run = job.run();
      if (run.closed() || run.dropped() > 0) {
        LOG.info(
            "retention: a range was closed: {}, {} entries dropped", run.closed(), run.dropped());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("retention: not done, tried again in {}", settings.every(), e);
      tidy(started);
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    running.shutdownNow();
    try {
      boolean _ = running.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
