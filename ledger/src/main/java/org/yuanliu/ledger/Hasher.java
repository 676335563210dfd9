package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

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

  private Hasher() {}

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

  abstract void update(byte value);

  abstract void update(byte[] bytes);

  abstract byte[] finish();

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
    byte[] finish() {
      return digest.digest();
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
    byte[] finish() {
      byte[] out = new byte[Suite.HASH_BYTES];
      digest.doFinal(out, 0);
      return out;
    }
  }
}
