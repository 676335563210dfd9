package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TreeHead;

/** The journal of a single server, in PostgreSQL. */
final class PostgresJournal implements Journal, Rebuild, AutoCloseable {
  /** A single server has one journal; a cluster gives each server its own. */
  static final int JOURNAL = 1;

  private static final int BYTES_PER_MB = 1024 * 1024;

  /** After a loss of the database the lease is ours still, or another server's for good. */
  private static final Duration LEASE_WAIT_AGAIN = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final String logName;
  private final Preparer preparer;
  private final SubmissionQueue queue;
  private final EntryReader reader;
  private final JournalWriter writer;
  private final @Nullable HeadSigner signer;
  private final Acknowledger acknowledger;
  private final RecentEntries recent = new RecentEntries();
  private volatile TreeHead head;

  PostgresJournal(
      DataSource dataSource,
      String logName,
      JournalSettings settings,
      Clock clock,
      List<Projection> projections,
      Collection<? extends SubjectCodec> codecs,
      MeterRegistry meters,
      @Nullable HeadSigner signer) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.logName = requireNonNull(logName, "logName is null");
    Suite suite = Suite.ofId(settings.suite());
    int maxBodyBytes = Math.multiplyExact(settings.bodyMb(), BYTES_PER_MB);
    preparer =
        new Preparer(logName, suite, settings.submissionEntries(), maxBodyBytes, projections);
    queue =
        new SubmissionQueue(
            settings.queueSubmissions(),
            settings.queueMb(),
            settings.queueWait(),
            settings.groupEntries());
    reader = new EntryReader(codecs, maxBodyBytes);
    head = new JournalState(Frontier.empty(suite), Instant.EPOCH).head(logName);
    this.signer = signer;
    acknowledger = new Acknowledger(signer);
    String holder = ManagementFactory.getRuntimeMXBean().getName();
    writer =
        new JournalWriter(
            first ->
                WriterSession.open(
                    dataSource,
                    JOURNAL,
                    logName,
                    suite,
                    holder,
                    clock,
                    first ? settings.leaseWait() : LEASE_WAIT_AGAIN),
            new GroupCommit(JOURNAL, logName, suite, clock, projections),
            new ViewRebuild(JOURNAL, reader, projections),
            queue,
            this::publish,
            acknowledger,
            new JournalMetrics(meters, queue::size, () -> head().size()),
            settings.recoveryWait());
  }

  /**
   * Takes the lease and begins to write.
   *
   * @throws LeaseTakenException if another server has it
   * @throws JournalUnavailableException if the database is lost
   */
  void start() {
    writer.start();
    if (signer != null) {
      signer.begin(head);
    }
    acknowledger.start();
  }

  boolean isAlive() {
    return writer.isAlive();
  }

  boolean isStoring() {
    return writer.isStoring();
  }

  @Override
  public Outcome append(Submission submission) {
    requireNonNull(submission, "submission is null");
    if (writer.isWriter(Thread.currentThread())) {
      throw new IllegalStateException("a projection cannot append: it would wait for itself");
    }
    if (submission.drafts().isEmpty()) {
      return new Outcome.Committed(List.of(), head);
    }
    requireOpen();
    Pending pending = preparer.prepare(submission);
    try {
      if (!queue.offer(pending)) {
        throw new JournalUnavailableException(
            "too much waits to be stored", new IllegalStateException(queue.size() + " wait"));
      }
      return pending.outcome().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException(
          JournalUnavailableException.Kind.UNCERTAIN,
          "interrupted while waiting for the commit",
          e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void requireOpen() {
    if (signer != null) {
      signer
          .closed()
          .ifPresent(
              kind -> {
                throw JournalUnavailableException.closed(kind);
              });
    }
  }

  @Override
  public TreeHead head() {
    return head;
  }

  @Override
  public Optional<Entry> read(EntryRef ref) {
    return readAll(List.of(ref)).stream().findFirst();
  }

  @Override
  public List<Entry> readAll(List<EntryRef> refs) {
    if (refs.isEmpty()) {
      return List.of();
    }
    try (Connection connection = dataSource.getConnection()) {
      Map<EntryRef, Entry> found = reader.read(connection, refs);
      return refs.stream().map(found::get).filter(Objects::nonNull).toList();
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  @Override
  public void replay(long fromPosition, Consumer<List<Entry>> batch) {
    long position = fromPosition;
    long end = head.size();
    while (position < end) {
      List<Entry> entries = recent.from(position, EntryReader.BATCH_ENTRIES);
      if (entries.isEmpty()) {
        entries = reader.entries(readBatch(position, end));
      }
      if (entries.isEmpty()) {
        return;
      }
      batch.accept(entries);
      position = entries.getLast().ref().position() + 1;
    }
  }

  @Override
  public void rebuild(Progress progress) {
    writer.rebuildViews(progress);
  }

  @Override
  public void close() {
    writer.close();
    acknowledger.close();
  }

  /** A connection a batch: whoever takes his time over one holds none of the pool meanwhile. */
  private List<StoredEntry> readBatch(long from, long end) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false); // the driver fetches by portions only inside a transaction
      try {
        return reader.next(connection, JOURNAL, from, end);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  private TreeHead publish(JournalState state, List<Entry> entries) {
    recent.add(entries);
    TreeHead next = state.head(logName);
    head = next;
    return next;
  }

  /** A new exception for each caller: one that is shared would tell the wrong thread's story. */
  private static RuntimeException failure(Throwable cause) {
    return cause instanceof JournalUnavailableException unavailable
        ? new JournalUnavailableException(unavailable.kind(), "the journal cannot store now", cause)
        : new IllegalStateException("the submission cannot be stored", cause);
  }
}
