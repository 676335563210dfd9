package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.yuanliu.platform.keys.Gcm;
import org.yuanliu.platform.keys.KeyFile;
import org.yuanliu.platform.keys.SealBrokenException;

/**
 * Keys in files {@code NAME.kek} of hexadecimal digits. They are read each time, so that a file
 * that is gone is noticed at once and one that is back helps at once.
 */
final class FileKeys implements KeyHolder {
  private final Path folder;
  private final Gcm gcm;
  private final SecureRandom random = new SecureRandom();

  FileKeys(Path folder, Gcm gcm) {
    this.folder = requireNonNull(folder, "folder is null");
    this.gcm = requireNonNull(gcm, "gcm is null");
  }

  @Override
  public String next() {
    byte[] key = gcm.newKey(random);
    String name = KeyHolder.name(key);
    try {
      KeyFile.write(file(name), HexFormat.of().formatHex(key).getBytes(US_ASCII));
    } catch (IOException e) {
      throw new KeyGoneException(
          folder.toString(), "无法写入密钥加密密钥", "the key-encryption key cannot be written");
    }
    return name;
  }

  @Override
  public byte[] wrap(String name, byte[] bound, byte[] key) {
    byte[] kek = read(name);
    return cipher(kek).seal(kek, bound, key, random);
  }

  @Override
  public byte[] unwrap(String name, byte[] bound, byte[] wrapped) {
    byte[] kek = read(name);
    try {
      return cipher(kek).open(kek, bound, wrapped);
    } catch (SealBrokenException e) {
      throw new KeyGoneException(
          file(name).toString(), "密钥加密密钥不是原来那一把", "not the key-encryption key that was used");
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".kek");
  }

  private byte[] read(String name) {
    Path file = file(name);
    byte[] key;
    try {
      key = HexFormat.of().parseHex(Files.readString(file).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new KeyGoneException(
          file.toString(), "密钥加密密钥文件不存在或无法读取", "the key-encryption key's file cannot be read");
    }
    if (!KeyHolder.name(key).equals(name)) {
      throw new KeyGoneException(
          file.toString(), "密钥加密密钥不是原来那一把", "not the key-encryption key that was used");
    }
    return key;
  }

  /** The key's length tells: what one cipher wrapped stays readable when another is set. */
  static Gcm cipher(byte[] kek) {
    return kek.length == Gcm.SM4.keyBytes() ? Gcm.SM4 : Gcm.AES;
  }
}
