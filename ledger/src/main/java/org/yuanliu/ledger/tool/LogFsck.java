package org.yuanliu.ledger.tool;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileBuilder;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.TileSource;
import org.yuanliu.ledger.note.Checkpoint;

/**
 * Recomputes a whole tree from its tiles of leaf hashes: every tile above must be what those below
 * it give, the root that of the checkpoint, and the roots on the way those of earlier checkpoints.
 * Tiles are read some ahead of where they are needed; memory is bounded.
 */
final class LogFsck {
  /** Enough to hide the way to a distant server, few enough to be a polite guest. */
  private static final int READ_AHEAD = 16;

  private final Suite suite;
  private final TileSource tiles;
  private final LongConsumer progress;

  /**
   * A check of one log.
   *
   * @param progress is told the number of leaves done, now and then
   */
  LogFsck(Suite suite, TileSource tiles, LongConsumer progress) {
    this.suite = requireNonNull(suite, "suite is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /** The first difference. */
  private static final class DifferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DifferenceException(String message) {
      super(message);
    }
  }

  /**
   * Checks the tree of a checkpoint.
   *
   * @param earlier other checkpoints of the same log, of any size up to this one
   * @return the first difference; none if there is none
   * @throws TileException if a tile is missing or cannot be read
   */
  Optional<Alarm> check(Checkpoint checkpoint, List<Checkpoint> earlier) {
    Deque<Checkpoint> stations =
        new ArrayDeque<>(
            earlier.stream().sorted(Comparator.comparingLong(Checkpoint::size)).toList());
    if (!stations.isEmpty() && stations.getLast().size() > checkpoint.size()) {
      return Optional.of(
          new Alarm(
              Alarm.Kind.ROLLBACK,
              "an earlier checkpoint has "
                  + stations.getLast().size()
                  + " records, this one "
                  + checkpoint.size()
                  + "  先前的检查点有 "
                  + stations.getLast().size()
                  + " 条，现在只有 "
                  + checkpoint.size()
                  + " 条"));
    }
    try {
      walk(checkpoint, stations);
      return Optional.empty();
    } catch (DifferenceException e) {
      return Optional.of(new Alarm(Alarm.Kind.TILES, String.valueOf(e.getMessage())));
    }
  }

  private void walk(Checkpoint checkpoint, Deque<Checkpoint> stations) {
    TileBuilder builder = new TileBuilder(suite, this::compare);
    arrive(builder, stations);
    long size = checkpoint.size();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Deque<CompletableFuture<byte[]>> ahead = new ArrayDeque<>();
      long asked = 0;
      long count = (size + TileId.FULL_WIDTH - 1) / TileId.FULL_WIDTH;
      try {
        for (long done = 0; done < count; done++) {
          for (; asked < count && ahead.size() < READ_AHEAD; asked++) {
            TileId id = TileId.holding(0, asked * TileId.FULL_WIDTH, size);
            ahead.add(CompletableFuture.supplyAsync(() -> tiles.tile(id), readers));
          }
          append(builder, await(ahead.remove()), stations);
          progress.accept(builder.size());
        }
      } finally {
        ahead.forEach(future -> future.cancel(true));
      }
    }
    builder.partials(this::compare);
    if (!MessageDigest.isEqual(builder.root(), checkpoint.root())) {
      throw new DifferenceException(
          "the leaf hashes do not lead to the root that is signed for "
              + size
              + " records  叶哈希算出的根与对 "
              + size
              + " 条记录签名的根不同");
    }
  }

  private void append(TileBuilder builder, byte[] hashes, Deque<Checkpoint> stations) {
    for (int offset = 0; offset < hashes.length; offset += Suite.HASH_BYTES) {
      builder.append(Arrays.copyOfRange(hashes, offset, offset + Suite.HASH_BYTES));
      arrive(builder, stations);
    }
  }

  /** Compares the root with that of every earlier checkpoint of just this size. */
  private static void arrive(TileBuilder builder, Deque<Checkpoint> stations) {
    while (!stations.isEmpty() && stations.getFirst().size() == builder.size()) {
      Checkpoint earlier = stations.remove();
      if (!MessageDigest.isEqual(earlier.root(), builder.root())) {
        throw new DifferenceException(
            "the first "
                + earlier.size()
                + " records are not those that an earlier checkpoint signed  前 "
                + earlier.size()
                + " 条与先前签名的检查点不同");
      }
    }
  }

  private static byte[] await(CompletableFuture<byte[]> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } catch (CancellationException e) {
      throw new IllegalStateException("a reader was cancelled", e);
    }
  }

  /** A tile above the leaves, as it must be, beside the one that is served. */
  private void compare(TileId id, byte[] expected) {
    if (id.level() == 0) {
      return;
    }
    byte[] served = tiles.tile(id);
    int at = Arrays.mismatch(expected, served);
    if (at >= 0) {
      throw new DifferenceException(difference(id, at / Suite.HASH_BYTES));
    }
  }

  private static String difference(TileId id, int place) {
    long entry = id.index() * TileId.FULL_WIDTH + place;
    long leaves = 1L << (TileId.HEIGHT * id.level());
    String range = entry * leaves + " to " + ((entry + 1) * leaves - 1);
    return "tile "
        + id.path()
        + ", hash "
        + place
        + ": not what the leaf hashes of records "
        + range
        + " give  哈希块 "
        + id.path()
        + " 第 "
        + place
        + " 个哈希与记录 "
        + range.replace("to", "至")
        + " 不符";
  }
}
