package org.yuanliu.ledger.note;

/**
 * Who holds a private key. Made for one key and one type; several threads may sign at once.
 *
 * <p>What is signed is laid out by {@link Signing}; a signer signs the bytes it is given with the
 * algorithm of its key and knows nothing of notes.
 */
public interface Signer extends AutoCloseable {
  /** Name, id, type and public key. */
  VerifierKey key();

  /**
   * The signature over these bytes, 64 bytes: RFC 8032 for Ed25519, r ‖ s for SM2.
   *
   * @throws SignerException if the key's holder does not answer, or not with a signature
   */
  byte[] sign(byte[] message);

  /** Lets go of the holder; the default has nothing to let go. */
  @Override
  default void close() {}
}
