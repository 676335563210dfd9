package org.yuanliu.codes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * GS1 Digital Link URIs (GS1 Digital Link Standard: URI Syntax, 1.0 to 1.6), uncompressed, on any
 * host, with the words for application identifiers that 1.0 to 1.2 have ({@code /gtin/}). What is
 * written is the constrained canonical form of CBV 2.0, section 8.9: id.gs1.org, no query, the key
 * and its finest qualifier only.
 */
final class DigitalLink {
  static final String CANONICAL_ROOT = "https://id.gs1.org";

  private static final String HTTPS = "https://";
  private static final String HTTP = "http://";
  private static final int GTIN_LENGTH = 14;

  private DigitalLink() {}

  static boolean isWebUri(String uri) {
    return uri.regionMatches(true, 0, HTTPS, 0, HTTPS.length())
        || uri.regionMatches(true, 0, HTTP, 0, HTTP.length());
  }

  /**
   * Reads the first key in the path whose value is right. What stands before it is a path stem of
   * the resolver; what follows must be qualifiers of that key and nothing else.
   */
  static Gs1Parse parse(String uri) {
    int pathStart = uri.indexOf('/', uri.indexOf("://") + "://".length());
    int end = pathEnd(uri);
    if (pathStart < 0 || pathStart >= end) {
      return Gs1Parse.failed(Reason.NO_GS1_KEY);
    }
    Reason firstProblem = Reason.NO_GS1_KEY;
    for (int from = pathStart + 1; from < end; from = segmentEnd(uri, from, end) + 1) {
      int to = segmentEnd(uri, from, end);
      Ai key = Ai.ofSegment(uri, from, to);
      if (key == null || !key.isKey() || to + 1 >= end) {
        continue;
      }
      int valueEnd = segmentEnd(uri, to + 1, end);
      String value = keyValue(key, PercentCode.decode(uri, to + 1, valueEnd));
      Reason problem = value == null ? Reason.CHARACTER : key.problem(value);
      if (value != null && problem == null) {
        return parseQualifiers(uri, key, value, valueEnd + 1, end);
      }
      if (firstProblem == Reason.NO_GS1_KEY && problem != null) {
        firstProblem = problem;
      }
    }
    return Gs1Parse.failed(firstProblem);
  }

  /**
   * Whether a link is written as {@link #write} would: told in one walk and without taking it
   * apart, because most identifiers of most events are. False also where a key is wrong.
   */
  static boolean isCanonical(String uri) {
    int end = uri.length();
    int from = CANONICAL_ROOT.length() + 1;
    if (from >= end || !uri.startsWith(CANONICAL_ROOT) || uri.charAt(from - 1) != '/') {
      return false;
    }
    int to = segmentEnd(uri, from, end);
    Ai key = Ai.ofCode(uri, from, to);
    if (key == null || !key.isKey() || to == end) {
      return false;
    }
    int valueEnd = segmentEnd(uri, to + 1, end);
    if (!key.isPlain(uri, to + 1, valueEnd)) {
      return false;
    }
    if (valueEnd == end) {
      return true;
    }
    int qualifierEnd = segmentEnd(uri, valueEnd + 1, end);
    Ai qualifier = Ai.ofCode(uri, valueEnd + 1, qualifierEnd);
    return qualifier != null
        && qualifierEnd < end
        && qualifier.isIdentity()
        && key.qualifiers().contains(qualifier)
        && qualifier.isPlain(uri, qualifierEnd + 1, end);
  }

  private static Gs1Parse parseQualifiers(String uri, Ai key, String value, int start, int end) {
    List<Ai> allowed = key.qualifiers();
    int finestRank = allowed.size();
    String finestValue = "";
    int seen = 0;
    int from = start;
    while (from < end) {
      int to = segmentEnd(uri, from, end);
      Ai qualifier = Ai.ofSegment(uri, from, to);
      int rank = qualifier == null ? -1 : allowed.indexOf(qualifier);
      if (qualifier == null || rank < 0 || (seen & (1 << rank)) != 0 || to + 1 >= end) {
        return Gs1Parse.failed(Reason.BAD_QUALIFIER);
      }
      int valueEnd = segmentEnd(uri, to + 1, end);
      String qualifierValue = PercentCode.decode(uri, to + 1, valueEnd);
      if (qualifierValue == null || qualifier.problem(qualifierValue) != null) {
        return Gs1Parse.failed(Reason.BAD_QUALIFIER);
      }
      seen |= 1 << rank;
      if (qualifier.isIdentity() && rank < finestRank) {
        finestRank = rank;
        finestValue = qualifierValue;
      }
      from = valueEnd + 1;
    }
    return finestRank == allowed.size()
        ? Gs1Parse.of(key, value)
        : Gs1Parse.of(key, value, allowed.get(finestRank), finestValue);
  }

  private static @Nullable String keyValue(Ai key, @Nullable String decoded) {
    return decoded != null && key == Ai.GTIN ? paddedGtin(decoded) : decoded;
  }

  /** A GTIN of 8, 12, 13 or 14 characters as 14; any other text as it is. */
  static String paddedGtin(String gtin) {
    return switch (gtin.length()) {
      case 8, 12, 13 -> "0".repeat(GTIN_LENGTH - gtin.length()) + gtin;
      default -> gtin;
    };
  }

  /** The constrained canonical form. */
  static String write(List<Element> elements) {
    StringBuilder out = new StringBuilder(64).append(CANONICAL_ROOT);
    for (Element element : elements) {
      out.append('/').append(element.ai().code()).append('/');
      PercentCode.encodeForLink(element.value(), out);
    }
    return out.toString();
  }

  private static int segmentEnd(String uri, int from, int end) {
    int slash = uri.indexOf('/', from, end);
    return slash < 0 ? end : slash;
  }

  /** Where the path ends: at the query, the fragment, or one slash before the end. */
  private static int pathEnd(String uri) {
    int end = uri.length();
    int query = uri.indexOf('?');
    if (query >= 0) {
      end = query;
    }
    int fragment = uri.indexOf('#');
    if (fragment >= 0 && fragment < end) {
      end = fragment;
    }
    return end > 0 && uri.charAt(end - 1) == '/' ? end - 1 : end;
  }
}
