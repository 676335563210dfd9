package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
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
 * @param joined what it says, with one code for each unit
 */
record Known(
    EntryRef ref,
    String pack,
    int version,
    String eventId,
    UUID eventKey,
    Access access,
    @Nullable UUID place,
    JoinedFact joined) {
  Known {
    requireNonNull(ref, "ref is null");
    requireNonNull(pack, "pack is null");
    requireNonNull(eventId, "eventId is null");
    requireNonNull(eventKey, "eventKey is null");
    requireNonNull(access, "access is null");
    requireNonNull(joined, "joined is null");
  }

  /** The event as checks see it. */
  EventFact fact() {
    return joined.fact();
  }

  /** The same once its place in the journal is known; by the codes that it names. */
  Known at(EntryRef newRef, Instant recordTime) {
    return new Known(
        newRef,
        pack,
        version,
        eventId,
        eventKey,
        access,
        place,
        JoinedFact.of(joined.own().at(FactRefs.text(newRef), recordTime), Map.of()));
  }

  /** With each unit under the code that stands for it now; the same if no code has changed. */
  Known joined(Equivalents equivalents) {
    JoinedFact now = JoinedFact.of(joined.own(), equivalents);
    return now.heads().equals(joined.heads())
        ? this
        : new Known(ref, pack, version, eventId, eventKey, access, place, now);
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
