package org.yuanliu.platform.personal;

import java.util.regex.Pattern;

/** Values as they are shown to who has not said why he looks. */
final class Mask {
  private static final Pattern PHONE = Pattern.compile("1[0-9]{10}");
  private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z()/-]{6,}");

  /** Letters of a name that is shown by its family name alone. */
  private static final int NAME = 6;

  /** Of an address: province and city. */
  private static final int ADDRESS = 6;

  private Mask() {}

  /** 张*, 138****1234, 610***********1234, the first six letters of an address. */
  static String of(String value) {
    String text = value.strip();
    int length = text.codePointCount(0, text.length());
    if (length == 0) {
      return "";
    }
    if (PHONE.matcher(text).matches()) {
      return text.substring(0, 3) + "****" + text.substring(7);
    }
    if (NUMBER.matcher(text).matches()) {
      int shown = length >= 15 ? 4 : 2;
      int first = length >= 15 ? 3 : 1;
      return text.substring(0, first)
          + "*".repeat(length - first - shown)
          + text.substring(length - shown);
    }
    int first = length <= NAME ? 1 : Math.min(ADDRESS, length / 2);
    String head = text.substring(0, text.offsetByCodePoints(0, first));
    return head + (length <= NAME ? "*".repeat(Math.max(1, length - 1)) : "****");
  }
}
