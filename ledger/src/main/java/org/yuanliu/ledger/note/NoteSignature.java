package org.yuanliu.ledger.note;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A signature line of a note.
 *
 * @param name of the key
 * @param id of the key, {@link VerifierKey#id}
 * @param signature what the type lays out: 64 bytes, or a time and 64 bytes
 */
public record NoteSignature(String name, int id, byte[] signature) {
  private static final String DASH = "\u2014 ";

  public NoteSignature {
    requireNonNull(name, "name is null");
    if (!Lines.isName(name)) {
      throw new IllegalArgumentException("no name of a key: " + name);
    }
    requireNonNull(signature, "signature is null");
    if (signature.length == 0) {
      throw new IllegalArgumentException("signature is empty");
    }
    signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** Whether the key of this signature is this one, by name and id. */
  public boolean isBy(VerifierKey key) {
    return id == key.id() && name.equals(key.name());
  }

  /** The line with its line feed. */
  public String line() {
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + signature.length).putInt(id).put(signature).array();
    return DASH + name + " " + Lines.base64(bytes) + "\n";
  }

  /**
   * The signature of a line, given without its line feed.
   *
   * @throws NoteException if it is none
   */
  static NoteSignature parse(String line) throws NoteException {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw Lines.malformed("not a signature line");
    }
    String name = line.substring(DASH.length(), space);
    byte[] bytes = Lines.base64(line.substring(space + 1));
    if (!Lines.isName(name) || bytes.length <= Integer.BYTES) {
      throw Lines.malformed("not a signature line");
    }
    return new NoteSignature(
        name,
        ByteBuffer.wrap(bytes).getInt(),
        Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && name.equals(that.name)
        && id == that.id
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * id + Arrays.hashCode(signature);
  }
}
