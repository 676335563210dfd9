package org.yuanliu.platform.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;

/**
 * What the policy has to know of a record. The keys are UnitKeys of canonical party URIs.
 *
 * @param named parties named in the record, beside reporter and principal
 */
public record EntryFacts(
    UUID reporter,
    UUID principal,
    Set<UUID> named,
    @Nullable String division,
    @Nullable String industry) {
  /** Of an entry as it was read. */
  public static EntryFacts of(Entry entry) {
    Draft draft = entry.draft();
    return new EntryFacts(
        UnitKey.of(draft.reporter()).value(),
        UnitKey.of(draft.principal()).value(),
        draft.scope().named(),
        draft.scope().division(),
        draft.scope().industry());
  }
}
