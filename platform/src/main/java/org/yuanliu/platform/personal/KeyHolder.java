package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whoever holds key-encryption keys. Keys have names, so that several can be in use while one
 * replaces another: what was wrapped says under which.
 */
sealed interface KeyHolder extends AutoCloseable permits FileKeys, ListedKeys, ProcessKeys {
  /** Digits of a name. */
  int NAME_DIGITS = 16;

  /**
   * Brings a new key into use and names it: makes one, or takes the one that was put first.
   *
   * @throws KeyGoneException if there is none to be had
   */
  String next();

  /**
   * Encrypts a key.
   *
   * @param bound what it opens beside and nowhere else
   * @throws KeyGoneException if the key of this name is not to be had
   */
  byte[] wrap(String name, byte[] bound, byte[] key);

  /**
   * The key again.
   *
   * @throws KeyGoneException if the key of this name is not to be had, or another
   */
  byte[] unwrap(String name, byte[] bound, byte[] wrapped);

  /** Holds nothing open, unless it says so. */
  @Override
  default void close() {}

  /** Name of a key that lies here: tells keys apart and nothing of them. */
  static String name(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("name of a key-encryption key".getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(key)).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
