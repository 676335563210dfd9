package org.yuanliu.ledger.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.NoteSignature;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifiedSignature;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * The request of {@code add-checkpoint}: please cosign this checkpoint, which continues the one of
 * {@code oldSize} that you cosigned last.
 *
 * @param oldSize size of the log when the witness last cosigned, 0 if it never has
 * @param proof consistency proof from there to the checkpoint, RFC 6962 §2.1.2
 * @param checkpoint signed by the log
 */
public record AddCheckpoint(long oldSize, List<byte[]> proof, SignedCheckpoint checkpoint) {
  /** tlog-witness: a client must not send more. */
  public static final int MAX_PROOF = 63;

  /** A note, 63 lines of 45 bytes and the first line. */
  public static final int MAX_BYTES = Note.MAX_BYTES + 4 * 1024;

  private static final String OLD = "old ";
  private static final int MAX_SIZE_DIGITS = 19;

  public AddCheckpoint {
    if (oldSize < 0) {
      throw new IllegalArgumentException("oldSize is negative: " + oldSize);
    }
    proof = proof.stream().map(byte[]::clone).toList();
    if (proof.size() > MAX_PROOF || proof.stream().anyMatch(h -> h.length != Suite.HASH_BYTES)) {
      throw new IllegalArgumentException("no consistency proof");
    }
    requireNonNull(checkpoint, "checkpoint is null");
  }

  /**
   * The request of this body.
   *
   * @throws NoteException if it is none
   */
  public static AddCheckpoint parse(byte[] body) throws NoteException {
    requireNonNull(body, "body is null");
    if (body.length > MAX_BYTES) {
      throw new NoteException(NoteException.Code.TOO_LARGE, body.length + " bytes");
    }
    int end = blankLine(body);
    // The lines before the blank one; all ASCII, the checkpoint after it may not be.
    String[] lines = new String(body, 0, end, US_ASCII).split("\n", -1);
    if (!lines[0].startsWith(OLD) || lines.length - 1 > MAX_PROOF) {
      throw malformed("the first line is not the old size, or too many lines follow");
    }
    List<byte[]> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      proof.add(hash(lines[i]));
    }
    byte[] note = Arrays.copyOfRange(body, end + 2, body.length);
    return new AddCheckpoint(
        size(lines[0].substring(OLD.length())), proof, SignedCheckpoint.parse(note));
  }

  /** The body of the request. */
  public byte[] encode() {
    StringBuilder body = new StringBuilder(OLD).append(oldSize).append('\n');
    for (byte[] hash : proof) {
      body.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    }
    return body.append('\n').append(checkpoint.note()).toString().getBytes(UTF_8);
  }

  /**
   * The cosignatures by known witnesses in the body of a witness's answer 200; others are passed
   * over.
   *
   * @throws NoteException if it is not well-formed, holds none by a known key, or one by a known
   *     key that does not hold or is no cosignature
   */
  public List<NoteSignature> cosignatures(byte[] answer, List<VerifierKey> witnesses)
      throws NoteException {
    if (answer.length > Note.MAX_BYTES) {
      throw new NoteException(NoteException.Code.TOO_LARGE, answer.length + " bytes");
    }
    String text = new String(answer, UTF_8);
    List<NoteSignature> known =
        Note.signatures(text).stream()
            .filter(line -> witnesses.stream().anyMatch(line::isBy))
            .toList();
    if (known.isEmpty()) {
      throw new NoteException(NoteException.Code.UNKNOWN_KEYS, "no witness that is known");
    }
    for (VerifiedSignature verified : new Note(checkpoint.note().text(), known).verify(witnesses)) {
      if (verified.time().isEmpty()) {
        throw malformed("the witness's signature is no cosignature");
      }
    }
    return known;
  }

  /**
   * The size in the body of a witness's answer 409.
   *
   * @throws NoteException if it is none
   */
  public static long conflictSize(byte[] answer) throws NoteException {
    if (answer.length > MAX_SIZE_DIGITS + 1 || answer.length == 0) {
      throw malformed("no size");
    }
    String text = new String(answer, US_ASCII);
    if (!text.endsWith("\n")) {
      throw malformed("no size");
    }
    return size(text.substring(0, text.length() - 1));
  }

  private static int blankLine(byte[] body) throws NoteException {
    for (int i = 0; i + 1 < body.length; i++) {
      if (body[i] == '\n' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw malformed("no blank line before the checkpoint");
  }

  private static long size(String digits) throws NoteException {
    try {
      long size = Long.parseLong(digits);
      if (size >= 0 && Long.toString(size).equals(digits)) {
        return size;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw malformed("not a size in decimal");
  }

  private static byte[] hash(String line) throws NoteException {
    try {
      byte[] hash = Base64.getDecoder().decode(line);
      if (hash.length == Suite.HASH_BYTES
          && Base64.getEncoder().encodeToString(hash).equals(line)) {
        return hash;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw malformed("not a hash in base64");
  }

  private static NoteException malformed(String what) {
    return new NoteException(NoteException.Code.MALFORMED, what);
  }
}
