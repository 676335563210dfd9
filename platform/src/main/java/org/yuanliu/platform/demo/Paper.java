package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;

/**
 * A certificate or voucher, registered so that events can cite it.
 *
 * @param issuer canonical URI of a party, or a name
 * @param subject canonical URI of whom it was made out to
 * @param quantity what it covers, in {@code uom}; in heads where that is null
 * @param verifiedBy canonical URI of the authority that confirmed it
 * @param scope what it is good for, in the words of the industry's pack
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
    @Nullable String verifiedBy,
    List<String> scope) {
  Paper {
    scope = List.copyOf(scope);
  }

  /** A paper that names no scope. */
  Paper(
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
    this(
        kind,
        number,
        issuer,
        subject,
        quantity,
        uom,
        issuedAt,
        validFrom,
        validTo,
        verifiedBy,
        List.of());
  }

  /** As events cite it. */
  String id() {
    String encoded = URLEncoder.encode(number, UTF_8).replace("+", "%20");
    return "urn:yuanliu:document:" + kind.term() + ":" + encoded;
  }

  /**
   * What it is.
   *
   * @param uri full URI of the type of business transaction
   */
  record Kind(String uri) {
    static final Kind ANIMAL_QUARANTINE = new Kind(YlVocabulary.BTT_ANIMAL_QUARANTINE_CERTIFICATE);
    static final Kind SLAUGHTER_DESIGNATION =
        new Kind(YlVocabulary.NAMESPACE + "BTT-slaughter_designation");
    static final Kind MEAT_INSPECTION = new Kind(YlVocabulary.BTT_MEAT_INSPECTION_CERTIFICATE);
    static final Kind PRODUCT_QUARANTINE =
        new Kind(YlVocabulary.BTT_PRODUCT_QUARANTINE_CERTIFICATE);
    static final Kind COMMITMENT = new Kind(YlVocabulary.BTT_COMMITMENT_CERTIFICATE);
    static final Kind VOUCHER = new Kind(YlVocabulary.BTT_TRADE_VOUCHER);

    private static final String TYPE_PREFIX = YlVocabulary.NAMESPACE + "BTT-";

    /** The type's local name, {@code trade_voucher} for instance. */
    String term() {
      return uri.substring(TYPE_PREFIX.length());
    }
  }
}
