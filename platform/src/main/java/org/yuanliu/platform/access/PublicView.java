package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.YlVocabulary;
import tools.jackson.databind.JsonNode;

/**
 * What anyone who holds a code may see of one event of its chain. A list of what is allowed: a
 * field that is not here (prices, quantities, buyers, phones, plates, identity numbers, and every
 * extension that nobody thought of) cannot reach a page that is made from this.
 *
 * <p>Beside it the page may show the principal's name ({@code Party.publicName}), the place's
 * division down to the county, and how the fact is known; a pack may allow less, never more.
 *
 * @param place canonical URI of where it happened, to find its division by; not to be shown itself
 * @param division six-digit code that the event itself names
 * @param documents certificates cited: type, validity and issuer may be shown. Vouchers, invoices
 *     and orders are the trade's own and are left out
 */
public record PublicView(
    EventType type,
    @Nullable String bizStep,
    Instant eventTime,
    String timeZoneOffset,
    @Nullable String place,
    @Nullable String division,
    @Nullable String product,
    @Nullable String productName,
    List<BizTransaction> documents,
    @Nullable PublicTest test,
    boolean inferred) {

  /**
   * Types of documents that are shown to all: certificates that the law makes public on request.
   */
  static final Set<String> PUBLIC_DOCUMENT_TYPES =
      Set.of(
          YlVocabulary.BTT_ANIMAL_QUARANTINE_CERTIFICATE,
          YlVocabulary.BTT_PRODUCT_QUARANTINE_CERTIFICATE,
          YlVocabulary.BTT_MEAT_INSPECTION_CERTIFICATE,
          YlVocabulary.BTT_ORIGIN_CERTIFICATE,
          YlVocabulary.BTT_COMMITMENT_CERTIFICATE,
          "https://ref.gs1.org/cbv/BTT-cert",
          "https://ref.gs1.org/cbv/BTT-testres");

  /** Longer texts than this are not names of products, items or methods. */
  static final int MAX_TEXT_LENGTH = 200;

  public PublicView {
    requireNonNull(type, "type is null");
    requireNonNull(eventTime, "eventTime is null");
    requireNonNull(timeZoneOffset, "timeZoneOffset is null");
    documents = List.copyOf(documents);
  }

  /** A test as the law has markets publish it (公示): item, method, finding, limit, conclusion. */
  public record PublicTest(
      @Nullable String item,
      @Nullable String method,
      @Nullable String value,
      @Nullable String limit,
      @Nullable String conclusion) {}

  static PublicView of(EpcisEvent event) {
    String place = event.bizLocation() != null ? event.bizLocation() : event.readPoint();
    return new PublicView(
        event.type(),
        event.bizStep(),
        event.eventTime(),
        event.timeZoneOffset(),
        place,
        text(event, YlVocabulary.DIVISION),
        text(event, YlVocabulary.PRODUCT),
        text(event, YlVocabulary.PRODUCT_NAME),
        event.bizTransactions().stream()
            .filter(cited -> cited.type() != null && PUBLIC_DOCUMENT_TYPES.contains(cited.type()))
            .toList(),
        event
            .extension(YlVocabulary.NAMESPACE, YlVocabulary.TEST_RESULT)
            .map(result -> test(event, result))
            .orElse(null),
        YlVocabulary.ATTRIBUTION_INFERRED.equals(text(event, YlVocabulary.ATTRIBUTION)));
  }

  private static PublicTest test(EpcisEvent event, JsonNode result) {
    return new PublicTest(
        member(event, result, YlVocabulary.TEST_ITEM),
        member(event, result, YlVocabulary.TEST_METHOD),
        member(event, result, YlVocabulary.TEST_VALUE),
        member(event, result, YlVocabulary.TEST_LIMIT),
        member(event, result, YlVocabulary.TEST_CONCLUSION));
  }

  /** Members stand under their full name's prefix, or bare inside our own object. */
  private static @Nullable String member(EpcisEvent event, JsonNode result, String name) {
    return result.properties().stream()
        .filter(
            member ->
                member.getKey().equals(name)
                    || event
                        .context()
                        .expand(member.getKey())
                        .equals(YlVocabulary.NAMESPACE + name))
        .map(member -> scalar(member.getValue()))
        .findFirst()
        .orElse(Optional.empty())
        .orElse(null);
  }

  private static @Nullable String text(EpcisEvent event, String name) {
    return event.extension(YlVocabulary.NAMESPACE, name).flatMap(PublicView::scalar).orElse(null);
  }

  /** Only plain values: an object could carry anything. */
  private static Optional<String> scalar(JsonNode node) {
    if (!node.isValueNode() || node.isNull()) {
      return Optional.empty();
    }
    String text = node.asString();
    return text.length() > MAX_TEXT_LENGTH ? Optional.empty() : Optional.of(text);
  }
}
