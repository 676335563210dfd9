package org.yuanliu.industry;

import java.util.List;
import java.util.Set;

/** What checks may count by, beside a link's elements. */
public final class CheckKeys {
  /** Each unit that the event names. */
  public static final String UNIT = "unit";

  /** The unit that contains the others. */
  public static final String PARENT = "parent";

  /** Who answers for the event. */
  public static final String PARTY = "party";

  public static final String PLACE = "place";

  /** The pack's product. */
  public static final String PRODUCT = "product";

  /** Who gives: owner before, else holder before. */
  public static final String SOURCE = "source";

  /** Who takes: owner after, else holder after. */
  public static final String DESTINATION = "destination";

  /** All of them. */
  public static final Set<String> WORDS =
      Set.of(UNIT, PARENT, PARTY, PLACE, PRODUCT, SOURCE, DESTINATION);

  /** Each unit by itself. */
  static final List<String> BY_UNIT = List.of(UNIT);

  private CheckKeys() {}
}
