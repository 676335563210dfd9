package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

/** Checks shared by everything that takes hashes from outside. */
final class Hashes {
  private Hashes() {}

  static byte[] requireHash(byte[] hash, String name) {
    requireNonNull(hash, name + " is null");
    if (hash.length != Suite.HASH_BYTES) {
      throw new IllegalArgumentException(
          name + " has " + hash.length + " bytes instead of " + Suite.HASH_BYTES);
    }
    return hash;
  }
}
