package org.yuanliu.platform.subscription;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What subscriptions may reach and cost.
 *
 * @param deliver whether this process delivers by webhook; off while the views are rebuilt, for an
 *     event that is not in them yet would be passed over
 * @param perParty subscriptions of one party
 * @param allowHttp whether a webhook may be http
 * @param allowedAddresses networks, such as 10.1.0.0/16, that webhooks may reach although they are
 *     not public
 * @param batchEvents events of one delivery
 * @param batchBytes a delivery ends early when its events reach this size as they are stored
 * @param parallel deliveries at once
 * @param pollInterval how often it is looked for what is due
 * @param lease how long a server has a subscription to itself; after a crash another waits so long
 * @param connectTimeout until a receiver takes the connection
 * @param timeout of one delivery as a whole
 * @param backoff after the first failure; doubled by each further one
 * @param maxBackoff the longest pause between attempts
 * @param sockets WebSockets at once
 * @param socketsPerParty of them of one party
 */
@Validated
@ConfigurationProperties("yuanliu.subscription")
public record SubscriptionSettings(
    @DefaultValue("true") boolean deliver,
    @Min(0) @Max(100_000) @DefaultValue("100") int perParty,
    @DefaultValue("false") boolean allowHttp,
    @DefaultValue List<String> allowedAddresses,
    @Min(1) @Max(10_000) @DefaultValue("100") int batchEvents,
    @Min(1_024) @Max(64 << 20) @DefaultValue("4194304") int batchBytes,
    @Min(1) @Max(1_000) @DefaultValue("16") int parallel,
    @NotNull @DefaultValue("200ms") Duration pollInterval,
    @NotNull @DefaultValue("40s") Duration lease,
    @NotNull @DefaultValue("5s") Duration connectTimeout,
    @NotNull @DefaultValue("15s") Duration timeout,
    @NotNull @DefaultValue("1s") Duration backoff,
    @NotNull @DefaultValue("10m") Duration maxBackoff,
    @Min(0) @Max(100_000) @DefaultValue("1000") int sockets,
    @Min(0) @Max(10_000) @DefaultValue("20") int socketsPerParty) {

  public SubscriptionSettings {
    allowedAddresses = List.copyOf(allowedAddresses);
    for (Duration duration :
        List.of(pollInterval, lease, connectTimeout, timeout, backoff, maxBackoff)) {
      if (!duration.isPositive()) {
        throw new IllegalArgumentException("yuanliu.subscription: durations are positive");
      }
    }
    if (lease.compareTo(timeout.multipliedBy(2)) < 0) {
      // The lease is renewed before each delivery, so no delivery outlives it.
      throw new IllegalArgumentException(
          "yuanliu.subscription: lease is twice the timeout at least");
    }
    if (maxBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException("yuanliu.subscription: max-backoff is below backoff");
    }
  }
}
