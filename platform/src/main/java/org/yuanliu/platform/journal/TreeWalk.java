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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileBuilder;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.database.BinaryRow;
import org.yuanliu.platform.journal.TreeCheck.Broken;
import org.yuanliu.platform.journal.TreeCheck.Observer;
import org.yuanliu.platform.journal.TreeCheck.Result;
import org.yuanliu.platform.journal.TreeCheck.Sound;

/** One pass over the rows of a journal and their leaves, in order. */
final class TreeWalk {
  /** Batches that are being hashed while one is compared: one more than cores, and few. */
  private static final int AHEAD = 1 + Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

  private final TreeCheck.Head head;
  private final Observer observer;
  private final Beside beside;
  private final StoredLeaves stored = new StoredLeaves();
  private final TileBuilder tree;
  private final IdentitySums identities;
  private final Dropped dropped;
  private long erased;

  /** What is found out beside the walk. */
  interface Beside {
    /** Entries whose leaves were compared; without those that have lost their identities. */
    List<Entry> read(List<Long> positions) throws SQLException;

    /** The first entry before a position whose identity does not lead to it. */
    Optional<Broken> identityBefore(long position) throws SQLException;
  }

  TreeWalk(
      TreeCheck.Head head,
      Observer observer,
      Beside beside,
      List<StoredEntry> acts,
      int maxBodyBytes,
      IdentitySums identities) {
    this.head = requireNonNull(head, "head is null");
    this.observer = requireNonNull(observer, "observer is null");
    this.beside = requireNonNull(beside, "beside is null");
    this.identities = requireNonNull(identities, "identities is null");
    tree = new TileBuilder(head.suite(), observer::tile);
    dropped = new Dropped(acts, maxBodyBytes);
  }

  /** What waits for its turn. */
  private sealed interface Step {}

  private record Hashing(Future<RowHasher.Hashed> rows) implements Step {}

  private record Read(CheckReader.Part part) implements Step {}

  Result run(CheckReader reader, PartyNames names, RowHasher hasher, ExecutorService threads)
      throws SQLException, InterruptedException {
    Deque<Step> steps = new ArrayDeque<>();
    boolean more = true;
    while (true) {
      while (more && steps.size() < AHEAD) {
        CheckReader.Part part = reader.take();
        if (part instanceof CheckReader.Entries(List<BinaryRow> rows)) {
          Map<UUID, byte[]> named = names.of(rows);
          steps.addLast(new Hashing(threads.submit(() -> hasher.hash(rows, named))));
        } else {
          steps.addLast(new Read(part));
          more = !(part instanceof CheckReader.End || part instanceof CheckReader.Failed);
        }
      }
      Optional<Broken> broken =
          switch (steps.removeFirst()) {
            case Hashing(Future<RowHasher.Hashed> rows) -> batch(TreeCheck.result(rows));
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

  private Optional<Broken> batch(RowHasher.Hashed batch) throws SQLException {
    long from = tree.size();
    List<Long> found = new ArrayList<>();
    long[] positions = batch.positions();
    for (int i = 0; i < positions.length; i++) {
      Optional<Broken> broken = missingBefore(positions[i]);
      if (broken.isEmpty()) {
        broken = compare(batch, i);
      }
      if (broken.isEmpty()) {
        broken = take();
      }
      if (broken.isPresent()) {
        return broken;
      }
      dropped.verified(positions[i]);
      if (batch.kinds()[i] == EntryKind.EVENT.code()) {
        found.add(positions[i]);
      }
    }
    identities.add(batch.identities());
    return observed(from, found);
  }

  private Optional<Broken> observed(long from, List<Long> positions) throws SQLException {
    Optional<Broken> observed = observer.events(from, tree.size(), () -> read(positions));
    if (observed.isEmpty()) {
      return observed;
    }
    // An event that has lost its identity was not decoded: its views then seem to differ.
    Optional<Broken> identity = beside.identityBefore(observed.get().position() + 1);
    return identity.isPresent() ? identity : observed;
  }

  private List<Entry> read(List<Long> positions) {
    try {
      return beside.read(positions);
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  /** The stored leaf of the next position, which was found, goes into the tree. */
  private Optional<Broken> take() {
    tree.append(stored.hashes(), stored.offset());
    return observer.grown(tree);
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
    if (!stored.find(position)) {
      return broken(position, "the entry and its leaf are missing", "an entry", "none");
    }
    if (!dropped.covers(position)) {
      return broken(
          position,
          "the entry is missing",
          "the entry of the leaf " + stored.hex(),
          "none, and no retention act that names it");
    }
    erased++;
    return take();
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
    OptionalLong beyond = stored.firstFrom(tree.size());
    if (beyond.isPresent()) {
      return new Broken(beyond.getAsLong(), "a leaf without an entry", "none", "a leaf");
    }
    if (!Arrays.equals(tree.root(), head.root())) {
      return new Broken(
          tree.size(), "the root is not that of the leaves", hex(tree.root()), hex(head.root()));
    }
    byte[] frontier = tree.frontier().encode();
    if (!Arrays.equals(frontier, head.frontier())) {
      return new Broken(
          tree.size(),
          "the frontier is not that of the leaves",
          hex(frontier),
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
    Optional<Broken> last = observer.end(tree.size());
    return last.isPresent()
        ? last.get()
        : new Sound(new TreeHead(head.log(), head.size(), head.root(), head.time()), erased);
  }

  /** What is wrong with an entry. */
  private Optional<Broken> compare(RowHasher.Hashed batch, int index) {
    long position = batch.positions()[index];
    if (!stored.find(position)) {
      return broken(position, "the leaf is missing", "a leaf", "none");
    }
    RowHasher.Flaw flaw = batch.flaws().get(index);
    if (flaw != null) {
      return broken(position, flaw.what(), flaw.expected(), flaw.found());
    }
    int at = index * Suite.HASH_BYTES;
    if (!stored.equalTo(batch.leaves(), at)) {
      return broken(
          position,
          "the entry is not what its leaf says",
          stored.hex(),
          HexFormat.of().formatHex(batch.leaves(), at, at + Suite.HASH_BYTES));
    }
    RowHasher.Flaw key = batch.keys().get(index);
    return key == null
        ? Optional.empty()
        : broken(position, key.what(), key.expected(), key.found());
  }

  /** Which entries retention acts have dropped. An act counts once its own leaf was verified. */
  private static final class Dropped {
    private final NavigableMap<Long, RetentionAct> acts = new TreeMap<>();
    private final Set<Long> unverified = new TreeSet<>();
    private @Nullable RetentionAct last;

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
      RetentionAct before = last;
      if (before == null || !covers(before, position)) {
        // Those that go lie side by side: the next one is in the same act.
        last = acts.values().stream().filter(act -> covers(act, position)).findFirst().orElse(null);
      }
      return last != null;
    }

    private static boolean covers(RetentionAct act, long position) {
      return act.from() <= position && position < act.to();
    }

    /** How many may be missing by all acts together. */
    long entries() {
      return acts.values().stream().mapToLong(RetentionAct::entries).sum();
    }

    void verified(long position) {
      if (!unverified.isEmpty()) {
        unverified.remove(position);
      }
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

    private byte[] hashes = new byte[0];
    private int offset;

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

    /** Goes to the leaf of a position; false if it is not there. */
    boolean find(long position) {
      while (!runs.isEmpty() && runs.getFirst().end() <= position) {
        runs.removeFirst();
      }
      CheckReader.LeafRow run = runs.peekFirst();
      if (run == null || position < run.first()) {
        return false;
      }
      hashes = run.hashes();
      offset = Math.toIntExact(position - run.first()) * Suite.HASH_BYTES;
      return true;
    }

    /** The first leaf at a position or behind it. */
    OptionalLong firstFrom(long position) {
      return runs.stream()
          .filter(run -> run.end() > position)
          .mapToLong(run -> Math.max(run.first(), position))
          .findFirst();
    }

    /** Where the leaf that was found stands: from {@link #offset} on. */
    byte[] hashes() {
      return hashes;
    }

    int offset() {
      return offset;
    }

    boolean equalTo(byte[] others, int at) {
      return Arrays.equals(
          hashes, offset, offset + Suite.HASH_BYTES, others, at, at + Suite.HASH_BYTES);
    }

    String hex() {
      return HexFormat.of().formatHex(hashes, offset, offset + Suite.HASH_BYTES);
    }
  }
}
