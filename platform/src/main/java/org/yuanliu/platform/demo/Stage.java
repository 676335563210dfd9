package org.yuanliu.platform.demo;

/**
 * The order in which a day is sent: what comes from upstream is stored first, as it would be if
 * each party sent at once. Nothing within a stage follows from something else in it.
 */
enum Stage {
  ORIGIN,
  LOADING,
  UNLOADING,
  ARRIVAL,
  LAIRAGE,
  SLAUGHTER,
  MEAT_SALE,
  MARKET_ENTRY,
  RAPID_TEST,
  WHOLESALE,
  RETAIL_ENTRY,
  /** Sales to consumers, samples, disposal: nothing follows, so the next day need not wait. */
  END;

  boolean awaited() {
    return this != END;
  }
}
