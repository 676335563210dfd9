package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/** What the digit codes of one length have in common. */
final class Digits {
  private Digits() {}

  /** Throws {@link CodeException} unless the text is exactly so many digits. */
  static void check(String text, int length, Scheme scheme) {
    if (text.length() != length) {
      throw new CodeException(Reason.LENGTH, scheme);
    }
    if (!Text.allDigits(text)) {
      throw new CodeException(Reason.CHARACTER, scheme);
    }
  }

  /** A serial number as digits; throws {@link CodeException} below 1 or above {@code max}. */
  static String serial(int serial, int max, Scheme scheme) {
    if (serial < 1 || serial > max) {
      throw new CodeException(Reason.RANGE, scheme);
    }
    return Text.zeroPadded(serial, Integer.toString(max).length());
  }

  static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
