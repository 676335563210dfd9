package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A tree of a given size that is read from tiles: its root and its proofs. A proof reads at most
 * two tiles a level; a tile that was read is kept as long as this object.
 *
 * <p>What a source gives is believed here. Who does not trust it checks the result: a proof by
 * {@link MerkleTree}, a root against a signed checkpoint. One thread at a time.
 */
public final class TileTree {
  private final Hasher hasher;
  private final long size;
  private final TileSource source;
  private final Map<TileId, byte[]> read = new HashMap<>();

  /**
   * A view of the tree that the log had at this size.
   *
   * @param size number of leaves; every tile of a tree of this size must be there
   */
  public TileTree(Suite suite, long size, TileSource source) {
    hasher = requireNonNull(suite, "suite is null").newHasher();
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    this.size = size;
    this.source = requireNonNull(source, "source is null");
  }

  public long size() {
    return size;
  }

  /** The root over all leaves, RFC 6962 §2.1. */
  public byte[] root() {
    return size == 0 ? hasher.hash() : range(0, size);
  }

  /**
   * The hash of a leaf.
   *
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public byte[] leaf(long index) {
    Objects.checkIndex(index, size);
    return subtree(0, index);
  }

  /**
   * The audit path of a leaf (RFC 6962 §2.1.1), lowest node first.
   *
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public List<byte[]> inclusionProof(long index) {
    Objects.checkIndex(index, size);
    List<byte[]> proof = new ArrayList<>();
    path(index, 0, size, proof);
    return proof;
  }

  /**
   * The proof that this tree continues that of the first {@code oldSize} leaves (RFC 6962 §2.1.2).
   * It is empty if the old tree is empty or is this one.
   *
   * @throws IndexOutOfBoundsException if this tree is smaller than {@code oldSize}
   */
  public List<byte[]> consistencyProof(long oldSize) {
    Objects.checkFromToIndex(0, oldSize, size);
    List<byte[]> proof = new ArrayList<>();
    if (oldSize > 0 && oldSize < size) {
      subproof(oldSize, 0, size, true, proof);
    }
    return proof;
  }

  /** The right edge, to append to. */
  public Frontier frontier(Suite suite) {
    List<byte[]> hashes = new ArrayList<>();
    long begin = 0;
    for (long rest = size; rest > 0; rest ^= Long.highestOneBit(rest)) {
      long bit = Long.highestOneBit(rest);
      hashes.add(range(begin, begin + bit));
      begin += bit;
    }
    return Frontier.of(suite, size, hashes);
  }

  private void path(long index, long begin, long end, List<byte[]> proof) {
    if (end - begin == 1) {
      return;
    }
    long middle = begin + split(end - begin);
    if (index < middle) {
      path(index, begin, middle, proof);
      proof.add(range(middle, end));
    } else {
      path(index, middle, end, proof);
      proof.add(range(begin, middle));
    }
  }

  private void subproof(long oldEnd, long begin, long end, boolean whole, List<byte[]> proof) {
    if (oldEnd == end) {
      if (!whole) {
        proof.add(range(begin, end));
      }
      return;
    }
    long middle = begin + split(end - begin);
    if (oldEnd <= middle) {
      subproof(oldEnd, begin, middle, whole, proof);
      proof.add(range(middle, end));
    } else {
      subproof(oldEnd, middle, end, false, proof);
      proof.add(range(begin, middle));
    }
  }

  /** MTH(D[begin:end]); every split of a tree makes {@code begin} a multiple of what follows. */
  private byte[] range(long begin, long end) {
    long width = end - begin;
    if (Long.bitCount(width) == 1) {
      int height = Long.numberOfTrailingZeros(width);
      return subtree(height, begin >>> height);
    }
    long middle = begin + split(width);
    return hasher.node(range(begin, middle), range(middle, end));
  }

  /**
   * The hash of the full subtree of 2^height leaves that is the {@code index}-th of its height.
   *
   * @throws IndexOutOfBoundsException if the tree has no such subtree
   */
  public byte[] subtree(int height, long index) {
    int level = height / TileId.HEIGHT;
    int inTile = height % TileId.HEIGHT;
    long first = index << inTile;
    TileId id = TileId.holding(level, first, size);
    byte[] tile = read.computeIfAbsent(id, this::fetch);
    int offset = (int) (first & (TileId.FULL_WIDTH - 1)) * Suite.HASH_BYTES;
    int length = Suite.HASH_BYTES << inTile;
    byte[] nodes = Arrays.copyOfRange(tile, offset, offset + length);
    hasher.fold(nodes, 1 << inTile);
    return Arrays.copyOf(nodes, Suite.HASH_BYTES);
  }

  private byte[] fetch(TileId id) {
    byte[] tile = source.tile(id);
    if (tile.length != id.bytes()) {
      throw new TileException(id, tile.length + " bytes instead of " + id.bytes());
    }
    return tile;
  }

  /** The largest power of two smaller than {@code width}, which is 2 or more. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
