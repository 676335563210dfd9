package org.yuanliu.epcis;

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
  static int compare(CharSequence text, int from, int to, int otherFrom, int otherTo) {
    int shorter = Math.min(to - from, otherTo - otherFrom);
    for (int i = 0; i < shorter; i++) {
      char x = text.charAt(from + i);
      char y = text.charAt(otherFrom + i);
      if (x != y) {
        return compare(x, y);
      }
    }
    return (to - from) - (otherTo - otherFrom);
  }

  private static int compare(char x, char y) {
    boolean xHigh = Character.isSurrogate(x);
    boolean yHigh = Character.isSurrogate(y);
    return xHigh == yHigh ? x - y : xHigh ? 1 : -1;
  }
}
