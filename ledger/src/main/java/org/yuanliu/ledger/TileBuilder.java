package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the tiles of a growing tree as its leaf hashes come in. Full tiles go to a {@link TileSink}
 * as soon as they are full; the partial ones of the right edge are handed out on demand, when a
 * checkpoint is made ({@link #partials}). One node hash a leaf on the average, no object a leaf,
 * and at most {@value #MAX_LEVELS} tiles of memory. One thread at a time.
 *
 * <p>Where a group of leaves may have to be taken back (its transaction failed), go on from a
 * {@link #copy} made before.
 */
public final class TileBuilder {
  /** Levels of tiles in a tree of 2^63−1 leaves. */
  private static final int MAX_LEVELS = 8;

  private static final int FULL_BYTES = TileId.FULL_WIDTH * Suite.HASH_BYTES;

  private final Suite suite;
  private final Hasher hasher;
  private final TileSink sink;

  /** By level: the hashes of the tile that is being filled. */
  private final byte[][] tiles = new byte[MAX_LEVELS][];

  /**
   * The right edge: at 32 · h the root of the full subtree of 2^h leaves, where {@code size} has
   * the bit h.
   */
  private final byte[] edge;

  private final byte[] node = new byte[Suite.HASH_BYTES];
  private final byte[] leafHash = new byte[Suite.HASH_BYTES];
  private long size;

  private TileBuilder(Suite suite, TileSink sink, byte[] edge) {
    this.suite = requireNonNull(suite, "suite is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.edge = edge;
    hasher = suite.newHasher();
  }

  /** For a tree without leaves. */
  public TileBuilder(Suite suite, TileSink sink) {
    this(suite, sink, new byte[Long.SIZE * Suite.HASH_BYTES]);
  }

  /**
   * For a tree that has these tiles already.
   *
   * @param source reads the partial tiles of a tree of this size, one a level at most
   * @throws TileException if one is missing or has another length
   */
  public static TileBuilder resume(Suite suite, long size, TileSource source, TileSink sink) {
    TileBuilder builder = new TileBuilder(suite, sink);
    for (TileId id : TileId.partials(size)) {
      byte[] hashes = source.tile(id);
      if (hashes.length != id.bytes()) {
        throw new TileException(id, hashes.length + " bytes instead of " + id.bytes());
      }
      byte[] tile = new byte[FULL_BYTES];
      System.arraycopy(hashes, 0, tile, 0, hashes.length);
      builder.tiles[id.level()] = tile;
      builder.edgeOf(id, tile);
    }
    builder.size = size;
    return builder;
  }

  /** The subtrees of the edge that lie within one partial tile: one a bit of its width. */
  private void edgeOf(TileId id, byte[] tile) {
    int begin = 0;
    for (int rest = id.width(); rest > 0; rest ^= Integer.highestOneBit(rest)) {
      int bit = Integer.highestOneBit(rest);
      byte[] nodes =
          Arrays.copyOfRange(tile, begin * Suite.HASH_BYTES, (begin + bit) * Suite.HASH_BYTES);
      hasher.fold(nodes, bit);
      int height = id.level() * TileId.HEIGHT + Integer.numberOfTrailingZeros(bit);
      System.arraycopy(nodes, 0, edge, height * Suite.HASH_BYTES, Suite.HASH_BYTES);
      begin += bit;
    }
  }

  public Suite suite() {
    return suite;
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** Appends the next leaf by its leaf hash ({@link Leaf#hash}), 32 bytes. */
  public TileBuilder append(byte[] hash) {
    Hashes.requireHash(hash, "leaf hash");
    return append(hash, 0);
  }

  /** Appends the next leaf by its data ({@link Leaf#data}), which is hashed here. */
  public TileBuilder appendData(byte[] leafData) {
    if (leafData.length != Leaf.DATA_BYTES) {
      throw new IllegalArgumentException("leafData has " + leafData.length + " bytes");
    }
    hasher.leaf(leafData, leafHash, 0);
    return append(leafHash, 0);
  }

  /** Appends leaves by their hashes, which stand one after the other. */
  public TileBuilder appendAll(byte[] leafHashes) {
    requireNonNull(leafHashes, "leafHashes is null");
    if (leafHashes.length % Suite.HASH_BYTES != 0) {
      throw new IllegalArgumentException(
          leafHashes.length + " bytes are no whole number of hashes");
    }
    for (int offset = 0; offset < leafHashes.length; offset += Suite.HASH_BYTES) {
      append(leafHashes, offset);
    }
    return this;
  }

  /** Appends the next leaf by its hash, which stands in a larger array. */
  public TileBuilder append(byte[] hashes, int offset) {
    if (size == Long.MAX_VALUE) {
      throw new IllegalStateException("the log is full");
    }
    System.arraycopy(hashes, offset, node, 0, Suite.HASH_BYTES);
    put(0, size);
    int height = 0;
    for (; (size >>> height & 1) == 1; height++) {
      hasher.node(edge, height * Suite.HASH_BYTES, node, 0, node, 0);
      if ((height + 1) % TileId.HEIGHT == 0) {
        int level = (height + 1) / TileId.HEIGHT;
        put(level, size >>> (height + 1));
      }
    }
    System.arraycopy(node, 0, edge, height * Suite.HASH_BYTES, Suite.HASH_BYTES);
    size++;
    return this;
  }

  /** Writes the hash in {@link #node} as the {@code entry}-th of a level. */
  private void put(int level, long entry) {
    byte[] tile = tiles[level];
    if (tile == null) {
      tile = new byte[FULL_BYTES];
      tiles[level] = tile;
    }
    int place = (int) (entry & (TileId.FULL_WIDTH - 1));
    System.arraycopy(node, 0, tile, place * Suite.HASH_BYTES, Suite.HASH_BYTES);
    if (place == TileId.FULL_WIDTH - 1) {
      // The taker keeps the array; the next tile gets a new one.
      tiles[level] = new byte[FULL_BYTES];
      sink.tile(TileId.full(level, entry >>> TileId.HEIGHT), tile);
    }
  }

  /** The root over all leaves so far, RFC 6962 §2.1. */
  public byte[] root() {
    if (size == 0) {
      return hasher.hash();
    }
    int height = Long.numberOfTrailingZeros(size);
    byte[] root = new byte[Suite.HASH_BYTES];
    System.arraycopy(edge, height * Suite.HASH_BYTES, root, 0, Suite.HASH_BYTES);
    for (height++; size >>> height != 0; height++) {
      if ((size >>> height & 1) == 1) {
        hasher.node(edge, height * Suite.HASH_BYTES, root, 0, root, 0);
      }
    }
    return root;
  }

  /** The right edge as a frontier. */
  public Frontier frontier() {
    List<byte[]> hashes = new ArrayList<>();
    for (long rest = size; rest != 0; rest ^= Long.highestOneBit(rest)) {
      int at = Long.numberOfTrailingZeros(Long.highestOneBit(rest)) * Suite.HASH_BYTES;
      hashes.add(Arrays.copyOfRange(edge, at, at + Suite.HASH_BYTES));
    }
    return Frontier.of(suite, size, hashes);
  }

  /** Hands the partial tiles of the present right edge to a sink, lowest level first. */
  public void partials(TileSink to) {
    for (TileId id : TileId.partials(size)) {
      byte[] tile = requireNonNull(tiles[id.level()], "a tile of the right edge is missing");
      to.tile(id, Arrays.copyOf(tile, id.bytes()));
    }
  }

  /** A builder of its own that stands where this one stands. */
  public TileBuilder copy() {
    TileBuilder copy = new TileBuilder(suite, sink, edge.clone());
    for (int level = 0; level < MAX_LEVELS; level++) {
      byte[] tile = tiles[level];
      if (tile != null) {
        copy.tiles[level] = tile.clone();
      }
    }
    copy.size = size;
    return copy;
  }
}
