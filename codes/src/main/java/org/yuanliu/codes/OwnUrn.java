package org.yuanliu.codes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/** {@code urn:yuanliu:<scheme id>:<value>}: names no host, so it outlives every server. */
final class OwnUrn {
  static final String PREFIX = "urn:yuanliu:";

  private static final List<Scheme> ALL = List.of(Scheme.values());

  private OwnUrn() {}

  static boolean isOwnUrn(String uri) {
    return uri.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /** Throws {@link CodeException}. */
  static NationalCode read(String uri) {
    Scheme scheme = scheme(uri);
    String value = value(uri);
    if (scheme != null
        && scheme.fits(value)
        && scheme.readPlain(value) instanceof NationalCode code) {
      return code;
    }
    throw new CodeException(new Refusal(Reason.BAD_URN, scheme));
  }

  /**
   * Why a URN that claims to be of a scheme known here is not, or null. The check character of a
   * credit code is left to the registry, which knows the exemptions; other names after {@code
   * urn:yuanliu:} are nobody's claim.
   */
  static @Nullable Refusal refusal(String uri) {
    if (scheme(uri) == null) {
      return null;
    }
    try {
      read(uri);
      return null;
    } catch (CodeException e) {
      Refusal refusal = e.refusal();
      boolean mayBeExempt =
          refusal.scheme() == Scheme.CREDIT && refusal.reason() == Reason.CHECK_DIGIT;
      return mayBeExempt ? null : refusal;
    }
  }

  private static @Nullable Scheme scheme(String uri) {
    int end = uri.indexOf(':', PREFIX.length());
    if (end > 0) {
      for (Scheme scheme : ALL) {
        if (scheme.id().length() == end - PREFIX.length()
            && uri.startsWith(scheme.id(), PREFIX.length())) {
          return scheme;
        }
      }
    }
    return null;
  }

  private static String value(String uri) {
    return uri.substring(uri.indexOf(':', PREFIX.length()) + 1);
  }
}
