package org.yuanliu.industry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Over what time a check adds up. */
public enum CheckPeriod {
  ALWAYS,
  DAY,
  MONTH,
  QUARTER,
  YEAR;

  /** The word for it in a pack. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the period that a moment lies in: {@code 2026-11}; empty for always. */
  public String of(Instant time, ZoneId zone) {
    LocalDate day = LocalDate.ofInstant(time, zone);
    return switch (this) {
      case ALWAYS -> "";
      case DAY -> day.toString();
      case MONTH -> day.toString().substring(0, "2026-11".length());
      case QUARTER -> day.getYear() + "-Q" + day.get(IsoFields.QUARTER_OF_YEAR);
      case YEAR -> Integer.toString(day.getYear());
    };
  }
}
