package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

/**
 * The leaf of a journal entry: one version byte, then H(salt ‖ record) with the log's hash
 * function. The salt keeps the leaf mute: tiles of leaf hashes are public, and who guesses a record
 * can't tell whether it is there. The salt, {@link #VERSION} and the suite are stored with the row.
 */
public final class Leaf {
  /** The version of the leaf's form and of the record's encoding. */
  public static final byte VERSION = 1;

  /**
   * As long as the hash: a salt that is harder to guess than the hash is to invert adds nothing.
   */
  public static final int SALT_BYTES = 32;

  /** Length of the leaf data: the version byte and a hash. */
  public static final int DATA_BYTES = 1 + Suite.HASH_BYTES;

  private Leaf() {}

  /**
   * The leaf data of a record, {@value #DATA_BYTES} bytes.
   *
   * @param salt {@value #SALT_BYTES} random bytes, drawn for this record alone
   */
  public static byte[] data(Suite suite, byte[] salt, LeafRecord leafRecord) {
    return data(suite.newHasher(), salt, leafRecord);
  }

  /** As {@link #data(Suite, byte[], LeafRecord)}, for many leaves with one hash function. */
  public static byte[] data(Hasher hasher, byte[] salt, LeafRecord leafRecord) {
    requireNonNull(salt, "salt is null");
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException(
          "salt has " + salt.length + " bytes instead of " + SALT_BYTES);
    }
    byte[] data = new byte[DATA_BYTES];
    data[0] = VERSION;
    System.arraycopy(hasher.hash(salt, leafRecord.encode()), 0, data, 1, Suite.HASH_BYTES);
    return data;
  }

  /**
   * The leaf hash of RFC 6962 §2.1, H(0x00 ‖ data).
   *
   * @param leafData what {@link #data} gave, {@value #DATA_BYTES} bytes
   */
  public static byte[] hash(Suite suite, byte[] leafData) {
    return hash(suite.newHasher(), leafData);
  }

  /** As {@link #hash(Suite, byte[])}, for many leaves with one hash function. */
  public static byte[] hash(Hasher hasher, byte[] leafData) {
    requireNonNull(leafData, "leafData is null");
    if (leafData.length != DATA_BYTES) {
      throw new IllegalArgumentException(
          "leafData has " + leafData.length + " bytes instead of " + DATA_BYTES);
    }
    return hasher.leaf(leafData);
  }
}
