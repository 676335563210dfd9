package org.yuanliu.platform.journal;

import java.util.Optional;
import org.yuanliu.ledger.TreeHead;

/**
 * Signs tree heads that are stored: the group's transaction has checked the fencing epoch and is
 * committed, so what is signed stays true. Those whose entries a head includes get its note with
 * their answer.
 */
public interface HeadSigner {

  /** Looks at the tree once, when the journal opens, before anything is signed or taken. */
  void begin(TreeHead head);

  /**
   * The head as a signed note (C2SP tlog-checkpoint). Called in the order of commits, on one thread
   * that is not the writer's; of heads that wait together the newest alone is signed, as it
   * includes what the others do.
   *
   * @return empty if nobody can sign now; what was stored is answered all the same, without a note
   */
  Optional<String> sign(TreeHead head);

  /**
   * Why no new entries may be taken; empty if they may. A log that contradicts what it has shown
   * takes none; one that is to have witnesses may be told to take none while they do not answer.
   */
  Optional<JournalUnavailableException.Kind> closed();
}
