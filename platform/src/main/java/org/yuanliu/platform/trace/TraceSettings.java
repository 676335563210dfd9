package org.yuanliu.platform.trace;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How far clocks and habits are trusted.
 *
 * @param clockTolerance by how much the clocks of two sources may differ where only time tells the
 *     order: containment, a holder's turn, a joint by document
 * @param clockDisagreement an explicit link whose later side is earlier by more than this is
 *     flagged
 * @param lateAfter an event stored later than the next link's by more than this is flagged
 * @param openLoad how long an asset (lorry, crate) is held to carry what nobody recorded as
 *     unloaded
 */
@Validated
@ConfigurationProperties("yuanliu.trace")
record TraceSettings(
    @NotNull @DefaultValue("24h") Duration clockTolerance,
    @NotNull @DefaultValue("15m") Duration clockDisagreement,
    @NotNull @DefaultValue("24h") Duration lateAfter,
    @NotNull @DefaultValue("7d") Duration openLoad) {

  /** Longer than any season; a typing error in a unit ends here. */
  private static final Duration MAX = Duration.ofDays(366);

  static final TraceSettings DEFAULT =
      new TraceSettings(
          Duration.ofHours(24), Duration.ofMinutes(15), Duration.ofHours(24), Duration.ofDays(7));

  TraceSettings {
    for (Duration duration :
        new Duration[] {clockTolerance, clockDisagreement, lateAfter, openLoad}) {
      if (duration.isNegative() || duration.compareTo(MAX) > 0) {
        throw new IllegalArgumentException("a trace setting is out of range: " + duration);
      }
    }
  }
}
