package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signature that was found to hold.
 *
 * @param key who signed
 * @param time when, for cosignatures: in whole seconds, as the signer states it
 */
public record VerifiedSignature(VerifierKey key, Optional<Instant> time) {
  private static final String COSIGNATURE_HEADER = "cosignature/v1\n";

  public VerifiedSignature {
    requireNonNull(key, "key is null");
    requireNonNull(time, "time is null");
  }

  static VerifiedSignature verify(Note note, NoteSignature signature, VerifierKey key)
      throws NoteException {
    byte[] bytes = signature.signature();
    if (!key.type().isCosignature()) {
      require(key.verify(note.text().getBytes(UTF_8), bytes), key);
      return new VerifiedSignature(key, Optional.empty());
    }
    require(bytes.length > Long.BYTES, key);
    long seconds = ByteBuffer.wrap(bytes).getLong();
    require(seconds >= 0 && seconds <= Instant.MAX.getEpochSecond(), key);
    byte[] inner = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    require(key.verify(cosigned(note.text(), seconds), inner), key);
    return new VerifiedSignature(key, Optional.of(Instant.ofEpochSecond(seconds)));
  }

  /** What a cosignature signs (tlog-cosignature, "Ed25519 signed message"). */
  static byte[] cosigned(String text, long seconds) {
    return (COSIGNATURE_HEADER + "time " + seconds + "\n" + text).getBytes(UTF_8);
  }

  private static void require(boolean holds, VerifierKey key) throws NoteException {
    if (!holds) {
      throw new NoteException(
          NoteException.Code.BAD_SIGNATURE, "the signature of " + key.name() + " does not hold");
    }
  }
}
