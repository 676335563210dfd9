package org.yuanliu.platform.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.platform.database.StorageRoom;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.JournalUnavailableException.Kind;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.personal.KeptDocuments;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Commits the events of documents that were taken. The document is kept first, so what was answered
 * 202 is finished whatever happens: while the journal cannot store, a job waits; a job that a crash
 * cut off is done again after the restart, and identity makes that harmless. The line that ends a
 * job does not wait for the disk; a database that crashes under a living server loses it, so jobs
 * that the database takes for running and this server does not are looked for from time to time.
 */
@Component
final class CaptureJobs implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureJobs.class);

  /**
   * Before the door opens and after it has closed: the web server stands at the highest phases, the
   * journal below.
   */
  static final int PHASE = 1_000;

  /** Jobs that hand events to the journal at one time; more do not fit one group commit anyway. */
  static final int MAX_RUNNING = 64;

  /** The pause after the first vain attempt; it doubles. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /** About what a database takes to come back. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Less than the server gives each phase of its stop. */
  private static final Duration STOP_WAIT = Duration.ofSeconds(25);

  /** Between two looks for jobs whose end was lost; the look is a scan of a nearly empty index. */
  private static final Duration SWEEP = Duration.ofSeconds(10);

  private final Journal journal;
  private final CaptureStore store;
  private final StorageRoom room;
  private final JobEnds ends;
  private final EarlierDeclarations earlier;
  private final Taking taking;
  private final KeptDocuments kept;
  private final Clock clock;

  /** Jobs this server works on, and those it gave up until its next start. */
  private final Set<UUID> known = ConcurrentHashMap.newKeySet();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final Semaphore slots = new Semaphore(MAX_RUNNING);
  private volatile boolean running;
  private volatile boolean stopping;
  private ExecutorService threads = newThreads();
  private ScheduledExecutorService sweeps = newSweeps();

  CaptureJobs(
      Journal journal,
      CaptureStore store,
      Taking taking,
      KeptDocuments kept,
      StorageRoom room,
      JobEnds ends,
      EarlierDeclarations earlier,
      Clock clock,
      MeterRegistry meters) {
    this.journal = requireNonNull(journal, "journal is null");
    this.store = requireNonNull(store, "store is null");
    this.room = requireNonNull(room, "room is null");
    this.ends = requireNonNull(ends, "ends is null");
    this.earlier = requireNonNull(earlier, "earlier is null");
    this.taking = requireNonNull(taking, "taking is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.clock = requireNonNull(clock, "clock is null");
    Gauge.builder("yuanliu.capture.jobs.unfinished", unfinished, AtomicInteger::get)
        .baseUnit("jobs")
        .description("documents taken whose events are not committed yet")
        .register(meters);
  }

  /** A document that passed every check. */
  record Document(
      byte[] bytes, DocumentHeader header, Taking.Drafted drafted, ErrorBehaviour behaviour) {}

  /**
   * Keeps the document and begins its job.
   *
   * @param room what the document holds in memory; given back when the job ends
   * @return the job's id; the document is safe
   * @throws JournalUnavailableException nothing was kept, unless it says that this is uncertain
   */
  UUID accept(Document document, EventDrafts.Origin origin, CaptureBudget.Room room) {
    if (!running || stopping) {
      throw unavailable(null);
    }
    if (!this.room.isLeft()) {
      throw JournalUnavailableException.noRoom();
    }
    journal.requireOpen();
    byte[] body = kept(document);
    UUID id = UUID.randomUUID();
    CaptureJob job =
        new CaptureJob(
            id,
            origin.reporter(),
            now(),
            document.drafted().drafts().size() + document.drafted().errors().size(),
            document.behaviour(),
            CaptureJob.State.RUNNING,
            null);
    known.add(id);
    try {
      store.insert(job, origin.standing(), body);
    } catch (DataAccessException | TransactionException e) {
      known.remove(id);
      throw unavailable(e);
    }
    ends.begun(job);
    byte[] frame = Gzip.compress(document.header().body().toString().getBytes(UTF_8));
    Taking.Drafted drafted = document.drafted();
    start(id, () -> commit(id, drafted, frame, document.behaviour()), room);
    return id;
  }

  /** Compressed; sealed where it has, or what was refused of it may have, personal values. */
  private byte[] kept(Document document) {
    byte[] compressed = Gzip.compress(document.bytes());
    Taking.Drafted drafted = document.drafted();
    return drafted.errors().isEmpty()
            && drafted.drafts().stream().allMatch(draft -> draft.attached().isEmpty())
        ? compressed
        : kept.seal(compressed);
  }

  private void start(UUID id, BooleanSupplier work, CaptureBudget.Room room) {
    unfinished.incrementAndGet();
    try {
      threads.execute(() -> run(id, work, room));
    } catch (RejectedExecutionException e) {
      // The server stops at this very moment. The document is kept: the next start finishes it.
      unfinished.decrementAndGet();
      ends.dropped(id);
      room.close();
    }
  }

  private void run(UUID id, BooleanSupplier work, CaptureBudget.Room room) {
    try (room) {
      slots.acquire();
      try {
        untilDone(id, work);
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      unfinished.decrementAndGet();
    }
  }

  /** Tries until it is done or the server stops; a job left over is done after the next start. */
  private void untilDone(UUID id, BooleanSupplier work) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        if (work.getAsBoolean()) {
          known.remove(id);
          return;
        }
      } catch (JournalUnavailableException | DataAccessException | TransactionException e) {
        if (stopping) {
          LOG.info("Capture job {} is left for the next start", id);
          return;
        }
        LOG.warn("Capture job {} waits: {}", id, e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("Capture job {} failed unexpectedly and is left for the next start", id, e);
        return;
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) {
        pause = LONGEST_PAUSE;
      }
    }
  }

  private boolean commit(UUID id, Taking.Drafted drafted, byte[] frame, ErrorBehaviour behaviour) {
    List<Draft> events = drafted.drafts();
    Outcome outcome =
        events.isEmpty()
            ? new Outcome.Committed(List.of(), journal.head())
            : journal.append(new Submission(id, events));
    IntFunction<String> places = drafted.places()::get;
    switch (outcome) {
      case Outcome.Committed(List<Outcome.Placed> placed, var head, var note) -> {
        int duplicates = (int) placed.stream().filter(Outcome.Placed::duplicate).count();
        CaptureJob.Done done =
            new CaptureJob.Done(
                now(),
                duplicates,
                PositionRanges.of(placed),
                head,
                note.orElse(null),
                drafted.errors(),
                earlier.of(events, placed).stream().map(EntryRef::toString).toList());
        store.finish(id, done, frame);
        ends.ended(id, done);
      }
      case Outcome.Conflicted(List<Outcome.Conflict> conflicts) -> {
        Problem problem = Conflicts.problem(conflicts, places);
        switch (behaviour) {
          case ROLLBACK -> {
            return fail(id, problem);
          }
          case PROCEED -> {
            return commit(id, without(drafted, conflicts, problem), frame, behaviour);
          }
        }
      }
    }
    return true;
  }

  /** The rest, when the journal refused some for their identity. */
  private static Taking.Drafted without(
      Taking.Drafted drafted, List<Outcome.Conflict> conflicts, Problem problem) {
    Set<Integer> refused = new HashSet<>();
    conflicts.forEach(conflict -> refused.add(conflict.index()));
    List<Draft> drafts = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (int i = 0; i < drafted.drafts().size(); i++) {
      if (!refused.contains(i)) {
        drafts.add(drafted.drafts().get(i));
        places.add(drafted.places().get(i));
      }
    }
    List<Problem> errors = new ArrayList<>(drafted.errors());
    errors.add(problem);
    return new Taking.Drafted(drafts, places, errors);
  }

  /** Does a job over that was cut off, from the document as kept. */
  private boolean redo(UUID id) {
    CaptureStore.Unfinished job = store.unfinished(id).orElse(null);
    if (job == null) {
      return true;
    }
    try {
      byte[] bytes = Gzip.expand(kept.open(job.body()));
      DocumentFormat format = DocumentFormat.ofContent(bytes);
      Taking.Read read = taking.read(bytes, format, job.behaviour());
      Taking.Drafted drafted = taking.draft(read, origin(job), job.behaviour());
      byte[] frame = Gzip.compress(read.header().body().toString().getBytes(UTF_8));
      return commit(id, drafted, frame, job.behaviour());
    } catch (ProblemException e) {
      if (e.problem().status() >= Taking.SERVER_FAULT) {
        throw unavailable(null); // it was promised: it waits for the key of personal values
      }
      return fail(id, e.problem());
    }
  }

  private static EventDrafts.Origin origin(CaptureStore.Unfinished job) {
    Standing standing = job.standing();
    // All or nothing was answered when all mandates were there; else some may have been missing.
    boolean checked = job.behaviour() == ErrorBehaviour.ROLLBACK;
    return new EventDrafts.Origin(job.reporter(), standing, checked);
  }

  private boolean fail(UUID id, Problem problem) {
    CaptureJob.Failed failed = new CaptureJob.Failed(now(), problem);
    store.finish(id, failed);
    ends.ended(id, failed);
    return true;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static JournalUnavailableException unavailable(@Nullable Exception cause) {
    return new JournalUnavailableException(
        cause != null && mayBeKept(cause) ? Kind.UNCERTAIN : Kind.NOTHING_STORED,
        "the document cannot be kept",
        cause == null ? new IllegalStateException("the server is stopping") : cause);
  }

  /** The connection ended under way: the answer may be all that is missing. */
  private static boolean mayBeKept(Exception failure) {
    Throwable cause = failure.getCause();
    if (failure instanceof CannotGetJdbcConnectionException
        || !(cause instanceof SQLException answer)) {
      return false;
    }
    String state = answer.getSQLState();
    return state == null || state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public void start() {
    if (threads.isShutdown()) {
      threads = newThreads();
    }
    stopping = false;
    running = true;
    known.clear();
    ends.clear();
    sweep();
    sweeps = newSweeps();
    var _ =
        sweeps.scheduleWithFixedDelay(
            this::sweepQuietly, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Finishes what the database takes for running and nobody here works on. */
  void sweep() {
    List<UUID> left = store.running().stream().filter(known::add).toList();
    if (!left.isEmpty()) {
      LOG.info("{} capture jobs were cut off and are finished now", left.size());
      // One after another: each is read from the database only when its turn comes.
      threads.execute(() -> left.forEach(this::finishLeft));
    }
  }

  private void sweepQuietly() {
    try {
      sweep();
    } catch (DataAccessException | TransactionException | RejectedExecutionException e) {
      LOG.debug("No look for capture jobs that were cut off: {}", e.getMessage());
    }
  }

  private void finishLeft(UUID id) {
    unfinished.incrementAndGet();
    try {
      if (!stopping) {
        untilDone(id, () -> redo(id));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      unfinished.decrementAndGet();
    }
  }

  @Override
  public void stop() {
    stopping = true;
    sweeps.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} capture jobs are left for the next start", unfinished.get());
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private static ScheduledExecutorService newSweeps() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofVirtual().name("capture-job-sweep").factory());
  }

  private static ExecutorService newThreads() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("capture-job-", 0).factory());
  }
}
