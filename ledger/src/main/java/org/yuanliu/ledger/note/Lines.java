package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** What notes, keys and checkpoints have in common: UTF-8, names, base64, decimal numbers. */
final class Lines {
  private static final int NEXT_LINE = 0x85;
  private static final int MAX_DIGITS = 19;

  private Lines() {}

  /** The text of the bytes, which must be UTF-8 without control characters but line feeds. */
  static String text(byte[] bytes) throws NoteException {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw malformed("a control character");
    }
    return text;
  }

  /** Whether a key may have this name: not empty, no white space of Unicode, no plus. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                c ->
                    c < ' '
                        || c == '+'
                        || c == NEXT_LINE
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.SURROGATE);
  }

  /** The bytes of a base64 text (RFC 4648 §4) in its one canonical form. */
  static byte[] base64(String text) throws NoteException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed("not base64");
    }
    if (!base64(bytes).equals(text)) {
      throw malformed("base64 that is not canonical");
    }
    return bytes;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A number from 0 to 2^63−1 in decimal ASCII digits without leading zeroes. */
  static long number(String text) throws NoteException {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
            && (text.length() == 1 || text.charAt(0) != '0');
    if (digits) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw malformed("a number over 2^63-1");
      }
    }
    throw malformed("not a decimal number");
  }

  static NoteException malformed(String what) {
    return new NoteException(NoteException.Code.MALFORMED, what);
  }
}
