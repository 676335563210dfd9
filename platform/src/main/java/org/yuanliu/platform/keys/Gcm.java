package org.yuanliu.platform.keys;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Authenticated encryption of small secrets, each bound to where it belongs: twelve random bytes of
 * nonce, the text, sixteen bytes of tag. AES by the JDK, which uses the processor's instructions;
 * SM4 (GB/T 32907-2016 in the mode of GB/T 36624-2018) by Bouncy Castle.
 */
public enum Gcm {
  /** AES-256-GCM. */
  AES(1, 32) {
    @Override
    byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] bound, byte[] in)
        throws SealBrokenException {
      try {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
            seal ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
            new SecretKeySpec(key, "AES"),
            new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return requireNonNull(cipher.doFinal(in), "cipher gave null");
      } catch (GeneralSecurityException e) {
        throw new SealBrokenException(BROKEN, e);
      }
    }
  },
  /** SM4-GCM. */
  SM4(2, 16) {
    @Override
    byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] bound, byte[] in)
        throws SealBrokenException {
      GCMModeCipher gcm = GCMBlockCipher.newInstance(new SM4Engine());
      gcm.init(seal, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, bound));
      byte[] out = new byte[gcm.getOutputSize(in.length)];
      try {
        int length = gcm.processBytes(in, 0, in.length, out, 0);
        gcm.doFinal(out, length);
        return out;
      } catch (InvalidCipherTextException e) {
        throw new SealBrokenException(BROKEN, e);
      }
    }
  };

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String BROKEN = "sealed under another key, for another place, or changed";

  private final short code;
  private final int keyBytes;

  Gcm(int code, int keyBytes) {
    this.code = (short) code;
    this.keyBytes = keyBytes;
  }

  /** Stored beside what is sealed; never changes its meaning. */
  public short code() {
    return code;
  }

  public static Gcm ofCode(int code) {
    for (Gcm gcm : values()) {
      if (gcm.code == code) {
        return gcm;
      }
    }
    throw new IllegalArgumentException("no cipher has the code " + code);
  }

  /** Length of a key. */
  public int keyBytes() {
    return keyBytes;
  }

  public byte[] newKey(SecureRandom random) {
    byte[] key = new byte[keyBytes];
    random.nextBytes(key);
    return key;
  }

  /**
   * @param bound what it opens beside and nowhere else
   */
  public byte[] seal(byte[] key, byte[] bound, byte[] text, SecureRandom random) {
    requireKey(key);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = run(true, key, nonce, bound, text);
      byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
      return all;
    } catch (SealBrokenException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * The text again.
   *
   * @throws SealBrokenException if it was sealed under another key, for another place, or changed
   */
  public byte[] open(byte[] key, byte[] bound, byte[] sealed) throws SealBrokenException {
    requireKey(key);
    if (sealed.length <= NONCE_BYTES) {
      throw new SealBrokenException("sealed bytes are cut off");
    }
    return run(
        false,
        key,
        Arrays.copyOf(sealed, NONCE_BYTES),
        bound,
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
  }

  private void requireKey(byte[] key) {
    if (key.length != keyBytes) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes, not " + keyBytes);
    }
  }

  abstract byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] bound, byte[] in)
      throws SealBrokenException;
}
