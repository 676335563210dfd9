package org.yuanliu.codes;

/** Small tests and rewritings of text. ASCII only: {@code Character.isDigit} knows 600 digits. */
final class Text {
  private static final int GROUP_LENGTH = 4;

  private Text() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean allDigits(String text) {
    return digitsBetween(text, 0, text.length());
  }

  static boolean digitsBetween(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean allUpperAlphanumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !(c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  static boolean allPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Brackets of every kind that documents use as ASCII round ones. */
  static String plainBrackets(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append("〔［【[（".indexOf(c) >= 0 ? '(' : "〕］】]）".indexOf(c) >= 0 ? ')' : c);
    }
    return out.toString();
  }

  static String grouped(String text) {
    StringBuilder out = new StringBuilder(text.length() * 5 / GROUP_LENGTH);
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        out.append(' ');
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }

  static String zeroPadded(long value, int width) {
    String digits = Long.toString(value);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
