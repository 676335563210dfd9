package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.schedule.RepeatedTask;

/** Runs the job from time to time, while the journal is open. */
@Component
final class RetentionSchedule implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

  /** After the journal, before the door; stopped in the other order. */
  private static final int PHASE = 500;

  private static final Duration STOP = Duration.ofSeconds(5);

  /** A cut that was left half-way may stop the writer: it is taken back as soon as that can be. */
  private static final Duration TIDY = Duration.ofSeconds(2);

  private final RetentionJob job;
  private final EntryRanges ranges;
  private final Duration every;
  private final RepeatedTask task;
  // Of the task's thread alone.
  private boolean isTidy;
  private long next;

  RetentionSchedule(RetentionJob job, EntryRanges ranges, RetentionSettings settings) {
    this.ranges = requireNonNull(ranges, "ranges is null");
    this.job = requireNonNull(job, "job is null");
    every = settings.every();
    next = System.nanoTime() + every.toNanos();
    task = new RepeatedTask("retention", Duration.ZERO, TIDY, this::look);
  }

  private void look() throws SQLException {
    if (!isTidy) {
      ranges.tidy();
      isTidy = true;
    }
    if (System.nanoTime() - next < 0) {
      return;
    }
    isTidy = false;
    try {
      RetentionJob.Run run = job.run();
      isTidy = true;
      if (run.closed() || run.dropped() > 0) {
        LOG.info(
            "retention: a range was closed: {}, {} entries dropped", run.closed(), run.dropped());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("retention: not done, tried again in {}", every, e);
    } finally {
      next = System.nanoTime() + every.toNanos();
    }
  }

  @Override
  public void start() {
    task.start();
  }

  @Override
  public void stop() {
    task.interrupt(STOP);
  }

  @Override
  public boolean isRunning() {
    return task.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
