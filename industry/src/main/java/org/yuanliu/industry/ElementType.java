package org.yuanliu.industry;

import java.util.Locale;

/** What a data element's value is, in flat records and in forms. */
public enum ElementType {
  TEXT,
  /** A whole number. */
  INTEGER,
  /** A number with decimals. */
  DECIMAL,
  BOOLEAN,
  /** A day, {@code 2026-02-01}. */
  DATE,
  /** A moment with its offset, {@code 2026-02-01T08:30:00+08:00}. */
  TIME,
  /** One of the words of a code list. */
  CODE,
  /** The code of a trace unit (追溯单元): an item, a lot or a logistic unit. */
  UNIT,
  /** The code of a party (主体). */
  PARTY,
  /** The code of a place. */
  PLACE,
  /** The number of a document. */
  DOCUMENT,
  /** Measurements in their order: objects with {@code time} and {@code value}. */
  READINGS;

  /** The word for it in a pack. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
