package org.yuanliu.ledger.note;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.yuanliu.ledger.Suite;

/**
 * Private keys as PKCS #8 (RFC 5958), which OpenSSL and its like read and write too: Ed25519 by RFC
 * 8410; SM2 as an EC key on the curve 1.2.156.10197.1.301.
 */
public final class PrivateKeys {
  /** RFC 8410 §3. */
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private PrivateKeys() {}

  /** A new private key for a suite, PKCS #8, to be stored by the caller. */
  public static byte[] generate(Suite suite, SecureRandom random) {
    return switch (suite) {
      case SHA256_ED25519 -> newEd25519(random);
      case SM3_SM2 -> newSm2(random);
    };
  }

  /**
   * A signer with a private key in memory.
   *
   * @param pkcs8 what {@link #generate} gave
   * @throws IllegalArgumentException if it is no private key of the type's algorithm
   */
  public static Signer signer(String name, SignatureType type, byte[] pkcs8) {
    requireNonNull(pkcs8, "pkcs8 is null");
    return switch (requireNonNull(type, "type is null").suite()) {
      case SHA256_ED25519 -> ed25519(name, type, pkcs8);
      case SM3_SM2 -> sm2(name, type, pkcs8);
    };
  }

  private static Signer ed25519(String name, SignatureType type, byte[] pkcs8) {
    try {
      if (PrivateKeyFactory.createKey(pkcs8) instanceof Ed25519PrivateKeyParameters key) {
        VerifierKey verifier = new VerifierKey(name, type, key.generatePublicKey().getEncoded());
        return new MemorySigner(verifier, message -> Ed25519.sign(key, message));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no private key for Ed25519", e);
    }
    throw new IllegalArgumentException("no private key for Ed25519");
  }

  private static Signer sm2(String name, SignatureType type, byte[] pkcs8) {
    try {
      if (PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key
          && key.getParameters().getCurve().equals(Sm2.domain().getCurve())) {
        VerifierKey verifier = new VerifierKey(name, type, Sm2.encoded(Sm2.publicOf(key)));
        return new MemorySigner(verifier, new Sm2.Key(key)::sign);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no private key for SM2", e);
    }
    throw new IllegalArgumentException("no private key for SM2");
  }

  private static byte[] newSm2(SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(Sm2.domain(), random));
    var pair = generator.generateKeyPair();
    var key = (ECPrivateKeyParameters) pair.getPrivate();
    byte[] point = Sm2.encoded((ECPublicKeyParameters) pair.getPublic());
    var algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, GMObjectIdentifiers.sm2p256v1);
    var inner =
        new ECPrivateKey(
            Suite.HASH_BYTES * Byte.SIZE,
            key.getD(),
            new DERBitString(point),
            GMObjectIdentifiers.sm2p256v1);
    try {
      return new PrivateKeyInfo(algorithm, inner).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a key could not be written to memory", e);
    }
  }

  private static byte[] newEd25519(SecureRandom random) {
    try {
      // Without the public half beside it, which OpenSSL 3.0 does not read.
      return new PrivateKeyInfo(
              new AlgorithmIdentifier(ED25519),
              new DEROctetString(new Ed25519PrivateKeyParameters(random).getEncoded()))
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a key could not be written to memory", e);
    }
  }

  /** Signs with a key that this process holds. */
  private record MemorySigner(VerifierKey key, Algorithm algorithm) implements Signer {
    @Override
    public byte[] sign(byte[] message) {
      return algorithm.sign(message);
    }

    /** Names the key, never the algorithm that holds it. */
    @Override
    public String toString() {
      return key.toString();
    }
  }

  @FunctionalInterface
  private interface Algorithm {
    byte[] sign(byte[] message);
  }
}
