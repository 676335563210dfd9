package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;

/**
 * Follows the journal and judges. How far it came stands beside what it found, in the same
 * transaction: nothing is judged twice or left out, whenever the server is killed. Other packs than
 * those that the view was made by, or a rebuild, make it begin anew.
 */
@Component
final class CheckFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CheckFollower.class);

  /** A single server has one journal. */
  static final int JOURNAL = 1;

  /** After the journal is open, before it closes. */
  private static final int PHASE = Integer.MIN_VALUE + 3_000;

  /** How soon a record is judged when nothing else waits. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** After a failure of the database; it is tried again for ever. */
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

  /**
   * A record gets its time before its commit. What falls due is judged this much later, so that
   * records with an earlier time are there.
   */
  private static final Duration COMMIT_LAG = Duration.ofSeconds(5);

  /**
   * How far it may fall behind for the sake of those who record: half a minute of its work. Beyond,
   * it takes its share of the machine.
   */
  private static final long MAX_BEHIND = 100_000;

  /** How much longer than it has worked it rests for their sake: a fifth of one core is its. */
  private static final int REST = 4;

  /** Entries of one transaction: some hundredths of a second of work, then it rests. */
  private static final int STEP = 250;

  /** The longest rest. */
  private static final Duration MAX_BREATH = Duration.ofSeconds(1);

  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  /** Events at a place that are read again when it is registered late; some months of a shop. */
  private static final int MAX_REREAD = 10_000;

  private final DataSource dataSource;
  private final Journal journal;
  private final EntrySearch search;
  private final Catalogues catalogues;
  private final Clock clock;
  private final Progress progress;
  private @Nullable ExecutorService thread;
  private volatile boolean stopping;
  private volatile @Nullable String failure;

  /** How many wait for it. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** What the next transaction need not read; of the one thread that follows. */
  private @Nullable Kept known;

  private record Kept(Catalogue catalogue, long next, StoredFacts facts) {}

  CheckFollower(
      DataSource dataSource,
      Journal journal,
      EntrySearch search,
      Catalogues catalogues,
      Clock clock,
      Progress progress) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.search = requireNonNull(search, "search is null");
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      return;
    }
    stopping = false;
    ExecutorService started =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("checks").daemon().factory());
    started.execute(this::run);
    thread = started;
  }

  @Override
  public synchronized void stop() {
    ExecutorService running = thread;
    thread = null;
    stopping = true;
    if (running == null) {
      return;
    }
    running.shutdown();
    try {
      if (!running.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        running.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** Entries before this position are judged. */
  long reached() {
    return progress.reached();
  }

  /** Entries of the journal. */
  long head() {
    return journal.head().size();
  }

  /** Why it does not go on; null if it does. */
  @Nullable String failure() {
    return failure;
  }

  /**
   * Waits until everything before a position is judged.
   *
   * @return whether it is
   */
  boolean await(long position, Duration limit) {
    return await(progress::reached, position, limit);
  }

  /**
   * Waits until everything before a position is judged, and everything that had fallen due.
   *
   * @return whether it is
   */
  boolean awaitSettled(long position, Duration limit) {
    return await(progress::settled, position, limit);
  }

  private boolean await(LongSupplier known, long position, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    waiting.incrementAndGet();
    try {
      while (known.getAsLong() < position) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(Duration.ofMillis(5));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void run() {
    while (!stopping) {
      Duration pause = PAUSE;
      try {
        long head = head();
        follow();
        if (!stopping) {
          progress.settle(head);
        }
        failure = null;
      } catch (StoppedException e) {
        return;
      } catch (BegunAnewException e) {
        pause = Duration.ZERO;
      } catch (SQLException | RuntimeException e) {
        if (failure == null && !stopping) {
          LOG.error("the checks do not go on; trying again", e);
        }
        failure = String.valueOf(e.getMessage());
        pause = FAILURE_PAUSE;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** The view was emptied by a rebuild. */
  private static final class BegunAnewException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Ends a replay half-way. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Judges everything that is there and everything that is due. */
  void follow() throws SQLException {
    Catalogue catalogue = catalogues.current();
    long next = begin(catalogue);
    progress.reach(next);
    if (next < journal.head().size()) {
      journal.replay(
          next,
          batch -> {
            for (int from = 0; from < batch.size(); from += STEP) {
              step(catalogue, batch.subList(from, Math.min(batch.size(), from + STEP)));
            }
          });
    }
    pass(catalogue, clock.instant().minus(COMMIT_LAG));
  }

  private void step(Catalogue catalogue, List<Entry> entries) {
    if (stopping) {
      throw new StoppedException();
    }
    long head = head();
    long began = System.nanoTime();
    try {
      pass(catalogue, entries.getFirst().recordTime());
      take(catalogue, entries);
    } catch (SQLException e) {
      throw new StoredFacts.FactsLostException(e);
    }
    breathe(head, Duration.ofNanos(System.nanoTime() - began));
  }

  /**
   * Rests longer than it has worked while others record, so that they have the machine first;
   * unless somebody waits for it, or too much waits.
   *
   * @param head entries of the journal before the work
   */
  private void breathe(long head, Duration worked) {
    long now = head();
    boolean isBusy = now > head && now - progress.reached() < MAX_BEHIND;
    long end = System.nanoTime() + Math.min(REST * worked.toNanos(), MAX_BREATH.toNanos());
    while (isBusy && waiting.get() == 0 && !stopping && System.nanoTime() < end) {
      try {
        Thread.sleep(Duration.ofMillis(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }

  /** Where to go on; other packs than those of the view make it begin anew. */
  private long begin(Catalogue catalogue) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Long next = next(connection, catalogue.digest());
        if (next == null) {
          try (Statement statement = connection.createStatement()) {
            clear(statement);
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into check_state (journal, next, packs) values (?, 0, ?)")) {
            insert.setInt(1, JOURNAL);
            insert.setString(2, catalogue.digest());
            insert.executeUpdate();
          }
          LOG.info("the checks begin with the first entry");
        }
        connection.commit();
        return next == null ? 0 : next;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /**
   * Null where the view was made by other packs, or is not there. The transaction's commit waits
   * for no disk: what is lost in a crash is found again, at the same times.
   */
  private static @Nullable Long next(Connection connection, String packs) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select next, set_config('synchronous_commit', 'off', true) from check_state
            where journal = ? and packs = ? for update
            """)) {
      select.setInt(1, JOURNAL);
      select.setString(2, packs);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }

  private void take(Catalogue catalogue, List<Entry> batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long first = batch.getFirst().ref().position();
        Long next = next(connection, catalogue.digest());
        if (next == null || next != first) {
          throw new BegunAnewException();
        }
        StoredFacts facts = kept(catalogue, next);
        new CheckRun(connection, catalogue, this::at, facts).follow(batch);
        long after = batch.getLast().ref().position() + 1;
        try (PreparedStatement update =
            connection.prepareStatement("update check_state set next = ? where journal = ?")) {
          update.setLong(1, after);
          update.setInt(2, JOURNAL);
          update.executeUpdate();
        }
        connection.commit();
        facts.committed();
        known = new Kept(catalogue, after, facts);
        progress.reach(after);
      } catch (SQLException | RuntimeException e) {
        known = null;
        connection.rollback();
        throw e;
      }
    }
  }

  /**
   * Facts from the transaction before, where that was ours and nobody has gone on since.
   *
   * @param next the position that the view stands at
   */
  private StoredFacts kept(Catalogue catalogue, long next) {
    Kept before = known;
    return before != null && before.catalogue() == catalogue && before.next() == next
        ? before.facts()
        : new StoredFacts(catalogue);
  }

  private void pass(Catalogue catalogue, Instant moment) throws SQLException {
    boolean more = true;
    while (more && !stopping) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try {
          Long next = next(connection, catalogue.digest());
          if (next == null) {
            throw new BegunAnewException();
          }
          StoredFacts facts = kept(catalogue, next);
          more = new CheckRun(connection, catalogue, this::at, facts).pass(JOURNAL, moment);
          connection.commit();
          facts.committed();
          known = new Kept(catalogue, next, facts);
        } catch (SQLException | RuntimeException e) {
          known = null;
          connection.rollback();
          throw e;
        }
      }
    }
  }

  private List<Entry> at(String place, EntryRef before) {
    List<EntryRef> refs =
        search.find(
            new EntryCriteria(
                EntryKind.EVENT,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(place),
                null,
                null,
                List.of()),
            new EntryCriteria.Window(before.position(), null, true, MAX_REREAD));
    List<EntryRef> inOrder = new ArrayList<>(refs);
    inOrder.sort(null);
    return journal.readAll(inOrder);
  }

  /** Empties everything that following has made. */
  static void clear(Statement statement) throws SQLException {
    statement.execute(
        """
        truncate check_state, check_event, check_key, check_void, check_due, check_place,
          check_paper, check_equivalence, alert
        """);
  }
}
