package org.yuanliu.platform.backup;

import org.jspecify.annotations.Nullable;

/** What a backup does with a table. The schema says so itself, in the table's comment. */
enum TableKind {
  /** Append-only, in order of position: saved from where the backup before ended. */
  JOURNAL,

  /** Rebuilt from the journal: not saved. */
  VIEW,

  /** Saved whole each time; so is a table that says nothing. */
  OWN;

  static TableKind ofComment(@Nullable String comment) {
    if (comment == null) {
      return OWN;
    }
    return switch (comment.split(":", 2)[0].strip()) {
      case "journal" -> JOURNAL;
      case "view" -> VIEW;
      default -> OWN;
    };
  }
}
