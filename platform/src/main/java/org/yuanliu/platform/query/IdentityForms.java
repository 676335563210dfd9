package org.yuanliu.platform.query;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of the units that a pure identity pattern stands for, as a regular expression
 * (GS1 Tag Data Standard 1.13 §8 and the schemes' layouts in §6.3; Digital Link URI Syntax §4).
 * What is not given is given by no character class that could run twice over the same text.
 */
final class IdentityForms {
  private static final String ROOT = "https://id\\.gs1\\.org/";
  private static final String ANY = "[^/]+";

  /** Digits of company prefix and reference together, without the check digit. */
  private static final int PREFIX_AND_REFERENCE = 12;

  private static final int SSCC_DIGITS = 16;
  private static final int GSRN_DIGITS = 17;
  private static final int GSIN_DIGITS = 16;

  private static final Set<String> PLAIN = Set.of("gid", "usdod", "adi", "bic", "imovn");

  private IdentityForms() {}

  /**
   * @param parts with a star at the end at least
   * @return null where the scheme has not so many parts or a part is none of its own
   */
  static @Nullable String of(String scheme, List<String> parts, boolean classes) {
    if (PLAIN.contains(scheme)) {
      return plain(scheme, parts);
    }
    String company = parts.getFirst();
    String second = parts.size() > 1 ? parts.get(1) : "";
    boolean free = scheme.equals("cpi");
    if (!digits(company, 4, 12) || (!free && !digits(second, 1, PREFIX_AND_REFERENCE))) {
      return null;
    }
    String path = path(scheme, company, second, parts, classes);
    return path == null ? null : ROOT + path;
  }

  private static @Nullable String path(
      String scheme, String company, String second, List<String> parts, boolean classes) {
    return switch (scheme) {
      case "sgtin" ->
          parts.size() == 3
              ? "01/" + tradeItem(company, second, classes ? "" : "/21/" + ANY)
              : null;
      case "lgtin" -> parts.size() == 3 ? "01/" + tradeItem(company, second, "/10/" + ANY) : null;
      case "upui" -> parts.size() == 3 ? "01/" + tradeItem(company, second, "/235/" + ANY) : null;
      case "itip" ->
          parts.size() == 5
              ? "8006/"
                  + tradeItem(
                      company, second, pair(parts.get(2)) + pair(parts.get(3)) + "/21/" + ANY)
              : null;
      case "sscc" ->
          parts.size() == 2 ? "00/[0-9]" + numbers(company, second, SSCC_DIGITS, "[0-9]") : null;
      case "sgln" ->
          parts.size() == 3
              ? "414/"
                  + numbers(company, second, PREFIX_AND_REFERENCE, "[0-9](?:/254/" + ANY + ")?")
              : null;
      case "pgln" ->
          parts.size() == 2
              ? "417/" + numbers(company, second, PREFIX_AND_REFERENCE, "[0-9]")
              : null;
      case "grai" ->
          parts.size() == 3
              ? "8003/0" + numbers(company, second, PREFIX_AND_REFERENCE, "[0-9]" + ANY)
              : null;
      case "gdti" ->
          parts.size() == 3
              ? "253/" + numbers(company, second, PREFIX_AND_REFERENCE, "[0-9]" + ANY)
              : null;
      case "sgcn" ->
          parts.size() == 3
              ? "255/" + numbers(company, second, PREFIX_AND_REFERENCE, "[0-9]" + ANY)
              : null;
      case "gsrn" ->
          parts.size() == 2 ? "8018/" + numbers(company, second, GSRN_DIGITS, "[0-9]") : null;
      case "gsrnp" ->
          parts.size() == 2 ? "8017/" + numbers(company, second, GSRN_DIGITS, "[0-9]") : null;
      case "gsin" ->
          parts.size() == 2 ? "402/" + numbers(company, second, GSIN_DIGITS, "[0-9]") : null;
      case "giai" -> parts.size() == 2 ? "8004/" + (isStar(company) ? "" : company) + ANY : null;
      case "ginc" -> parts.size() == 2 ? "401/" + (isStar(company) ? "" : company) + ANY : null;
      case "cpi" ->
          parts.size() == 3
              ? "8010/"
                  + (isStar(company) ? "" : company)
                  + (isStar(second) ? ANY : Pattern.quote(second))
                  + (classes ? "" : "/8011/[0-9]+")
              : null;
      default -> null;
    };
  }

  /** Schemes that hold no GS1 key stay URNs. */
  private static String plain(String scheme, List<String> parts) {
    StringBuilder form = new StringBuilder("urn:epc:id:").append(scheme).append(':');
    for (int i = 0; i < parts.size(); i++) {
      form.append(i == 0 ? "" : "\\.");
      form.append(isStar(parts.get(i)) ? "[^.]+" : Pattern.quote(parts.get(i)));
    }
    return form.toString();
  }

  /** GTIN-14: the indicator stands before the prefix and comes first in the reference. */
  private static String tradeItem(String company, String reference, String tail) {
    if (isStar(company)) {
      return "[0-9]{14}" + tail;
    }
    if (isStar(reference)) {
      return "[0-9]" + company + "[0-9]{" + (13 - company.length()) + "}" + tail;
    }
    return reference.charAt(0) + company + reference.substring(1) + "[0-9]" + tail;
  }

  private static String numbers(String company, String reference, int length, String tail) {
    if (isStar(company)) {
      return "[0-9]{" + length + "}" + tail;
    }
    if (isStar(reference)) {
      return company + "[0-9]{" + Math.max(0, length - company.length()) + "}" + tail;
    }
    return company + reference + tail;
  }

  private static String pair(String part) {
    return isStar(part) ? "[0-9]{2}" : part;
  }

  private static boolean isStar(String part) {
    return part.equals("*");
  }

  /** A company prefix has 4 to 12 digits (GS1 General Specifications §1.4.4). */
  private static boolean digits(String part, int min, int max) {
    return isStar(part)
        || (part.length() >= min
            && part.length() <= max
            && part.chars().allMatch(c -> c >= '0' && c <= '9'));
  }
}
