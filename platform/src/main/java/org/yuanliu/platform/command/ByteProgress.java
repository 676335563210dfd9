package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.yuanliu.platform.backup.BackupProgress;

/** The bar of a backup or restore, in megabytes. */
final class ByteProgress implements BackupProgress {
  private static final long BYTES_PER_MB = 1_000_000;

  private final FsckProgress bar =
      new FsckProgress(
          new PrintStream(System.err, true, StandardCharsets.UTF_8), Terminal.console() != null);

  @Override
  public void begin(long bytes) {
    bar.begin(bytes / BYTES_PER_MB);
  }

  @Override
  public void done(long bytes) {
    bar.done(bytes / BYTES_PER_MB);
  }

  Duration end() {
    return bar.end();
  }
}
