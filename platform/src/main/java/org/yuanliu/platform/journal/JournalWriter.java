package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.GroupCommit.Prepared;
import org.yuanliu.platform.journal.GroupCommit.StaleEpochException;

/**
 * The one thread that writes entries. It takes what waits, stores it in one transaction and then
 * lets the callers go on. What one submission breaks, its neighbours don't feel; what the database
 * can't do now, nobody is told was done.
 */
final class JournalWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);

  /** What a stop waits for the queue to empty; after that the callers are told "unavailable". */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

  /** Opens sessions; {@code first} tells the one of the start from those after a loss. */
  interface Sessions {
    WriterSession open(boolean first) throws SQLException;
  }

  /** Publishes each new head, before the callers are answered. */
  interface Listener {
    TreeHead committed(JournalState state, List<Entry> entries);
  }

  private final Sessions sessions;
  private final GroupCommit commits;
  private final ViewRebuild rebuild;
  private final SubmissionQueue queue;
  private final Listener listener;
  private final Acknowledger acknowledger;
  private final JournalMetrics metrics;
  private final Duration recoveryWait;
  private final Thread thread;
  private final Queue<Wanted> rebuilds = new ConcurrentLinkedQueue<>();
  private @Nullable WriterSession session;
  private volatile boolean stopping;
  private volatile boolean alive;

  /** The last attempt to write failed by the database. */
  private volatile boolean failing;

  /** What became of a commit whose answer was lost. */
  private enum Fate {
    STORED,
    NOT_STORED,
    UNKNOWN
  }

  JournalWriter(
      Sessions sessions,
      GroupCommit commits,
      ViewRebuild rebuild,
      SubmissionQueue queue,
      Listener listener,
      Acknowledger acknowledger,
      JournalMetrics metrics,
      Duration recoveryWait) {
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.commits = requireNonNull(commits, "commits is null");
    this.rebuild = requireNonNull(rebuild, "rebuild is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.acknowledger = requireNonNull(acknowledger, "acknowledger is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
    this.recoveryWait = requireNonNull(recoveryWait, "recoveryWait is null");
    thread = Thread.ofPlatform().name("journal-writer").unstarted(this::run);
  }

  /** A rebuild that somebody waits for. */
  private record Wanted(CompletableFuture<Boolean> done, Rebuild.Progress progress) {}

  /** Takes the lease, finishes a rebuild that was cut off, and begins to write. */
  void start() {
    try {
      session(true);
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be opened", e);
    }
    alive = true;
    thread.start();
  }

  boolean isAlive() {
    return alive;
  }

  /** Whether the last attempt to write succeeded; while it did not, the writer goes on trying. */
  boolean isStoring() {
    return alive && !failing;
  }

  boolean isWriter(Thread candidate) {
    return candidate.threadId() == thread.threadId();
  }

  /** Rebuilds all views between two groups and returns when they are whole. */
  void rebuildViews(Rebuild.Progress progress) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    rebuilds.add(new Wanted(done, progress));
    if (!alive) {
      // The writer may have ended before it saw this one.
      done.completeExceptionally(new IllegalStateException("the journal is stopping"));
    }
    try {
      done.join();
    } catch (CompletionException e) {
      throw new JournalUnavailableException("the views could not be rebuilt", e);
    }
  }

  /** Stores what waits, then gives the lease back. */
  @Override
  public void close() {
    stopping = true;
    queue.close();
    try {
      if (!thread.join(DRAIN_LIMIT)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        List<Pending> group = queue.take(POLL);
        runRebuilds();
        if (!group.isEmpty()) {
          store(group);
        } else if (stopping) {
          break;
        } else if (failing) {
          probe();
        }
      }
    } catch (InterruptedException e) {
      log.warn("the journal's writer was interrupted; what waits is refused");
    } catch (RuntimeException | Error e) {
      log.error("the journal's writer ends", e);
    } finally {
      alive = false;
      stopping = true;
      queue.close();
      RuntimeException cause = new IllegalStateException("the journal is stopping");
      refuse(queue.drain(), cause);
      for (Wanted one = rebuilds.poll(); one != null; one = rebuilds.poll()) {
        one.done.completeExceptionally(cause);
      }
      dropSession();
    }
  }

  /** A new session begins its epoch by a commit: where that succeeds, storing may again. */
  private void probe() {
    try {
      session(false);
    } catch (SQLException | RuntimeException e) {
      log.warn("the database still does not store: {}", e.getMessage());
      dropSession();
    }
  }

  private void runRebuilds() {
    for (Wanted one = rebuilds.poll(); one != null; one = rebuilds.poll()) {
      try {
        rebuild.run(session(false), one.progress);
        one.done.complete(true);
      } catch (SQLException | RuntimeException e) {
        dropSession();
        one.done.completeExceptionally(e);
      }
    }
  }

  private void store(List<Pending> group) throws InterruptedException {
    store(group, true);
  }

  /**
   * Stores a group or answers why not.
   *
   * @param again whether a failure of the database before the commit is worth another session: the
   *     old one may have died while nothing was to be done
   */
  private void store(List<Pending> group, boolean again) throws InterruptedException {
    long begin = System.nanoTime();
    WriterSession open;
    try {
      open = session(false);
    } catch (SQLException | RuntimeException e) {
      log.error("the journal has no session; refusing what waits", e);
      dropSession();
      refuse(group, e);
      refuse(queue.drain(), e);
      return;
    }
    Prepared prepared;
    try {
      prepared = commits.prepare(open, group);
    } catch (StaleEpochException e) {
      log.error("another server took over the journal", e);
      dropSession();
      refuse(group, e);
      return;
    } catch (SQLException e) {
      if (Failures.isDatabase(e) && again) {
        log.warn("the journal's session failed before its commit; trying a new one", e);
        dropSession();
        store(group, false);
      } else if (Failures.isDatabase(e)) {
        log.error("the database cannot store now", e);
        dropSession();
        refuse(group, e);
      } else {
        isolate(group, e);
      }
      return;
    } catch (RuntimeException e) {
      isolate(group, e);
      return;
    } catch (Error e) {
      dropSession();
      refuse(group, e);
      throw e;
    }
    commit(open, group, prepared, begin);
  }

  private void commit(WriterSession open, List<Pending> group, Prepared prepared, long begin)
      throws InterruptedException {
    try {
      if (prepared.plan().entries().isEmpty()) {
        open.connection().rollback(); // nothing was written
      } else {
        open.connection().commit();
        open.committed(prepared.next());
      }
    } catch (SQLException e) {
      Fate fate = Fate.NOT_STORED;
      if (!prepared.plan().entries().isEmpty() && !Failures.isRolledBack(e)) {
        log.warn("the answer to a commit was lost; asking the database", e);
        fate = fate(open.state().size(), prepared);
      } else {
        dropSession();
      }
      switch (fate) {
        case STORED -> {}
        case NOT_STORED -> {
          refuse(group, e);
          return;
        }
        case UNKNOWN -> {
          refuse(group, JournalUnavailableException.Kind.UNCERTAIN, e);
          return;
        }
      }
    }
    failing = false;
    commits.committed(prepared);
    TreeHead head = listener.committed(prepared.next(), prepared.entries());
    metrics.committed(group.size(), prepared.plan().entries().size(), System.nanoTime() - begin);
    acknowledger.acknowledge(prepared.plan().decisions(), head);
  }

  /**
   * After a commit whose answer was lost: whether our very leaves stand where we wrote them. Nobody
   * is answered before this is known; if it can't be known in time, the callers are told that it is
   * uncertain, and a resend finds out by its identities.
   */
  private Fate fate(long first, Prepared prepared) {
    dropSession();
    long deadline = System.nanoTime() + recoveryWait.toNanos();
    while (true) {
      try {
        WriterSession next = session(false);
        byte[] found = next.tables().leaves(next.connection(), first);
        next.connection().rollback();
        boolean stored = found != null && Arrays.equals(found, prepared.leaves());
        log.info("the commit {}", stored ? "had happened" : "had not happened");
        return stored ? Fate.STORED : Fate.NOT_STORED;
      } catch (SQLException | RuntimeException e) {
        dropSession();
        if (System.nanoTime() > deadline) {
          log.error("the database does not come back; refusing a group that may be stored", e);
          return Fate.UNKNOWN;
        }
      }
      try {
        Thread.sleep(RECONNECT_PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the writer ends with its next wait
        return Fate.UNKNOWN;
      }
    }
  }

  /** One of them is at fault: each gets a transaction of its own. */
  private void isolate(List<Pending> group, Exception failure) throws InterruptedException {
    try {
      if (session != null) {
        session.connection().rollback();
      }
    } catch (SQLException e) {
      log.warn("cannot roll back", e);
      dropSession();
    }
    if (group.size() == 1) {
      Pending culprit = group.getFirst();
      log.error("a submission cannot be stored, capture {}", culprit.captureId(), failure);
      culprit.failed(
          new IllegalStateException(
              "capture " + culprit.captureId() + " cannot be stored: " + failure.getMessage(),
              failure));
      return;
    }
    for (Pending pending : group) {
      store(List.of(pending));
    }
  }

  private void refuse(List<Pending> group, Throwable cause) {
    refuse(group, JournalUnavailableException.Kind.NOTHING_STORED, cause);
  }

  private void refuse(List<Pending> group, JournalUnavailableException.Kind kind, Throwable cause) {
    failing = true;
    metrics.refused(group.size());
    for (Pending pending : group) {
      pending.failed(new JournalUnavailableException(kind, "the journal cannot store now", cause));
    }
  }

  /** The open session, or a new one once its views are whole. */
  private WriterSession session(boolean first) throws SQLException {
    if (session == null) {
      WriterSession opened = sessions.open(first);
      try {
        rebuild.finish(opened, new LoggedProgress());
      } catch (SQLException | RuntimeException e) {
        opened.close();
        throw e;
      }
      session = opened;
      failing = false;
      metrics.sessionBegun();
      acknowledger.acknowledge(List.of(), listener.committed(opened.state(), List.of()));
    }
    return session;
  }

  private void dropSession() {
    WriterSession dropped = session;
    session = null;
    if (dropped != null) {
      dropped.close();
    }
  }
}
