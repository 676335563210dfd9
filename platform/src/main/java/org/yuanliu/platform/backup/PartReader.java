package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.backup.BackupFolder.Kept;

/** Reads files of a backup: opened where they are sealed, and counted as they lie there. */
final class PartReader {
  private static final int BUFFER_BYTES = 1 << 18;

  private PartReader() {}

  /**
   * @param read hears how many bytes more of the file were read
   */
  static InputStream open(Kept kept, String file, char @Nullable [] passphrase, LongConsumer read)
      throws IOException {
    InputStream in =
        new BufferedInputStream(
            new Counted(Files.newInputStream(kept.path().resolve(file)), read), BUFFER_BYTES);
    if (!kept.manifest().encrypted()) {
      return in;
    }
    try {
      return Sealing.open(in, requireNonNull(passphrase));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static final class Counted extends FilterInputStream {
    private final LongConsumer read;

    Counted(InputStream in, LongConsumer read) {
      super(in);
      this.read = read;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        read.accept(1);
      }
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n > 0) {
        read.accept(n);
      }
      return n;
    }
  }
}
