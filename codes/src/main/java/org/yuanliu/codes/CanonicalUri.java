package org.yuanliu.codes;

/**
 * The one form of the URIs inside events. Made for the capture path: no exceptions, no patterns.
 */
public final class CanonicalUri {
  private static final String OWN = "urn:yuanliu:";

  private CanonicalUri() {}

  /**
   * An EPC URN of a GS1 key (id, class, idpat) or a Digital Link on any host as constrained
   * canonical Digital Link on https://id.gs1.org (CBV 2.0, section 8.9; GS1 Digital Link: URI
   * Syntax 1.2, section 4.11): GTIN padded to 14 digits, finest level only, query and path stem
   * dropped, percent-encoding normalised.
   *
   * <p>Every other URI is returned unchanged, among them compressed links, keys whose check digit
   * fails, patterns that name no class, and the EPC schemes that hold no GS1 key. Idempotent.
   */
  public static String of(String uri) {
    Gs1Parse parse;
    if (DigitalLink.isWebUri(uri)) {
      parse = DigitalLink.parse(uri);
    } else if (EpcUrn.isEpcUrn(uri)) {
      parse = EpcUrn.parse(uri);
    } else {
      return uri;
    }
    return parse.isOk() ? DigitalLink.write(parse.elements()) : uri;
  }

  /**
   * Whether a canonical URI names a class (a lot, a product, a type) rather than one thing: what
   * EPCIS puts into a quantity list and not into an EPC list. False also where the URI does not
   * tell.
   */
  public static boolean isLot(String canonical) {
    if (canonical.startsWith(OWN)) {
      return canonical.startsWith("batch:", OWN.length())
          || canonical.startsWith("trace:", OWN.length());
    }
    if (!canonical.startsWith(DigitalLink.CANONICAL_ROOT)) {
      return false;
    }
    Gs1Parse parse = DigitalLink.parse(canonical);
    return parse.isOk() && Gs1Key.isClass(parse.elements());
  }
}
