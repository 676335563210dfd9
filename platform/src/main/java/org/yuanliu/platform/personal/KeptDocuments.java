package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.springframework.stereotype.Service;
import org.yuanliu.platform.keys.SealBrokenException;

/** Documents with personal values, sealed for the moment until their events are stored. */
@Service
public final class KeptDocuments {
  /** What compressed documents never begin with. */
  private static final byte SEALED = 'P';

  private static final byte[] BOUND = "yuanliu.org/personal/v1 document".getBytes(UTF_8);

  private final KeyRing ring;

  KeptDocuments(KeyRing ring) {
    this.ring = requireNonNull(ring, "ring is null");
  }

  /**
   * @throws org.yuanliu.platform.problem.ProblemException 503 if the key is not to be had
   */
  public byte[] seal(byte[] document) {
    try {
      KeyRing.Own own = ring.own();
      byte[] sealed =
          own.documentsCipher().seal(own.documents(), BOUND, document, ring.randomness());
      return ByteBuffer.allocate(1 + sealed.length).put(SEALED).put(sealed).array();
    } catch (KeyGoneException e) {
      throw e.refusal();
    }
  }

  /**
   * The document, whether it was sealed or not.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 503 if the key is not to be had
   */
  public byte[] open(byte[] kept) {
    if (kept.length == 0 || kept[0] != SEALED) {
      return kept;
    }
    try {
      KeyRing.Own own = ring.own();
      return own.documentsCipher()
          .open(own.documents(), BOUND, Arrays.copyOfRange(kept, 1, kept.length));
    } catch (KeyGoneException e) {
      throw e.refusal();
    } catch (SealBrokenException e) {
      throw new IllegalStateException("a kept document was changed", e);
    }
  }
}
