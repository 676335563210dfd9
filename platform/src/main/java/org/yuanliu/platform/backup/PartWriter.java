package org.yuanliu.platform.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes files of a backup: counted, digested, sealed where asked, and forced to the disk by {@link
 * #force} at the latest. Several threads may write one each.
 */
final class PartWriter {
  private static final int BUFFER_BYTES = 1 << 17;

  /**
   * From here on a file is forced to the disk by the thread that wrote it. Smaller ones are at the
   * end: most tables are small, and the first of them takes the others along.
   */
  private static final long LARGE_BYTES = 1 << 23;

  private final Path folder;
  private final char @Nullable [] passphrase;
  private final LongConsumer written;
  private final Queue<Path> small = new ConcurrentLinkedQueue<>();

  /**
   * @param written hears how many bytes more there are, from each thread that writes
   */
  PartWriter(Path folder, char @Nullable [] passphrase, LongConsumer written) {
    this.folder = folder;
    this.passphrase = passphrase;
    this.written = written;
  }

  /** Fills a stream and tells something of what it wrote. */
  interface Content {
    long writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param count what the content told
   */
  record Part(String file, long count, long bytes, String sha256) {}

  Part write(String name, Content content) throws IOException {
    String file = passphrase == null ? name : name + ".pgp";
    MessageDigest digest = BackupFolder.sha256();
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(file),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      Counter counter = new Counter(Channels.newOutputStream(channel), written);
      DigestOutputStream digested = new DigestOutputStream(counter, digest);
      OutputStream buffered = new BufferedOutputStream(digested, BUFFER_BYTES);
      OutputStream out =
          passphrase == null
              ? buffered
              : Sealing.seal(new UnclosedOutputStream(buffered), passphrase);
      long count = content.writeTo(out);
      if (passphrase != null) {
        out.close();
      }
      buffered.flush();
      if (counter.count >= LARGE_BYTES) {
        channel.force(true);
      } else {
        small.add(folder.resolve(file));
      }
      return new Part(file, count, counter.count, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Makes sure that what was written is on the disk. */
  void force() throws IOException {
    for (Path file = small.poll(); file != null; file = small.poll()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  private static final class Counter extends OutputStream {
    private final OutputStream out;
    private final LongConsumer written;
    private long count;

    Counter(OutputStream out, LongConsumer written) {
      this.out = out;
      this.written = written;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      tell(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      tell(length);
    }

    private void tell(long bytes) {
      count += bytes;
      written.accept(bytes);
    }
  }

  /** The end of a sealed message is not the end of the file's own stream. */
  private static final class UnclosedOutputStream extends OutputStream {
    private final OutputStream out;

    UnclosedOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
