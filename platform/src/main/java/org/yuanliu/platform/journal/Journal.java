package org.yuanliu.platform.journal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yuanliu.ledger.TreeHead;

/**
 * The append-only store: order, commit, leaves; the only writer of entries. One writer thread,
 * group commit: submissions that wait together share a transaction.
 */
public interface Journal {

  /**
   * Stores a submission and returns after its commit. Blocks the calling (virtual) thread.
   *
   * @throws JournalUnavailableException the database is lost, the disk is full, the queue is full
   *     or the server is stopping; nothing was acknowledged
   */
  Outcome append(Submission submission);

  /**
   * For who promises now what he appends later: whether the log takes anything at all.
   *
   * @throws JournalUnavailableException if the log is closed to new entries
   */
  default void requireOpen() {}

  /** The newest tree head; readers read entries below its size. */
  TreeHead head();

  Optional<Entry> read(EntryRef ref);

  /** Entries by reference, in the given order; absent ones are left out. One round trip. */
  List<Entry> readAll(List<EntryRef> refs);

  /** Hands over all entries from a position on, in order, in bounded memory. */
  void replay(long fromPosition, Consumer<List<Entry>> batch);
}
