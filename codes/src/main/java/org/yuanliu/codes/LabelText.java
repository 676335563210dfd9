package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts of several parts, as labels and QR codes hold them: lines, and words before a colon or an
 * equals sign. And the values that a link carries.
 */
final class LabelText {
  /** Labels have a dozen lines at most. */
  private static final int MAX_PARTS = 32;

  /** Links in use carry a handful. */
  private static final int MAX_VALUES = 16;

  /** What is shorter than a GTIN-13 says too little by itself to be taken out of a link. */
  private static final int MIN_VALUE_LENGTH = 13;

  /** 条码, 码号: one character before digits is part of a code (陕A12345) rather than a label. */
  private static final int MIN_WORDS = 2;

  /** A division code, the shortest. */
  private static final int MIN_AFTER_WORDS = 6;

  private static final String SEPARATORS = "\n\r;；,，、|\t";

  private LabelText() {}

  /**
   * One part.
   *
   * @param label the words before its content, empty where there are none
   */
  record Part(String label, String content) {
    Part {
      requireNonNull(label, "label is null");
      requireNonNull(content, "content is null");
    }

    /** Short codes count only where the words before them name their scheme. */
    boolean mayBe(Code code) {
      return switch (code.scheme()) {
        case DIVISION, NODE, GOODS, ORGANISATION, GTIN, GLN, OPERATOR, PLATE ->
            label.contains(code.scheme().zhName())
                || label.equalsIgnoreCase(code.scheme().id())
                || content.length() >= MIN_VALUE_LENGTH;
        default -> true;
      };
    }
  }

  /** Whether a text has lines or words before a colon, so that its parts may be read apart. */
  static boolean hasParts(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (SEPARATORS.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return !DigitalLink.isWebUri(text) && (labelEnd(text) > 0 || wordsEnd(text) > 0);
  }

  static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    joinedDrugCode(text, parts);
    int from = 0;
    while (from <= text.length() && parts.size() < MAX_PARTS) {
      int to = from;
      while (to < text.length() && SEPARATORS.indexOf(text.charAt(to)) < 0) {
        to++;
      }
      String part = text.substring(from, to).strip();
      int label = labelEnd(part);
      int words = label > 0 ? -1 : wordsEnd(part);
      String content =
          label > 0
              ? part.substring(label + 1).strip()
              : words > 0 ? part.substring(words).strip() : part;
      if (!content.isEmpty()) {
        parts.add(
            new Part(part.substring(0, Math.max(0, Math.max(label, words))).strip(), content));
      }
      from = to + 1;
    }
    return parts;
  }

  /** Boxes print 药品标识码：8385793 序列号：0000879766660, which together are the trace code. */
  private static void joinedDrugCode(String text, List<Part> parts) {
    String product = digitsAfter(text, "药品标识码");
    String serial = digitsAfter(text, "序列号");
    if (product.length() + serial.length() == DrugTraceCode.LENGTH) {
      parts.add(new Part(Scheme.DRUG.zhName(), product + serial));
    }
  }

  private static String digitsAfter(String text, String label) {
    int at = text.indexOf(label);
    if (at < 0) {
      return "";
    }
    int from = at + label.length();
    while (from < text.length() && (":： ".indexOf(text.charAt(from)) >= 0)) {
      from++;
    }
    int to = from;
    while (to < text.length() && Text.isDigit(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  /** Where the words before a value end, or -1: a colon or equals sign that is no URI's. */
  private static int labelEnd(String part) {
    if (DigitalLink.isWebUri(part)
        || EpcUrn.isEpcUrn(part)
        || OwnUrn.isOwnUrn(part)
        || Oid.isOidUrn(part)
        || Ecode.fits(part)) {
      return -1;
    }
    for (int i = 1; i < part.length() - 1; i++) {
      char c = part.charAt(i);
      if (c == ':' || c == '：' || c == '=') {
        return i;
      }
    }
    return -1;
  }

  /** Where Chinese words end that stand before a value without any sign: 追溯码 6101…; or -1. */
  private static int wordsEnd(String part) {
    int end = 0;
    while (end < part.length() && Character.isIdeographic(part.charAt(end))) {
      end++;
    }
    String rest = part.substring(end).strip();
    boolean apart = end < part.length() && Character.isWhitespace(part.charAt(end));
    boolean isValue =
        rest.length() >= MIN_AFTER_WORDS
            && (apart || Text.allPrintableAscii(rest))
            && rest.chars().anyMatch(c -> Text.isDigit((char) c));
    return end >= MIN_WORDS && isValue ? end : -1;
  }

  /** The values of a link's query and the last segment of its path, decoded, the long ones. */
  static List<String> valuesInLink(String uri) {
    List<String> values = new ArrayList<>();
    int fragment = uri.indexOf('#');
    String whole = fragment < 0 ? uri : uri.substring(0, fragment);
    int query = whole.indexOf('?');
    String path = query < 0 ? whole : whole.substring(0, query);
    String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    addValue(end, end.lastIndexOf('/') + 1, end.length(), values);
    int from = query < 0 ? whole.length() : query + 1;
    while (from < whole.length() && values.size() < MAX_VALUES) {
      int next = whole.indexOf('&', from);
      int to = next < 0 ? whole.length() : next;
      int equals = whole.indexOf('=', from, to);
      addValue(whole, equals < 0 ? from : equals + 1, to, values);
      from = to + 1;
    }
    if (fragment >= 0) {
      addValue(uri, fragment + 1, uri.length(), values);
    }
    return values;
  }

  private static void addValue(String text, int from, int to, List<String> values) {
    String value = PercentCode.decodeUtf8(text, from, to);
    if (value != null && value.length() >= MIN_VALUE_LENGTH) {
      values.add(value);
    }
  }
}
