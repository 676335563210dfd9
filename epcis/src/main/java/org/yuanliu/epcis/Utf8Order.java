package org.yuanliu.epcis;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Order of strings by their bytes in UTF-8, which is the order of code points. Java's own order
 * differs from it for characters beyond the Basic Multilingual Plane.
 */
final class Utf8Order implements Comparator<String> {
  static final Utf8Order INSTANCE = new Utf8Order();

  private Utf8Order() {}

  @Override
  public int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return compare(a.charAt(i), b.charAt(i));
      }
    }
    return a.length() - b.length();
  }

  /** Compares two pieces of one text. */
  static int compare(char[] text, int from, int to, int otherFrom, int otherTo) {
    int at = Arrays.mismatch(text, from, to, text, otherFrom, otherTo);
    if (at < 0) {
      return 0;
    }
    return from + at < to && otherFrom + at < otherTo
        ? compare(text[from + at], text[otherFrom + at])
        : (to - from) - (otherTo - otherFrom);
  }

  private static int compare(char x, char y) {
    boolean xHigh = Character.isSurrogate(x);
    boolean yHigh = Character.isSurrogate(y);
    return xHigh == yHigh ? x - y : xHigh ? 1 : -1;
  }
}
