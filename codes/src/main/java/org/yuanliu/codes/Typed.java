package org.yuanliu.codes;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text as fingers, input methods and scanners leave it, made ready for reading. */
final class Typed {
  private static final char FULL_WIDTH_FIRST = '\uFF01';
  private static final char FULL_WIDTH_LAST = '\uFF5E';
  private static final char FULL_WIDTH_OFFSET = 0xFEE0;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int SYMBOLOGY_LENGTH = 3;

  /** What scanners and their test pages put for the separator that nobody sees. */
  private static final List<String> SHOWN_SEPARATORS =
      List.of("\u241D", "<GS>", "{GS}", "[GS]", "\\x1D", "\\u001D");

  /** Between the city's letter and the number on a vehicle's plate. */
  private static final char MIDDLE_DOT = '\u00B7';

  /**
   * Symbology identifiers (ISO/IEC 15424; GS1 General Specifications 7.8.1) of symbols that hold
   * element strings: GS1-128, GS1 DataBar, GS1 DataMatrix, GS1 QR Code, GS1 DotCode.
   */
  private static final Set<String> GS1_SYMBOLOGIES = Set.of("]C1", "]e0", "]d2", "]Q3", "]J1");

  /**
   * Identifiers whose values are long and closed by a check digit, so that a bare text that begins
   * so is an element string by more than chance.
   */
  private static final Set<Ai> TELLING =
      Set.of(
          Ai.SSCC,
          Ai.GTIN,
          Ai.GDTI,
          Ai.GCN,
          Ai.GSIN,
          Ai.GLN,
          Ai.PARTY_GLN,
          Ai.GRAI,
          Ai.ITIP,
          Ai.GSRN_PROVIDER,
          Ai.GSRN_RECIPIENT);

  private Typed() {}

  /**
   * Full-width forms (全角) as ASCII; the separator of GS1 element strings as U+001D, however a
   * scanner shows it; other white space off both ends.
   */
  static String normalised(String typed) {
    String text = typed;
    for (String shown : SHOWN_SEPARATORS) {
      text = text.replace(shown, String.valueOf(ElementString.FNC1));
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(
          c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST ? (char) (c - FULL_WIDTH_OFFSET) : c);
    }
    int from = 0;
    int to = out.length();
    while (from < to && isBlank(out.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(out.charAt(to - 1))) {
      to--;
    }
    return out.substring(from, to);
  }

  static boolean isGs1Symbology(String text) {
    return text.length() > SYMBOLOGY_LENGTH
        && GS1_SYMBOLOGIES.contains(text.substring(0, SYMBOLOGY_LENGTH));
  }

  /** The text without {@code ]} and the two characters after it, where it begins so. */
  static String withoutSymbology(String text) {
    return text.length() > SYMBOLOGY_LENGTH
            && text.charAt(0) == ']'
            && Character.isLetter(text.charAt(1))
            && Text.isDigit(text.charAt(2))
        ? text.substring(SYMBOLOGY_LENGTH)
        : text;
  }

  static String withoutSpaces(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** Capitals, without spaces and without hyphens and dashes of any length. */
  static String compact(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isBlank(c) && !isDash(c)) {
        out.append(c);
      }
    }
    return out.toString().toUpperCase(Locale.ROOT);
  }

  /** A link whose https:// was left out: a name with a dot, then a path. */
  static boolean looksLikeHostAndPath(String text) {
    int slash = text.indexOf('/');
    int dot = text.indexOf('.');
    return dot > 0 && slash > dot && text.indexOf(' ') < 0;
  }

  /** Symbols of retail (EAN, UPC) hold GTINs and nothing else. */
  static boolean isRetailSymbology(String text) {
    return text.startsWith("]E") && !withoutSymbology(text).equals(text);
  }

  /** A bracket and digits: an element string rather than a licence that begins with a bracket. */
  static boolean isBracketed(String text) {
    int at = 1;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return text.startsWith("(")
        && (at >= text.length() || Text.isDigit(text.charAt(at)) || text.charAt(at) == ')');
  }

  /** Without spaces and middle dots, dashes of any length as hyphens; letters as they are. */
  static String exact(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isBlank(c) && c != MIDDLE_DOT) {
        out.append(isDash(c) ? '-' : c);
      }
    }
    return out.toString();
  }

  static boolean mayBeElementString(String compact) {
    for (Ai ai : TELLING) {
      if (compact.startsWith(ai.code())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(char c) {
    return c != ElementString.FNC1
        && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK);
  }

  private static boolean isDash(char c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212';
  }
}
