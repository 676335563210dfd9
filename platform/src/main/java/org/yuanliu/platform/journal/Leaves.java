package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.yuanliu.ledger.Hasher;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.LeafRecord;
import org.yuanliu.ledger.Suite;

/** From an entry to its leaf hash; the writer and the check do it in this one way. One thread. */
final class Leaves {
  private final String log;
  private final Hasher hasher;

  Leaves(String log, Suite suite) {
    this.log = requireNonNull(log, "log is null");
    hasher = suite.newHasher();
  }

  /** The digest that a leaf commits to. */
  byte[] bodyDigest(byte[] body) {
    return hasher.hash(body);
  }

  /**
   * What the leaf commits to.
   *
   * @throws IllegalArgumentException if a part is longer than a leaf record allows
   */
  LeafRecord leafRecord(
      long position,
      Instant recordTime,
      UUID captureId,
      String reporter,
      String principal,
      String id,
      byte[] hash,
      String hashVersion,
      byte[] bodyDigest) {
    return new LeafRecord(
        log,
        position,
        recordTime,
        reporter,
        principal,
        captureId.toString(),
        id,
        hash,
        hashVersion,
        bodyDigest);
  }

  /** The leaf hash, 32 bytes. */
  byte[] hash(LeafRecord leafRecord, byte[] salt) {
    return Leaf.hash(hasher, Leaf.data(hasher, salt, leafRecord));
  }
}
