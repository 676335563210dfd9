package org.yuanliu.codes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The key under which a unit is stored: the first 128 bits of the SHA-256 of the UTF-8 bytes of its
 * canonical URI. Any node computes it; no dictionary is asked.
 *
 * @param value the bits, big-endian; not a version of RFC 9562, only its container
 */
public record UnitKey(UUID value) {
  /** Never fed anything: to copy it takes a third of the time that asking for a new one takes. */
  private static final MessageDigest UNUSED = newDigest();

  public UnitKey {
    requireNonNull(value, "value is null");
  }

  /** The key of a unit by its canonical URI, see {@link CanonicalUri#of}. */
  public static UnitKey of(String canonicalUri) {
    ByteBuffer digest = ByteBuffer.wrap(copy().digest(canonicalUri.getBytes(UTF_8)));
    return new UnitKey(new UUID(digest.getLong(), digest.getLong()));
  }

  private static MessageDigest copy() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return newDigest(); // another provider than the platform's own
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
