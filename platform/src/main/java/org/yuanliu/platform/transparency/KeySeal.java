package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignerException;

/**
 * Seals private keys for the database: AES-256-GCM, or SM4-GCM (GB/T 32907-2016, GB/T 36624-2018)
 * where the log uses the national algorithms. A sealed key is nonce ‖ ciphertext ‖ tag; it opens
 * only beside the public key that it was sealed with.
 */
final class KeySeal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int AES_KEY_BYTES = 32;
  private static final int SM4_KEY_BYTES = 16;

  private final Suite suite;
  private final byte[] key;

  private KeySeal(Suite suite, byte[] key) {
    this.suite = suite;
    this.key = key;
  }

  /**
   * With the key-encryption key of a file: hexadecimal digits, nothing else but white space around.
   *
   * @throws SignerException if the file cannot be read or holds no such key
   */
  static KeySeal ofFile(Suite suite, Path file) {
    int bytes =
        switch (requireNonNull(suite, "suite is null")) {
          case SHA256_ED25519 -> AES_KEY_BYTES;
          case SM3_SM2 -> SM4_KEY_BYTES;
        };
    try {
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != bytes) {
        throw new SignerException(
            "密钥加密密钥应为 %1$d 位十六进制数 / the key-encryption key in %2$s must have %1$d hexadecimal digits"
                .formatted(2 * bytes, file));
      }
      return new KeySeal(suite, key);
    } catch (IOException | IllegalArgumentException e) {
      throw new SignerException("the key-encryption key in " + file + " cannot be read", e);
    }
  }

  /**
   * @param vkey the public key, which the seal binds
   */
  byte[] seal(byte[] pkcs8, String vkey, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(true, nonce, pkcs8, vkey);
    byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
    return all;
  }

  /**
   * The private key again.
   *
   * @throws SignerException if it was sealed under another key, for another public key, or changed
   */
  byte[] open(byte[] sealed, String vkey) {
    if (sealed.length <= NONCE_BYTES) {
      throw new SignerException("a sealed key of " + sealed.length + " bytes");
    }
    return run(
        false,
        Arrays.copyOf(sealed, NONCE_BYTES),
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length),
        vkey);
  }

  private byte[] run(boolean seal, byte[] nonce, byte[] in, String vkey) {
    BlockCipher cipher =
        switch (suite) {
          case SHA256_ED25519 -> AESEngine.newInstance();
          case SM3_SM2 -> new SM4Engine();
        };
    GCMModeCipher gcm = GCMBlockCipher.newInstance(cipher);
    gcm.init(
        seal, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, vkey.getBytes(UTF_8)));
    byte[] out = new byte[gcm.getOutputSize(in.length)];
    try {
      int length = gcm.processBytes(in, 0, in.length, out, 0);
      gcm.doFinal(out, length);
      return out;
    } catch (InvalidCipherTextException e) {
      throw new SignerException(
          "the sealed key does not open with this key-encryption key; it or its row was changed",
          e);
    }
  }
}
