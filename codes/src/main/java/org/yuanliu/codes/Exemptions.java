package org.yuanliu.codes;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a reader asks whether a code whose check fails was let through. */
@FunctionalInterface
public interface Exemptions {
  /**
   * @param value the code as its scheme writes it, without separators
   * @return the exemption that holds, or null
   */
  @Nullable Exemption find(Scheme scheme, String value);

  static Exemptions none() {
    return (scheme, value) -> null;
  }

  /** A fixed set; which of them hold today is the giver's to say. */
  static Exemptions of(Collection<Exemption> exemptions) {
    record Key(Scheme scheme, String value) {}
    Map<Key, Exemption> byCode = new HashMap<>();
    exemptions.forEach(given -> byCode.put(new Key(given.scheme(), given.value()), given));
    return (scheme, value) -> byCode.get(new Key(scheme, value));
  }
}
