package org.yuanliu.platform.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;

/**
 * A certificate or voucher, registered so that events can cite it.
 *
 * @param issuer canonical URI of a party, or a name
 * @param subject canonical URI of whom it was made out to
 * @param quantity what it covers, in {@code uom}; in heads where that is null
 * @param verifiedBy canonical URI of the authority that confirmed it
 */
record Paper(
    Kind kind,
    String number,
    String issuer,
    String subject,
    BigDecimal quantity,
    @Nullable String uom,
    LocalDateTime issuedAt,
    LocalDate validFrom,
    LocalDate validTo,
    @Nullable String verifiedBy) {

  /** As events cite it. */
  String id() {
    return "urn:yuanliu:document:" + kind.term() + ":" + number;
  }

  enum Kind {
    ANIMAL_QUARANTINE(YlVocabulary.BTT_ANIMAL_QUARANTINE_CERTIFICATE),
    MEAT_INSPECTION(YlVocabulary.BTT_MEAT_INSPECTION_CERTIFICATE),
    PRODUCT_QUARANTINE(YlVocabulary.BTT_PRODUCT_QUARANTINE_CERTIFICATE),
    COMMITMENT(YlVocabulary.BTT_COMMITMENT_CERTIFICATE),
    VOUCHER(YlVocabulary.BTT_TRADE_VOUCHER);

    private static final String TYPE_PREFIX = YlVocabulary.NAMESPACE + "BTT-";

    private final String uri;

    Kind(String uri) {
      this.uri = uri;
    }

    String uri() {
      return uri;
    }

    /** The type's local name, {@code trade_voucher} for instance. */
    String term() {
      return uri.substring(TYPE_PREFIX.length());
    }
  }
}
