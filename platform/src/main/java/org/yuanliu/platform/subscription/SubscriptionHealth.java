package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Journal;

/**
 * Up whatever receivers do, for this server does its part; those that do not take what is due are
 * named.
 */
@Component
final class SubscriptionHealth extends AbstractHealthIndicator {
  /** Enough to see what is the matter. */
  private static final int SHOWN = 20;

  private final Cursors cursors;
  private final Journal journal;
  private final QuerySockets sockets;

  SubscriptionHealth(Cursors cursors, Journal journal, QuerySockets sockets, MeterRegistry meters) {
    super("the subscriptions could not be asked");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.sockets = requireNonNull(sockets, "sockets is null");
    gauge(meters, "active", "subscriptions", "Subscriptions", Cursors.Standing::active);
    gauge(
        meters,
        "failing",
        "subscriptions",
        "Subscriptions whose receiver does not take what is due",
        Cursors.Standing::failing);
    gauge(
        meters,
        "lag",
        "entries",
        "Entries that the stream furthest behind has not looked at",
        Cursors.Standing::lag);
    Gauge.builder("yuanliu.subscription.sockets", sockets::count)
        .baseUnit("connections")
        .description("WebSockets that events are sent to")
        .register(meters);
  }

  private void gauge(
      MeterRegistry meters,
      String name,
      String unit,
      String description,
      ToLongFunction<Cursors.Standing> value) {
    Gauge.builder("yuanliu.subscription." + name, () -> value.applyAsLong(standing()))
        .baseUnit(unit)
        .description(description)
        .register(meters);
  }

  private Cursors.Standing standing() {
    return cursors.standing(journal.head().size());
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Cursors.Standing standing = standing();
    builder
        .up()
        .withDetail("active", standing.active())
        .withDetail("failing", standing.failing())
        .withDetail("lagEntries", standing.lag())
        .withDetail("sockets", sockets.count());
    if (standing.failing() > 0) {
      List<Map<String, Object>> shown =
          cursors.failing(SHOWN).stream().map(SubscriptionHealth::map).toList();
      builder.withDetail("receivers", shown);
    }
  }

  private static Map<String, Object> map(Cursors.Failing failing) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("owner", failing.owner());
    map.put("subscriptionID", failing.id());
    map.put("failures", failing.failures());
    map.put("since", failing.since().toString());
    map.put("error", failing.error());
    return map;
  }
}
