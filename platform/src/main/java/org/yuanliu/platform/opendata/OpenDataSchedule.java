package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Publishes from time to time, where that is wanted. */
@Component
final class OpenDataSchedule implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDataSchedule.class);

  /** After the journal, before the door; stopped in the other order. */
  private static final int PHASE = 500;

  private static final long STOP_MS = 5_000;

  private final OpenData openData;
  private final OpenDataSettings settings;
  private @Nullable ScheduledExecutorService thread;

  OpenDataSchedule(OpenData openData, OpenDataSettings settings) {
    this.openData = requireNonNull(openData, "openData is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public synchronized void start() {
    if (!settings.publish()) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("open-data").daemon().factory());
    long every = settings.every().toMillis();
    var _ = started.scheduleWithFixedDelay(this::run, every, every, TimeUnit.MILLISECONDS);
    thread = started;
  }

  private void run() {
    try {
      int published = openData.publish();
      if (published > 0) {
        LOG.info("open data: {} versions published", published);
      }
    } catch (RuntimeException e) {
      LOG.warn("open data: not done, tried again in {}", settings.every(), e);
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
