package org.yuanliu.ledger.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.VerifierKey;

/** Public keys as they are given on the command line: the text itself, or a file of such texts. */
final class Keys {
  /** A log's keys and its witnesses', with room for comments. */
  private static final int MAX_FILE_BYTES = 64 * 1024;

  private Keys() {}

  /**
   * The keys of these texts or files.
   *
   * @throws IllegalArgumentException if one is neither
   */
  static List<VerifierKey> of(List<String> given) {
    List<VerifierKey> keys = new ArrayList<>();
    for (String text : given) {
      try {
        keys.add(VerifierKey.parse(text));
      } catch (NoteException e) {
        keys.addAll(file(text, e));
      }
    }
    return keys;
  }

  private static List<VerifierKey> file(String name, NoteException notText) {
    try {
      Path file = Path.of(name);
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(
            "neither a key nor a file of keys: " + name + " (" + notText.getMessage() + ")",
            notText);
      }
      return lines(Files.readString(file));
    } catch (IOException | InvalidPathException | NoteException e) {
      throw new IllegalArgumentException(
          "not a file of keys: " + name + " (" + e.getMessage() + ")", e);
    }
  }

  /**
   * The keys of a text, one a line; empty lines and those that begin with # are passed over.
   *
   * @throws NoteException if another line is no key, or there is none
   */
  static List<VerifierKey> lines(String text) throws NoteException {
    List<VerifierKey> keys = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(VerifierKey.parse(line));
      }
    }
    if (keys.isEmpty()) {
      throw new NoteException(NoteException.Code.MALFORMED, "no key in it");
    }
    return keys;
  }
}
