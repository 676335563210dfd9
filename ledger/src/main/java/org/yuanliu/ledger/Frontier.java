package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a growing tree: the roots of the full subtrees that its leaves fall into, one
 * for each bit set in the number of leaves. It is all that a writer needs to append (one node hash
 * a leaf on the average) and to tell the root (at most 62 more).
 *
 * <p>A frontier does not change. A group of leaves goes through a {@link Builder}, whose result
 * replaces the frontier once the group is committed and is dropped if it is not.
 */
public final class Frontier {
  private static final byte FORMAT = 1;
  private static final int HEADER_BYTES = 2 + Long.BYTES;

  private final Suite suite;
  private final long size;

  /** Largest subtree first: as many hashes as {@code size} has bits set. */
  private final byte[][] hashes;

  private Frontier(Suite suite, long size, byte[][] hashes) {
    this.suite = suite;
    this.size = size;
    this.hashes = hashes;
  }

  /** The frontier of a tree without leaves. */
  public static Frontier empty(Suite suite) {
    return new Frontier(requireNonNull(suite, "suite is null"), 0, new byte[0][]);
  }

  /** The frontier with these subtree roots, largest first: as many as {@code size} has bits. */
  static Frontier of(Suite suite, long size, List<byte[]> hashes) {
    if (hashes.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(hashes.size() + " hashes for " + size + " leaves");
    }
    return new Frontier(suite, size, hashes.toArray(byte[][]::new));
  }

  public Suite suite() {
    return suite;
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** The roots of the full subtrees, largest first: one for each bit set in the size. */
  public List<byte[]> hashes() {
    return Arrays.stream(hashes).map(byte[]::clone).toList();
  }

  /** This frontier with one leaf more. For many leaves, {@link #builder} copies less. */
  public Frontier append(byte[] leafHash) {
    return builder().append(leafHash).build();
  }

  /** The root over all leaves, RFC 6962 §2.1; the hash of nothing for a tree without leaves. */
  public byte[] root() {
    return builder().root();
  }

  /** A mutable copy to append to. */
  public Builder builder() {
    return new Builder(this);
  }

  /**
   * The bytes to store: format, suite, size (8 bytes, big-endian), hashes, largest subtree first.
   */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + hashes.length * Suite.HASH_BYTES);
    out.put(FORMAT).put(suite.code()).putLong(size);
    for (byte[] hash : hashes) {
      out.put(hash);
    }
    return out.array();
  }

  /**
   * The frontier with this encoding.
   *
   * @throws IllegalArgumentException if the bytes are no frontier, or one of another suite
   */
  public static Frontier decode(Suite suite, byte[] encoded) {
    requireNonNull(suite, "suite is null");
    requireNonNull(encoded, "encoded is null");
    if (encoded.length < HEADER_BYTES) {
      throw new IllegalArgumentException("a frontier of " + encoded.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded);
    byte format = in.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException("a frontier of the unknown format " + format);
    }
    byte code = in.get();
    if (code != suite.code()) {
      throw new IllegalArgumentException("a frontier of suite " + code + " in a log of " + suite);
    }
    long size = in.getLong();
    if (size < 0) {
      throw new IllegalArgumentException("a frontier of negative size: " + size);
    }
    int count = Long.bitCount(size);
    if (in.remaining() != count * Suite.HASH_BYTES) {
      throw new IllegalArgumentException(
          "a frontier of "
              + size
              + " leaves has "
              + count
              + " hashes, not "
              + in.remaining()
              + " bytes");
    }
    byte[][] hashes = new byte[count][Suite.HASH_BYTES];
    for (byte[] hash : hashes) {
      in.get(hash);
    }
    return new Frontier(suite, size, hashes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frontier that
        && suite == that.suite
        && size == that.size
        && Arrays.deepEquals(hashes, that.hashes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(size) + Arrays.deepHashCode(hashes);
  }

  /** Appends leaves one after the other. For one thread at a time. */
  public static final class Builder {
    private final Suite suite;
    private final Hasher hasher;
    private long size;

    /** By level: the root of the full subtree of 2^level leaves where {@code size} has the bit. */
    private final byte[][] levels = new byte[Long.SIZE - 1][];

    private Builder(Frontier frontier) {
      suite = frontier.suite;
      hasher = suite.newHasher();
      size = frontier.size;
      long rest = size;
      for (byte[] hash : frontier.hashes) {
        long bit = Long.highestOneBit(rest);
        levels[Long.numberOfTrailingZeros(bit)] = hash;
        rest ^= bit;
      }
    }

    /** Appends the next leaf, given by its leaf hash ({@link Leaf#hash}), 32 bytes. */
    public Builder append(byte[] leafHash) {
      byte[] hash = Hashes.requireHash(leafHash, "leafHash").clone();
      if (size == Long.MAX_VALUE) {
        throw new IllegalStateException("the log is full");
      }
      int level = 0;
      while ((size >>> level & 1) == 1) {
        hash = hasher.node(levels[level], hash);
        level++;
      }
      levels[level] = hash;
      size++;
      return this;
    }

    /** Number of leaves. */
    public long size() {
      return size;
    }

    /** The root over all leaves so far. */
    public byte[] root() {
      if (size == 0) {
        return hasher.hash();
      }
      int level = Long.numberOfTrailingZeros(size);
      byte[] root = levels[level];
      for (level++; size >>> level != 0; level++) {
        if ((size >>> level & 1) == 1) {
          root = hasher.node(levels[level], root);
        }
      }
      return root.clone();
    }

    /** The frontier of the leaves so far; the builder may go on. */
    public Frontier build() {
      byte[][] hashes = new byte[Long.bitCount(size)][];
      long rest = size;
      for (int i = 0; i < hashes.length; i++) {
        long bit = Long.highestOneBit(rest);
        hashes[i] = levels[Long.numberOfTrailingZeros(bit)];
        rest ^= bit;
      }
      return new Frontier(suite, size, hashes);
    }
  }
}
