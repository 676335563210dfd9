package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/** {@code urn:yuanliu:<scheme id>:<value>}: names no host, so it outlives every server. */
final class OwnUrn {
  static final String PREFIX = "urn:yuanliu:";

  private OwnUrn() {}

  static boolean isOwnUrn(String uri) {
    return uri.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /** Throws {@link CodeException}. */
  static Code read(String uri) {
    int colon = uri.indexOf(':', PREFIX.length());
    if (colon > 0) {
      String id = uri.substring(PREFIX.length(), colon);
      String value = uri.substring(colon + 1);
      for (Scheme scheme : Scheme.values()) {
        if (scheme.id().equals(id)
            && scheme.fits(value)
            && scheme.readPlain(value) instanceof NationalCode code) {
          return code;
        }
      }
    }
    throw new CodeException(new Refusal(Reason.BAD_URN, null));
  }
}
