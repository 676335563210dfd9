package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Outcome.Conflict;
import org.yuanliu.platform.journal.Outcome.Placed;

/**
 * What becomes of each submission of a group, decided one after the other: which drafts are new and
 * where they stand, which are there already, which contradict what is there. No input and no
 * output.
 */
final class GroupPlan {
  private final int journal;
  private final Instant recordTime;
  private final Map<UUID, StoredIdentity> known;
  private final List<NewEntry> entries = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private long next;
  private boolean repeats;
  private boolean disputed;

  /**
   * @param next the position of the first new entry
   * @param recordTime of all new entries
   * @param stored the group's identities that are in the database
   */
  GroupPlan(int journal, long next, Instant recordTime, Map<UUID, StoredIdentity> stored) {
    this.journal = journal;
    this.next = next;
    this.recordTime = recordTime;
    known = new HashMap<>(stored);
  }

  /** A draft that gets a place. */
  record NewEntry(EntryRef ref, UUID captureId, PreparedDraft prepared) {}

  /** Exactly one of the two lists has elements, unless the submission was empty. */
  record Decision(Pending pending, List<Placed> placed, List<Conflict> conflicts) {}

  void add(Pending pending) {
    Map<UUID, StoredIdentity> own = new HashMap<>();
    List<Placed> placed = new ArrayList<>(pending.drafts().size());
    List<Conflict> conflicts = new ArrayList<>();
    List<NewEntry> fresh = new ArrayList<>(pending.drafts().size());
    for (int i = 0; i < pending.drafts().size(); i++) {
      PreparedDraft prepared = pending.drafts().get(i);
      Identity identity = prepared.draft().identity();
      StoredIdentity before = known.get(identity.key());
      @Nullable StoredIdentity sibling = own.get(identity.key());
      StoredIdentity taken = before == null ? sibling : before;
      if (taken == null) {
        EntryRef ref = new EntryRef(journal, next + fresh.size());
        fresh.add(new NewEntry(ref, pending.captureId(), prepared));
        own.put(identity.key(), new StoredIdentity(ref, recordTime, identity.content()));
        placed.add(new Placed(ref, recordTime, false));
      } else if (taken.says(identity.content())) {
        repeats = true;
        placed.add(new Placed(taken.ref(), taken.recordTime(), true));
      } else {
        conflicts.add(new Conflict(i, before == null ? null : before.ref()));
      }
    }
    if (conflicts.isEmpty()) {
      known.putAll(own);
      entries.addAll(fresh);
      next += fresh.size();
      decisions.add(new Decision(pending, placed, List.of()));
    } else {
      disputed = true;
      decisions.add(new Decision(pending, List.of(), conflicts));
    }
  }

  /** Whether something was there already. */
  boolean repeats() {
    return repeats || disputed;
  }

  /** Whether a submission was refused. */
  boolean hasConflicts() {
    return disputed;
  }

  /** All new entries, in order. */
  List<NewEntry> entries() {
    return entries;
  }

  /** One for each submission, in the order of {@link #add}. */
  List<Decision> decisions() {
    return decisions;
  }

  Instant recordTime() {
    return recordTime;
  }
}
