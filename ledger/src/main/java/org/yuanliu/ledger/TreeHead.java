package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The state of a log at one moment: so many leaves, with this root.
 *
 * @param log the log's name
 * @param size number of leaves
 * @param root root hash over these leaves, 32 bytes
 * @param time when the log had this state
 */
@SuppressWarnings("ArrayRecordComponent") // the array is copied on the way in and out, and compared
public record TreeHead(String log, long size, byte[] root, Instant time) {
  public TreeHead {
    requireNonNull(log, "log is null");
    if (log.isEmpty()) {
      throw new IllegalArgumentException("log is empty");
    }
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    root = Hashes.requireHash(root, "root").clone();
    requireNonNull(time, "time is null");
  }

  @Override
  public byte[] root() {
    return root.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeHead that
        && log.equals(that.log)
        && size == that.size
        && Arrays.equals(root, that.root)
        && time.equals(that.time);
  }

  @Override
  public int hashCode() {
    return Objects.hash(log, size, Arrays.hashCode(root), time);
  }

  @Override
  public String toString() {
    return log + " " + size + " " + HexFormat.of().formatHex(root) + " " + time;
  }
}
