package org.yuanliu.epcis;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values in the canonical form of the event hash (rules 5 to 9 and 14 to 18). */
final class CanonicalText {
  private static final String CBV_URN = "urn:epcglobal:cbv:";

  private CanonicalText() {}

  /** A quantity without trailing zeros or exponent: 1.0, 1 and 1e0 are all 1. */
  static String number(JsonNode number) {
    if (number.isInt() || number.isLong() || number.isBigInteger()) {
      return number.asString();
    }
    return number(number.decimalValue());
  }

  static String number(BigDecimal value) {
    PreHashText out = new PreHashText();
    appendNumber(out, value);
    return out.toString();
  }

  /** Writes a quantity in its canonical form. */
  static void appendNumber(PreHashText out, BigDecimal value) {
    if (value.signum() == 0) {
      out.append('0');
    } else if (value.scale() < 0 || value.scale() > value.precision()) {
      out.append(value.stripTrailingZeros().toPlainString());
    } else {
      // Written without an exponent: so the zeros at its end can be left out of the text.
      out.append(value.toString());
      if (value.scale() > 0) {
        out.dropZeros();
      }
    }
  }

  /** An identifier or address: expanded, GS1 keys as canonical Digital Link. */
  static String uri(String text, LdContext context) {
    return Identifiers.canonical(text.strip(), context);
  }

  /**
   * The value of an extension, of which no schema tells the type: what reads as a quantity with
   * decimals loses trailing zeros, identifiers and CBV terms become canonical, other text stays. A
   * text such as 007 stays: it is a number of something, not a quantity.
   */
  static String extension(JsonNode value, boolean identifier, LdContext context) {
    if (value.isNumber()) {
      return number(value);
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "true" : "false";
    }
    String text = value.stringValue().strip();
    if (identifier) {
      text = context.expand(text);
    }
    if (text.startsWith("http") || text.startsWith("urn:epc:")) {
      return Identifiers.canonical(text, LdContext.DEFAULT);
    }
    if (text.startsWith(CBV_URN)) {
      String term = standardTerm(text);
      return term == null ? text : term;
    }
    return withoutTrailingZeros(text);
  }

  private static @Nullable String standardTerm(String urn) {
    for (CbvVocabulary vocabulary : CbvVocabulary.values()) {
      String term = vocabulary.canonical(urn, LdContext.DEFAULT);
      if (term != null) {
        return term;
      }
    }
    return null;
  }

  /** 23.0 as 23 and 3.50 as 3.5; anything that is no plain decimal as it is. */
  private static String withoutTrailingZeros(String text) {
    int point = text.indexOf('.');
    if (point <= 0 || point == text.length() - 1) {
      return text;
    }
    int first = text.charAt(0) == '-' ? 1 : 0;
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i != point && (c < '0' || c > '9')) {
        return text;
      }
    }
    if (point == first || (point > first + 1 && text.charAt(first) == '0')) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    if (text.charAt(end - 1) == '.') {
      end--;
    }
    String number = text.substring(0, end);
    return number.equals("-0") ? "0" : number;
  }
}
