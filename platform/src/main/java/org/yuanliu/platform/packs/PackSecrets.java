package org.yuanliu.platform.packs;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.SecretElements;
import org.yuanliu.platform.access.SecretFields;

/** What the packs that are loaded now mark as a commercial secret. */
@Component
class PackSecrets implements SecretFields {
  private final ObjectProvider<Packs> packs;
  private final AtomicReference<@Nullable Known> current = new AtomicReference<>();

  private record Known(PackSet packs, SecretElements secrets) {}

  /**
   * @param packs asked for when the first event is shown: whoever decides what is shown is there
   *     before the packs are loaded
   */
  PackSecrets(ObjectProvider<Packs> packs) {
    this.packs = requireNonNull(packs, "packs is null");
  }

  @Override
  public EpcisEvent without(EpcisEvent event, @Nullable String industry, Set<UUID> reader) {
    return secrets().without(event, industry, party -> reader.contains(UnitKey.of(party).value()));
  }

  private SecretElements secrets() {
    PackSet now = packs.getObject().current();
    Known known = current.get();
    if (known == null || known.packs() != now) {
      known = new Known(now, SecretElements.of(now));
      current.set(known);
    }
    return known.secrets();
  }
}
