package org.yuanliu.platform.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** A file of random bytes that only its owner may read. */
public final class KeyFile {
  private KeyFile() {}

  /**
   * The key of a file; made where there is none.
   *
   * @throws IllegalStateException if the file has another length
   */
  public static byte[] readOrMake(Path file, int bytes) {
    try {
      if (!Files.exists(file)) {
        byte[] made = new byte[bytes];
        new SecureRandom().nextBytes(made);
        write(file, made);
      }
      byte[] read = Files.readAllBytes(file);
      if (read.length != bytes) {
        throw new IllegalStateException(
            "the key file has %d bytes, not %d: %s".formatted(read.length, bytes, file));
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the key file " + file, e);
    }
  }

  /** Writes a new file; one that is there stays as it is. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, options, ownerOnly)) {
      channel.write(ByteBuffer.wrap(content));
    } catch (FileAlreadyExistsException e) {
      // Another start of the server was quicker; its key counts.
    }
  }
}
