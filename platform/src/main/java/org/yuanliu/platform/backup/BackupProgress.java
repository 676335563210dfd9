package org.yuanliu.platform.backup;

/** Hears how far a backup or restore is; called often, by one thread at a time. */
public interface BackupProgress {
  /**
   * @param bytes about how many there will be
   */
  void begin(long bytes);

  /**
   * @param bytes done so far
   */
  void done(long bytes);
}
