package org.yuanliu.epcis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Times and offsets as EPCIS writes them (xsd:dateTimeStamp; JSON schema's date-time): read and
 * written by hand, because the general formatter of the JDK costs more than all other checks of an
 * event together and accepts forms that the standard does not.
 */
final class Times {
  private static final int NANO_DIGITS = 9;

  /** Hours of the largest offset that XML Schema knows. */
  private static final int MAX_OFFSET_HOURS = 14;

  private Times() {}

  /**
   * The instant of {@code YYYY-MM-DDThh:mm:ss[.digits](Z|±hh:mm)}, or null where the text is not of
   * this form or no calendar has the time. Digits beyond the ninth are dropped.
   */
  static @Nullable Instant parse(String text) {
    int length = text.length();
    if (length < 20
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    int hour = digits(text, 11, 2);
    int minute = digits(text, 14, 2);
    int second = digits(text, 17, 2);
    if (year < 1
        || month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(year, month).lengthOfMonth()
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59) {
      return null;
    }
    int at = 19;
    int nano = 0;
    if (text.charAt(at) == '.') {
      int start = ++at;
      int scale = 100_000_000;
      while (at < length && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        if (at - start < NANO_DIGITS) {
          nano += (text.charAt(at) - '0') * scale;
          scale /= 10;
        }
        at++;
      }
      if (at == start) {
        return null;
      }
    }
    int offsetSeconds = zone(text, at);
    if (offsetSeconds == Integer.MIN_VALUE) {
      return null;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400L
            + hour * 3_600L
            + minute * 60L
            + second
            - offsetSeconds;
    return Instant.ofEpochSecond(seconds, nano);
  }

  /**
   * A time of the XML attribute {@code creationDate}, which xsd:dateTime lets stand without a zone:
   * it is then taken to be in UTC.
   */
  static String withZone(String text) {
    int length = text.length();
    boolean zoned =
        length < 19
            || text.endsWith("Z")
            || (length >= 25 && "+-".indexOf(text.charAt(length - 6)) >= 0);
    return zoned ? text : text + 'Z';
  }

  /** Whether the text is an offset from UTC as {@code eventTimeZoneOffset} takes it. */
  static boolean isOffset(String text) {
    return text.length() == 6 && offset(text, 0) != Integer.MIN_VALUE;
  }

  private static int zone(String text, int at) {
    if (at == text.length() - 1 && text.charAt(at) == 'Z') {
      return 0;
    }
    return at == text.length() - 6 ? offset(text, at) : Integer.MIN_VALUE;
  }

  private static int offset(String text, int at) {
    char sign = text.charAt(at);
    int hours = digits(text, at + 1, 2);
    int minutes = digits(text, at + 4, 2);
    if ((sign != '+' && sign != '-')
        || text.charAt(at + 3) != ':'
        || hours < 0
        || minutes < 0
        || minutes > 59
        || hours > MAX_OFFSET_HOURS
        || (hours == MAX_OFFSET_HOURS && minutes > 0)) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private static int digits(String text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /**
   * Writes an instant in UTC with three decimals, the third rounded up where the fourth is 5 or
   * more: rule 9 of the hash's canonical form.
   */
  static void appendMillis(PreHashText out, Instant instant) {
    long millis = instant.getEpochSecond() * 1_000L + instant.getNano() / 1_000_000;
    if (instant.getNano() / 100_000 % 10 >= 5) {
      millis++;
    }
    int ofDay = (int) Math.floorMod(millis, 86_400_000L);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, 86_400_000L));
    out.appendPadded(date.getYear(), 4).append('-');
    out.appendPadded(date.getMonthValue(), 2).append('-');
    out.appendPadded(date.getDayOfMonth(), 2).append('T');
    out.appendPadded(ofDay / 3_600_000, 2).append(':');
    out.appendPadded(ofDay / 60_000 % 60, 2).append(':');
    out.appendPadded(ofDay / 1_000 % 60, 2).append('.');
    out.appendPadded(ofDay % 1_000, 3).append('Z');
  }
}
