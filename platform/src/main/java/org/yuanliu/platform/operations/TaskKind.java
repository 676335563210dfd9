package org.yuanliu.platform.operations;

/** What works in the background now and then. */
public enum TaskKind {
  /** Bytes of a backup's files. */
  BACKUP,

  /** Ranges of the journal from which records are dropped. */
  RETENTION
}
