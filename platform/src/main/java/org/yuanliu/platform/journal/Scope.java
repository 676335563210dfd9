package org.yuanliu.platform.journal;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a record belongs and whom it names: what the disclosure policy decides by.
 *
 * @param division six-digit division code (GB/T 2260) of the place, else of the principal
 * @param industry id of the industry pack
 * @param named keys of the parties named in the record (sources, destinations), beside its reporter
 *     and principal; a key is the UnitKey of the party's canonical URI
 */
public record Scope(@Nullable String division, @Nullable String industry, Set<UUID> named) {
  public Scope {
    named = Set.copyOf(named);
  }
}
