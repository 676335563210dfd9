package org.yuanliu.platform.database;

/** The database would not keep what it acknowledged, or lacks what the platform needs. */
final class UnsuitableDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsuitableDatabaseException(String zh, String en) {
    super(zh + " / " + en);
  }
}
