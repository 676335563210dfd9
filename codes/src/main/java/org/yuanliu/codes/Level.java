package org.yuanliu.codes;

/** What a code names (追溯单元, 追溯参与方 and the rest of GB/T 38155-2019). */
public enum Level {
  /** One single thing: an ear tag, a serial number. */
  ITEM,
  /** A batch of like things, or one line of a receipt. */
  LOT,
  /** A pallet, a case, a shipment. */
  LOGISTIC_UNIT,
  /** What carries or holds goods and comes back: a crate, a lorry, a hook. */
  ASSET,
  /** A kind of thing, whichever batch or item. */
  PRODUCT,
  /** Who answers: a firm, a person, a stall holder. */
  PARTY,
  /** Where: a market, a slaughterhouse, a ramp in it. */
  PLACE,
  /** An administrative division (行政区划). */
  DIVISION,
  /** A certificate, a permit, a report, a coupon. */
  DOCUMENT
}
