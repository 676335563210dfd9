package org.yuanliu.platform.journal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log every few seconds: how far a rebuild is, and how long it will take yet. */
final class LoggedProgress implements Rebuild.Progress {
  private static final Logger log = LoggerFactory.getLogger(LoggedProgress.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private long begin;
  private long last;
  private long from = -1;
  private long entries;

  @Override
  public void begin(long of) {
    begin = System.nanoTime();
    last = begin;
    entries = of;
  }

  @Override
  public void done(long position) {
    if (from < 0) {
      from = position; // one that was cut off goes on in the middle
    }
    long now = System.nanoTime();
    if (now - last < EVERY.toNanos() && position < entries) {
      return;
    }
    last = now;
    double perSecond = (position - from) / ((now - begin) / 1e9);
    if (perSecond > 0) {
      log.info(
          "views rebuilt to {} of {}, about {} s left",
          position,
          entries,
          Math.round((entries - position) / perSecond));
    } else {
      log.info("views rebuilt to {} of {}", position, entries);
    }
  }
}
