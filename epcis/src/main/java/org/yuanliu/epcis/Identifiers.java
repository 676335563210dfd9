package org.yuanliu.epcis;

import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.Exemptions;

/** Identifiers of units, parties, places and documents in one canonical form. */
final class Identifiers {
  private static final String GTIN = "https://id.gs1.org/01/";
  private static final int GTIN_DIGITS = 14;

  private Identifiers() {}

  /**
   * The canonical form: a compact URI expanded by the context, then an EPC URN or GS1 Digital Link
   * of any host as the canonical Digital Link; anything else as it is.
   */
  static String canonical(String sent, LdContext context) {
    return CanonicalUri.of(context.expand(sent));
  }

  /**
   * The same, refusing a key whose structure or check digit fails, save the exempted.
   *
   * @throws org.yuanliu.codes.CodeException with the reason
   */
  static String checked(String sent, LdContext context, Exemptions exemptions) {
    return CanonicalUri.checked(context.expand(sent), exemptions);
  }

  /** Whether a canonical identifier names a class (a lot or a product) rather than one thing. */
  static boolean isLot(String canonical) {
    if (canonical.startsWith(GTIN)) {
      // What nearly all are, told without reading the whole key again.
      int end = GTIN.length() + GTIN_DIGITS;
      if (canonical.startsWith("/21/", end)) {
        return false;
      }
      if (canonical.startsWith("/10/", end)) {
        return true;
      }
    }
    return CanonicalUri.isLot(canonical);
  }
}
