package org.yuanliu.ledger.tool;

import org.yuanliu.ledger.TileSource;

/** A log as one sees it from outside: its newest checkpoint, its keys, its tiles. */
interface LogReader extends TileSource {
  /**
   * The bytes of the newest checkpoint, unverified.
   *
   * @throws LogUnreachableException if there is no answer
   */
  byte[] checkpoint();

  /**
   * The text that the log serves as its keys, unverified.
   *
   * @throws LogUnreachableException if there is no answer
   */
  String keys();
}
