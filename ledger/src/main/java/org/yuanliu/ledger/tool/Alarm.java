package org.yuanliu.ledger.tool;

import static java.util.Objects.requireNonNull;

/**
 * Something that an honest log does not do.
 *
 * @param kind for programs
 * @param detail what and where, in both languages
 */
record Alarm(Kind kind, String detail) {
  Alarm {
    requireNonNull(kind, "kind is null");
    requireNonNull(detail, "detail is null");
  }

  enum Kind {
    /** Two histories: what was signed before is not the beginning of what is signed now. */
    FORK,
    /** An older state is shown again. */
    ROLLBACK,
    /** Not signed by the log, or by too few witnesses. */
    SIGNATURE,
    /** Tiles that are missing or do not lead to the signed root. */
    TILES
  }

  @Override
  public String toString() {
    return "ALARM 警报 " + kind + ": " + detail;
  }
}
