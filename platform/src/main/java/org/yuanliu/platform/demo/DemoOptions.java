package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * What is generated. Equal options give equal bytes, on every machine.
 *
 * @param scale 1 for about 50,000 events; below 1 less is sold each day, above 1 there are more
 *     days
 * @param now Beijing time up to which there are events, in whole minutes
 * @param seed of everything drawn by lot
 */
public record DemoOptions(double scale, LocalDateTime now, long seed) {
  /** Full days before today at scale 1. */
  public static final int DAYS = 5;

  /** 2,500 days, some 25 million events: what a disk of 100 GB holds. */
  public static final double MAX_SCALE = 500;

  /** Below this nothing gets smaller: every chain has one pig. */
  public static final double MIN_SCALE = 0.001;

  public static final long DEFAULT_SEED = 6101;

  /** China has one offset and no daylight saving. */
  static final ZoneOffset OFFSET = ZoneOffset.ofHours(8);

  private static final int EVENTS_A_DAY = 9_000;
  private static final int FIXED_EVENTS_A_DAY = 150;

  public DemoOptions {
    requireNonNull(now, "now is null");
    if (!(scale >= MIN_SCALE && scale <= MAX_SCALE)) {
      throw new IllegalArgumentException(
          "scale is not between %s and %s: %s".formatted(MIN_SCALE, MAX_SCALE, scale));
    }
    now = now.truncatedTo(ChronoUnit.MINUTES);
  }

  public static DemoOptions upToNow(double scale, Clock clock) {
    return new DemoOptions(scale, LocalDateTime.now(clock.withZone(OFFSET)), DEFAULT_SEED);
  }

  public LocalDate today() {
    return now.toLocalDate();
  }

  /** Full days before today. */
  int days() {
    return Math.toIntExact(Math.max(DAYS, Math.round(DAYS * scale)));
  }

  /** How many events there will be, roughly; for the progress only. */
  long expectedEvents() {
    double days =
        days() + (double) now.toLocalTime().toSecondOfDay() / Duration.ofDays(1).toSeconds();
    return Math.round(days * (FIXED_EVENTS_A_DAY + EVENTS_A_DAY * volume()));
  }

  /** The part of a full day's trade that a day has. */
  double volume() {
    return Math.min(1, scale);
  }
}
