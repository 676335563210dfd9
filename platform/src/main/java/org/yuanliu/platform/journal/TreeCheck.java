package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TreeHead;

/**
 * Computes every leaf and the root anew from the rows and compares them with what is stored. Reads
 * one snapshot, in order, in bounded memory, and reads the next rows while it hashes; the server
 * may go on. Rows may be missing only where a retention act of the journal names them; there the
 * leaf hashes stand for them.
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

    /** A leaf whose row agrees with it, or was dropped by a retention act; in order. */
    Optional<Broken> leaf(long position, byte[] hash);

    /**
     * All events from one position to before another, in order; their leaves were handed over.
     *
     * @param events decoded only when asked for
     */
    Optional<Broken> events(long from, long to, Supplier<List<Entry>> events);

    /** After the last leaf, all of it sound so far. */
    Optional<Broken> end();
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
          public Optional<Broken> leaf(long position, byte[] hash) {
            return Optional.empty();
          }

          @Override
          public Optional<Broken> events(long from, long to, Supplier<List<Entry>> events) {
            return Optional.empty();
          }

          @Override
          public Optional<Broken> end() {
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
    try (Connection connection = dataSource.getConnection();
        ExecutorService ahead =
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("tree-check").daemon().factory())) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        return check(connection, PostgresJournal.JOURNAL, observer, ahead);
      } finally {
        ahead.shutdown();
        connection.rollback();
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  private Result check(Connection connection, int journal, Observer observer, ExecutorService ahead)
      throws SQLException {
    Head head = Head.read(connection, journal);
    if (head == null) {
      return new Broken(0, "there is no journal", "a row of the table journal", "none");
    }
    observer.begin(new TreeHead(head.log, head.size, head.root, head.time));
    List<StoredEntry> acts = reader.ofKind(connection, journal, EntryKind.RETENTION_ACT);
    Walk walk = new Walk(connection, journal, head, observer, acts);
    try (BodyCodec bodies = new BodyCodec(maxBodyBytes)) {
      Future<List<StoredEntry>> next =
          ahead.submit(() -> reader.next(connection, journal, 0, Long.MAX_VALUE));
      while (true) {
        List<StoredEntry> batch = next.get();
        if (batch.isEmpty()) {
          break;
        }
        long after = batch.getLast().ref().position() + 1;
        // The connection is one thread's at a time: leaves are read before the next rows.
        walk.readLeaves(batch.getFirst().ref().position(), after);
        next = ahead.submit(() -> reader.next(connection, journal, after, Long.MAX_VALUE));
        Optional<Broken> broken = walk.batch(batch, bodies);
        if (broken.isPresent()) {
          next.get();
          return broken.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
    return walk.end();
  }

  /** One pass over the rows. */
  private final class Walk {
    private final Head head;
    private final Observer observer;
    private final Leaves leaves;
    private final StoredLeaves stored;
    private final Frontier.Builder tree;
    private final Dropped dropped;
    private long erased;

    Walk(Connection connection, int journal, Head head, Observer observer, List<StoredEntry> acts) {
      this.head = head;
      this.observer = observer;
      leaves = new Leaves(head.log, head.suite);
      stored = new StoredLeaves(connection, journal);
      tree = Frontier.empty(head.suite).builder();
      dropped = new Dropped(acts, maxBodyBytes);
    }

    /** All leaves up to a position, those of dropped entries before it too. */
    void readLeaves(long from, long to) throws SQLException {
      stored.read(Math.min(from, tree.size()), to);
    }

    Optional<Broken> batch(List<StoredEntry> batch, BodyCodec bodies) throws SQLException {
      long from = tree.size();
      for (StoredEntry entry : batch) {
        while (tree.size() < entry.ref().position()) {
          Optional<Broken> broken = missing();
          if (broken.isPresent()) {
            return broken;
          }
        }
        long position = entry.ref().position();
        byte[] leaf = stored.at(position);
        Optional<Broken> broken = compare(entry, leaf, bodies);
        if (broken.isEmpty()) {
          broken = take(position, requireNonNull(leaf, "leaf is null"));
        }
        if (broken.isPresent()) {
          return broken;
        }
        dropped.verified(position);
      }
      return observer.events(
          from,
          tree.size(),
          () ->
              reader.entries(
                  batch.stream().filter(entry -> entry.kind() == EntryKind.EVENT).toList()));
    }

    private Optional<Broken> take(long position, byte[] leaf) {
      tree.append(leaf);
      return observer.leaf(position, leaf);
    }

    /** The next row is not there. */
    private Optional<Broken> missing() throws SQLException {
      long position = tree.size();
      byte[] leaf = stored.at(position);
      if (leaf == null) {
        return broken(position, "the entry and its leaf are missing", "an entry", "none");
      }
      if (!dropped.covers(position)) {
        return broken(
            position,
            "the entry is missing",
            "the entry of the leaf " + hex(leaf),
            "none, and no retention act that names it");
      }
      erased++;
      return take(position, leaf);
    }

    Result end() throws SQLException {
      while (tree.size() < head.size && dropped.covers(tree.size())) {
        Optional<Broken> broken = missing();
        if (broken.isPresent()) {
          return broken.get();
        }
      }
      if (tree.size() != head.size) {
        return new Broken(
            Math.min(tree.size(), head.size),
            "the head and the entries differ in number",
            head.size + " entries, as the head says",
            tree.size() + " entries");
      }
      if (stored.at(tree.size()) != null) {
        return new Broken(tree.size(), "a leaf without an entry", "none", "a leaf");
      }
      if (!Arrays.equals(tree.root(), head.root)) {
        return new Broken(
            tree.size(), "the root is not that of the leaves", hex(tree.root()), hex(head.root));
      }
      if (!Arrays.equals(tree.build().encode(), head.frontier)) {
        return new Broken(
            tree.size(),
            "the frontier is not that of the leaves",
            hex(tree.build().encode()),
            hex(head.frontier));
      }
      Optional<Broken> unproved = dropped.unproved();
      if (unproved.isPresent()) {
        return unproved.get();
      }
      Optional<Broken> last = observer.end();
      return last.isPresent()
          ? last.get()
          : new Sound(new TreeHead(head.log, head.size, head.root, head.time), erased);
    }

    /** What is wrong with an entry. */
    private Optional<Broken> compare(StoredEntry entry, byte @Nullable [] leaf, BodyCodec bodies) {
      long position = entry.ref().position();
      if (leaf == null) {
        return broken(position, "the leaf is missing", "a leaf", "none");
      }
      if (entry.suite() != head.suite.code() || entry.leafVersion() != Leaf.VERSION) {
        return broken(
            position,
            "a leaf of another kind",
            "suite " + head.suite.code() + ", version " + Leaf.VERSION,
            "suite " + entry.suite() + ", version " + entry.leafVersion());
      }
      if (entry.reporter() == null || entry.principal() == null) {
        return broken(position, "the name of reporter or principal is missing", "a name", "none");
      }
      if (entry.content() == null || !entry.ref().equals(entry.identityAt())) {
        return broken(
            position,
            "the identity does not lead to the entry",
            entry.ref().toString(),
            String.valueOf(entry.identityAt()));
      }
      try {
        byte[] digest = leaves.bodyDigest(bodies.decode(entry.storedBody()));
        byte[] computed =
            leaves.hash(
                leaves.leafRecord(
                    position,
                    entry.recordTime(),
                    entry.captureId(),
                    entry.reporter(),
                    entry.principal(),
                    entry.id(),
                    entry.hash(),
                    entry.hashVersion(),
                    digest),
                entry.salt());
        return Arrays.equals(computed, leaf)
            ? Optional.empty()
            : broken(position, "the entry is not what its leaf says", hex(leaf), hex(computed));
      } catch (IllegalArgumentException e) {
        return broken(
            position, "the entry cannot be read", "a readable row", String.valueOf(e.getMessage()));
      }
    }
  }

  /** Which entries retention acts have dropped. An act counts once its own leaf was verified. */
  private static final class Dropped {
    private final NavigableMap<Long, RetentionAct> acts = new TreeMap<>();
    private final Set<Long> unverified = new TreeSet<>();

    Dropped(List<StoredEntry> rows, int maxBodyBytes) {
      try (BodyCodec bodies = new BodyCodec(maxBodyBytes)) {
        for (StoredEntry row : rows) {
          RetentionAct act;
          try {
            act = RetentionAct.parse(bodies.decode(row.storedBody()));
          } catch (IllegalArgumentException e) {
            continue; // the column says so, the body does not: it drops nothing
          }
          if (act.to() <= row.ref().position()) {
            acts.put(row.ref().position(), act);
            unverified.add(row.ref().position());
          }
        }
      }
    }

    boolean covers(long position) {
      return acts.values().stream().anyMatch(act -> act.from() <= position && position < act.to());
    }

    void verified(long position) {
      unverified.remove(position);
    }

    /** An act that is itself gone by the end proves nothing. */
    Optional<Broken> unproved() {
      return unverified.stream()
          .findFirst()
          .flatMap(
              position -> broken(position, "a retention act without a leaf", "its leaf", "none"));
    }
  }

  private static Optional<Broken> broken(
      long position, String what, String expected, String found) {
    return Optional.of(new Broken(position, what, expected, found));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The journal's row, as it stands there. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  private record Head(
      String log, Suite suite, long size, byte[] root, byte[] frontier, Instant time) {

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

  /** Leaf hashes by position, asked for in order; as many as a batch of entries is held. */
  private static final class StoredLeaves {
    private final Connection connection;
    private final int journal;
    private final Deque<Run> runs = new ArrayDeque<>();

    /** The position after the last one that was read. */
    private long end;

    /** The leaves of one row. */
    private record Run(long first, byte[] hashes) {
      long end() {
        return first + hashes.length / Suite.HASH_BYTES;
      }
    }

    StoredLeaves(Connection connection, int journal) {
      this.connection = connection;
      this.journal = journal;
    }

    /** Drops what lies before and reads on until the leaves reach a position, or there are none. */
    void read(long from, long to) throws SQLException {
      while (!runs.isEmpty() && runs.getFirst().end() <= from) {
        runs.removeFirst();
      }
      while (end < to && next()) {
        // read on
      }
    }

    byte @Nullable [] at(long position) throws SQLException {
      while (!runs.isEmpty() && runs.getFirst().end() <= position) {
        runs.removeFirst();
      }
      if (runs.isEmpty() && !next()) {
        return null;
      }
      Run run = runs.getFirst();
      if (position < run.first || position >= run.end()) {
        return null;
      }
      int offset = Math.toIntExact(position - run.first) * Suite.HASH_BYTES;
      return Arrays.copyOfRange(run.hashes, offset, offset + Suite.HASH_BYTES);
    }

    private boolean next() throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("select hashes from leaf where journal = ? and first = ?")) {
        statement.setInt(1, journal);
        statement.setLong(2, end);
        try (ResultSet rows = statement.executeQuery()) {
          if (!rows.next()) {
            return false;
          }
          Run run = new Run(end, rows.getBytes(1));
          if (run.end() == end) {
            return false;
          }
          runs.addLast(run);
          end = run.end();
          return true;
        }
      }
    }
  }
}
