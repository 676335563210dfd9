package org.yuanliu.ledger.receipt;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.LeafRecord;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignedCheckpoint;

/**
 * The proof that a record stands in a log: what was recorded, its place, the way from there to the
 * root, and the root as the log and its witnesses signed it. {@link ReceiptJson} is its written
 * form.
 *
 * @param suite the log's
 * @param leafRecord what the leaf commits to; its position is the leaf's index in the tree
 * @param salt 32 bytes; who has it may test guesses of the record against the public tiles
 * @param content the stored body, or why it is not there
 * @param values what the commitments in the body stand for, as far as it may be shown
 * @param proof inclusion proof, lowest node first
 * @param checkpoint with all signatures
 */
public record Receipt(
    Suite suite,
    LeafRecord leafRecord,
    byte[] salt,
    Content content,
    List<PersonalValue> values,
    List<byte[]> proof,
    SignedCheckpoint checkpoint) {
  /** A proof in a tree of 2^63−1 leaves. */
  public static final int MAX_PROOF = Long.SIZE - 1;

  /** A pack marks a handful of fields personal. */
  public static final int MAX_VALUES = 256;

  public Receipt {
    requireNonNull(suite, "suite is null");
    requireNonNull(leafRecord, "leafRecord is null");
    if (salt.length != Leaf.SALT_BYTES) {
      throw new IllegalArgumentException("salt has " + salt.length + " bytes");
    }
    salt = salt.clone();
    requireNonNull(content, "content is null");
    values = List.copyOf(values);
    if (values.size() > MAX_VALUES) {
      throw new IllegalArgumentException(values.size() + " values");
    }
    proof = proof.stream().map(byte[]::clone).toList();
    if (proof.size() > MAX_PROOF || proof.stream().anyMatch(h -> h.length != Suite.HASH_BYTES)) {
      throw new IllegalArgumentException("no inclusion proof");
    }
    requireNonNull(checkpoint, "checkpoint is null");
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }
}
