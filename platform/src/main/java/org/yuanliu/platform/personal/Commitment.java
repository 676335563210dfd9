package org.yuanliu.platform.personal;

import java.util.Base64;
import org.yuanliu.ledger.Suite;

/** The text of a commitment. */
final class Commitment {
  private Commitment() {}

  static String text(byte[] commitment) {
    return Base64.getEncoder().encodeToString(commitment);
  }

  static boolean isOne(String text) {
    try {
      return Base64.getDecoder().decode(text).length == Suite.HASH_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
