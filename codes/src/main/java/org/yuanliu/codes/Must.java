package org.yuanliu.codes;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.yuanliu.codes.Refusal.Reason;

/** Small checks that refuse. */
final class Must {
  private Must() {}

  static void hold(boolean condition, Reason reason, Scheme scheme) {
    if (!condition) {
      throw new CodeException(reason, scheme);
    }
  }

  static void haveLength(String value, int min, int max, Scheme scheme) {
    hold(value.length() >= min && value.length() <= max, Reason.LENGTH, scheme);
  }

  static void beDigits(String value, int from, int to, Scheme scheme) {
    hold(Text.digitsBetween(value, from, to), Reason.CHARACTER, scheme);
  }

  static void beUpperAlphanumeric(String value, Scheme scheme) {
    hold(Text.allUpperAlphanumeric(value), Reason.CHARACTER, scheme);
  }

  static LocalDate beDay(int year, int month, int day, Scheme scheme) {
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      throw new CodeException(Reason.DATE, scheme);
    }
  }
}
