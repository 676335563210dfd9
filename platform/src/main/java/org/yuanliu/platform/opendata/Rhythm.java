package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuanliu.platform.page.PageWords;

/** How long the periods of a set are. Each is named as ISO 8601 does, quarters as 2026-Q1. */
enum Rhythm {
  DAY(2, "R/P1D"),
  MONTH(10, "R/P1M"),
  QUARTER(20, "R/P3M"),
  YEAR(60, "R/P1Y");

  private static final Pattern QUARTER_NAME = Pattern.compile("[0-9]{4}-Q[1-4]");
  private static final Pattern YEAR_NAME = Pattern.compile("[0-9]{4}");
  private static final int MONTHS_OF_QUARTER = 3;

  /** So long are reports waited for before a period's first version. */
  private final int waitDays;

  private final String iso;

  Rhythm(int waitDays, String iso) {
    this.waitDays = waitDays;
    this.iso = iso;
  }

  /** The finest that a statistic is broken down by; a year where it names none. */
  static Rhythm of(List<String> dimensions) {
    for (Rhythm rhythm : values()) {
      if (dimensions.contains(rhythm.name().toLowerCase(java.util.Locale.ROOT))) {
        return rhythm;
      }
    }
    return YEAR;
  }

  /** As a repeating interval (ISO 8601), for catalogues. */
  String iso() {
    return iso;
  }

  int waitDays() {
    return waitDays;
  }

  String periodOf(LocalDate day) {
    return switch (this) {
      case DAY -> day.toString();
      case MONTH -> YearMonth.from(day).toString();
      case QUARTER -> day.getYear() + "-Q" + ((day.getMonthValue() - 1) / MONTHS_OF_QUARTER + 1);
      case YEAR -> Integer.toString(day.getYear());
    };
  }

  /** The period's first day; empty where the name is none of this rhythm. */
  Optional<LocalDate> first(String period) {
    requireNonNull(period, "period is null");
    try {
      return switch (this) {
        case DAY -> Optional.of(LocalDate.parse(period));
        case MONTH -> Optional.of(YearMonth.parse(period).atDay(1));
        case QUARTER ->
            QUARTER_NAME.matcher(period).matches()
                ? Optional.of(
                    LocalDate.of(
                        Integer.parseInt(period.substring(0, 4)),
                        (period.charAt(6) - '1') * MONTHS_OF_QUARTER + 1,
                        1))
                : Optional.empty();
        case YEAR ->
            YEAR_NAME.matcher(period).matches()
                ? Optional.of(LocalDate.of(Integer.parseInt(period), 1, 1))
                : Optional.empty();
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The period as people write it; its name where it is none of this rhythm. */
  String words(String period, PageWords words) {
    return first(period)
        .map(
            day ->
                switch (this) {
                  case DAY -> words.day(day);
                  case MONTH -> words.month(YearMonth.from(day));
                  case QUARTER ->
                      words.of(
                          "opendata.quarter",
                          Integer.toString(day.getYear()),
                          (day.getMonthValue() - 1) / MONTHS_OF_QUARTER + 1);
                  case YEAR -> words.of("opendata.year", Integer.toString(day.getYear()));
                })
        .orElse(period);
  }

  /** The first day that is not in the period any more. */
  LocalDate end(LocalDate first) {
    return switch (this) {
      case DAY -> first.plusDays(1);
      case MONTH -> first.plusMonths(1);
      case QUARTER -> first.plusMonths(MONTHS_OF_QUARTER);
      case YEAR -> first.plusYears(1);
    };
  }
}
