package org.yuanliu.platform.personal;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.platform.keys.Gcm;
import org.yuanliu.platform.keys.SealBrokenException;

/** Keys that the environment hands over: the one in use first, then those that it replaces. */
final class ListedKeys implements KeyHolder {
  private static final String WHERE = "yuanliu.personal.keys.values";

  private final Map<String, byte[]> keys = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @throws IllegalArgumentException if one of them is no key
   */
  ListedKeys(List<String> values) {
    for (String value : values) {
      byte[] key;
      try {
        key = HexFormat.of().parseHex(value.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(WHERE + ": 不是十六进制 / not hexadecimal", e);
      }
      if (key.length != Gcm.AES.keyBytes() && key.length != Gcm.SM4.keyBytes()) {
        throw new IllegalArgumentException(
            WHERE + ": 应为 64 位（AES）或 32 位（SM4）/ 64 digits (AES) or 32 (SM4) are due");
      }
      keys.put(KeyHolder.name(key), key);
    }
  }

  @Override
  public String next() {
    return keys.keySet().stream()
        .findFirst()
        .orElseThrow(
            () -> new KeyGoneException(WHERE, "没有配置密钥加密密钥", "no key-encryption key is set"));
  }

  @Override
  public byte[] wrap(String name, byte[] bound, byte[] key) {
    byte[] kek = key(name);
    return FileKeys.cipher(kek).seal(kek, bound, key, random);
  }

  @Override
  public byte[] unwrap(String name, byte[] bound, byte[] wrapped) {
    byte[] kek = key(name);
    try {
      return FileKeys.cipher(kek).open(kek, bound, wrapped);
    } catch (SealBrokenException e) {
      throw new KeyGoneException(WHERE, "包裹的密钥被改动过", "a wrapped key was changed");
    }
  }

  private byte[] key(String name) {
    byte[] kek = keys.get(name);
    if (kek == null) {
      throw new KeyGoneException(
          WHERE, "缺少名为 " + name + " 的密钥加密密钥", "the key-encryption key " + name + " is not there");
    }
    return kek;
  }
}
