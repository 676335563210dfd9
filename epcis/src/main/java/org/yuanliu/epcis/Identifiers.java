package org.yuanliu.epcis;

/** Identifiers of units, parties, places and documents in one canonical form. */
final class Identifiers {
  private Identifiers() {}

  /**
   * The canonical form: a compact URI expanded by the context, then an EPC URN or GS1 Digital Link
   * of any host as the canonical Digital Link; anything else as it is.
   *
   * @throws IllegalArgumentException where the text is an EPC URN or a Digital Link whose structure
   *     or check digit fails
   */
  static String canonical(String sent, LdContext context) {
    return org.yuanliu.codes.CanonicalUri.of(context.expand(sent));
  }

  /** Whether a canonical identifier names a lot. */
  static boolean isLot(String canonical) {
    return org.yuanliu.codes.CanonicalUri.isLot(canonical);
  }
}
