package org.yuanliu.platform.capture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Submission;

/** The real journal, which can be made to refuse as it does without its database. */
final class SwitchableJournal implements Journal {
  private final Journal journal;
  private final AtomicInteger refusals = new AtomicInteger();

  SwitchableJournal(Journal journal) {
    this.journal = journal;
  }

  /** The next so many submissions are refused. */
  void refuse(int times) {
    refusals.set(times);
  }

  @Override
  public Outcome append(Submission submission) {
    if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new JournalUnavailableException("the test says so", new IllegalStateException());
    }
    return journal.append(submission);
  }

  @Override
  public TreeHead head() {
    return journal.head();
  }

  @Override
  public Optional<Entry> read(EntryRef ref) {
    return journal.read(ref);
  }

  @Override
  public List<Entry> readAll(List<EntryRef> refs) {
    return journal.readAll(refs);
  }

  @Override
  public void replay(long fromPosition, Consumer<List<Entry>> batch) {
    journal.replay(fromPosition, batch);
  }
}
