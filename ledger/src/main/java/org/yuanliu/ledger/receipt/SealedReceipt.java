package org.yuanliu.ledger.receipt;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignedCheckpoint;

/**
 * The proof that a leaf stands in a log, without what is in it: for those who may not see the
 * event. It reveals nothing that the public tiles do not. (The record's own digests are not given
 * to everyone: who knows most of an event could find the rest, a price for instance, by trying.)
 *
 * @param suite the log's
 * @param log its name
 * @param position the leaf's index in the tree
 * @param leafHash 32 bytes
 * @param proof inclusion proof, lowest node first
 * @param checkpoint with all signatures
 */
public record SealedReceipt(
    Suite suite,
    String log,
    long position,
    byte[] leafHash,
    List<byte[]> proof,
    SignedCheckpoint checkpoint) {
  public SealedReceipt {
    requireNonNull(suite, "suite is null");
    requireNonNull(log, "log is null");
    if (position < 0) {
      throw new IllegalArgumentException("position is negative: " + position);
    }
    if (leafHash.length != Suite.HASH_BYTES) {
      throw new IllegalArgumentException("leafHash has " + leafHash.length + " bytes");
    }
    leafHash = leafHash.clone();
    proof = proof.stream().map(byte[]::clone).toList();
    if (proof.size() > Receipt.MAX_PROOF
        || proof.stream().anyMatch(hash -> hash.length != Suite.HASH_BYTES)) {
      throw new IllegalArgumentException("no inclusion proof");
    }
    requireNonNull(checkpoint, "checkpoint is null");
  }

  @Override
  public byte[] leafHash() {
    return leafHash.clone();
  }
}
