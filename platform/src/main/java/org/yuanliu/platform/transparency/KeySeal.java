package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignerException;
import org.yuanliu.platform.keys.Gcm;
import org.yuanliu.platform.keys.SealBrokenException;

/**
 * Seals private keys for the database: AES-256-GCM, or SM4-GCM (GB/T 32907-2016, GB/T 36624-2018)
 * where the log uses the national algorithms. A sealed key is nonce ‖ ciphertext ‖ tag; it opens
 * only beside the public key that it was sealed with.
 */
final class KeySeal {
  private final Gcm gcm;
  private final byte[] key;

  private KeySeal(Gcm gcm, byte[] key) {
    this.gcm = gcm;
    this.key = key;
  }

  /**
   * With the key-encryption key of a file: hexadecimal digits, nothing else but white space around.
   *
   * @throws SignerException if the file cannot be read or holds no such key
   */
  static KeySeal ofFile(Suite suite, Path file) {
    Gcm gcm =
        switch (requireNonNull(suite, "suite is null")) {
          case SHA256_ED25519 -> Gcm.AES;
          case SM3_SM2 -> Gcm.SM4;
        };
    int bytes = gcm.keyBytes();
    try {
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != bytes) {
        throw new SignerException(
            "密钥加密密钥应为 %1$d 位十六进制数 / the key-encryption key in %2$s must have %1$d hexadecimal digits"
                .formatted(2 * bytes, file));
      }
      return new KeySeal(gcm, key);
    } catch (IOException | IllegalArgumentException e) {
      throw new SignerException("the key-encryption key in " + file + " cannot be read", e);
    }
  }

  /**
   * @param vkey the public key, which the seal binds
   */
  byte[] seal(byte[] pkcs8, String vkey, SecureRandom random) {
    return gcm.seal(key, vkey.getBytes(UTF_8), pkcs8, random);
  }

  /**
   * The private key again.
   *
   * @throws SignerException if it was sealed under another key, for another public key, or changed
   */
  byte[] open(byte[] sealed, String vkey) {
    try {
      return gcm.open(key, vkey.getBytes(UTF_8), sealed);
    } catch (SealBrokenException e) {
      throw new SignerException("a sealed key does not open with this key-encryption key", e);
    }
  }
}
