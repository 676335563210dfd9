package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;

/**
 * A length of time as regulations state it: minutes and hours are counted, days, months and years
 * go by the calendar.
 *
 * @param amount not negative
 */
public record Span(int amount, Unit unit) {
  /** Units of a span. */
  public enum Unit {
    MINUTE("min", "分钟", "minute"),
    HOUR("h", "小时", "hour"),
    DAY("d", "日", "day"),
    MONTH("mo", "个月", "month"),
    YEAR("y", "年", "year");

    private final String id;
    private final String zh;
    private final String en;

    Unit(String id, String zh, String en) {
      this.id = id;
      this.zh = zh;
      this.en = en;
    }

    /** As packs write it. */
    public String id() {
      return id;
    }
  }

  public Span {
    if (amount < 0) {
      throw new IllegalArgumentException("a negative span: " + amount);
    }
    requireNonNull(unit, "unit is null");
  }

  /** The moment that lies this much later, in a zone's calendar. */
  public Instant after(Instant from, ZoneId zone) {
    return switch (unit) {
      case MINUTE -> from.plus(Duration.ofMinutes(amount));
      case HOUR -> from.plus(Duration.ofHours(amount));
      case DAY -> from.atZone(zone).plus(Period.ofDays(amount)).toInstant();
      case MONTH -> from.atZone(zone).plus(Period.ofMonths(amount)).toInstant();
      case YEAR -> from.atZone(zone).plus(Period.ofYears(amount)).toInstant();
    };
  }

  /** For people: {@code 15日}, {@code 15 d}. */
  public Localized text() {
    return new Localized(amount + unit.zh, amount + " " + unit.en + (amount == 1 ? "" : "s"));
  }
}
