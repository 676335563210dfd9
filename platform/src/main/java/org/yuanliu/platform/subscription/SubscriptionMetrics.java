package org.yuanliu.platform.subscription;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What an operator sees of deliveries. */
@Component
final class SubscriptionMetrics {
  private static final String DELIVERIES = "yuanliu.subscription.deliveries";

  /** How a delivery ended. */
  enum Outcome {
    /** 2xx. */
    ACCEPTED("accepted"),
    /** Any other answer. */
    REFUSED("refused"),
    /** No answer in time, no connection, an address that may not be reached. */
    UNREACHED("unreached");

    private final String tag;

    Outcome(String tag) {
      this.tag = tag;
    }
  }

  private final MeterRegistry registry;
  private final Counter events;
  private final Counter gone;

  SubscriptionMetrics(MeterRegistry registry) {
    this.registry = registry;
    events =
        Counter.builder("yuanliu.subscription.events")
            .baseUnit("events")
            .description("Events that receivers have taken, by webhook and WebSocket")
            .register(registry);
    gone =
        Counter.builder("yuanliu.subscription.gone")
            .baseUnit("subscriptions")
            .description("Subscriptions that ended because the receiver answered 410")
            .register(registry);
  }

  void delivery(Outcome outcome, long nanos) {
    Timer.builder(DELIVERIES)
        .description("From sending a delivery to the receiver's answer")
        .tag("outcome", outcome.tag)
        .register(registry)
        .record(Duration.ofNanos(nanos));
  }

  void taken(int count) {
    events.increment(count);
  }

  void gone() {
    gone.increment();
  }
}
