package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.schedule.RepeatedTask;

/** Publishes from time to time, where that is wanted. */
@Component
final class OpenDataSchedule implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDataSchedule.class);

  /** After the journal, before the door; stopped in the other order. */
  private static final int PHASE = 500;

  private static final Duration STOP = Duration.ofSeconds(5);

  private final OpenData openData;
  private final boolean publishes;
  private final RepeatedTask task;

  OpenDataSchedule(OpenData openData, OpenDataSettings settings) {
    this.openData = requireNonNull(openData, "openData is null");
    publishes = settings.publish();
    task = new RepeatedTask("open-data", settings.every(), settings.every(), this::publish);
  }

  private void publish() {
    int published = openData.publish();
    if (published > 0) {
      LOG.info("open data: {} versions published", published);
    }
  }

  @Override
  public void start() {
    if (publishes) {
      task.start();
    }
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
