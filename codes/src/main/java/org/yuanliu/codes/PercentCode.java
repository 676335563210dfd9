package org.yuanliu.codes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding (RFC 3986) of GS1 values, which are ASCII, and of UTF-8 text in our own URNs.
 */
final class PercentCode {
  private static final String HEX = "0123456789ABCDEF";

  /**
   * Characters besides letters and digits that a link writes as they are: those that RFC 3986 calls
   * unreserved, and those of its path characters that GS1 Digital Link does not ask to escape.
   */
  private static final String LINK_LITERALS = "-._~';=";

  /** Characters besides letters and digits that TDS 6.3 leaves as they are in an EPC URN. */
  private static final String EPC_LITERALS = "!'()*+,-.:;=_";

  /** Characters besides letters and digits that RFC 8141 takes in a URN. */
  private static final String URN_LITERALS = "-._~!$&'()*+,;=:@";

  /** What a link writes as it is, as bits: characters below 64, and the others of ASCII. */
  static final long PLAIN =
      (0x3FFL << '0') | (1L << '-') | (1L << '.') | (1L << '\'') | (1L << ';') | (1L << '=');

  static final long PLAIN_FROM_64 =
      (0x3FFFFFFL << ('A' - 64))
          | (0x3FFFFFFL << ('a' - 64))
          | (1L << ('_' - 64))
          | (1L << ('~' - 64));

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

  /** The decoded text, or null where an escape is cut, not hexadecimal or no UTF-8. */
  static @Nullable String decodeUtf8(String text, int from, int to) {
    if (text.indexOf('%', from, to) < 0) {
      return text.substring(from, to);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; ) {
      if (text.charAt(i) == '%') {
        int high = i + 2 < to ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < to ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.write(high * 16 + low);
        i += 3;
      } else {
        int next = text.indexOf('%', i, to);
        int end = next < 0 ? to : next;
        bytes.writeBytes(text.substring(i, end).getBytes(UTF_8));
        i = end;
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  static void encodeForUrn(String value, StringBuilder out) {
    for (byte b : value.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isLetterOrDigit(c) || URN_LITERALS.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
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
