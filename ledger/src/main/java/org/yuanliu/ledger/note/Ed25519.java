package org.yuanliu.ledger.note;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Ed25519 (RFC 8032 §5.1) of Bouncy Castle, with keys as the 32 bytes that the RFC writes. The
 * JDK's own takes eight to eighteen times as long, and a log signs at every commit.
 */
final class Ed25519 {
  static final int PUBLIC_KEY_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  /**
   * The key of these bytes.
   *
   * @throws IllegalArgumentException if they are not the canonical encoding of a point
   */
  static Ed25519PublicKeyParameters publicKey(byte[] encoded) {
    if (encoded.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 key of " + encoded.length + " bytes");
    }
    return new Ed25519PublicKeyParameters(encoded);
  }

  static boolean verify(Ed25519PublicKeyParameters key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  static byte[] sign(Ed25519PrivateKeyParameters key, byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }
}
