package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.TileSource;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.journal.LeafHashes;

/**
 * The tiles of the journal's tree. Those of level 0 are the leaf hashes that its commits stored.
 * Above, full tiles are stored once they are full (8 KB over 65,536 leaves and more), and the one
 * at the right edge of each level is kept in memory, with what was known of it so far. It costs one
 * question of at most 2 MB to find out after a start.
 */
@Component
final class LedgerTiles implements TileSource {
  /** A single server has one journal. */
  static final int JOURNAL = 1;

  private final LeafHashes leaves;
  private final TileRows rows;
  private final Suite suite;

  /** By level: the tile that is not full yet. */
  private final Map<Integer, Edge> edges = new HashMap<>();

  LedgerTiles(LeafHashes leaves, TileRows rows, JournalSettings journal) {
    this.leaves = requireNonNull(leaves, "leaves is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.suite = Suite.ofId(journal.suite());
  }

  /** The first {@code width} hashes of a tile. */
  private record Edge(long index, int width, byte[] hashes) {}

  /**
   * A tile of the tree as it stands in the database. Whether it is in a tree that was shown to
   * anyone the caller knows.
   */
  @Override
  public byte[] tile(TileId id) {
    try {
      if (id.level() == 0) {
        return level0(id.index(), 0, id.width());
      }
      byte @Nullable [] stored = rows.find(JOURNAL, id.level(), id.index());
      if (stored != null) {
        if (stored.length != TileId.FULL_WIDTH * Suite.HASH_BYTES) {
          throw new TileException(id, "a stored tile of " + stored.length + " bytes");
        }
        return Arrays.copyOf(stored, id.bytes());
      }
      return edge(id);
    } catch (IllegalStateException e) {
      throw new TileException(id, e.getMessage() == null ? "" : e.getMessage(), e);
    }
  }

  private synchronized byte[] edge(TileId id) {
    Edge known = edges.get(id.level());
    if (known == null || known.index() != id.index()) {
      known = new Edge(id.index(), 0, new byte[0]);
    }
    if (known.width() < id.width()) {
      byte[] hashes = Arrays.copyOf(known.hashes(), id.bytes());
      byte[] more = roots(id.level(), id.index(), known.width(), id.width());
      System.arraycopy(more, 0, hashes, known.width() * Suite.HASH_BYTES, more.length);
      known = new Edge(id.index(), id.width(), hashes);
      if (id.isFull()) {
        rows.put(JOURNAL, id.level(), id.index(), hashes);
      }
      Edge newest = edges.get(id.level());
      if (newest == null || newest.index() <= id.index()) {
        edges.put(id.level(), known);
      }
    }
    return Arrays.copyOf(known.hashes(), id.bytes());
  }

  /** Hashes of a tile above level 0: each the root of a full tile of the level below. */
  private byte[] roots(int level, long index, int from, int to) {
    byte[] roots = new byte[(to - from) * Suite.HASH_BYTES];
    long first = index * TileId.FULL_WIDTH;
    for (int entry = from; entry < to; entry++) {
      byte[] below =
          level == 1
              ? level0(first + entry, 0, TileId.FULL_WIDTH)
              : tile(TileId.full(level - 1, first + entry));
      Frontier.Builder tree = Frontier.empty(suite).builder();
      for (int i = 0; i < TileId.FULL_WIDTH; i++) {
        tree.append(Arrays.copyOfRange(below, i * Suite.HASH_BYTES, (i + 1) * Suite.HASH_BYTES));
      }
      System.arraycopy(tree.root(), 0, roots, (entry - from) * Suite.HASH_BYTES, Suite.HASH_BYTES);
    }
    return roots;
  }

  private byte[] level0(long index, int from, int to) {
    long first = index * TileId.FULL_WIDTH;
    return leaves.read(first + from, first + to);
  }
}
