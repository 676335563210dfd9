package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Makes signature lines. What a signer gave is verified before it goes out. */
public final class Signing {
  private Signing() {}

  /**
   * The signature of a note's text, or of a checkpoint's for signers of a cosignature type.
   *
   * @param text ends in a line feed
   * @param now the time that a cosignature states, in whole seconds; not used by other types
   * @throws SignerException if the signer fails, or its signature does not hold
   */
  public static NoteSignature sign(Signer signer, String text, Instant now) {
    requireNonNull(signer, "signer is null");
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text does not end in a line feed");
    }
    VerifierKey key = signer.key();
    if (!key.type().isCosignature()) {
      byte[] signature = verified(signer, text.getBytes(UTF_8));
      return new NoteSignature(key.name(), key.id(), signature);
    }
    long seconds = now.getEpochSecond();
    if (seconds <= 0) {
      // tlog-witness: the time of a cosignature must not be zero.
      throw new IllegalArgumentException("a cosignature at " + now);
    }
    byte[] signature = verified(signer, VerifiedSignature.cosigned(text, seconds));
    return new NoteSignature(
        key.name(),
        key.id(),
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array());
  }

  private static byte[] verified(Signer signer, byte[] message) {
    byte[] signature = signer.sign(message);
    if (!signer.key().verify(message, signature)) {
      throw new SignerException(
          "what the holder of the key " + signer.key().name() + " gave is not its signature");
    }
    return signature;
  }
}
