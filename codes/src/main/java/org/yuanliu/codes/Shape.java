package org.yuanliu.codes;

/** The lengths and characters that bare text of a scheme can have: a first sieve, not a check. */
@FunctionalInterface
interface Shape {
  boolean fits(String compact);

  static Shape digits(int... lengths) {
    return text -> hasLength(text, lengths) && Text.allDigits(text);
  }

  static Shape upperAlphanumeric(int... lengths) {
    return text -> hasLength(text, lengths) && Text.allUpperAlphanumeric(text);
  }

  static Shape never() {
    return text -> false;
  }

  private static boolean hasLength(String text, int[] lengths) {
    for (int length : lengths) {
      if (text.length() == length) {
        return true;
      }
    }
    return false;
  }
}
