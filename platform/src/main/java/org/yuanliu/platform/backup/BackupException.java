package org.yuanliu.platform.backup;

/**
 * A backup or restore that cannot be done; the message says why and what to do, in both languages.
 */
public final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackupException(String zh, String en) {
    super(zh + "\n" + en);
  }

  BackupException(String zh, String en, Throwable cause) {
    super(zh + "\n" + en, cause);
  }
}
