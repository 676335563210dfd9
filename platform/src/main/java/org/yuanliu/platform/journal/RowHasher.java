package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.LeafHasher;
import org.yuanliu.ledger.LeafHasher.Part;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.database.BinaryRow;

/**
 * Computes the leaves that rows say they have, straight from the rows' bytes; for several threads
 * at once.
 */
final class RowHasher implements AutoCloseable {
  private static final int KEY_BYTES = 16;

  private final String log;
  private final Suite suite;
  private final int maxBodyBytes;
  private final IdentitySums identities;

  /** What each thread needs for itself, and the next one may take over. */
  private final ConcurrentLinkedQueue<Worker> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param identities under whose secret those of the rows are summed
   */
  RowHasher(String log, Suite suite, int maxBodyBytes, IdentitySums identities) {
    this.log = requireNonNull(log, "log is null");
    this.suite = requireNonNull(suite, "suite is null");
    this.maxBodyBytes = maxBodyBytes;
    this.identities = requireNonNull(identities, "identities is null");
  }

  /** What is wrong with a row by itself, whatever its stored leaf is. */
  record Flaw(String what, String expected, String found) {}

  /**
   * Rows in order, without their bodies.
   *
   * @param leaves what follows from the rows, one after the other; nothing where there is a flaw
   * @param flaws by index
   * @param keys by index: where the key of the id is not that of the id; counts where the leaf fits
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Hashed(
      long[] positions,
      short[] kinds,
      byte[] leaves,
      Map<Integer, Flaw> flaws,
      Map<Integer, Flaw> keys,
      IdentitySums identities) {}

  /**
   * @param rows as {@link CheckReader} reads them
   * @param names of parties by their keys
   */
  Hashed hash(List<BinaryRow> rows, Map<UUID, byte[]> names) {
    Worker found = idle.poll();
    Worker worker = found == null ? new Worker() : found;
    Hashed hashed = worker.hash(rows, names);
    idle.add(worker);
    return hashed;
  }

  @Override
  public void close() {
    for (Worker worker = idle.poll(); worker != null; worker = idle.poll()) {
      worker.bodies.close();
    }
  }

  /** A party of the row before: most often the next row's too. */
  private static final class Party {
    private final byte[] key = new byte[KEY_BYTES];
    private byte @Nullable [] name;

    byte @Nullable [] of(byte[] row, int from, Map<UUID, byte[]> names) {
      if (name == null || !Arrays.equals(row, from, from + KEY_BYTES, key, 0, KEY_BYTES)) {
        System.arraycopy(row, from, key, 0, KEY_BYTES);
        name = names.get(uuid(key, 0));
      }
      return name;
    }
  }

  private static UUID uuid(byte[] bytes, int from) {
    ByteBuffer key = ByteBuffer.wrap(bytes, from, KEY_BYTES);
    return new UUID(key.getLong(), key.getLong());
  }

  /** For one thread at a time. */
  private final class Worker {
    private final LeafHasher leaf = new LeafHasher(suite, log);
    private final BodyCodec bodies = new BodyCodec(maxBodyBytes);
    private final Party reporter = new Party();
    private final Party principal = new Party();
    private final MessageDigest sha256 = newSha256();
    private final byte[] idHash = new byte[Suite.HASH_BYTES];
    private final byte[] capture = new byte[KEY_BYTES];
    private byte[] captureText = new UUID(0, 0).toString().getBytes(US_ASCII);

    Hashed hash(List<BinaryRow> rows, Map<UUID, byte[]> names) {
      Hashed hashed =
          new Hashed(
              new long[rows.size()],
              new short[rows.size()],
              new byte[rows.size() * Suite.HASH_BYTES],
              new HashMap<>(),
              new HashMap<>(),
              identities.another());
      for (int i = 0; i < rows.size(); i++) {
        hash(rows.get(i), names, hashed, i);
      }
      return hashed;
    }

    private void hash(BinaryRow row, Map<UUID, byte[]> names, Hashed hashed, int index) {
      byte[] bytes = row.array();
      byte[] reported = reporter.of(bytes, key(row), names);
      byte[] answering = principal.of(bytes, key(row), names);
      long position = row.int64();
      hashed.positions[index] = position;
      hashed.kinds[index] = row.int16();
      short code = row.int16();
      short version = row.int16();
      long micros = row.micros();
      int captureAt = key(row);
      int idBytes = row.pass();
      int idAt = row.at() - idBytes;
      Flaw flaw = null;
      if (code != suite.code() || version != Leaf.VERSION) {
        flaw =
            new Flaw(
                "a leaf of another kind",
                "suite " + suite.code() + ", version " + Leaf.VERSION,
                "suite " + code + ", version " + version);
      } else if (reported == null || answering == null) {
        flaw = new Flaw("the name of reporter or principal is missing", "a name", "none");
      } else {
        try {
          leaf.begin(position, micros);
          leaf.part(Part.REPORTER, reported, 0, reported.length);
          leaf.part(Part.PRINCIPAL, answering, 0, answering.length);
          leaf.part(Part.CAPTURE_ID, capture(bytes, captureAt), 0, captureText.length);
          leaf.part(Part.EVENT_ID, bytes, idAt, idBytes);
          pass(row, Part.EVENT_HASH);
          pass(row, Part.HASH_VERSION);
          int saltBytes = row.pass();
          int saltAt = row.at() - saltBytes;
          int storedBytes = row.pass();
          int body = bodies.decode(bytes, row.at() - storedBytes, storedBytes);
          leaf.body(bodies.decoded(), 0, body);
          leaf.finish(bytes, saltAt, saltBytes, hashed.leaves, index * Suite.HASH_BYTES);
        } catch (IllegalArgumentException e) {
          flaw =
              new Flaw(
                  "the entry cannot be read", "a readable row", String.valueOf(e.getMessage()));
        }
      }
      if (flaw != null) {
        hashed.flaws.put(index, flaw);
        return; // found, whatever its identity is
      }
      hashed.identities.add(bytes, key(row), position);
      key(row, bytes, idAt, idBytes, hashed, index);
    }

    private void pass(BinaryRow row, Part part) {
      int length = row.pass();
      leaf.part(part, row.array(), row.at() - length, length);
    }

    /** Where the key begins that stands next. */
    private static int key(BinaryRow row) {
      int length = row.pass();
      if (length != KEY_BYTES) {
        throw new IllegalStateException("a key of " + length + " bytes");
      }
      return row.at() - length;
    }

    private byte[] capture(byte[] row, int from) {
      if (!Arrays.equals(row, from, from + KEY_BYTES, capture, 0, KEY_BYTES)) {
        System.arraycopy(row, from, capture, 0, KEY_BYTES);
        captureText = uuid(capture, 0).toString().getBytes(US_ASCII);
      }
      return captureText;
    }

    /** An event is found by the key of its id, which is that of {@code UnitKey}. */
    private void key(BinaryRow row, byte[] bytes, int idAt, int idBytes, Hashed hashed, int index) {
      int from = key(row);
      sha256.update(bytes, idAt, idBytes);
      try {
        sha256.digest(idHash, 0, idHash.length);
      } catch (DigestException e) {
        throw new IllegalStateException("no room for the hash", e);
      }
      if (!Arrays.equals(bytes, from, from + KEY_BYTES, idHash, 0, KEY_BYTES)) {
        hashed.keys.put(
            index,
            new Flaw(
                "the key of the entry's id is another's",
                uuid(idHash, 0).toString(),
                uuid(bytes, from).toString()));
      }
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
