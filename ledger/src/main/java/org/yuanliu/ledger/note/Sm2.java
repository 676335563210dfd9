package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;

/**
 * SM2 signatures (GB/T 32918.2-2016) with SM3 on the recommended curve (GB/T 32918.5-2017), the
 * signer's identifier being the default one (GB/T 35276-2017). Keys are uncompressed points;
 * signatures are r ‖ s, 32 bytes each, so that a signature has one form only.
 */
final class Sm2 {
  static final String USER_ID = "1234567812345678";
  static final int PUBLIC_KEY_BYTES = 65;
  static final int SIGNATURE_BYTES = 64;
  private static final byte UNCOMPRESSED = 4;

  /** With arithmetic written for this very field, five times as fast as that for any. */
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("sm2p256v1");

  private Sm2() {}

  static ECDomainParameters domain() {
    return new ECDomainParameters(CURVE);
  }

  /**
   * The key of these bytes.
   *
   * @throws IllegalArgumentException if they are no uncompressed point of the curve
   */
  static ECPublicKeyParameters publicKey(byte[] encoded) {
    if (encoded.length != PUBLIC_KEY_BYTES || encoded[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("an SM2 key that is no uncompressed point");
    }
    ECDomainParameters domain = domain();
    ECPoint point = domain.getCurve().decodePoint(encoded);
    return new ECPublicKeyParameters(point, domain);
  }

  static byte[] encoded(ECPublicKeyParameters key) {
    return key.getQ().getEncoded(false);
  }

  static ECPublicKeyParameters publicOf(ECPrivateKeyParameters key) {
    ECDomainParameters domain = domain();
    return new ECPublicKeyParameters(domain.getG().multiply(key.getD()).normalize(), domain);
  }

  static boolean verify(ECPublicKeyParameters key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    SM2Signer verifier = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
    verifier.init(false, new ParametersWithID(key, USER_ID.getBytes(US_ASCII)));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  /** Signs with one key, whose public half is in what is hashed first and is computed once. */
  static final class Key {
    private final SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());

    Key(ECPrivateKeyParameters key) {
      signer.init(true, new ParametersWithID(key, USER_ID.getBytes(US_ASCII)));
    }

    synchronized byte[] sign(byte[] message) {
      signer.update(message, 0, message.length);
      try {
        return signer.generateSignature();
      } catch (CryptoException e) {
        throw new IllegalStateException("SM2 could not sign", e);
      } finally {
        signer.reset();
      }
    }
  }
}
