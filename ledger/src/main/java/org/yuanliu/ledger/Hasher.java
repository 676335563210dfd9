package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * The hash function of a suite with the two domain prefixes of RFC 6962 §2.1. It holds the state of
 * a running digest: one thread at a time, and every method leaves it ready for the next.
 */
public abstract sealed class Hasher {
  private static final byte LEAF_PREFIX = 0x00;
  private static final byte NODE_PREFIX = 0x01;

  /** The prefix of a node and room for its two children. */
  private final byte[] scratch = new byte[1 + 2 * Suite.HASH_BYTES];

  private Hasher() {
    scratch[0] = NODE_PREFIX;
  }

  static Hasher of(Suite suite) {
    return switch (suite) {
      case SHA256_ED25519 -> new Sha256();
      case SM3_SM2 -> new Sm3();
    };
  }

  /** The hash of the parts, one after the other. */
  public final byte[] hash(byte[]... parts) {
    for (byte[] part : parts) {
      update(part);
    }
    return finish();
  }

  /** The leaf hash, H(0x00 ‖ data). */
  public final byte[] leaf(byte[] data) {
    requireNonNull(data, "data is null");
    update(LEAF_PREFIX);
    update(data);
    return finish();
  }

  /** The hash of an inner node, H(0x01 ‖ left ‖ right). */
  public final byte[] node(byte[] left, byte[] right) {
    requireNonNull(left, "left is null");
    requireNonNull(right, "right is null");
    update(NODE_PREFIX);
    update(left);
    update(right);
    return finish();
  }

  /**
   * The same without an object made: hashes of {@value Suite#HASH_BYTES} bytes at an offset in, one
   * at an offset out, which may lie over one of those that go in.
   */
  final void node(
      byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
    System.arraycopy(left, leftOffset, scratch, 1, Suite.HASH_BYTES);
    System.arraycopy(right, rightOffset, scratch, 1 + Suite.HASH_BYTES, Suite.HASH_BYTES);
    update(scratch);
    finish(out, outOffset);
  }

  /** As {@link #leaf(byte[])}, written at an offset. */
  final void leaf(byte[] data, byte[] out, int outOffset) {
    update(LEAF_PREFIX);
    update(data);
    finish(out, outOffset);
  }

  /**
   * Folds {@code count} hashes, a power of two, into the root over them, which is left in the first
   * {@value Suite#HASH_BYTES} bytes; the rest is overwritten.
   */
  final void fold(byte[] nodes, int count) {
    for (int width = count; width > 1; width /= 2) {
      for (int i = 0; i < width / 2; i++) {
        int left = 2 * i * Suite.HASH_BYTES;
        node(nodes, left, nodes, left + Suite.HASH_BYTES, nodes, i * Suite.HASH_BYTES);
      }
    }
  }

  abstract void update(byte value);

  abstract void update(byte[] bytes);

  abstract void update(byte[] bytes, int from, int length);

  abstract byte[] finish();

  abstract void finish(byte[] out, int offset);

  /** SHA-256 of the JDK, which the virtual machine runs on the processor's own instructions. */
  private static final class Sha256 extends Hasher {
    private final MessageDigest digest;

    Sha256() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    @Override
    void update(byte value) {
      digest.update(value);
    }

    @Override
    void update(byte[] bytes) {
      digest.update(bytes);
    }

    @Override
    void update(byte[] bytes, int from, int length) {
      digest.update(bytes, from, length);
    }

    @Override
    byte[] finish() {
      return digest.digest();
    }

    @Override
    void finish(byte[] out, int offset) {
      try {
        digest.digest(out, offset, Suite.HASH_BYTES);
      } catch (DigestException e) {
        throw new IllegalStateException("no room for the hash", e);
      }
    }
  }

  private static final class Sm3 extends Hasher {
    private final SM3Digest digest = new SM3Digest();

    @Override
    void update(byte value) {
      digest.update(value);
    }

    @Override
    void update(byte[] bytes) {
      digest.update(bytes, 0, bytes.length);
    }

    @Override
    void update(byte[] bytes, int from, int length) {
      digest.update(bytes, from, length);
    }

    @Override
    byte[] finish() {
      byte[] out = new byte[Suite.HASH_BYTES];
      finish(out, 0);
      return out;
    }

    @Override
    void finish(byte[] out, int offset) {
      digest.doFinal(out, offset);
    }
  }
}
