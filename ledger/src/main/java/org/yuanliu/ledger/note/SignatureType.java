package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.yuanliu.ledger.Suite;

/**
 * The algorithm of a note's signature and what exactly it signs. C2SP assigns single bytes to the
 * first two; the last two are our own profile, under 0xff, which C2SP leaves to types without a
 * byte of their own: 0xff, then a name of ours, then a line feed.
 */
public enum SignatureType {
  /** Ed25519 over the text of the note (signed-note, type 0x01). */
  ED25519("\u0001", Suite.SHA256_ED25519, false),

  /** Ed25519 over time and text of a checkpoint (tlog-cosignature, type 0x04). */
  ED25519_COSIGNATURE("\u0004", Suite.SHA256_ED25519, true),

  /** SM2 with SM3 (GB/T 32918.2-2016) over the text of the note, user id {@value Sm2#USER_ID}. */
  SM2(named("yuanliu.org/note/sm2-sm3"), Suite.SM3_SM2, false),

  /** SM2 with SM3 over time and text of a checkpoint, laid out as {@code cosignature/v1}. */
  SM2_COSIGNATURE(named("yuanliu.org/note/sm2-sm3-cosignature"), Suite.SM3_SM2, true);

  /** A char a byte. */
  private final String identifier;

  private final Suite suite;
  private final boolean cosignature;

  SignatureType(String identifier, Suite suite, boolean cosignature) {
    this.identifier = identifier;
    this.suite = suite;
    this.cosignature = cosignature;
  }

  private static String named(String name) {
    return "\u00ff" + name + "\n";
  }

  /** The type of a log's own signature over its checkpoints. */
  public static SignatureType note(Suite suite) {
    return switch (suite) {
      case SHA256_ED25519 -> ED25519;
      case SM3_SM2 -> SM2;
    };
  }

  /** The type of a witness's signature over checkpoints of a log of this suite. */
  public static SignatureType cosignature(Suite suite) {
    return switch (suite) {
      case SHA256_ED25519 -> ED25519_COSIGNATURE;
      case SM3_SM2 -> SM2_COSIGNATURE;
    };
  }

  /** The suite that the algorithm belongs to. */
  public Suite suite() {
    return suite;
  }

  /** Whether the signature carries a time and vouches for a log's continuity. */
  public boolean isCosignature() {
    return cosignature;
  }

  /** What stands before the public key in a verifier key and in what its id is made of. */
  byte[] identifier() {
    return identifier.getBytes(ISO_8859_1);
  }

  /** Length of a public key in bytes: RFC 8032 §5.1.5; an uncompressed point, 0x04 ‖ x ‖ y. */
  public int publicKeyBytes() {
    return switch (suite) {
      case SHA256_ED25519 -> Ed25519.PUBLIC_KEY_BYTES;
      case SM3_SM2 -> Sm2.PUBLIC_KEY_BYTES;
    };
  }

  boolean isPrefixOf(byte[] typed) {
    byte[] own = identifier();
    return typed.length >= own.length && Arrays.equals(typed, 0, own.length, own, 0, own.length);
  }

  @Override
  public String toString() {
    return identifier.length() == 1
        ? "0x0" + (int) identifier.charAt(0)
        : "0xff " + identifier.substring(1, identifier.length() - 1);
  }
}
