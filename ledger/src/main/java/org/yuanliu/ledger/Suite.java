package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

/**
 * The hash function and the signature algorithm of a log, chosen when the log is created and never
 * changed afterwards.
 */
public enum Suite {
  /** SHA-256 (FIPS 180-4) and Ed25519 (RFC 8032): understood by the existing tlog tools. */
  SHA256_ED25519((byte) 1, "sha256-ed25519"),
  /** SM3 (GB/T 32905-2016) and SM2 (GB/T 32918-2016): the Chinese national algorithms, 国密. */
  SM3_SM2((byte) 2, "sm3-sm2");

  /** Length of a hash in bytes; the same in every suite, so layouts are the same too. */
  public static final int HASH_BYTES = 32;

  private final byte code;
  private final String id;

  Suite(byte code, String id) {
    this.code = code;
    this.id = id;
  }

  /** The byte that stands for this suite in stored rows and encoded structures. */
  public byte code() {
    return code;
  }

  /** The name of this suite in settings and documents, {@code sha256-ed25519} for instance. */
  public String id() {
    return id;
  }

  /** A fresh hash function of this suite, for use by one thread at a time. */
  public Hasher newHasher() {
    return Hasher.of(this);
  }

  /**
   * The suite with this stored byte.
   *
   * @throws IllegalArgumentException if no suite has it
   */
  public static Suite ofCode(byte code) {
    for (Suite suite : values()) {
      if (suite.code == code) {
        return suite;
      }
    }
    throw new IllegalArgumentException("no suite has the code " + code);
  }

  /**
   * The suite with this name.
   *
   * @throws IllegalArgumentException if no suite has it
   */
  public static Suite ofId(String id) {
    requireNonNull(id, "id is null");
    for (Suite suite : values()) {
      if (suite.id.equals(id)) {
        return suite;
      }
    }
    throw new IllegalArgumentException("no suite is named " + id);
  }
}
