package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.TreeHead;

/** What became of a submission; given only after the commit. */
public sealed interface Outcome {

  /**
   * Everything is stored (or was stored before).
   *
   * @param placed one element for each draft
   * @param head a tree head that includes them all
   * @param note that head signed (C2SP tlog-checkpoint); empty where nobody signs, or nobody can
   *     now
   */
  record Committed(List<Placed> placed, TreeHead head, Optional<String> note) implements Outcome {
    public Committed(List<Placed> placed, TreeHead head) {
      this(placed, head, Optional.empty());
    }
  }

  /**
   * Some drafts have the identity of a stored record and say something else; nothing was stored.
   */
  record Conflicted(List<Conflict> conflicts) implements Outcome {}

  /**
   * @param duplicate true where the same record was there already; ref and time are then the first
   *     one's
   */
  record Placed(EntryRef ref, Instant recordTime, boolean duplicate) {}

  /**
   * @param index which draft of the submission, from 0
   * @param stored the record that has this identity already; null when it is an earlier draft of
   *     the same submission
   */
  record Conflict(int index, @Nullable EntryRef stored) {}
}
