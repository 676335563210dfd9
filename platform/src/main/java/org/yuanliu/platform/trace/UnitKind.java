package org.yuanliu.platform.trace;

import org.yuanliu.epcis.UnitMention;

/** What the walk may conclude from two events naming the same unit. The codes are stored. */
enum UnitKind {
  /** One thing, or one logistic unit: it has one history. */
  ITEM(1),
  /** A batch: may be in several hands at once, so it is followed along custody. */
  LOT(2),
  /** A kind of goods without batch: tells nothing, the walk ends at it. */
  CLASS(3),
  /** Vehicles, crates, hooks (GRAI, GIAI): never links one load with the next. */
  ASSET(4);

  private static final String GRAI = "https://id.gs1.org/8003/";
  private static final String GIAI = "https://id.gs1.org/8004/";
  private static final String GTIN = "https://id.gs1.org/01/";
  private static final int GTIN_LENGTH = GTIN.length() + 14;

  private final int code;

  UnitKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static UnitKind ofCode(int code) {
    return switch (code) {
      case 1 -> ITEM;
      case 2 -> LOT;
      case 3 -> CLASS;
      case 4 -> ASSET;
      default -> throw new IllegalArgumentException("no kind of unit has the code " + code);
    };
  }

  /**
   * A GTIN alone names a class. Any other identifier that comes with a quantity stands in a
   * quantity list and is a batch, whatever its scheme: EPCIS 2.0, 7.3.3.3.
   */
  static UnitKind of(UnitMention mention) {
    String uri = mention.canonical();
    if (uri.startsWith(GRAI) || uri.startsWith(GIAI)) {
      return ASSET;
    }
    if (uri.startsWith(GTIN) && uri.length() == GTIN_LENGTH) {
      return CLASS;
    }
    return mention.lot() || mention.quantity() != null ? LOT : ITEM;
  }
}
