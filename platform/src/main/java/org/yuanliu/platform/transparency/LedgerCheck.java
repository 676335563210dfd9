package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileBuilder;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.TreeCheck;
import org.yuanliu.platform.journal.TreeCheck.Broken;
import org.yuanliu.platform.journal.ViewCheck;

/**
 * {@code ./yuanliu fsck}: recomputes the tree from the event rows and compares rows, leaves, stored
 * tiles, published checkpoints, anchors, the checkpoint in the file beside the database, and the
 * views of units and queries. Names the first difference. Bounded memory; the server may go on.
 */
@Component
public final class LedgerCheck {
  private final TreeCheck tree;
  private final TileRows tiles;
  private final CheckpointRows checkpoints;
  private final AnchorRows anchors;
  private final KeyRows keys;
  private final ShownCheckpoint shown;
  private final ViewCheck views;
  private final KeyFiles files;
  private final String log;

  LedgerCheck(
      TreeCheck tree,
      TileRows tiles,
      CheckpointRows checkpoints,
      AnchorRows anchors,
      KeyRows keys,
      ShownCheckpoint shown,
      ViewCheck views,
      ServerSettings server) {
    this.tree = requireNonNull(tree, "tree is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.anchors = requireNonNull(anchors, "anchors is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.shown = requireNonNull(shown, "shown is null");
    this.views = requireNonNull(views, "views is null");
    this.files = new KeyFiles(server);
    this.log = server.log();
  }

  /** How far a check has come. */
  public interface Progress {
    void begin(long size);

    void done(long position);
  }

  /**
   * Checks everything.
   *
   * @param index whether the views are compared too, which takes longer than all the rest
   * @throws JournalUnavailableException if the database cannot be read
   */
  public TreeCheck.Result check(boolean index, Progress progress) {
    List<KeyRows.KeyRow> rows = new ArrayList<>(keys.all(KeyPurpose.LOG));
    List<KeyRows.KeyRow> strangers = files.strangers(KeyPurpose.LOG, rows);
    rows.removeAll(strangers);
    Set<VerifierKey> known = new LinkedHashSet<>(files.all(KeyPurpose.LOG));
    rows.forEach(row -> known.add(row.key()));
    try (Pass pass =
        new Pass(List.copyOf(known), strangers, index ? views.open() : null, progress)) {
      return tree.check(pass);
    } catch (SQLException e) {
      throw new JournalUnavailableException("a view cannot be read", e);
    }
  }

  /** One pass over the log. */
  private final class Pass implements TreeCheck.Observer, AutoCloseable {
    private final List<VerifierKey> known;
    private final List<KeyRows.KeyRow> strangers;
    private final ViewCheck.@Nullable Session view;
    private final Progress progress;
    private final LongConsumer report;
    private @Nullable Broken wrongTile;
    private StoredNotes notes = StoredNotes.NONE;
    private @Nullable SignedCheckpoint outside;

    /** The next size at which something was published. */
    private long nextNote;

    private long lastSound;

    Pass(
        List<VerifierKey> known,
        List<KeyRows.KeyRow> strangers,
        ViewCheck.@Nullable Session view,
        Progress progress) {
      this.known = known;
      this.strangers = strangers;
      this.view = view;
      this.progress = progress;
      this.report = progress::done;
    }

    @Override
    public void begin(TreeHead head) {
      progress.begin(head.size());
      outside = shown.read().filter(last -> last.checkpoint().origin().equals(log)).orElse(null);
      notes = StoredNotes.of(checkpoints, anchors, LedgerTiles.JOURNAL);
    }

    @Override
    public Optional<Broken> grown(TileBuilder tree) {
      if (wrongTile != null) {
        return Optional.of(wrongTile);
      }
      return tree.size() < nextNote ? Optional.empty() : checkpointsAt(tree);
    }

    @Override
    public Optional<Broken> events(long from, long to, Supplier<List<Entry>> events) {
      report.accept(to);
      if (view == null) {
        return Optional.empty();
      }
      try {
        return view.compare(LedgerTiles.JOURNAL, from, to, events.get()).map(Pass::inView);
      } catch (SQLException e) {
        throw new JournalUnavailableException("a view cannot be read", e);
      } catch (IllegalStateException | IllegalArgumentException e) {
        return Optional.of(
            new Broken(
                from, "an event cannot be decoded", "an event", String.valueOf(e.getMessage())));
      }
    }

    @Override
    public Optional<Broken> end(long size) {
      Optional<Broken> beyond = beyond(size);
      if (beyond.isPresent()) {
        return beyond;
      }
      if (!strangers.isEmpty()) {
        return Optional.of(
            new Broken(
                size,
                "a key in the database that no key beside it vouches for",
                "one that stands in " + files.folder() + " or was named by one that does",
                strangers.getFirst().key().toString()));
      }
      if (view == null) {
        return Optional.empty();
      }
      try {
        return view.end(LedgerTiles.JOURNAL, size)
            .filter(difference -> difference.position() < size || isBeyond(difference.position()))
            .map(Pass::inView);
      } catch (SQLException e) {
        throw new JournalUnavailableException("a view cannot be read", e);
      }
    }

    /** The server may go on meanwhile: what it stored since is not beyond the tree. */
    private boolean isBeyond(long position) {
      return position >= tree.size();
    }

    private Optional<Broken> beyond(long size) {
      Optional<StoredNotes.Stored> note = notes.peek();
      if (note.isPresent() && isBeyond(note.get().size() - 1)) {
        return Optional.of(
            new Broken(
                size,
                note.get().what() + " has more entries than there are: the database was set back",
                note.get().size() + " entries",
                size + " entries"));
      }
      SignedCheckpoint last = outside;
      if (last != null
          && last.checkpoint().size() > size
          && isBeyond(last.checkpoint().size() - 1)) {
        return Optional.of(
            new Broken(
                size,
                "the checkpoint in "
                    + shown.file()
                    + " has more entries than there are: the database was set back",
                last.checkpoint().size() + " entries",
                size + " entries"));
      }
      return tiles
          .firstBeyond(LedgerTiles.JOURNAL, tree.size())
          .map(
              place -> new Broken(size, "a stored tile beyond the tree", "none", place.toString()));
    }

    private static Broken inView(ViewCheck.Difference difference) {
      return new Broken(
          difference.position(),
          "the " + difference.view() + " view differs (" + difference.table() + ")",
          difference.expected(),
          difference.found());
    }

    /** What is stored of a full tile must be it. */
    @Override
    public void tile(TileId id, byte[] hashes) {
      if (id.level() == 0 || wrongTile != null) {
        return; // level 0 is the leaves themselves
      }
      byte @Nullable [] stored = tiles.find(LedgerTiles.JOURNAL, id.level(), id.index());
      if (stored != null && !MessageDigest.isEqual(stored, hashes)) {
        int at = 0;
        while (at < Math.min(stored.length, hashes.length) && stored[at] == hashes[at]) {
          at++;
        }
        long entry = (id.index() << TileId.HEIGHT) + at / Suite.HASH_BYTES;
        wrongTile =
            new Broken(
                entry << (id.level() * TileId.HEIGHT),
                "the stored tile " + id.path() + " differs in hash " + at / Suite.HASH_BYTES,
                base64(hashes, at),
                base64(stored, at));
      }
    }

    private static String base64(byte[] hashes, int at) {
      int from = at / Suite.HASH_BYTES * Suite.HASH_BYTES;
      int to = Math.min(hashes.length, from + Suite.HASH_BYTES);
      return Base64.getEncoder()
          .encodeToString(from < to ? java.util.Arrays.copyOfRange(hashes, from, to) : new byte[0]);
    }

    private Optional<Broken> checkpointsAt(TileBuilder tree) {
      long size = tree.size();
      SignedCheckpoint last = outside;
      if (last != null && last.checkpoint().size() == size) {
        Optional<Broken> broken = signed(tree, last, "the checkpoint in " + shown.file());
        if (broken.isPresent()) {
          return broken;
        }
      }
      boolean any = false;
      for (Optional<StoredNotes.Stored> next = notes.peek();
          next.isPresent() && next.get().size() <= size;
          next = notes.peek()) {
        Optional<Broken> broken = holds(tree, next.get());
        if (broken.isPresent()) {
          return broken;
        }
        any = true;
        notes.next();
      }
      if (any) {
        lastSound = size;
      }
      nextNote = notes.peek().map(StoredNotes.Stored::size).orElse(Long.MAX_VALUE);
      if (last != null && last.checkpoint().size() > size) {
        nextNote = Math.min(nextNote, last.checkpoint().size());
      }
      return Optional.empty();
    }

    private Optional<Broken> holds(TileBuilder tree, StoredNotes.Stored stored) {
      String what = stored.what() + " of " + stored.size() + " entries";
      SignedCheckpoint signed;
      try {
        signed = CheckpointRows.parse(stored.note());
      } catch (IllegalStateException e) {
        return unsigned(tree, what, e);
      }
      Checkpoint checkpoint = signed.checkpoint();
      if (!checkpoint.origin().equals(log) || checkpoint.size() != stored.size()) {
        return Optional.of(
            new Broken(
                tree.size(), what + " is of another log or size", log, checkpoint.toString()));
      }
      return signed(tree, signed, what);
    }

    private Optional<Broken> signed(TileBuilder tree, SignedCheckpoint signed, String what) {
      try {
        signed.verify(known);
        return fits(tree, signed.checkpoint(), what);
      } catch (NoteException e) {
        return unsigned(tree, what, e);
      }
    }

    private static Optional<Broken> unsigned(TileBuilder tree, String what, Exception why) {
      return Optional.of(
          new Broken(
              tree.size(),
              what + " is not signed by the log",
              "a signature by a published key",
              String.valueOf(why.getMessage())));
    }

    private Optional<Broken> fits(TileBuilder tree, Checkpoint checkpoint, String what) {
      if (checkpoint.size() == 0) {
        return Optional.empty();
      }
      byte[] root = tree.root();
      return MessageDigest.isEqual(root, checkpoint.root())
          ? Optional.empty()
          : Optional.of(
              new Broken(
                  lastSound,
                  what
                      + " has another root: an entry from position "
                      + lastSound
                      + " to "
                      + (checkpoint.size() - 1)
                      + " was changed together with its leaf",
                  Base64.getEncoder().encodeToString(checkpoint.root()),
                  Base64.getEncoder().encodeToString(root)));
    }

    @Override
    public void close() throws SQLException {
      if (view != null) {
        view.close();
      }
    }
  }
}
