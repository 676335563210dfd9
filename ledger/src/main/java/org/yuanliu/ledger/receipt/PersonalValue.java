package org.yuanliu.ledger.receipt;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Suite;

/**
 * A personal value of a body. In the body stands {@code {"yl:commitment": "…"}} in its place, the
 * base64 of H(salt ‖ value), so that the value can be erased and leaf and proof stay valid. Where a
 * document is cited whose number is a person's, a URI stands there that ends in {@code
 * sealed.{commitment in hexadecimal}}.
 */
public sealed interface PersonalValue {
  /** The member of a body that says a value's commitment. */
  String MEMBER = "yl:commitment";

  /** What stands in a document's URI before the commitment to its number. */
  String SEALED_NUMBER = "sealed.";

  /** As long as a leaf's salt, and for the same reason. */
  int SALT_BYTES = 32;

  /** What stands in the body, 32 bytes. */
  byte[] commitment();

  /**
   * The commitment to a value.
   *
   * @param salt {@value #SALT_BYTES} random bytes, drawn for this value alone
   * @param value UTF-8
   */
  static byte[] commit(Suite suite, byte[] salt, byte[] value) {
    requireSalt(salt);
    return suite.newHasher().hash(salt, value);
  }

  /** The commitment, in hexadecimal, that a document's URI ends in; null in any other text. */
  static @Nullable String sealedNumber(String uri) {
    int at = uri.length() - 2 * Suite.HASH_BYTES;
    if (at < SEALED_NUMBER.length()
        || !uri.startsWith("urn:yuanliu:document:")
        || !uri.startsWith(SEALED_NUMBER, at - SEALED_NUMBER.length())
        || uri.charAt(at - SEALED_NUMBER.length() - 1) != ':') {
      return null;
    }
    String hex = uri.substring(at);
    return hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) ? hex : null;
  }

  private static void requireSalt(byte[] salt) {
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException("salt has " + salt.length + " bytes");
    }
  }

  private static byte[] requireCommitment(byte[] commitment) {
    if (commitment.length != Suite.HASH_BYTES) {
      throw new IllegalArgumentException("commitment has " + commitment.length + " bytes");
    }
    return commitment.clone();
  }

  /** A value that is there and may be shown. */
  record Shown(byte[] commitment, byte[] salt, String value) implements PersonalValue {
    public Shown {
      commitment = requireCommitment(commitment);
      requireSalt(salt);
      salt = salt.clone();
      requireNonNull(value, "value is null");
    }

    @Override
    public byte[] commitment() {
      return commitment.clone();
    }

    @Override
    public byte[] salt() {
      return salt.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Shown that
          && Arrays.equals(commitment, that.commitment)
          && Arrays.equals(salt, that.salt)
          && value.equals(that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(commitment);
    }
  }

  /** A value whose key was destroyed: nobody can read it again. The log states when. */
  record Erased(byte[] commitment, Instant at) implements PersonalValue {
    public Erased {
      commitment = requireCommitment(commitment);
      requireNonNull(at, "at is null");
    }

    @Override
    public byte[] commitment() {
      return commitment.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Erased that
          && Arrays.equals(commitment, that.commitment)
          && at.equals(that.at);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(commitment);
    }
  }
}
