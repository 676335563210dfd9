package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;

/**
 * The newest checkpoint that this server has shown to anyone, in a file beside the database. A
 * database that was set back to an older state, or whose history was changed, does not fit it any
 * more; then nothing is signed, for what was signed would be a second history.
 */
@Component
final class ShownCheckpoint {
  private final Path file;

  ShownCheckpoint(ServerSettings server) {
    file = server.dataDir().resolve("ledger").resolve("checkpoint");
  }

  Path file() {
    return file;
  }

  /**
   * What was shown last. Whose signature it bears is not asked: it lies beside the database, and
   * who exchanged the keys in there must not get rid of it.
   *
   * @return empty if nothing was shown, or the file is no checkpoint
   */
  Optional<SignedCheckpoint> read() {
    try {
      return Files.exists(file)
          ? Optional.of(SignedCheckpoint.parse(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (NoteException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes what is about to be shown. Atomic; after a power cut the one before may be back. */
  void write(SignedCheckpoint checkpoint) {
    Path draft = file.resolveSibling("checkpoint.new");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              draft,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE))) {
        channel.write(java.nio.ByteBuffer.wrap(checkpoint.toString().getBytes(UTF_8)));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
