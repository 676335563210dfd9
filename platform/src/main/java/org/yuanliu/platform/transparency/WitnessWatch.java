package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Since when this log has lacked cosignatures, and whether that is for too long. */
@Component
final class WitnessWatch {
  private final TransparencySettings.Witnesses settings;
  private final Clock clock;
  private volatile int cosignatures;
  private volatile Instant enoughAt;

  WitnessWatch(TransparencySettings settings, Clock clock) {
    this.settings = settings.witnesses();
    this.clock = requireNonNull(clock, "clock is null");
    // The patience counts from the start: a log that never found its witnesses is late too.
    this.enoughAt = clock.instant();
  }

  /** Of the checkpoint published last. */
  int cosignatures() {
    return cosignatures;
  }

  /** So many cosigned the newest checkpoint; none at first, and then the patience begins. */
  void cosigned(int count) {
    if (count >= settings.required() || cosignatures >= settings.required()) {
      enoughAt = clock.instant();
    }
    cosignatures = count;
  }

  /** How long there have not been enough of them. */
  Duration lacking() {
    return cosignatures >= settings.required()
        ? Duration.ZERO
        : Duration.between(enoughAt, clock.instant());
  }

  /** Whether there are too few for longer than the policy allows. */
  boolean overdue() {
    return lacking().compareTo(settings.patience()) > 0;
  }

  /** Whether nothing may be taken for that. */
  boolean closed() {
    return settings.failClosed() && overdue();
  }
}
