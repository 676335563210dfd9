package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileBuilder;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.TreeHead;

/**
 * Computes every leaf and the root anew from the rows and compares them with what is stored. Reads
 * one snapshot, in order, in bounded memory: one thread reads, several hash, one compares; the
 * server may go on. Rows may be missing only where a retention act of the journal names them; there
 * the leaf hashes stand for them.
 */
@Component
public final class TreeCheck {
  private static final int BYTES_PER_MB = 1024 * 1024;

  private final DataSource dataSource;
  private final EntryReader reader;
  private final int maxBodyBytes;

  @Autowired
  TreeCheck(DataSource dataSource, JournalSettings settings, EventSubjectCodec events) {
    this(dataSource, settings.bodyMb() * BYTES_PER_MB, List.of(events));
  }

  TreeCheck(DataSource dataSource, int maxBodyBytes) {
    this(dataSource, maxBodyBytes, List.of());
  }

  private TreeCheck(DataSource dataSource, int maxBodyBytes, List<SubjectCodec> codecs) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.maxBodyBytes = maxBodyBytes;
    reader = new EntryReader(codecs, maxBodyBytes);
  }

  /** What the check found. */
  public sealed interface Result {}

  /**
   * Rows, leaves and head agree.
   *
   * @param erased how many rows are missing as retention acts say
   */
  public record Sound(TreeHead head, long erased) implements Result {}

  /**
   * They don't.
   *
   * @param position the first one that differs; the tree's size where all rows agree with their
   *     leaves and only the head does not
   * @param what for a person
   * @param expected what follows from the rest
   * @param found what stands there
   */
  public record Broken(long position, String what, String expected, String found)
      implements Result {
    public Broken {
      requireNonNull(what, "what is null");
      requireNonNull(expected, "expected is null");
      requireNonNull(found, "found is null");
    }
  }

  /** What else is compared on the way: tiles, checkpoints, views. Any of these may find a break. */
  public interface Observer {
    /** Before the first leaf. */
    void begin(TreeHead head);

    /** A tile of the tree has become full. */
    void tile(TileId id, byte[] hashes);

    /** The tree has grown by a leaf whose row agrees with it, or was dropped by a retention act. */
    Optional<Broken> grown(TileBuilder tree);

    /**
     * All events from one position to before another, in order; their leaves were handed over.
     *
     * @param events decoded only when asked for
     */
    Optional<Broken> events(long from, long to, Supplier<List<Entry>> events);

    /** After the last leaf, all of it sound so far. */
    Optional<Broken> end(long size);
  }

  /**
   * Entries that the journal says to have now.
   *
   * @throws JournalUnavailableException if it cannot be read
   */
  public long size() {
    try (Connection connection = dataSource.getConnection()) {
      Head head = Head.read(connection, PostgresJournal.JOURNAL);
      return head == null ? 0 : head.size;
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  /** Compares rows, leaves and head. */
  public Result check() {
    return check(
        new Observer() {
          @Override
          public void begin(TreeHead head) {}

          @Override
          public void tile(TileId id, byte[] hashes) {}

          @Override
          public Optional<Broken> grown(TileBuilder tree) {
            return Optional.empty();
          }

          @Override
          public Optional<Broken> events(long from, long to, Supplier<List<Entry>> events) {
            return Optional.empty();
          }

          @Override
          public Optional<Broken> end(long size) {
            return Optional.empty();
          }
        });
  }

  /**
   * Checks the journal.
   *
   * @throws JournalUnavailableException if it cannot be read
   */
  public Result check(Observer observer) {
    try (Snapshot rows = Snapshot.open(dataSource);
        Snapshot beside = rows.another(dataSource);
        Snapshot joined = rows.another(dataSource);
        ExecutorService threads =
            Executors.newCachedThreadPool(
                Thread.ofPlatform().name("tree-check-", 0).daemon().factory())) {
      try {
        return check(
            rows.connection(), beside.connection(), joined.connection(), observer, threads);
      } finally {
        threads.shutdownNow(); // who still reads ahead is told that nobody takes any more
      }
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  private Result check(
      Connection rows,
      Connection beside,
      Connection joined,
      Observer observer,
      ExecutorService threads)
      throws SQLException {
    int journal = PostgresJournal.JOURNAL;
    Head head = Head.read(beside, journal);
    if (head == null) {
      return new Broken(0, "there is no journal", "a row of the table journal", "none");
    }
    observer.begin(new TreeHead(head.log, head.size, head.root, head.time));
    IdentitySums sums = IdentitySums.secret();
    Future<IdentitySums> stored =
        threads.submit(() -> IdentityCheck.sum(joined, journal, sums.another()));
    TreeWalk.Beside around =
        new TreeWalk.Beside() {
          @Override
          public List<Entry> read(List<Long> positions) throws SQLException {
            return reader.entries(
                reader.at(beside, journal, positions).stream()
                    .filter(entry -> entry.content() != null)
                    .toList());
          }

          @Override
          public Optional<Broken> identityBefore(long position) throws SQLException {
            return IdentityCheck.firstLost(beside, journal, 0, position);
          }
        };
    try (RowHasher hasher = new RowHasher(head.log, head.suite, maxBodyBytes, sums)) {
      TreeWalk walk =
          new TreeWalk(
              head,
              observer,
              around,
              reader.ofKind(beside, journal, EntryKind.RETENTION_ACT),
              maxBodyBytes,
              sums);
      CheckReader ahead = new CheckReader(rows, journal, head.size);
      threads.execute(ahead::run);
      return switch (walk.run(ahead, new PartyNames(beside), hasher, threads)) {
        case Sound sound -> {
          Optional<Broken> wrong =
              IdentityCheck.firstWrong(
                  beside, journal, head.size, sums.differences(result(stored)));
          yield wrong.isPresent() ? wrong.get() : sound;
        }
        case Broken broken -> {
          Optional<Broken> before = around.identityBefore(broken.position());
          yield before.orElse(broken);
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("interrupted", e);
    }
  }

  /** What a thread found, with its failure if it failed. */
  static <T> T result(Future<T> future) throws SQLException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  /** The journal's row, as it stands there. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Head(String log, Suite suite, long size, byte[] root, byte[] frontier, Instant time) {

    static @Nullable Head read(Connection connection, int journal) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select name, suite, size, root, frontier, record_time from journal where id = ?")) {
        statement.setInt(1, journal);
        try (ResultSet rows = statement.executeQuery()) {
          return rows.next()
              ? new Head(
                  rows.getString(1),
                  Suite.ofCode((byte) rows.getShort(2)),
                  rows.getLong(3),
                  rows.getBytes(4),
                  rows.getBytes(5),
                  Rows.instant(rows, 6))
              : null;
        }
      }
    }
  }
}
