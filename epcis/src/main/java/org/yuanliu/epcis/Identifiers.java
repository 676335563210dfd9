package org.yuanliu.epcis;

import org.yuanliu.codes.CanonicalUri;

/** Identifiers of units, parties, places and documents in one canonical form. */
final class Identifiers {
  private Identifiers() {}

  /**
   * The canonical form: a compact URI expanded by the context, then an EPC URN or GS1 Digital Link
   * of any host as the canonical Digital Link; anything else as it is.
   */
  static String canonical(String sent, LdContext context) {
    return CanonicalUri.of(context.expand(sent));
  }

  /**
   * The same, refusing a key whose structure or check digit fails.
   *
   * @throws org.yuanliu.codes.CodeException with the reason
   */
  static String checked(String sent, LdContext context) {
    return CanonicalUri.checked(context.expand(sent));
  }

  /** Whether a canonical identifier names a class (a lot or a product) rather than one thing. */
  static boolean isLot(String canonical) {
    return CanonicalUri.isLot(canonical);
  }
}
