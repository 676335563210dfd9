package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.EventFact;
import org.yuanliu.platform.journal.EntryRef;

/**
 * An event that belongs to a link of a pack.
 *
 * @param pack id of the pack
 * @param version of the pack in force when it happened
 * @param eventId the sender's, or the hash
 * @param eventKey of (principal, event id)
 * @param access what the disclosure policy decides by
 */
record Known(
    EntryRef ref,
    String pack,
    int version,
    String eventId,
    UUID eventKey,
    Access access,
    @Nullable UUID place,
    EventFact fact) {
  Known {
    requireNonNull(ref, "ref is null");
    requireNonNull(pack, "pack is null");
    requireNonNull(eventId, "eventId is null");
    requireNonNull(eventKey, "eventKey is null");
    requireNonNull(access, "access is null");
    requireNonNull(fact, "fact is null");
  }

  /** Keys of parties, and where it belongs. */
  record Access(
      UUID reporter,
      UUID principal,
      Set<UUID> named,
      @Nullable String division,
      @Nullable String industry) {
    Access {
      named = Set.copyOf(named);
    }
  }
}
