package org.yuanliu.platform.transparency;

import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignatureType;

/** What a key signs. The codes are stored; they never change their meaning. */
enum KeyPurpose {
  /** The checkpoints of this log. */
  LOG(1),
  /** As a witness, those of other logs that use SHA-256 and Ed25519. */
  WITNESS_SHA256(2),
  /** As a witness, those of other logs that use SM3 and SM2. */
  WITNESS_SM3(3);

  private final short code;

  KeyPurpose(int code) {
    this.code = (short) code;
  }

  short code() {
    return code;
  }

  /** The beginning of the names of its files. */
  String prefix() {
    return switch (this) {
      case LOG -> "log";
      case WITNESS_SHA256 -> "witness-ed25519";
      case WITNESS_SM3 -> "witness-sm2";
    };
  }

  /**
   * @param log suite of this log
   */
  SignatureType type(Suite log) {
    return switch (this) {
      case LOG -> SignatureType.note(log);
      case WITNESS_SHA256 -> SignatureType.cosignature(Suite.SHA256_ED25519);
      case WITNESS_SM3 -> SignatureType.cosignature(Suite.SM3_SM2);
    };
  }

  static KeyPurpose witness(Suite watched) {
    return switch (watched) {
      case SHA256_ED25519 -> WITNESS_SHA256;
      case SM3_SM2 -> WITNESS_SM3;
    };
  }
}
