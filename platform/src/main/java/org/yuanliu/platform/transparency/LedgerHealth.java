package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up while heads are signed and published, and enough witnesses cosign them. */
@Component
final class LedgerHealth extends AbstractHealthIndicator {
  private final LogSigner signer;
  private final Publisher publisher;
  private final Cosigners cosigners;
  private final WitnessWatch watch;
  private final TransparencySettings settings;

  LedgerHealth(
      LogSigner signer,
      Publisher publisher,
      Cosigners cosigners,
      WitnessWatch watch,
      TransparencySettings settings,
      MeterRegistry meters) {
    super("the log's state could not be asked");
    this.signer = requireNonNull(signer, "signer is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.cosigners = requireNonNull(cosigners, "cosigners is null");
    this.watch = requireNonNull(watch, "watch is null");
    this.settings = requireNonNull(settings, "settings is null");
    Gauge.builder("yuanliu.ledger.published", () -> publishedSize())
        .baseUnit("entries")
        .description("Entries under the checkpoint that is served")
        .register(meters);
    Gauge.builder("yuanliu.ledger.cosignatures", watch::cosignatures)
        .baseUnit("signatures")
        .description("Witnesses that cosigned the newest checkpoint")
        .register(meters);
    Gauge.builder("yuanliu.ledger.cosignatures.lacking", () -> watch.lacking().toMillis() / 1e3)
        .baseUnit("seconds")
        .description("For how long there have been fewer cosignatures than required")
        .register(meters);
    Gauge.builder("yuanliu.ledger.forked", () -> signer.isForked() ? 1 : 0)
        .description("1 if the database does not continue what was shown: nothing is signed")
        .register(meters);
  }

  private long publishedSize() {
    return publisher.published().map(shown -> shown.checkpoint().size()).orElse(0L);
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    if (!settings.signing()) {
      builder.up().withDetail("signing", "off");
      return;
    }
    builder
        .up()
        .withDetail("published", publishedSize())
        .withDetail("cosignatures", watch.cosignatures() + " of " + cosigners.count());
    String signing = signer.failure();
    if (signing != null) {
      builder.down().withDetail("signing", signing);
    }
    String publishing = publisher.failure();
    if (publishing != null) {
      builder.down().withDetail("publishing", publishing);
    }
    if (!cosigners.failures().isEmpty()) {
      builder.withDetail("witnesses", cosigners.failures());
    }
    if (watch.overdue()) {
      builder.down().withDetail("lackingSeconds", watch.lacking().toSeconds());
    }
  }
}
