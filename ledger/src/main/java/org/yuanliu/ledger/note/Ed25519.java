package org.yuanliu.ledger.note;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Ed25519 (RFC 8032 §5.1) of the JDK, with keys as the 32 bytes that the RFC writes. */
final class Ed25519 {
  static final int PUBLIC_KEY_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;
  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /**
   * The key of these bytes.
   *
   * @throws IllegalArgumentException if they are not the canonical encoding of a point
   */
  static PublicKey publicKey(byte[] encoded) {
    if (encoded.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 key of " + encoded.length + " bytes");
    }
    byte[] bigEndian = reversed(encoded);
    boolean odd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    try {
      return KeyFactory.getInstance(NAME)
          .generatePublic(
              new EdECPublicKeySpec(
                  NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 key", e);
    }
  }

  static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature that is no pair of a point and a number
    }
  }

  static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signer = Signature.getInstance(NAME);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK could not sign", e);
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
