package org.yuanliu.epcis;

/** Lexical checks of URIs, without allocating: every identifier of every event passes here. */
final class Uris {
  private static final String BLANK = "_:";

  private static final boolean[] FORBIDDEN = new boolean[128];

  static {
    for (int c = 0; c <= ' '; c++) {
      FORBIDDEN[c] = true;
    }
    for (char c : "<>\"{}|\\^`\u007f".toCharArray()) {
      FORBIDDEN[c] = true;
    }
  }

  private Uris() {}

  /**
   * Whether the text is an absolute URI (RFC 3986 §4.3) or a compact one, which looks alike.
   * Letters beyond ASCII are accepted as in an IRI (RFC 3987): {@code xsd:anyURI} of the XML
   * binding has them, and a place's Chinese name in a path harms nobody. An underscore in the
   * scheme is accepted because prefixes have it.
   */
  static boolean isAbsolute(String text) {
    int colon = schemeEnd(text);
    if (colon < 0 || colon == text.length() - 1) {
      return false;
    }
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 128) {
        if (FORBIDDEN[c] || (c == '%' && !hexPairAt(text, i + 1))) {
          return false;
        }
      } else if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }

  /** "_:x": a name within one document of JSON-LD. */
  static boolean isBlankNode(String text) {
    return text.startsWith(BLANK) && isAbsolute("blank" + text.substring(1));
  }

  /** Index of the colon that ends the scheme or prefix, or -1 where there is none. */
  static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        // "_:x" names something within one document of JSON-LD only.
        return i == 0 || (i == 1 && text.charAt(0) == '_') ? -1 : i;
      }
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && !(i > 0 && later)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean hexPairAt(String text, int index) {
    return index + 1 < text.length()
        && Character.digit(text.charAt(index), 16) >= 0
        && Character.digit(text.charAt(index + 1), 16) >= 0
        && text.charAt(index) < 128
        && text.charAt(index + 1) < 128;
  }
}
