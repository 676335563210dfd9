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
  public UnitKey {
    requireNonNull(value, "value is null");
  }

  /** The key of a unit by its canonical URI, see {@link CanonicalUri#of}. */
  public static UnitKey of(String canonicalUri) {
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(canonicalUri.getBytes(UTF_8)));
    return new UnitKey(new UUID(digest.getLong(), digest.getLong()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
