package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;

/**
 * What the log commits to for one journal entry. All of it goes into the leaf, so that none of it
 * can be changed afterwards unseen: neither what was reported nor when, by whom, for whom and where
 * in the order.
 *
 * <p>The encoding, byte by byte; numbers are big-endian and unsigned, texts are UTF-8:
 *
 * <pre>
 *  1        format, always 1
 *  2 + n    log            length, bytes   1 … 255
 *  8        position       0 … 2^63−1
 *  8        record time    microseconds since 1970-01-01T00:00:00Z, 0 … 2^63−1
 *  2 + n    reporter       length, bytes   1 … 2048
 *  2 + n    principal      length, bytes   1 … 2048
 *  2 + n    capture id     length, bytes   0 … 2048
 *  2 + n    event id       length, bytes   0 … 2048
 *  2 + n    event hash     length, bytes   0 … 64
 *  2 + n    hash version   length, bytes   0 … 64
 *  2 + n    body digest    length, bytes   32
 * </pre>
 *
 * Every part has a fixed length or tells its own, so two different records never have the same
 * encoding ({@link #decode} gives the record back).
 *
 * @param log the log's name
 * @param position the entry's place in the log, from 0
 * @param recordTime when the log accepted the entry, in whole microseconds, not before 1970
 * @param reporter the party that the credential names (报送主体)
 * @param principal the party that answers for the entry (责任主体)
 * @param captureId the capture that brought it; empty for an entry that came by none
 * @param eventId the event's id; empty for an entry that is no event
 * @param eventHash the EPCIS event hash as bytes; empty for an entry that is no event
 * @param hashVersion the version of the Core Business Vocabulary whose hash algorithm made {@code
 *     eventHash}, {@code CBV2.0} for instance; empty exactly if the hash is
 * @param bodyDigest the digest of the stored body, 32 bytes; of what is no event too, so the body
 *     must say by itself of what kind it is
 */
@SuppressWarnings("ArrayRecordComponent") // arrays are copied on the way in and out, and compared
public record LeafRecord(
    String log,
    long position,
    Instant recordTime,
    String reporter,
    String principal,
    String captureId,
    String eventId,
    byte[] eventHash,
    String hashVersion,
    byte[] bodyDigest) {

  /** A log's name becomes the first line of its checkpoints and a part of its addresses. */
  public static final int MAX_LOG_BYTES = 255;

  /** Parties, captures and events are named by URIs; 2048 is what browsers and proxies let pass. */
  public static final int MAX_ID_BYTES = 2048;

  /** Room for a 512-bit hash, though the event hash of today has 256 bits. */
  public static final int MAX_EVENT_HASH_BYTES = 64;

  /** A version is a short word, {@code CBV2.0}. */
  public static final int MAX_HASH_VERSION_BYTES = 64;

  static final byte FORMAT = 1;
  private static final int LENGTH_BYTES = Short.BYTES;
  private static final int FIXED_BYTES = 1 + 8 * LENGTH_BYTES + 2 * Long.BYTES;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  public LeafRecord {
    requireText(log, "log", 1, MAX_LOG_BYTES);
    if (position < 0) {
      throw new IllegalArgumentException("position is negative: " + position);
    }
    requireNonNull(recordTime, "recordTime is null");
    if (!recordTime.equals(recordTime.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("recordTime is finer than a microsecond: " + recordTime);
    }
    if (recordTime.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("recordTime is before 1970: " + recordTime);
    }
    micros(recordTime);
    requireText(reporter, "reporter", 1, MAX_ID_BYTES);
    requireText(principal, "principal", 1, MAX_ID_BYTES);
    requireText(captureId, "captureId", 0, MAX_ID_BYTES);
    requireText(eventId, "eventId", 0, MAX_ID_BYTES);
    requireNonNull(eventHash, "eventHash is null");
    if (eventHash.length > MAX_EVENT_HASH_BYTES) {
      throw new IllegalArgumentException(
          "eventHash has " + eventHash.length + " bytes, more than " + MAX_EVENT_HASH_BYTES);
    }
    requireText(hashVersion, "hashVersion", 0, MAX_HASH_VERSION_BYTES);
    if ((eventHash.length == 0) != hashVersion.isEmpty()) {
      throw new IllegalArgumentException("eventHash and hashVersion go together");
    }
    Hashes.requireHash(bodyDigest, "bodyDigest");
    eventHash = eventHash.clone();
    bodyDigest = bodyDigest.clone();
  }

  @Override
  public byte[] eventHash() {
    return eventHash.clone();
  }

  @Override
  public byte[] bodyDigest() {
    return bodyDigest.clone();
  }

  /** The bytes described above. */
  public byte[] encode() {
    byte[][] texts = {
      utf8(log), utf8(reporter), utf8(principal), utf8(captureId), utf8(eventId), utf8(hashVersion)
    };
    int length = FIXED_BYTES + eventHash.length + bodyDigest.length;
    for (byte[] text : texts) {
      length += text.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(FORMAT);
    put(out, texts[0]);
    out.putLong(position);
    out.putLong(micros(recordTime));
    put(out, texts[1]);
    put(out, texts[2]);
    put(out, texts[3]);
    put(out, texts[4]);
    put(out, eventHash);
    put(out, texts[5]);
    put(out, bodyDigest);
    if (out.hasRemaining()) {
      throw new IllegalStateException(out.remaining() + " bytes of the record were not written");
    }
    return out.array();
  }

  /**
   * The record with this encoding.
   *
   * @throws IllegalArgumentException if the bytes are not the encoding of a record, to the last one
   */
  public static LeafRecord decode(byte[] encoded) {
    requireNonNull(encoded, "encoded is null");
    ByteBuffer in = ByteBuffer.wrap(encoded);
    try {
      byte format = in.get();
      if (format != FORMAT) {
        throw new IllegalArgumentException("a leaf record of the unknown format " + format);
      }
      LeafRecord leafRecord =
          new LeafRecord(
              text(in),
              in.getLong(),
              Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS),
              text(in),
              text(in),
              text(in),
              text(in),
              bytes(in),
              text(in),
              bytes(in));
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(in.remaining() + " bytes follow the leaf record");
      }
      return leafRecord;
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a whole leaf record", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeafRecord that
        && log.equals(that.log)
        && position == that.position
        && recordTime.equals(that.recordTime)
        && reporter.equals(that.reporter)
        && principal.equals(that.principal)
        && captureId.equals(that.captureId)
        && eventId.equals(that.eventId)
        && Arrays.equals(eventHash, that.eventHash)
        && hashVersion.equals(that.hashVersion)
        && Arrays.equals(bodyDigest, that.bodyDigest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(log, position, Arrays.hashCode(bodyDigest));
  }

  private static long micros(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
          time.getNano() / NANOS_PER_MICRO);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("recordTime is too far off: " + time, e);
    }
  }

  private static void requireText(String value, String name, int minBytes, int maxBytes) {
    requireNonNull(value, name + " is null");
    // A char takes at least one byte, so a text that is too long is refused before it is counted.
    int length = value.length() > maxBytes ? value.length() : utf8Length(value);
    if (length < minBytes) {
      throw new IllegalArgumentException(name + " is empty");
    }
    if (length > maxBytes) {
      throw new IllegalArgumentException(name + " is longer than " + maxBytes + " bytes");
    }
  }

  /** Refuses half a surrogate pair: as a question mark, two texts would have one encoding. */
  private static int utf8Length(String value) {
    int length = 0;
    for (int i = 0; i < value.length(); i++) {
      char one = value.charAt(i);
      if (one < 0x80) {
        length++;
      } else if (one < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(one)) {
        length += 3;
      } else if (Character.isHighSurrogate(one)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        throw new IllegalArgumentException("a text holds half a surrogate pair");
      }
    }
    return length;
  }

  /** Of a text that was checked when the record was made. */
  private static byte[] utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ByteBuffer out, byte[] bytes) {
    out.putShort((short) bytes.length).put(bytes);
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(in))).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text of the leaf record is not UTF-8", e);
    }
  }
}
