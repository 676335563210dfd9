package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far the loading is: a bar on a terminal, else a line now and then. */
final class LoadingBar implements AutoCloseable {
  private static final int WIDTH = 80;
  private static final int UPDATE_MILLIS = 200;
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final PrintStream err;
  private final Clock clock;
  private final Instant begun;
  private final @Nullable ProgressBar bar;
  private Instant lastLine;
  private long expected;
  private long skipped;
  private long done;

  LoadingBar(PrintStream err, boolean terminal, Clock clock, long expected) {
    this.err = requireNonNull(err, "err is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.expected = expected;
    this.begun = clock.instant();
    this.lastLine = begun;
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName("演示数据 demo")
                .setInitialMax(expected)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build()
            : null;
  }

  /** Events that an earlier start has loaded. */
  synchronized void skip(long events) {
    skipped += events;
    step(events);
  }

  synchronized void add(long events) {
    done += events;
    step(events);
    Instant now = clock.instant();
    if (bar == null && Duration.between(lastLine, now).compareTo(LINE_EVERY) >= 0) {
      lastLine = now;
      err.println(line(now));
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.maxHint(skipped + done);
      bar.close();
    }
  }

  private void step(long events) {
    expected = Math.max(expected, skipped + done);
    if (bar != null) {
      bar.maxHint(expected);
      bar.stepBy(events);
    }
  }

  private String line(Instant now) {
    double perEvent = (double) Duration.between(begun, now).toMillis() / done;
    long leftS = Math.round(perEvent * (expected - skipped - done) / 1000);
    return "demo: %,d of about %,d events, %d s left    演示数据：约剩 %d 秒"
        .formatted(skipped + done, expected, leftS, leftS);
  }
}
