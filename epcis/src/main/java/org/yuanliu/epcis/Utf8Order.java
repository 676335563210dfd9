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
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xHigh = Character.isSurrogate(x);
        boolean yHigh = Character.isSurrogate(y);
        return xHigh == yHigh ? x - y : xHigh ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
