package org.yuanliu.codes;

import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * The one form of the URIs inside events. Made for the capture path: no exceptions, no patterns.
 */
public final class CanonicalUri {
  /** Longest URI that is looked into, in chars; a longer one is returned unchanged. */
  public static final int MAX_LENGTH = 2_048;

  private static final String CANONICAL_FOLDER = DigitalLink.CANONICAL_ROOT + "/";

  private CanonicalUri() {}

  /**
   * An EPC URN of a GS1 key (id, class, idpat) or a Digital Link on any host as constrained
   * canonical Digital Link on https://id.gs1.org (CBV 2.0, section 8.9; GS1 Digital Link: URI
   * Syntax 1.2, section 4.11): GTIN padded to 14 digits, finest level only, query and path stem
   * dropped, percent-encoding normalised. A {@code urn:yuanliu:} URI whose value is spelt with
   * other escapes than needed is brought to its one form.
   *
   * <p>Every other URI is returned unchanged, among them compressed links, keys whose check digit
   * fails, patterns that name no class, and the EPC schemes that hold no GS1 key. Idempotent.
   */
  public static String of(String uri) {
    if (isCanonicalLink(uri)) {
      return uri;
    }
    if (OwnUrn.isOwnUrn(uri)) {
      return uri.length() > MAX_LENGTH ? uri : OwnUrn.canonical(uri);
    }
    Gs1Parse parse = parse(uri);
    return parse != null && parse.isOk() ? DigitalLink.write(parse.elements()) : uri;
  }

  /**
   * As {@link #of}, but a URI that claims to be a GS1 key and is none is refused: an EPC URN of a
   * GS1 scheme or a link on id.gs1.org that is wrong in any way. On another host, a path that looks
   * like a key and is none (its check digit fails, say) is an address of that host's own, which CBV
   * 2.0 takes as an identifier like any other. A {@code urn:yuanliu:} URI of a scheme known here is
   * refused likewise, except for the check character of a credit code, from which the registry
   * knows the exemptions.
   *
   * @throws CodeException with the reason
   */
  public static String checked(String uri) {
    return checked(uri, Exemptions.none());
  }

  /**
   * The same, letting codes through whose check fails though they were really issued.
   *
   * @param exemptions asked only where a check fails
   * @throws CodeException with the reason
   */
  public static String checked(String uri, Exemptions exemptions) {
    if (isCanonicalLink(uri)) {
      return uri;
    }
    if (OwnUrn.isOwnUrn(uri) && uri.length() <= MAX_LENGTH) {
      Refusal refusal = OwnUrn.refusal(uri, exemptions);
      if (refusal != null) {
        throw new CodeException(refusal);
      }
      return OwnUrn.canonical(uri);
    }
    Gs1Parse parse = parse(uri);
    if (parse == null) {
      return uri;
    }
    Reason problem = parse.problem();
    if (problem == null) {
      return DigitalLink.write(parse.elements());
    }
    if (claimsGs1Key(uri, problem)) {
      throw new CodeException(new Refusal(problem, null));
    }
    return uri;
  }

  /**
   * A code whose check fails.
   *
   * @param value as the scheme writes it
   */
  public record FailedCheck(Scheme scheme, String value) {}

  /**
   * What a stored URI was let through as: the code that it names, where its check fails and its
   * scheme has exemptions; else null. Cheap for URIs that are not ours.
   */
  public static @Nullable FailedCheck failedCheck(String canonical) {
    if (!canonical.startsWith(OwnUrn.PREFIX) || canonical.length() > MAX_LENGTH) {
      return null;
    }
    Scheme scheme = OwnUrn.scheme(canonical);
    if (scheme == null || !scheme.isExemptible()) {
      return null;
    }
    try {
      OwnUrn.read(canonical);
      return null;
    } catch (CodeException e) {
      String value = OwnUrn.value(canonical);
      return e.refusal().reason() == Reason.CHECK_DIGIT && value != null
          ? new FailedCheck(scheme, value)
          : null;
    }
  }

  /**
   * Whether a URI is a GS1 key as this class writes it, with a right check digit: a constrained
   * canonical Digital Link on https://id.gs1.org without escapes. A link with escapes may be
   * canonical too; {@link #of} tells. Allocates nothing.
   */
  public static boolean isCanonicalLink(String uri) {
    return uri.length() <= MAX_LENGTH && DigitalLink.isCanonical(uri);
  }

  private static @Nullable Gs1Parse parse(String uri) {
    if (uri.length() > MAX_LENGTH) {
      return null;
    }
    if (DigitalLink.isWebUri(uri)) {
      return DigitalLink.parse(uri);
    }
    return EpcUrn.isEpcUrn(uri) ? EpcUrn.parse(uri) : null;
  }

  private static boolean claimsGs1Key(String uri, Reason problem) {
    if (EpcUrn.isEpcUrn(uri)) {
      return EpcUrn.namesGs1Scheme(uri);
    }
    boolean gs1Host = uri.regionMatches(true, 0, CANONICAL_FOLDER, 0, CANONICAL_FOLDER.length());
    return gs1Host && problem != Reason.NO_GS1_KEY;
  }

  /**
   * Whether a canonical URI names a class (a lot, a product, a type) rather than one thing: what
   * EPCIS puts into a quantity list and not into an EPC list. False also where the URI does not
   * tell.
   */
  public static boolean isLot(String canonical) {
    if (canonical.startsWith(OwnUrn.PREFIX)) {
      return canonical.length() <= MAX_LENGTH && isOwnLot(canonical);
    }
    if (!canonical.startsWith(CANONICAL_FOLDER) || canonical.length() > MAX_LENGTH) {
      return false;
    }
    Gs1Parse parse = DigitalLink.parse(canonical);
    return parse.isOk() && Gs1Key.isClass(parse.elements());
  }

  private static boolean isOwnLot(String urn) {
    Scheme scheme = OwnUrn.scheme(urn);
    if (scheme == null || !scheme.hasOwnUrn()) {
      return false;
    }
    return switch (scheme) {
      // Their parts tell whether one thing is meant, a batch, or a kind.
      case UDI_MA, UDI_AHM -> {
        try {
          yield isClass(OwnUrn.read(urn).level());
        } catch (CodeException e) {
          yield false;
        }
      }
      default -> isClass(scheme.level());
    };
  }

  private static boolean isClass(Level level) {
    return level == Level.LOT || level == Level.PRODUCT;
  }
}
