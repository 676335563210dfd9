package org.yuanliu.codes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.codes.Refusal.Reason;

/**
 * GS1 element strings (单元数据串, GB/T 16986; GS1 General Specifications 7.8), bracketed for people and
 * with FNC1 for symbols. Identifiers that do not identify (dates, weights …) are skipped by their
 * length without being understood.
 */
final class ElementString {
  static final char FNC1 = '\u001D';

  private static final char ESCAPE = '\\';

  private ElementString() {}

  /** {@code (01)09521234543213(10)ABC}; a bracket inside a value is escaped by a backslash. */
  static String bracketed(List<Element> elements) {
    StringBuilder out = new StringBuilder(48);
    for (Element element : elements) {
      out.append('(').append(element.ai().code()).append(')').append(escaped(element.value()));
    }
    return out.toString();
  }

  /** GS1 Barcode Syntax Engine's way of writing a bracket that opens no identifier. */
  static String escaped(String value) {
    return value.replace("(", "\\(");
  }

  /** As a scanner without symbology prefix hands it over: FNC1 first and after open lengths. */
  static String withFnc1(List<Element> elements) {
    StringBuilder out = new StringBuilder(48).append(FNC1);
    boolean open = false;
    for (Element element : elements) {
      if (open) {
        out.append(FNC1);
      }
      out.append(element.ai().code()).append(element.value());
      open = predefinedLength(element.ai().code()) == 0;
    }
    return out.toString();
  }

  /** The keys in a bracketed string. Throws {@link CodeException}. */
  static List<Gs1Key> readBracketed(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      int close = text.indexOf(')', at);
      if (text.charAt(at) != '(' || close < 0) {
        throw malformed();
      }
      String code = text.substring(at + 1, close);
      if (codeLength(code, 0) != code.length()) {
        throw malformed();
      }
      StringBuilder value = new StringBuilder();
      at = close + 1;
      while (at < text.length() && text.charAt(at) != '(') {
        if (text.charAt(at) == ESCAPE && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
        at++;
      }
      put(values, code, value.toString());
    }
    return keys(values);
  }

  /** The keys in a string with FNC1 as U+001D, with or without one in front. */
  static List<Gs1Key> readFnc1(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == FNC1) {
        at++;
        continue;
      }
      int codeEnd = at + codeLength(text, at);
      if (codeEnd == at || codeEnd > text.length()) {
        throw malformed();
      }
      String code = text.substring(at, codeEnd);
      int length = predefinedLength(code);
      int separator = text.indexOf(FNC1, codeEnd);
      int end = separator < 0 ? text.length() : separator;
      if (length > 0) {
        if (codeEnd + length > end) {
          throw malformed();
        }
        end = codeEnd + length;
      }
      put(values, code, text.substring(codeEnd, end));
      at = end;
    }
    return keys(values);
  }

  private static void put(Map<String, String> values, String code, String value) {
    String before = values.put(code, value);
    if (value.isEmpty() || (before != null && !before.equals(value))) {
      throw malformed();
    }
  }

  private static List<Gs1Key> keys(Map<String, String> values) {
    Map<Ai, String> known = new LinkedHashMap<>();
    values.forEach(
        (code, value) -> {
          Ai ai = Ai.ofCode(code, 0, code.length());
          if (ai != null) {
            known.put(ai, ai == Ai.GTIN ? DigitalLink.paddedGtin(value) : value);
          }
        });
    List<Gs1Key> keys = new ArrayList<>();
    known.forEach(
        (ai, value) -> {
          if (ai.isKey()) {
            keys.add(key(ai, value, known));
          }
        });
    if (keys.isEmpty()) {
      throw new CodeException(new Refusal(Reason.NO_GS1_KEY, null));
    }
    return keys;
  }

  private static Gs1Key key(Ai ai, String value, Map<Ai, String> known) {
    for (Ai qualifier : ai.qualifiers()) {
      String qualifierValue = known.get(qualifier);
      if (qualifierValue != null && qualifier.isIdentity()) {
        return Gs1Key.of(List.of(new Element(ai, value), new Element(qualifier, qualifierValue)));
      }
    }
    return Gs1Key.of(List.of(new Element(ai, value)));
  }

  /**
   * How many digits the identifier at {@code at} has, by its first two (GS1 General Specifications,
   * figure 3.2-1); 0 where none begins so.
   */
  private static int codeLength(String text, int at) {
    if (at + 2 > text.length() || !Text.digitsBetween(text, at, at + 2)) {
      return 0;
    }
    int length =
        switch (Integer.parseInt(text, at, at + 2, 10)) {
          case 0, 1, 2, 3, 10, 11, 12, 13, 15, 16, 17, 20, 21, 22, 30, 37 -> 2;
          case 90, 91, 92, 93, 94, 95, 96, 97, 98, 99 -> 2;
          case 23, 24, 25, 40, 41, 42, 71 -> 3;
          case 31, 32, 33, 34, 35, 36, 39, 43, 70, 72, 80, 81, 82 -> 4;
          default -> 0;
        };
    return at + length <= text.length() && Text.digitsBetween(text, at, at + length) ? length : 0;
  }

  /** Value lengths that need no FNC1 (GS1 General Specifications, figure 7.8.5-2); 0 for others. */
  private static int predefinedLength(String code) {
    return switch (code.substring(0, 2)) {
      case "00" -> 18;
      case "01", "02", "03" -> 14;
      case "04" -> 16;
      case "11", "12", "13", "14", "15", "16", "17", "18", "19" -> 6;
      case "20" -> 2;
      case "31", "32", "33", "34", "35", "36" -> 6;
      case "41" -> 13;
      default -> 0;
    };
  }

  private static CodeException malformed() {
    return new CodeException(new Refusal(Reason.BAD_ELEMENT_STRING, null));
  }
}
