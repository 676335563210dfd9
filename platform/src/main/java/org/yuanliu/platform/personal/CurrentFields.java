package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.industry.PackSet;
import org.yuanliu.platform.packs.Packs;

/** What the packs that are in force now mark personal. */
@Component
class CurrentFields {
  private final Packs packs;
  private final AtomicReference<@Nullable PersonalFields> current = new AtomicReference<>();

  CurrentFields(Packs packs) {
    this.packs = requireNonNull(packs, "packs is null");
  }

  PersonalFields get() {
    PackSet now = packs.current();
    PersonalFields known = current.get();
    if (known == null || known.packs() != now) {
      known = new PersonalFields(now);
      current.set(known);
    }
    return known;
  }
}
