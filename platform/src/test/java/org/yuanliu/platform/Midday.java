package org.yuanliu.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A clock of today that stood at noon in Xi'an when it was made, and goes on from there: what a
 * test finds does not depend on the hour at which it runs, and no midnight comes in its way.
 */
public final class Midday {
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int HOUR = 12;

  private Midday() {}

  public static Clock clock() {
    Instant now = Instant.now();
    Instant noon = LocalDate.ofInstant(now, ZONE).atTime(HOUR, 0).atZone(ZONE).toInstant();
    return Clock.offset(Clock.systemUTC(), Duration.between(now, noon));
  }

  /** The day in Xi'an by such a clock. */
  public static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZONE);
  }
}
