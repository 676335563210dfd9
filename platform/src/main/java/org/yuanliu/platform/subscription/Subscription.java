package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription with a webhook, as it was asked for and as it stands.
 *
 * @param key ours, unique over all parties
 * @param owner canonical URI of the party
 * @param account whose access counts at every delivery
 * @param minRecordTime when the query ran last; before that the initial record time
 * @param lastNotifiedAt when the receiver last answered 2xx
 */
public record Subscription(
    UUID key,
    String owner,
    UUID account,
    Asked asked,
    Instant createdAt,
    Instant minRecordTime,
    @Nullable Instant lastNotifiedAt) {

  /**
   * What a subscriber asks for.
   *
   * @param id subscriptionID, unique among the party's
   * @param definition parameters of SimpleEventQuery, JSON; null: the query is kept under its name
   * @param dest the receiver's address
   * @param signatureToken the secret that signs deliveries; null: they are not signed
   * @param initialRecordTime null: what is stored from now on
   */
  public record Asked(
      String id,
      String queryName,
      @Nullable String definition,
      String dest,
      @Nullable String signatureToken,
      Rhythm rhythm,
      boolean reportIfEmpty,
      @Nullable Instant initialRecordTime,
      DeliveryForm form) {
    public Asked {
      requireNonNull(id, "id is null");
      requireNonNull(queryName, "queryName is null");
      requireNonNull(dest, "dest is null");
      requireNonNull(rhythm, "rhythm is null");
      requireNonNull(form, "form is null");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Asked[" + id + " to " + queryName + "]";
    }
  }
}
