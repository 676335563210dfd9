package org.yuanliu.platform.trace;

import java.util.Set;
import org.yuanliu.epcis.YlVocabulary;

/** Business steps that move goods from one holder to another. */
final class Steps {
  private static final String CBV = "https://ref.gs1.org/cbv/BizStep-";

  static final Set<String> GIVING =
      Set.of(
          CBV + "shipping",
          CBV + "departing",
          CBV + "consigning",
          CBV + "retail_selling",
          YlVocabulary.STEP_SELLING);

  static final Set<String> TAKING =
      Set.of(
          CBV + "receiving", CBV + "accepting", CBV + "arriving", YlVocabulary.STEP_MARKET_ENTRY);

  static final Set<String> PARTY_TYPES =
      Set.of(
          "https://ref.gs1.org/cbv/SDT-owning_party",
          "https://ref.gs1.org/cbv/SDT-possessing_party");

  static final String LOCATION_TYPE = "https://ref.gs1.org/cbv/SDT-location";

  private Steps() {}
}
