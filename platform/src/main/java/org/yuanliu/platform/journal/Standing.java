package org.yuanliu.platform.journal;

/**
 * How a fact is known. The codes are stored; they never change their meaning. {@link #COUNTERPARTY}
 * is never stored with an entry: it is seen when the other side's own record is found.
 */
public enum Standing {
  /** Signed by a device with a registered identity. */
  DEVICE(1),
  /** Confirmed by the counterparty's own record. */
  COUNTERPARTY(2),
  /** Verified or stated by an authority. */
  AUTHORITY(3),
  /** Declared by the party alone. */
  DECLARED(4),
  /** Inferred, for instance one of several batches on a counter. */
  INFERRED(5);

  private final short code;

  Standing(int code) {
    this.code = (short) code;
  }

  public short code() {
    return code;
  }

  public static Standing ofCode(int code) {
    for (Standing standing : values()) {
      if (standing.code == code) {
        return standing;
      }
    }
    throw new IllegalArgumentException("no standing has the code " + code);
  }
}
