package org.yuanliu.codes;

import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986) of the ASCII characters that GS1 values consist of. */
final class PercentCode {
  private static final String HEX = "0123456789ABCDEF";

  /** Characters besides letters and digits that RFC 3986 calls unreserved. */
  private static final String LINK_LITERALS = "-._~";

  /** Characters besides letters and digits that TDS 6.3 leaves as they are in an EPC URN. */
  private static final String EPC_LITERALS = "!'()*+,-.:;=_";

  private PercentCode() {}

  /** The decoded text, or null where an escape is cut, not hexadecimal or not ASCII. */
  static @Nullable String decode(String text, int from, int to) {
    if (text.indexOf('%', from, to) < 0) {
      return text.substring(from, to);
    }
    StringBuilder out = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      if (i + 2 >= to) {
        return null;
      }
      int high = Character.digit(text.charAt(i + 1), 16);
      int low = Character.digit(text.charAt(i + 2), 16);
      if (high < 0 || high > 7 || low < 0) {
        return null;
      }
      out.append((char) (high * 16 + low));
      i += 2;
    }
    return out.toString();
  }

  static void encodeForLink(String value, StringBuilder out) {
    encode(value, LINK_LITERALS, out);
  }

  static void encodeForEpc(String value, StringBuilder out) {
    encode(value, EPC_LITERALS, out);
  }

  private static void encode(String value, String literals, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isLetterOrDigit(c) || literals.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
