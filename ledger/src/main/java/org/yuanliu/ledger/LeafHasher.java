package org.yuanliu.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * Leaf hashes of many entries whose parts are at hand as bytes: what {@link Leaf} makes of a {@link
 * LeafRecord}, without an object a leaf and without a text decoded. The parts come in the order of
 * the record. One thread at a time.
 *
 * <pre>
 * hasher.begin(position, micros);
 * for each part: hasher.part(part, bytes, from, length);
 * hasher.body(bytes, from, length);
 * hasher.finish(salt, from, length, out, offset);
 * </pre>
 *
 * <p>What a {@link LeafRecord} refuses is refused with an {@link IllegalArgumentException}; only
 * whether texts are UTF-8 is left to who has them.
 */
public final class LeafHasher {
  /** Length, bytes. */
  private static final int LENGTH_BYTES = Short.BYTES;

  private final Hasher hasher;

  /** The record as far as it was written; the log's name stands in it once for all. */
  private final ByteBuffer leafRecord;

  private final int afterLog;
  private final byte[] data = new byte[Leaf.DATA_BYTES];
  private int next;
  private int eventHashBytes;

  /** The parts between record time and body digest, in order. */
  public enum Part {
    REPORTER(1, LeafRecord.MAX_ID_BYTES),
    PRINCIPAL(1, LeafRecord.MAX_ID_BYTES),
    CAPTURE_ID(0, LeafRecord.MAX_ID_BYTES),
    EVENT_ID(0, LeafRecord.MAX_ID_BYTES),
    EVENT_HASH(0, LeafRecord.MAX_EVENT_HASH_BYTES),
    HASH_VERSION(0, LeafRecord.MAX_HASH_VERSION_BYTES);

    private final int minBytes;
    private final int maxBytes;

    Part(int minBytes, int maxBytes) {
      this.minBytes = minBytes;
      this.maxBytes = maxBytes;
    }
  }

  private static final Part[] ORDER = Part.values();

  private static final int PARTS = ORDER.length;

  /**
   * For the leaves of a log.
   *
   * @param log its name, 1 to 255 bytes
   */
  public LeafHasher(Suite suite, String log) {
    hasher = requireNonNull(suite, "suite is null").newHasher();
    byte[] name = requireNonNull(log, "log is null").getBytes(UTF_8);
    if (name.length == 0 || name.length > LeafRecord.MAX_LOG_BYTES) {
      throw new IllegalArgumentException("a log's name of " + name.length + " bytes");
    }
    int most = 1 + LENGTH_BYTES + name.length + 2 * Long.BYTES + LENGTH_BYTES + Suite.HASH_BYTES;
    for (Part part : Part.values()) {
      most += LENGTH_BYTES + part.maxBytes;
    }
    leafRecord = ByteBuffer.allocate(most);
    leafRecord.put(LeafRecord.FORMAT).putShort((short) name.length).put(name);
    afterLog = leafRecord.position();
    data[0] = Leaf.VERSION;
    next = PARTS + 1;
  }

  /**
   * Begins the next leaf; what was begun before is forgotten.
   *
   * @param micros record time, microseconds since 1970
   */
  public void begin(long position, long micros) {
    if (position < 0) {
      throw new IllegalArgumentException("position is negative: " + position);
    }
    if (micros < 0) {
      throw new IllegalArgumentException("recordTime is before 1970: " + micros + " µs");
    }
    leafRecord.position(afterLog);
    leafRecord.putLong(position).putLong(micros);
    next = 0;
  }

  /** The next part. */
  public void part(Part part, byte[] bytes, int from, int length) {
    if (next >= PARTS || part != ORDER[next]) {
      throw new IllegalStateException(part + " is not the part that comes next");
    }
    if (length < part.minBytes || length > part.maxBytes) {
      throw new IllegalArgumentException(
          part + " has " + length + " bytes, not " + part.minBytes + " to " + part.maxBytes);
    }
    if (part == Part.EVENT_HASH) {
      eventHashBytes = length;
    } else if (part == Part.HASH_VERSION && (eventHashBytes == 0) != (length == 0)) {
      throw new IllegalArgumentException("eventHash and hashVersion go together");
    }
    leafRecord.putShort((short) length).put(bytes, from, length);
    next++;
  }

  /** The stored body, whose digest is the last part. */
  public void body(byte[] bytes, int from, int length) {
    if (next != PARTS) {
      throw new IllegalStateException("the body comes last");
    }
    hasher.update(bytes, from, length);
    leafRecord.putShort((short) Suite.HASH_BYTES);
    hasher.finish(leafRecord.array(), leafRecord.position());
    leafRecord.position(leafRecord.position() + Suite.HASH_BYTES);
    next++;
  }

  /** Writes the leaf hash. */
  public void finish(byte[] salt, int from, int length, byte[] out, int offset) {
    if (next != PARTS + 1) {
      throw new IllegalStateException("the record is not whole");
    }
    if (length != Leaf.SALT_BYTES) {
      throw new IllegalArgumentException(
          "salt has " + length + " bytes instead of " + Leaf.SALT_BYTES);
    }
    hasher.update(salt, from, length);
    hasher.update(leafRecord.array(), 0, leafRecord.position());
    hasher.finish(data, 1);
    hasher.leaf(data, out, offset);
    next++;
  }
}
