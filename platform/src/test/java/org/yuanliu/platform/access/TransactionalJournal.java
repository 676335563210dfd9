package org.yuanliu.platform.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.journal.Submission;

/**
 * A journal in memory that runs the real projections in a real transaction: what these tests are
 * about. The real one has its own tests.
 */
public final class TransactionalJournal implements Journal {
  private final DataSource dataSource;
  private final ObjectProvider<Projection> projections;
  private final Clock clock;
  private final List<Entry> entries = new ArrayList<>();
  private final AtomicReference<Runnable> beforeCommit = new AtomicReference<>(() -> {});

  public TransactionalJournal(
      DataSource dataSource, ObjectProvider<Projection> projections, Clock clock) {
    this.dataSource = dataSource;
    this.projections = projections;
    this.clock = clock;
  }

  /** Runs between the projections and the commit; an exception rolls back. */
  public void beforeCommit(Runnable action) {
    beforeCommit.set(action);
  }

  @Override
  public synchronized Outcome append(Submission submission) {
    List<Outcome.Conflict> conflicts = new ArrayList<>();
    List<Entry> added = new ArrayList<>();
    for (Draft draft : submission.drafts()) {
      for (Entry known : entries) {
        if (known.draft().identity().key().equals(draft.identity().key())
            && !Arrays.equals(known.draft().identity().content(), draft.identity().content())) {
          conflicts.add(new Outcome.Conflict(conflicts.size(), known.ref()));
        }
      }
      added.add(
          new Entry(
              new EntryRef(1, entries.size() + added.size()),
              clock.instant(),
              submission.captureId(),
              draft));
    }
    if (!conflicts.isEmpty()) {
      return new Outcome.Conflicted(conflicts);
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        for (Projection projection : projections) {
          projection.apply(connection, added);
        }
        beforeCommit.get().run();
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw new JournalUnavailableException("rolled back", e);
      }
    } catch (SQLException e) {
      throw new JournalUnavailableException("no connection", e);
    }
    entries.addAll(added);
    return new Outcome.Committed(
        added.stream()
            .map(entry -> new Outcome.Placed(entry.ref(), entry.recordTime(), false))
            .toList(),
        head());
  }

  @Override
  public TreeHead head() {
    return new TreeHead("test", entries.size(), new byte[32], clock.instant());
  }

  @Override
  public synchronized Optional<Entry> read(EntryRef ref) {
    return entries.stream().filter(entry -> entry.ref().equals(ref)).findFirst();
  }

  @Override
  public synchronized List<Entry> readAll(List<EntryRef> refs) {
    return refs.stream().map(ref -> read(ref).orElseThrow()).toList();
  }

  @Override
  public synchronized void replay(long fromPosition, Consumer<List<Entry>> batch) {
    batch.accept(List.copyOf(entries));
  }
}
