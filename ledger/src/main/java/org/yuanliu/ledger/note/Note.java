package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A text and who signed it (C2SP signed-note).
 *
 * @param text ends in a line feed
 * @param signatures one or more, in the order of their lines
 */
public record Note(String text, List<NoteSignature> signatures) {
  /**
   * Room for a checkpoint of some lines and {@link #MAX_SIGNATURES} signatures of 5 kB (what C2SP
   * says post-quantum ones come to) is 320 kB.
   */
  public static final int MAX_BYTES = 512 * 1024;

  /** C2SP asks for 16 at least; a log has a handful of witnesses. */
  public static final int MAX_SIGNATURES = 64;

  private static final String BLANK = "\n\n";

  public Note {
    requireNonNull(text, "text is null");
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text does not end in a line feed");
    }
    signatures = List.copyOf(signatures);
    if (signatures.isEmpty()) {
      throw new IllegalArgumentException("a note without a signature");
    }
    if (signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException(signatures.size() + " signatures");
    }
  }

  /**
   * The note of these bytes. Nothing of it is verified.
   *
   * @throws NoteException if they are none, or too many
   */
  public static Note parse(byte[] bytes) throws NoteException {
    requireNonNull(bytes, "bytes is null");
    if (bytes.length > MAX_BYTES) {
      throw new NoteException(NoteException.Code.TOO_LARGE, "a note of " + bytes.length + " bytes");
    }
    String all = Lines.text(bytes);
    int blank = all.lastIndexOf(BLANK);
    if (blank < 0) {
      throw Lines.malformed("no blank line before the signatures");
    }
    return new Note(all.substring(0, blank + 1), signatures(all.substring(blank + BLANK.length())));
  }

  /**
   * Signature lines, one or more: the end of a note, or the answer of a witness.
   *
   * @throws NoteException if they are not well-formed, or too many
   */
  public static List<NoteSignature> signatures(String lines) throws NoteException {
    if (!lines.endsWith("\n")) {
      throw Lines.malformed("no signature line with a line feed");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
      if (signatures.size() == MAX_SIGNATURES) {
        throw new NoteException(NoteException.Code.TOO_LARGE, "too many signatures");
      }
      signatures.add(NoteSignature.parse(line));
    }
    return signatures;
  }

  /** The bytes of the note. */
  public byte[] encode() {
    return toString().getBytes(UTF_8);
  }

  /** This note with further signatures; one that it has already is not repeated. */
  public Note with(Collection<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    for (NoteSignature signature : more) {
      if (!all.contains(signature)) {
        all.add(signature);
      }
    }
    return new Note(text, all);
  }

  /**
   * The signatures by known keys, all of which hold. Those of unknown keys are passed over.
   *
   * @throws NoteException with {@link NoteException.Code#BAD_SIGNATURE} if one by a known key does
   *     not hold, with {@link NoteException.Code#UNKNOWN_KEYS} if there is none by a known key
   */
  public List<VerifiedSignature> verify(Collection<VerifierKey> known) throws NoteException {
    List<VerifiedSignature> verified = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : known) {
        if (signature.isBy(key)) {
          verified.add(VerifiedSignature.verify(this, signature, key));
        }
      }
    }
    if (verified.isEmpty()) {
      throw new NoteException(
          NoteException.Code.UNKNOWN_KEYS, "no signature is by a key that is known");
    }
    return List.copyOf(verified);
  }

  /** The note as it is written. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }
}
