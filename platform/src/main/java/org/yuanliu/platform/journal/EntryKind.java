package org.yuanliu.platform.journal;

/** What a journal entry records. The codes are stored; they never change their meaning. */
public enum EntryKind {
  EVENT(1),
  MASTER_DATA(2),
  REGISTRY_CHANGE(3),
  PACK_VERSION(4),
  RETENTION_ACT(5),
  DECISION(6),
  CODE_CHANGE(7),
  /** Master data of vocabularies, as the header of a document brought them. */
  VOCABULARY(8),
  /** A version of a catalogue of key and encouraged products. */
  CATALOGUE(40),
  /** This log took another's entries over and does not continue it. */
  LOG_SUCCESSION(78),
  /** A person's key was destroyed, and with it what was stored of him. */
  ERASURE(68);

  private final short code;

  EntryKind(int code) {
    this.code = (short) code;
  }

  public short code() {
    return code;
  }

  public static EntryKind ofCode(int code) {
    for (EntryKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no entry kind has the code " + code);
  }
}
