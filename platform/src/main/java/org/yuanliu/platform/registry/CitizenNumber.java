package org.yuanliu.platform.registry;

import java.util.Locale;

/** The citizen's identity number (公民身份号码, GB 11643-1999): 17 digits and a check character. */
final class CitizenNumber {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";

  private CitizenNumber() {}

  static boolean checkHolds(String number) {
    String value = number.toUpperCase(Locale.ROOT);
    if (value.length() != WEIGHTS.length + 1) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      sum += (c - '0') * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % CHECKS.length()) == value.charAt(WEIGHTS.length);
  }
}
