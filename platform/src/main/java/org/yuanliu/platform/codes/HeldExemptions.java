package org.yuanliu.platform.codes;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.Exemption;
import org.yuanliu.codes.Exemptions;
import org.yuanliu.codes.Scheme;
import org.yuanliu.platform.ServerSettings;

/**
 * The exemptions of today, held in memory: they are few and asked for whenever a check fails. What
 * this server granted or ended holds at once, what another did after {@code exemption-age}.
 */
@Component
class HeldExemptions implements Exemptions {
  private static final Logger LOG = LoggerFactory.getLogger(HeldExemptions.class);

  private final CodeStore store;
  private final CodesSettings settings;
  private final Clock clock;
  private final ZoneId zone;
  private final AtomicReference<Held> held =
      new AtomicReference<>(new Held(Exemptions.none(), LocalDate.EPOCH, Instant.EPOCH));

  HeldExemptions(CodeStore store, CodesSettings settings, Clock clock, ServerSettings server) {
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = server.zone();
  }

  private record Held(Exemptions exemptions, LocalDate day, Instant readAt) {}

  @Override
  public @Nullable Exemption find(Scheme scheme, String value) {
    return current().find(scheme, value);
  }

  /** Called after the commit of a change. */
  void changed() {
    held.set(new Held(held.get().exemptions(), LocalDate.EPOCH, Instant.EPOCH));
  }

  private Exemptions current() {
    Held now = held.get();
    Instant time = clock.instant();
    LocalDate today = LocalDate.ofInstant(time, zone);
    if (now.day().equals(today) && now.readAt().plus(settings.exemptionAge()).isAfter(time)) {
      return now.exemptions();
    }
    try {
      Held read =
          new Held(
              Exemptions.of(
                  store.exemptionsOn(today, settings.maxExemptions()).stream()
                      .map(CodeStore.ExemptionRow::exemption)
                      .toList()),
              today,
              time);
      // Only over what was seen: a change meanwhile wants another reading.
      held.compareAndSet(now, read);
      return read.exemptions();
    } catch (DataAccessException e) {
      // To read codes goes on without the database; what was let through last, still is.
      LOG.warn("exemptions could not be read anew", e);
      return now.exemptions();
    }
  }
}
