package org.yuanliu.platform.registry;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A paper or its electronic original that events cite as a business transaction: quarantine
 * certificate, permit, invoice, customs declaration, test report, commitment certificate.
 *
 * @param id as events cite it (the bizTransaction URI)
 * @param type full URI of the business transaction type
 * @param number as printed
 * @param issuer canonical URI of the issuing party, or its name where it is not registered
 * @param quantity what it covers; drawing more alerts (一证多用)
 * @param validity as printed
 * @param imageSha256 hex digest of the image, where one was filed
 * @param verifiedBy canonical URI of the authority that confirmed it
 * @param scope what it is good for, in the words of the industry's pack (products, varieties, kinds
 *     of ore); null where it names nothing
 */
public record TraceDocument(
    String id,
    String type,
    String number,
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable BigDecimal quantity,
    @Nullable String uom,
    Period validity,
    @Nullable String imageSha256,
    @Nullable String verifiedBy,
    @Nullable List<String> scope) {
  /** Words of a scope; licences with more are several. */
  public static final int MAX_SCOPE = 100;

  public TraceDocument {
    scope = scope == null ? null : List.copyOf(scope);
  }

  /** The same, cited otherwise: its number then stands in its id alone. */
  TraceDocument as(String otherId) {
    return new TraceDocument(
        otherId,
        type,
        otherId.substring(otherId.lastIndexOf(':') + 1),
        issuer,
        subject,
        quantity,
        uom,
        validity,
        imageSha256,
        verifiedBy,
        scope);
  }

  /** A document that names no scope. */
  public TraceDocument(
      String id,
      String type,
      String number,
      @Nullable String issuer,
      @Nullable String subject,
      @Nullable BigDecimal quantity,
      @Nullable String uom,
      Period validity,
      @Nullable String imageSha256,
      @Nullable String verifiedBy) {
    this(id, type, number, issuer, subject, quantity, uom, validity, imageSha256, verifiedBy, null);
  }
}
