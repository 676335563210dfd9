package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.TreeCheck.Broken;
import org.yuanliu.platform.journal.TreeCheck.Observer;
import org.yuanliu.platform.journal.TreeCheck.Result;
import org.yuanliu.platform.journal.TreeCheck.Sound;

/** One pass over the rows of a journal and their leaves, in order. */
final class TreeWalk {
  /** Batches that are being hashed while one is compared: as many as cores, and few. */
  private static final int AHEAD = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

  private final TreeCheck.Head head;
  private final Observer observer;
  private final Beside beside;
  private final StoredLeaves stored = new StoredLeaves();
  private final Frontier.Builder tree;
  private final Dropped dropped;
  private long erased;

  /** What is found out beside the walk. */
  interface Beside {
    /** Entries whose leaves were compared; without those that no longer can be decoded. */
    List<Entry> read(List<Long> positions) throws SQLException, InterruptedException;

    /** The first entry whose identity does not lead to it; waits until that is known. */
    Optional<Broken> identity() throws SQLException, InterruptedException;
  }

  TreeWalk(
      TreeCheck.Head head,
      Observer observer,
      Beside beside,
      List<StoredEntry> acts,
      int maxBodyBytes) {
    this.head = requireNonNull(head, "head is null");
    this.observer = requireNonNull(observer, "observer is null");
    this.beside = requireNonNull(beside, "beside is null");
    tree = Frontier.empty(head.suite()).builder();
    dropped = new Dropped(acts, maxBodyBytes);
  }

  /** What waits for its turn. */
  private sealed interface Step {}

  private record Hashing(Future<List<RowHasher.Hashed>> rows) implements Step {}

  private record Read(CheckReader.Part part) implements Step {}

  Result run(CheckReader reader, PartyNames names, RowHasher hasher, ExecutorService threads)
      throws SQLException, InterruptedException {
    Deque<Step> steps = new ArrayDeque<>();
    boolean more = true;
    while (true) {
      while (more && steps.size() < AHEAD) {
        CheckReader.Part part = reader.take();
        if (part instanceof CheckReader.Entries(List<CheckedRow> rows)) {
          Map<UUID, String> named = names.of(rows);
          steps.addLast(new Hashing(threads.submit(() -> hasher.hash(rows, named))));
        } else {
          steps.addLast(new Read(part));
          more = !(part instanceof CheckReader.End || part instanceof CheckReader.Failed);
        }
      }
      Optional<Broken> broken =
          switch (steps.removeFirst()) {
            case Hashing(Future<List<RowHasher.Hashed>> rows) -> batch(TreeCheck.result(rows));
            case Read(CheckReader.Part part) -> step(part);
          };
      if (broken.isPresent()) {
        return broken.get();
      }
      if (!more && steps.isEmpty()) {
        return end();
      }
    }
  }

  private Optional<Broken> step(CheckReader.Part part) throws SQLException {
    return switch (part) {
      case CheckReader.LeafRows(List<CheckReader.LeafRow> rows) -> stored.add(rows);
      case CheckReader.Reached(long position) -> missingBefore(position);
      case CheckReader.End end -> Optional.empty();
      case CheckReader.Entries rows -> throw new IllegalStateException("rows not hashed");
      case CheckReader.Failed(SQLException why) -> throw why;
    };
  }

  private Optional<Broken> batch(List<RowHasher.Hashed> batch)
      throws SQLException, InterruptedException {
    long from = tree.size();
    List<Long> found = new ArrayList<>(batch.size());
    for (RowHasher.Hashed row : batch) {
      Optional<Broken> broken = missingBefore(row.position());
      if (broken.isPresent()) {
        return broken;
      }
      byte[] leaf = stored.at(row.position());
      broken = compare(row, leaf);
      if (broken.isEmpty()) {
        broken = take(row.position(), requireNonNull(leaf, "leaf is null"));
      }
      if (broken.isPresent()) {
        return broken;
      }
      dropped.verified(row.position());
      if (row.kind() == EntryKind.EVENT.code()) {
        found.add(row.position());
      }
    }
    return observed(from, found);
  }

  private Optional<Broken> observed(long from, List<Long> positions)
      throws SQLException, InterruptedException {
    Optional<Broken> observed = observer.events(from, tree.size(), () -> read(positions));
    if (observed.isEmpty()) {
      return observed;
    }
    // An event that has lost its identity was not decoded: its views then seem to differ.
    Optional<Broken> identity =
        beside.identity().filter(lost -> lost.position() <= observed.get().position());
    return identity.isPresent() ? identity : observed;
  }

  private List<Entry> read(List<Long> positions) {
    try {
      return beside.read(positions);
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("interrupted", e);
    }
  }

  private Optional<Broken> take(long position, byte[] leaf) {
    tree.append(leaf);
    return observer.leaf(position, leaf);
  }

  /** No row is there from where the tree ends to before a position. */
  private Optional<Broken> missingBefore(long position) {
    while (tree.size() < position) {
      Optional<Broken> broken = missing();
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private Optional<Broken> missing() {
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

  private Result end() {
    while (tree.size() < head.size() && dropped.covers(tree.size())) {
      Optional<Broken> broken = missing();
      if (broken.isPresent()) {
        return broken.get();
      }
    }
    if (tree.size() != head.size()) {
      return new Broken(
          Math.min(tree.size(), head.size()),
          "the head and the entries differ in number",
          head.size() + " entries, as the head says",
          tree.size() + " entries");
    }
    if (stored.at(tree.size()) != null) {
      return new Broken(tree.size(), "a leaf without an entry", "none", "a leaf");
    }
    if (!Arrays.equals(tree.root(), head.root())) {
      return new Broken(
          tree.size(), "the root is not that of the leaves", hex(tree.root()), hex(head.root()));
    }
    if (!Arrays.equals(tree.build().encode(), head.frontier())) {
      return new Broken(
          tree.size(),
          "the frontier is not that of the leaves",
          hex(tree.build().encode()),
          hex(head.frontier()));
    }
    if (erased > dropped.entries()) {
      return new Broken(
          tree.size(),
          "more entries are missing than retention acts have dropped",
          "at most " + dropped.entries() + " missing",
          erased + " missing");
    }
    Optional<Broken> unproved = dropped.unproved();
    if (unproved.isPresent()) {
      return unproved.get();
    }
    Optional<Broken> last = observer.end();
    return last.isPresent()
        ? last.get()
        : new Sound(new TreeHead(head.log(), head.size(), head.root(), head.time()), erased);
  }

  /** What is wrong with an entry. */
  private Optional<Broken> compare(RowHasher.Hashed row, byte @Nullable [] leaf) {
    long position = row.position();
    if (leaf == null) {
      return broken(position, "the leaf is missing", "a leaf", "none");
    }
    if (row.suite() != head.suite().code() || row.leafVersion() != Leaf.VERSION) {
      return broken(
          position,
          "a leaf of another kind",
          "suite " + head.suite().code() + ", version " + Leaf.VERSION,
          "suite " + row.suite() + ", version " + row.leafVersion());
    }
    if (!row.named()) {
      return broken(position, "the name of reporter or principal is missing", "a name", "none");
    }
    byte[] computed = row.leaf();
    if (computed == null) {
      return broken(
          position, "the entry cannot be read", "a readable row", String.valueOf(row.unreadable()));
    }
    return Arrays.equals(computed, leaf)
        ? Optional.empty()
        : broken(position, "the entry is not what its leaf says", hex(leaf), hex(computed));
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

    /** How many may be missing by all acts together. */
    long entries() {
      return acts.values().stream().mapToLong(RetentionAct::entries).sum();
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

  /** Leaf hashes by position, asked for in order; as many as were read ahead are held. */
  private static final class StoredLeaves {
    private final Deque<CheckReader.LeafRow> runs = new ArrayDeque<>();

    /** The position after the last one that was added. */
    private long end;

    /** Adds rows that begin behind those before. */
    Optional<Broken> add(List<CheckReader.LeafRow> rows) {
      for (CheckReader.LeafRow row : rows) {
        if (row.first() < end) {
          return broken(
              row.first(), "the leaf stands twice", "one leaf", "a row of leaves inside another");
        }
        runs.addLast(row);
        end = row.end();
      }
      return Optional.empty();
    }

    byte @Nullable [] at(long position) {
      while (!runs.isEmpty() && runs.getFirst().end() <= position) {
        runs.removeFirst();
      }
      CheckReader.LeafRow run = runs.peekFirst();
      if (run == null || position < run.first()) {
        return null;
      }
      int offset = Math.toIntExact(position - run.first()) * Suite.HASH_BYTES;
      return Arrays.copyOfRange(run.hashes(), offset, offset + Suite.HASH_BYTES);
    }
  }
}
