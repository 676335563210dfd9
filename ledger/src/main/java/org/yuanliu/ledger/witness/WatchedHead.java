package org.yuanliu.ledger.witness;

import static java.util.Objects.requireNonNull;

import org.yuanliu.ledger.Suite;

/**
 * The newest tree of a log that a witness has cosigned.
 *
 * @param size number of leaves
 * @param root root over them, 32 bytes
 */
public record WatchedHead(long size, byte[] root) {
  public WatchedHead {
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    requireNonNull(root, "root is null");
    if (root.length != Suite.HASH_BYTES) {
      throw new IllegalArgumentException("root has " + root.length + " bytes");
    }
    root = root.clone();
  }

  @Override
  public byte[] root() {
    return root.clone();
  }
}
