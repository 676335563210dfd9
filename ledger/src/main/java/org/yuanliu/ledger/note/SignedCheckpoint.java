package org.yuanliu.ledger.note;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A checkpoint with its signatures.
 *
 * @param checkpoint what the note's text says
 * @param note the text as it was signed, and the signatures
 */
public record SignedCheckpoint(Checkpoint checkpoint, Note note) {
  public SignedCheckpoint {
    requireNonNull(checkpoint, "checkpoint is null");
    requireNonNull(note, "note is null");
    if (!checkpoint.text().equals(note.text())) {
      throw new IllegalArgumentException("the note is not of this checkpoint");
    }
  }

  /**
   * The checkpoint of these bytes. Nothing of it is verified.
   *
   * @throws NoteException if they are none
   */
  public static SignedCheckpoint parse(byte[] bytes) throws NoteException {
    Note note = Note.parse(bytes);
    return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
  }

  /**
   * Signs a checkpoint.
   *
   * @param signers one or more; those of a cosignature type state the time
   * @param now what they state
   */
  public static SignedCheckpoint sign(
      Checkpoint checkpoint, Collection<? extends Signer> signers, Instant now) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (Signer signer : signers) {
      signatures.add(Signing.sign(signer, checkpoint.text(), now));
    }
    return new SignedCheckpoint(checkpoint, new Note(checkpoint.text(), signatures));
  }

  /** The signatures by known keys, see {@link Note#verify}. */
  public List<VerifiedSignature> verify(Collection<VerifierKey> known) throws NoteException {
    return note.verify(known);
  }

  /** The same with further signatures. */
  public SignedCheckpoint with(Collection<NoteSignature> more) {
    return new SignedCheckpoint(checkpoint, note.with(more));
  }

  public byte[] encode() {
    return note.encode();
  }

  @Override
  public String toString() {
    return note.toString();
  }
}
