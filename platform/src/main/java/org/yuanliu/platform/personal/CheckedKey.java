package org.yuanliu.platform.personal;

import java.security.MessageDigest;
import java.util.Arrays;
import org.yuanliu.platform.keys.Gcm;

/**
 * A key as it is wrapped: with eight bytes behind it that follow from it. What seals under a wrong
 * key is lost without anybody noticing, so a holder's answer is not taken at its word.
 */
final class CheckedKey {
  private static final int CHECK_BYTES = 8;

  private CheckedKey() {}

  static byte[] of(byte[] key) {
    byte[] checked = Arrays.copyOf(key, key.length + CHECK_BYTES);
    System.arraycopy(check(key), 0, checked, key.length, CHECK_BYTES);
    return checked;
  }

  /**
   * The key again. Those that were wrapped before there were checks have none.
   *
   * @throws KeyGoneException if it is not the key that was wrapped
   */
  static byte[] key(byte[] unwrapped, String where) {
    if (isKey(unwrapped.length)) {
      return unwrapped;
    }
    if (isKey(unwrapped.length - CHECK_BYTES)) {
      byte[] key = Arrays.copyOf(unwrapped, unwrapped.length - CHECK_BYTES);
      byte[] check = Arrays.copyOfRange(unwrapped, key.length, unwrapped.length);
      if (MessageDigest.isEqual(check, check(key))) {
        return key;
      }
    }
    throw new KeyGoneException(
        where, "密钥持有方给出的不是原来包裹的密钥", "its holder gave another key than was wrapped");
  }

  private static boolean isKey(int bytes) {
    return bytes == Gcm.AES.keyBytes() || bytes == Gcm.SM4.keyBytes();
  }

  private static byte[] check(byte[] key) {
    return Arrays.copyOf(Digests.of(key, "check of a wrapped key"), CHECK_BYTES);
  }
}
