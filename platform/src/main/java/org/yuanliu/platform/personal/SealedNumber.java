package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.platform.personal.SubjectKeys.SubjectKey;

/**
 * How a document is cited whose number is a person's: by the commitment to the number. Its salt
 * follows from type and number under the document's own key, so that all who cite it cite the same,
 * and nobody can try numbers once that key is destroyed.
 */
final class SealedNumber {
  private SealedNumber() {}

  static byte[] salt(SubjectKey key, String type, String number) {
    return Digests.of(Digests.of(key.key(), "salts"), "document", type, number);
  }

  static byte[] commitment(Suite suite, SubjectKey key, String type, String number) {
    return PersonalValue.commit(suite, salt(key, type, number), number.getBytes(UTF_8));
  }

  /** By what its key is found: one document is one for all who cite it. */
  static byte[] digest(byte[] index, String type, String number) {
    return Digests.of(index, "document", type, Digests.normal(number));
  }

  static String uri(String stem, byte[] commitment) {
    return stem + PersonalValue.SEALED_NUMBER + HexFormat.of().formatHex(commitment);
  }

  /** Whether a text is such a citation already. */
  static boolean isOne(String uri) {
    return PersonalValue.sealedNumber(uri) != null;
  }
}
