package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of an API key: {@code yl_}, a prefix of 16 hexadecimal digits for look-up, a further
 * {@code _}, and 256 random bits in base64url. Secret scanners find it by its form.
 *
 * @param prefix may be shown and logged
 */
record KeyToken(String prefix, String text) {
  private static final int PREFIX_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("yl_([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

  static KeyToken issue(SecureRandom random) {
    byte[] prefix = new byte[PREFIX_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(prefix);
    random.nextBytes(secret);
    String shown = HexFormat.of().formatHex(prefix);
    return new KeyToken(
        shown,
        "yl_" + shown + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  static Optional<KeyToken> parse(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches() ? Optional.of(new KeyToken(matcher.group(1), text)) : Optional.empty();
  }

  byte[] hash() {
    return sha256(text.getBytes(US_ASCII));
  }

  boolean matches(byte[] storedHash) {
    return MessageDigest.isEqual(hash(), storedHash);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "KeyToken[yl_" + prefix + "_…]";
  }
}
