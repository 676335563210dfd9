package org.yuanliu.codes;

import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * {@code urn:yuanliu:<scheme id>:<value>}: names no host, so it outlives every server. Characters
 * of the value that a URN does not take are percent-encoded as UTF-8.
 */
final class OwnUrn {
  static final String PREFIX = "urn:yuanliu:";

  /** The scheme whose canonical form is another URN. */
  private static final String OID = Scheme.OID.id() + ':';

  private OwnUrn() {}

  static boolean isOwnUrn(String uri) {
    return uri.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  static String write(Scheme scheme, String value) {
    StringBuilder out = new StringBuilder(PREFIX.length() + 48);
    out.append(PREFIX).append(scheme.id()).append(':');
    PercentCode.encodeForUrn(value, out);
    return out.toString();
  }

  /** Throws {@link CodeException}. */
  static Code read(String uri) {
    Scheme scheme = scheme(uri);
    String value = value(uri);
    if (scheme == null || value == null) {
      throw new CodeException(new Refusal(Reason.BAD_URN, scheme));
    }
    try {
      Code code = scheme.readValue(value);
      // Only the canonical value: a URN is compared by its characters.
      if (code instanceof NationalCode national && national.value().equals(value)) {
        return code;
      }
    } catch (CodeException e) {
      throw e.refusal().reason() == Reason.LENGTH || e.refusal().reason() == Reason.CHARACTER
          ? new CodeException(new Refusal(Reason.BAD_URN, scheme))
          : e;
    }
    throw new CodeException(new Refusal(Reason.BAD_URN, scheme));
  }

  /**
   * Why a URN that claims to be of a scheme known here is not, or null. The check character of a
   * credit code is left to the registry, which has exemptions of its own; other names after {@code
   * urn:yuanliu:} are nobody's claim.
   */
  static @Nullable Refusal refusal(String uri, Exemptions exemptions) {
    Scheme scheme = scheme(uri);
    if (scheme == null) {
      return null;
    }
    try {
      read(uri);
      return null;
    } catch (CodeException e) {
      Refusal refusal = e.refusal();
      boolean through =
          refusal.reason() == Reason.CHECK_DIGIT
              && (scheme == Scheme.CREDIT || isExempted(uri, scheme, exemptions));
      return through ? null : refusal;
    }
  }

  /** Only as the scheme writes it: a code that is let through has one spelling too. */
  private static boolean isExempted(String uri, Scheme scheme, Exemptions exemptions) {
    String value = value(uri);
    return scheme.isExemptible()
        && value != null
        && write(scheme, value).equals(uri)
        && exemptions.find(scheme, value) != null;
  }

  /**
   * The canonical form where another spelling of it was given: letters beyond ASCII or needless
   * escapes in the value, or a scheme whose canonical form is another URN. Else the URI itself.
   */
  static String canonical(String uri) {
    if (!mayBeSpeltOtherwise(uri)) {
      return uri;
    }
    try {
      return read(uri).canonical();
    } catch (CodeException e) {
      return uri;
    }
  }

  private static boolean mayBeSpeltOtherwise(String uri) {
    return uri.startsWith(OID, PREFIX.length())
        || uri.indexOf('%') >= 0
        || !Text.allPrintableAscii(uri);
  }

  /** The scheme that is named, whether or not what follows is right; null where none is. */
  static @Nullable Scheme scheme(String uri) {
    int end = uri.indexOf(':', PREFIX.length());
    if (end <= PREFIX.length()) {
      return null;
    }
    Scheme scheme = Scheme.ofId(uri.substring(PREFIX.length(), end));
    return scheme;
  }

  /** The decoded value, or null where an escape is wrong. */
  static @Nullable String value(String uri) {
    return PercentCode.decodeUtf8(uri, uri.indexOf(':', PREFIX.length()) + 1, uri.length());
  }
}
