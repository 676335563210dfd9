package org.yuanliu.platform.database;

/**
 * Whether there is room to store. A PostgreSQL whose disk is full stops altogether, so that nobody
 * can even read any more; therefore storing ends while a reserve is left.
 */
public interface StorageRoom {

  /**
   * False while so little is left that storing more could stop the database. Asks the file system
   * each time, which takes microseconds. A database by URL has its own operator: always true.
   */
  boolean isLeft();
}
