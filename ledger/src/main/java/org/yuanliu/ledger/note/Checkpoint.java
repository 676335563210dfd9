package org.yuanliu.ledger.note;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.yuanliu.ledger.Suite;

/**
 * The tree that a log says it has (C2SP tlog-checkpoint): the text of a note.
 *
 * @param origin the log's name
 * @param size number of leaves
 * @param root root over these leaves, 32 bytes
 * @param extensions further lines, none in what we write
 */
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {
  private static final int FIXED_LINES = 3;

  public Checkpoint {
    requireLine(origin, "origin");
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    requireNonNull(root, "root is null");
    if (root.length != Suite.HASH_BYTES) {
      throw new IllegalArgumentException("root has " + root.length + " bytes");
    }
    root = root.clone();
    extensions = List.copyOf(extensions);
    extensions.forEach(line -> requireLine(line, "extension"));
  }

  public Checkpoint(String origin, long size, byte[] root) {
    this(origin, size, root, List.of());
  }

  @Override
  public byte[] root() {
    return root.clone();
  }

  /**
   * The checkpoint that a note's text is.
   *
   * @throws NoteException if it is none
   */
  public static Checkpoint parse(String text) throws NoteException {
    requireNonNull(text, "text is null");
    if (!text.endsWith("\n")) {
      throw Lines.malformed("the checkpoint does not end in a line feed");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < FIXED_LINES || lines.stream().anyMatch(String::isEmpty)) {
      throw Lines.malformed("a checkpoint has three lines or more, none empty");
    }
    byte[] root = Lines.base64(lines.get(2));
    if (root.length != Suite.HASH_BYTES) {
      throw Lines.malformed("a root of " + root.length + " bytes");
    }
    return new Checkpoint(
        lines.get(0), Lines.number(lines.get(1)), root, lines.subList(FIXED_LINES, lines.size()));
  }

  /** The text of the note. */
  public String text() {
    StringBuilder text =
        new StringBuilder()
            .append(origin)
            .append('\n')
            .append(size)
            .append('\n')
            .append(Lines.base64(root))
            .append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static void requireLine(String line, String name) {
    requireNonNull(line, name + " is null");
    if (line.isEmpty() || line.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(name + " is no line: " + line);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that
        && origin.equals(that.origin)
        && size == that.size
        && Arrays.equals(root, that.root)
        && extensions.equals(that.extensions);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(size) + Arrays.hashCode(root);
  }

  @Override
  public String toString() {
    return origin + " " + size + " " + Lines.base64(root);
  }
}
