package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.yuanliu.ledger.Suite;

/**
 * A public key with the name of who signs with it (a C2SP verifier key, "vkey"). Name and id find
 * its signatures on a note.
 *
 * <p>The id of every type is the one that signed-note recommends: the first four bytes of the
 * SHA-256 of name, line feed, type and key. It finds a key and protects nothing; so it stays
 * SHA-256 for SM2 too, and tools that know other types only can still tell the keys apart.
 */
public final class VerifierKey {
  /** Names are log names and host names with a path. */
  public static final int MAX_NAME_BYTES = 255;

  private static final int MAX_VKEY_CHARS = 1_024;
  private static final int ID_DIGITS = 8;

  private final String name;
  private final SignatureType type;
  private final byte[] publicKey;
  private final int id;
  private final SignatureCheck check;

  /** Whether a signature over a message is by this key. */
  @FunctionalInterface
  private interface SignatureCheck {
    boolean holds(byte[] message, byte[] signature);
  }

  /**
   * The key of this name.
   *
   * @param publicKey {@link SignatureType#publicKeyBytes} bytes
   * @throws IllegalArgumentException if the name may not be a key's, or the bytes are no key
   */
  public VerifierKey(String name, SignatureType type, byte[] publicKey) {
    this.name = requireNonNull(name, "name is null");
    this.type = requireNonNull(type, "type is null");
    this.publicKey = publicKey.clone();
    if (!Lines.isName(name) || name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("no name of a key: " + name);
    }
    check =
        switch (type.suite()) {
          case SHA256_ED25519 -> {
            var key = Ed25519.publicKey(publicKey);
            yield (message, signature) -> Ed25519.verify(key, message, signature);
          }
          case SM3_SM2 -> {
            var key = Sm2.publicKey(publicKey);
            yield (message, signature) -> Sm2.verify(key, message, signature);
          }
        };
    id = id(name, typed(type, publicKey));
  }

  /**
   * The key in its text form, {@code name+id+base64}.
   *
   * @throws NoteException if it is not well-formed, of a type that is not known here, or its id is
   *     not that of its name and key
   */
  public static VerifierKey parse(String vkey) throws NoteException {
    requireNonNull(vkey, "vkey is null");
    if (vkey.length() > MAX_VKEY_CHARS) {
      throw new NoteException(NoteException.Code.TOO_LARGE, "a key of too many characters");
    }
    // The base64 may hold a plus, the name may not.
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !Lines.isName(parts[0])) {
      throw Lines.malformed("a key is name+id+base64");
    }
    byte[] typed = Lines.base64(parts[2]);
    if (!parts[1].equals(hex(id(parts[0], typed)))) {
      throw Lines.malformed("the key's id is not that of its name and bytes");
    }
    for (SignatureType type : SignatureType.values()) {
      if (type.isPrefixOf(typed)) {
        byte[] key = Arrays.copyOfRange(typed, type.identifier().length, typed.length);
        try {
          return new VerifierKey(parts[0], type, key);
        } catch (IllegalArgumentException e) {
          throw Lines.malformed("not a key of type " + type);
        }
      }
    }
    throw Lines.malformed("a key of an unknown type");
  }

  public String name() {
    return name;
  }

  /** The four bytes of the id as a number, first byte highest. */
  public int id() {
    return id;
  }

  public SignatureType type() {
    return type;
  }

  public Suite suite() {
    return type.suite();
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** Whether this is a signature of this key over exactly these bytes. */
  public boolean verify(byte[] message, byte[] signature) {
    return check.holds(
        requireNonNull(message, "message is null"), requireNonNull(signature, "signature is null"));
  }

  /** The text form, {@code name+id+base64}. */
  @Override
  public String toString() {
    return name + "+" + hex(id) + "+" + Lines.base64(typed(type, publicKey));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return id;
  }

  private static byte[] typed(SignatureType type, byte[] publicKey) {
    byte[] identifier = type.identifier();
    return ByteBuffer.allocate(identifier.length + publicKey.length)
        .put(identifier)
        .put(publicKey)
        .array();
  }

  private static int id(String name, byte[] typed) {
    byte[] hash =
        Suite.SHA256_ED25519.newHasher().hash(name.getBytes(UTF_8), new byte[] {'\n'}, typed);
    return ByteBuffer.wrap(hash).getInt();
  }

  private static String hex(int id) {
    return HexFormat.of().toHexDigits(id, ID_DIGITS);
  }
}
