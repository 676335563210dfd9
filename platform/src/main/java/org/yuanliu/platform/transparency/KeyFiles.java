package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignerException;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.transparency.KeyRows.KeyRow;

/**
 * The public keys as files in {@code {data-dir}/ledger}: for people who look into the folder, and
 * so that who can write the database alone cannot put a key of his own in the log's place. A key of
 * the database counts if it stands here, or was vouched for by one that does.
 */
final class KeyFiles {
  private static final String SUCCESSION = "yuanliu.org/key-succession/v1";

  private final Path folder;

  KeyFiles(ServerSettings server) {
    folder = server.dataDir().resolve("ledger");
  }

  Path folder() {
    return folder;
  }

  Path file(KeyPurpose purpose, VerifierKey key, String extension) {
    return folder.resolve(
        purpose.prefix() + "-" + HexFormat.of().toHexDigits(key.id()) + "." + extension);
  }

  /**
   * The keys that stand here.
   *
   * @throws SignerException if a file cannot be read or is no key
   */
  List<VerifierKey> all(KeyPurpose purpose) {
    List<VerifierKey> keys = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return keys;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, purpose.prefix() + "-????????.pub")) {
      for (Path file : files) {
        try {
          keys.add(VerifierKey.parse(Files.readString(file, UTF_8).strip()));
        } catch (NoteException e) {
          throw new SignerException(file + " is no public key", e);
        }
      }
    } catch (IOException e) {
      throw new SignerException("public keys cannot be read in " + folder, e);
    }
    return keys;
  }

  /** Writes a key that is not here yet. */
  void write(KeyPurpose purpose, VerifierKey key) {
    try {
      Files.createDirectories(folder);
      Path file = file(purpose, key, "pub");
      if (!Files.exists(file)) {
        Files.writeString(file, key + "\n", UTF_8);
      }
    } catch (IOException e) {
      throw new SignerException("no public key can be written to " + folder, e);
    }
  }

  /** What an old key signs about the one that follows it. */
  static String succession(VerifierKey old, VerifierKey next) {
    return SUCCESSION + "\n" + old.name() + "\n" + next + "\n";
  }

  /**
   * The keys of the database that neither stand here nor were vouched for. Where no key of a name
   * stands here, as on a server's first start, there is nothing to hold them against.
   */
  List<KeyRow> strangers(KeyPurpose purpose, List<KeyRow> rows) {
    List<VerifierKey> trusted = all(purpose);
    List<KeyRow> strangers =
        new ArrayList<>(
            rows.stream()
                .filter(row -> !trusted.contains(row.key()))
                .filter(
                    row -> trusted.stream().anyMatch(key -> key.name().equals(row.key().name())))
                .toList());
    // Each one that is vouched for may vouch for the next.
    for (boolean found = true; found; ) {
      found = false;
      for (KeyRow row : List.copyOf(strangers)) {
        if (vouchedFor(row, trusted)) {
          trusted.add(row.key());
          strangers.remove(row);
          found = true;
        }
      }
    }
    return strangers;
  }

  private static boolean vouchedFor(KeyRow row, List<VerifierKey> trusted) {
    String succession = row.succession();
    if (succession == null) {
      return false;
    }
    return trusted.stream().anyMatch(old -> signed(succession, old, row.key()));
  }

  private static boolean signed(String succession, VerifierKey old, VerifierKey next) {
    try {
      Note note = Note.parse(succession.getBytes(UTF_8));
      return note.text().equals(succession(old, next)) && !note.verify(List.of(old)).isEmpty();
    } catch (NoteException e) {
      return false; // not by this one
    }
  }
}
