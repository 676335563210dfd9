package org.yuanliu.codes;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * EPC URNs of GS1 keys (GS1 EPC Tag Data Standard 2.x, section 6.3; CBV 2.0, section 8): instances
 * {@code urn:epc:id:}, classes {@code urn:epc:class:lgtin:} and patterns {@code urn:epc:idpat:}
 * whose last field is a star.
 */
final class EpcUrn {
  private static final String PREFIX = "urn:epc:";
  private static final String STAR = "*";
  private static final String TAG = "tag:";

  /** GS1 company prefixes have 4 to 12 digits (TDS 2.0). */
  static final int COMPANY_PREFIX_MIN = 4;

  static final int COMPANY_PREFIX_MAX = 12;

  private static final Set<String> GS1_SCHEMES =
      Set.of(
          "sgtin", "upui", "itip", "sscc", "sgln", "pgln", "gsin", "gsrn", "gsrnp", "grai", "gdti",
          "sgcn", "giai", "ginc", "cpi");

  private EpcUrn() {}

  static boolean isEpcUrn(String uri) {
    return uri.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * The pure identity of a tag URI ({@code urn:epc:tag:sgtin-96:3.0614141.812345.6789}), without
   * the tag's size and filter value (TDS 12.3.1); any other URI as it is.
   */
  static String withoutTag(String uri) {
    String head = PREFIX + TAG;
    int scheme = head.length();
    int size = uri.indexOf('-', scheme);
    int body = uri.indexOf(':', scheme);
    int filter = uri.indexOf('.', scheme);
    return uri.regionMatches(true, 0, head, 0, scheme) && size > 0 && size < body && body < filter
        ? PREFIX + "id:" + uri.substring(scheme, size) + ":" + uri.substring(filter + 1)
        : uri;
  }

  static Gs1Parse parse(String uri) {
    int kindEnd = uri.indexOf(':', PREFIX.length());
    int schemeEnd = kindEnd < 0 ? -1 : uri.indexOf(':', kindEnd + 1);
    if (schemeEnd < 0) {
      return bad();
    }
    String scheme = uri.substring(kindEnd + 1, schemeEnd);
    String body = uri.substring(schemeEnd + 1);
    return switch (uri.substring(PREFIX.length(), kindEnd)) {
      case "id" -> instance(scheme, body);
      case "class" -> scheme.equals("lgtin") ? tradeItem(body, Ai.BATCH, false) : bad();
      case "idpat" -> pattern(scheme, body);
      default -> bad();
    };
  }

  /**
   * Whether an EPC URN is of a scheme that holds a GS1 key and names an instance or a lot. Patterns
   * are left out: one with more than its last field open names no class and is right all the same.
   */
  static boolean namesGs1Scheme(String uri) {
    int kindEnd = uri.indexOf(':', PREFIX.length());
    int schemeEnd = kindEnd < 0 ? -1 : uri.indexOf(':', kindEnd + 1);
    if (schemeEnd < 0) {
      return false;
    }
    String scheme = uri.substring(kindEnd + 1, schemeEnd);
    return switch (uri.substring(PREFIX.length(), kindEnd)) {
      case "id" -> GS1_SCHEMES.contains(scheme);
      case "class" -> scheme.equals("lgtin");
      default -> false;
    };
  }

  private static Gs1Parse instance(String scheme, String body) {
    return switch (scheme) {
      case "sgtin" -> tradeItem(body, Ai.SERIAL, false);
      case "upui" -> tradeItem(body, Ai.TPX, false);
      case "itip" -> itip(body, false);
      case "sscc" -> sscc(body);
      case "sgln" -> sgln(body);
      case "pgln" -> twoFields(body, Ai.PARTY_GLN, "", 12);
      case "gsin" -> twoFields(body, Ai.GSIN, "", 16);
      case "gsrn" -> twoFields(body, Ai.GSRN_RECIPIENT, "", 17);
      case "gsrnp" -> twoFields(body, Ai.GSRN_PROVIDER, "", 17);
      case "grai" -> typeAndSerial(body, Ai.GRAI, "0", false);
      case "gdti" -> typeAndSerial(body, Ai.GDTI, "", false);
      case "sgcn" -> typeAndSerial(body, Ai.GCN, "", false);
      case "giai" -> prefixAndReference(body, Ai.GIAI);
      case "ginc" -> prefixAndReference(body, Ai.GINC);
      case "cpi" -> cpi(body, false);
      default -> bad();
    };
  }

  /** A pattern names a class only where everything but the serial number is given. */
  private static Gs1Parse pattern(String scheme, String body) {
    return switch (scheme) {
      case "sgtin" -> tradeItem(body, Ai.SERIAL, true);
      case "upui" -> tradeItem(body, Ai.TPX, true);
      case "itip" -> itip(body, true);
      case "grai" -> typeAndSerial(body, Ai.GRAI, "0", true);
      case "gdti" -> typeAndSerial(body, Ai.GDTI, "", true);
      case "sgcn" -> typeAndSerial(body, Ai.GCN, "", true);
      case "cpi" -> cpi(body, true);
      default -> bad();
    };
  }

  private static Gs1Parse tradeItem(String body, Ai qualifier, boolean pattern) {
    String[] fields = fields(body, 3);
    String gtin = fields == null ? null : gtin(fields[0], fields[1]);
    if (fields == null || gtin == null) {
      return bad();
    }
    if (pattern) {
      return fields[2].equals(STAR) ? Gs1Parse.of(Ai.GTIN, gtin) : bad();
    }
    return qualified(Ai.GTIN, gtin, qualifier, fields[2]);
  }

  private static Gs1Parse itip(String body, boolean pattern) {
    String[] fields = fields(body, 5);
    String gtin = fields == null ? null : gtin(fields[0], fields[1]);
    if (fields == null || gtin == null || fields[2].length() != 2 || fields[3].length() != 2) {
      return bad();
    }
    String piece = gtin + fields[2] + fields[3];
    if (pattern) {
      return fields[4].equals(STAR) ? Gs1Parse.of(Ai.ITIP, piece) : bad();
    }
    return qualified(Ai.ITIP, piece, Ai.SERIAL, fields[4]);
  }

  private static Gs1Parse sscc(String body) {
    String[] fields = fields(body, 2);
    if (fields == null || fields[1].isEmpty()) {
      return bad();
    }
    // The extension digit stands first in the SSCC and before the serial reference in the URN.
    String key = fields[1].charAt(0) + fields[0] + fields[1].substring(1);
    return checked(fields[0], key, Ai.SSCC, "", 17);
  }

  private static Gs1Parse sgln(String body) {
    String[] fields = fields(body, 3);
    if (fields == null) {
      return bad();
    }
    Gs1Parse gln = checked(fields[0], fields[0] + fields[1], Ai.GLN, "", 12);
    // TDS 6.3.3: the extension "0" says that there is none.
    return gln.isOk() && !fields[2].equals("0")
        ? qualified(Ai.GLN, gln.elements().getFirst().value(), Ai.GLN_EXTENSION, fields[2])
        : gln;
  }

  private static Gs1Parse twoFields(String body, Ai key, String filler, int length) {
    String[] fields = fields(body, 2);
    return fields == null ? bad() : checked(fields[0], fields[0] + fields[1], key, filler, length);
  }

  private static Gs1Parse typeAndSerial(String body, Ai key, String filler, boolean pattern) {
    String[] fields = fields(body, 3);
    if (fields == null) {
      return bad();
    }
    String type = fields[0] + fields[1];
    if (!isCompanyPrefix(fields[0]) || type.length() != 12 || !Text.allDigits(type)) {
      return bad();
    }
    String value = CheckDigits.withGs1(filler + type);
    if (pattern) {
      return fields[2].equals(STAR) ? Gs1Parse.of(key, value) : bad();
    }
    String serial = PercentCode.decode(fields[2], 0, fields[2].length());
    return serial == null || serial.isEmpty() ? bad() : Gs1Parse.of(key, value + serial);
  }

  private static Gs1Parse prefixAndReference(String body, Ai key) {
    String[] fields = fields(body, 2);
    if (fields == null || !isCompanyPrefix(fields[0])) {
      return bad();
    }
    String reference = PercentCode.decode(fields[1], 0, fields[1].length());
    return reference == null || reference.isEmpty()
        ? bad()
        : Gs1Parse.of(key, fields[0] + reference);
  }

  private static Gs1Parse cpi(String body, boolean pattern) {
    String[] fields = fields(body, 3);
    if (fields == null || !isCompanyPrefix(fields[0])) {
      return bad();
    }
    String part = PercentCode.decode(fields[1], 0, fields[1].length());
    if (part == null || part.isEmpty()) {
      return bad();
    }
    if (pattern) {
      return fields[2].equals(STAR) ? Gs1Parse.of(Ai.CPID, fields[0] + part) : bad();
    }
    return qualified(Ai.CPID, fields[0] + part, Ai.CPID_SERIAL, fields[2]);
  }

  private static Gs1Parse checked(
      String companyPrefix, String digits, Ai key, String filler, int length) {
    if (!isCompanyPrefix(companyPrefix) || digits.length() != length || !Text.allDigits(digits)) {
      return bad();
    }
    return Gs1Parse.of(key, CheckDigits.withGs1(filler + digits));
  }

  private static Gs1Parse qualified(Ai key, String value, Ai qualifier, String encoded) {
    String decoded = PercentCode.decode(encoded, 0, encoded.length());
    return decoded == null ? bad() : Gs1Parse.of(key, value, qualifier, decoded);
  }

  /** The GTIN-14 of a company prefix and an indicator with its item reference, or null. */
  private static @Nullable String gtin(String companyPrefix, String indicatorAndItem) {
    if (!isCompanyPrefix(companyPrefix)
        || indicatorAndItem.isEmpty()
        || companyPrefix.length() + indicatorAndItem.length() != 13
        || !Text.allDigits(indicatorAndItem)) {
      return null;
    }
    return CheckDigits.withGs1(
        indicatorAndItem.charAt(0) + companyPrefix + indicatorAndItem.substring(1));
  }

  private static boolean isCompanyPrefix(String text) {
    return text.length() >= COMPANY_PREFIX_MIN
        && text.length() <= COMPANY_PREFIX_MAX
        && Text.allDigits(text);
  }

  /**
   * The text cut at its first dots; the last field keeps its own. Null where fields are missing.
   */
  private static String @Nullable [] fields(String body, int count) {
    String[] fields = new String[count];
    int from = 0;
    for (int i = 0; i < count - 1; i++) {
      int dot = body.indexOf('.', from);
      if (dot < 0) {
        return null;
      }
      fields[i] = body.substring(from, dot);
      from = dot + 1;
    }
    fields[count - 1] = body.substring(from);
    return fields;
  }

  private static Gs1Parse bad() {
    return Gs1Parse.failed(Reason.BAD_URN);
  }
}
