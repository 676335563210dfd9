package org.yuanliu.ledger.tool;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;

/**
 * Compares what a log says now with what it said before. It keeps the newest checkpoint that it
 * verified and the right edge of that tree, a few kilobytes whatever the log's size.
 */
final class Monitor {
  private final KnownLog known;
  private final LogReader log;

  Monitor(KnownLog known, LogReader log) {
    this.known = requireNonNull(known, "known is null");
    this.log = requireNonNull(log, "log is null");
  }

  /**
   * The newest checkpoint that was found good.
   *
   * @param frontier the right edge of its tree, as its tiles gave it and its root confirmed it
   */
  record Seen(SignedCheckpoint checkpoint, Frontier frontier) {
    Seen {
      requireNonNull(checkpoint, "checkpoint is null");
      requireNonNull(frontier, "frontier is null");
      if (frontier.size() != checkpoint.checkpoint().size()
          || !MessageDigest.isEqual(frontier.root(), checkpoint.checkpoint().root())) {
        throw new IllegalArgumentException("the right edge is not that of the checkpoint");
      }
    }
  }

  /** What one look at the log found. */
  sealed interface Look {
    /** All is well; {@code seen} is to be remembered. */
    record Good(Seen seen) implements Look {}

    /** Something is wrong; what was seen before stays what is remembered. */
    record Bad(Alarm alarm, byte[] shown) implements Look {}
  }

  /**
   * Looks at the log once.
   *
   * @param before what was remembered, none at the first look
   * @throws LogUnreachableException if the log does not answer
   */
  Look look(Optional<Seen> before) {
    byte[] bytes = log.checkpoint();
    try {
      SignedCheckpoint shown = known.read(bytes);
      return compare(before, shown);
    } catch (NoteException e) {
      return new Look.Bad(new Alarm(Alarm.Kind.SIGNATURE, e.getMessage()), bytes);
    } catch (TileException e) {
      if (LedgerTools.isUnreachable(e)) {
        throw new LogUnreachableException(String.valueOf(e.getMessage()), e);
      }
      return new Look.Bad(new Alarm(Alarm.Kind.TILES, String.valueOf(e.getMessage())), bytes);
    }
  }

  private Look compare(Optional<Seen> before, SignedCheckpoint shown) {
    Checkpoint now = shown.checkpoint();
    TileTree tree = new TileTree(known.suite(), now.size(), log);
    if (before.isPresent()) {
      Seen seen = before.get();
      Optional<Alarm> alarm = continues(seen, now, tree);
      if (alarm.isPresent()) {
        return new Look.Bad(alarm.get(), shown.encode());
      }
      if (seen.checkpoint().checkpoint().size() == now.size()) {
        return new Look.Good(new Seen(shown, seen.frontier()));
      }
    }
    Frontier frontier = tree.frontier(known.suite());
    if (!MessageDigest.isEqual(frontier.root(), now.root())) {
      return new Look.Bad(
          new Alarm(
              Alarm.Kind.TILES,
              "the tiles of the first "
                  + now.size()
                  + " records do not lead to the root that is signed for them  这 "
                  + now.size()
                  + " 条记录的哈希块与签名的根不符"),
          shown.encode());
    }
    return new Look.Good(new Seen(shown, frontier));
  }

  private Optional<Alarm> continues(Seen seen, Checkpoint now, TileTree tree) {
    Checkpoint old = seen.checkpoint().checkpoint();
    if (now.size() < old.size()) {
      return Optional.of(
          new Alarm(
              Alarm.Kind.ROLLBACK,
              "the log had "
                  + old.size()
                  + " records and now shows "
                  + now.size()
                  + "  日志原有 "
                  + old.size()
                  + " 条，现只示出 "
                  + now.size()
                  + " 条，第 "
                  + now.size()
                  + " 位起不见了"));
    }
    boolean same =
        now.size() == old.size()
            ? MessageDigest.isEqual(now.root(), old.root())
            : MerkleTree.verifyConsistency(
                known.suite(),
                old.size(),
                now.size(),
                old.root(),
                now.root(),
                tree.consistencyProof(old.size()));
    return same ? Optional.empty() : Optional.of(fork(seen, now, tree));
  }

  /** Names the first subtree of what was seen that the tiles now show otherwise. */
  private Alarm fork(Seen seen, Checkpoint now, TileTree tree) {
    long size = seen.frontier().size();
    long begin = 0;
    for (byte[] hash : seen.frontier().hashes()) {
      long width = Long.highestOneBit(size - begin);
      int height = Long.numberOfTrailingZeros(width);
      // Subtrees over the end of what is shown cannot be: what is shown is not smaller.
      if (!MessageDigest.isEqual(hash, tree.subtree(height, begin >>> height))) {
        return new Alarm(
            Alarm.Kind.FORK,
            "two histories: records "
                + begin
                + " to "
                + (begin + width - 1)
                + " are not those that were signed before (sizes "
                + size
                + " and "
                + now.size()
                + ")  出现两套历史：第 "
                + begin
                + " 至 "
                + (begin + width - 1)
                + " 位的记录与先前签名的不同");
      }
      begin += width;
    }
    return new Alarm(
        Alarm.Kind.FORK,
        "two histories: the log signed another root for "
            + (now.size() == size ? "the same " + size : "its " + now.size())
            + " records, while its tiles still show the old ones  出现两套历史：签名的根与先前的不一致");
  }

  /**
   * Whether a checkpoint that came by another way (from another monitor, a witness, a printed page)
   * is of the same history as the one now seen.
   */
  Optional<Alarm> against(SignedCheckpoint elsewhere, Seen seen) {
    Checkpoint other = elsewhere.checkpoint();
    Checkpoint own = seen.checkpoint().checkpoint();
    if (other.size() > own.size()) {
      return Optional.of(
          new Alarm(
              Alarm.Kind.ROLLBACK,
              "elsewhere the log signed "
                  + other.size()
                  + " records, here it shows "
                  + own.size()
                  + "  日志在别处签过 "
                  + other.size()
                  + " 条，在此只示出 "
                  + own.size()
                  + " 条"));
    }
    List<byte[]> proof =
        new TileTree(known.suite(), own.size(), log).consistencyProof(other.size());
    return MerkleTree.verifyConsistency(
            known.suite(), other.size(), own.size(), other.root(), own.root(), proof)
        ? Optional.empty()
        : Optional.of(
            new Alarm(
                Alarm.Kind.FORK,
                "two histories: elsewhere the log signed other records among the first "
                    + other.size()
                    + "  出现两套历史：前 "
                    + other.size()
                    + " 条与日志在别处签名的不同"));
  }
}
