package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.GroupPlan.Decision;

/**
 * Answers the callers of committed groups, each with a signed tree head. Signing has a thread of
 * its own: while it signs for one group, the writer stores the next. Groups that wait together
 * share the signature of the newest head. Where nobody signs, the writer answers by itself.
 */
final class Acknowledger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Acknowledger.class);

  private final @Nullable HeadSigner signer;

  /** Groups in order, no more than callers that wait; an empty element ends the thread. */
  private final LinkedBlockingQueue<Optional<Committed>> committed = new LinkedBlockingQueue<>();

  private final Thread thread;

  Acknowledger(@Nullable HeadSigner signer) {
    this.signer = signer;
    thread = Thread.ofPlatform().name("journal-signer").unstarted(this::run);
  }

  /** Begins to sign; what waits already is signed now. */
  void start() {
    if (signer != null) {
      thread.start();
    }
  }

  /** A group whose commit is certain. */
  private record Committed(List<Decision> decisions, TreeHead head) {
    void answer(TreeHead signed, Optional<String> note) {
      for (Decision decision : decisions) {
        decision
            .pending()
            .done(
                decision.conflicts().isEmpty()
                    ? new Outcome.Committed(decision.placed(), signed, note)
                    : new Outcome.Conflicted(decision.conflicts()));
      }
    }
  }

  /** Has the head signed; then the callers go on. On the writer's thread. */
  void acknowledge(List<Decision> decisions, TreeHead head) {
    Committed group = new Committed(decisions, requireNonNull(head, "head is null"));
    if (signer == null) {
      group.answer(head, Optional.empty());
      return;
    }
    committed.add(Optional.of(group));
    if (thread.getState() == Thread.State.TERMINATED) {
      answerRest(); // the thread ended by an error, and nobody else would
    }
  }

  /** Answers all that wait. The writer has ended before. */
  @Override
  public void close() {
    if (signer == null || thread.getState() == Thread.State.NEW) {
      return;
    }
    committed.add(Optional.empty());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Optional<Committed>> taken = new ArrayList<>();
    try {
      while (true) {
        taken.clear();
        taken.add(committed.take());
        committed.drainTo(taken);
        List<Committed> groups = taken.stream().flatMap(Optional::stream).toList();
        if (!groups.isEmpty()) {
          TreeHead head = groups.getLast().head();
          Optional<String> note = sign(head);
          groups.forEach(group -> group.answer(head, note));
        }
        if (groups.size() < taken.size()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      log.warn("the journal's signer was interrupted; answers go out unsigned");
    } finally {
      taken.stream().flatMap(Optional::stream).forEach(g -> g.answer(g.head(), Optional.empty()));
      answerRest();
    }
  }

  /** What was answered already takes no second answer. */
  private void answerRest() {
    for (var rest = committed.poll(); rest != null; rest = committed.poll()) {
      rest.ifPresent(group -> group.answer(group.head(), Optional.empty()));
    }
  }

  private Optional<String> sign(TreeHead head) {
    try {
      return requireNonNull(signer, "signer is null").sign(head);
    } catch (RuntimeException e) {
      log.error("a tree head could not be signed; answers go out without", e);
      return Optional.empty();
    }
  }
}
