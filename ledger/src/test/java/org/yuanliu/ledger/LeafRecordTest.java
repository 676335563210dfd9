package org.yuanliu.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeafRecordTest {
  private static final byte[] DIGEST = filled(32, 9);
  private static final LeafRecord RECORD =
      new LeafRecord(
          "log",
          258,
          Instant.parse("1970-01-01T00:00:01.000002Z"),
          "市场",
          "p",
          "c",
          "e",
          new byte[] {5, 6},
          "v",
          DIGEST);

  @Test
  void encodesByteByByteAsDescribed() {
    String expected =
        "01" // format
            + "0003" // log
            + "6c6f67"
            + "0000000000000102" // position
            + "00000000000f4242" // 1,000,002 µs
            + "0006" // reporter: two characters of three bytes
            + "e5b882e59cba"
            + "000170" // principal
            + "000163" // capture id
            + "000165" // event id
            + "00020506" // event hash
            + "000176" // hash version
            + "0020" // body digest
            + "09".repeat(32);
    assertThat(HexFormat.of().formatHex(RECORD.encode())).isEqualTo(expected);
  }

  @Test
  void anyChangedFieldChangesTheEncodingAndTheLeaf() {
    List<LeafRecord> records =
        List.of(
            RECORD,
            with("loh", 258, RECORD.recordTime(), "市场", "p", "c", "e", "0506", "v", DIGEST),
            with("log", 259, RECORD.recordTime(), "市场", "p", "c", "e", "0506", "v", DIGEST),
            with(
                "log",
                258,
                RECORD.recordTime().plusNanos(1000),
                "市场",
                "p",
                "c",
                "e",
                "0506",
                "v",
                DIGEST),
            with("log", 258, RECORD.recordTime(), "市", "p", "c", "e", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "q", "c", "e", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "", "e", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "c", "", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "c", "e", "0507", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "c", "e", "0506", "w", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "c", "e", "0506", "v", filled(32, 8)),
            // Bytes moved over the border between neighbours.
            with("log", 258, RECORD.recordTime(), "市场p", "c", "e", "f", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "pc", "", "e", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "ce", "", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "", "ce", "0506", "v", DIGEST),
            with("log", 258, RECORD.recordTime(), "市场", "p", "c", "e", "05", "\u0006v", DIGEST));
    Set<ByteBuffer> encodings = new HashSet<>();
    Set<ByteBuffer> leaves = new HashSet<>();
    byte[] salt = filled(32, 1);
    for (LeafRecord each : records) {
      encodings.add(ByteBuffer.wrap(each.encode()));
      leaves.add(ByteBuffer.wrap(Leaf.data(Suite.SHA256_ED25519, salt, each)));
    }
    assertThat(encodings).hasSize(records.size());
    assertThat(leaves).hasSize(records.size());
  }

  /** What can be decoded has one record only: two records never share an encoding. */
  @Property(tries = 300)
  void decodesToWhatWasEncoded(@ForAll("records") LeafRecord leafRecord) {
    byte[] encoded = leafRecord.encode();
    LeafRecord decoded = LeafRecord.decode(encoded);
    assertThat(decoded).isEqualTo(leafRecord).hasSameHashCodeAs(leafRecord);
    assertThat(decoded.encode()).isEqualTo(encoded);
  }

  @Property(tries = 100)
  void anyChangedByteIsAnotherRecordOrNone(
      @ForAll("records") LeafRecord leafRecord, @ForAll int anyPlace, @ForAll byte change) {
    byte[] encoded = leafRecord.encode();
    int place = Math.floorMod(anyPlace, encoded.length);
    encoded[place] ^= change == 0 ? 1 : change;
    try {
      assertThat(LeafRecord.decode(encoded)).isNotEqualTo(leafRecord);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<LeafRecord> records() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).filter(LeafRecordTest::isText);
    Arbitrary<String> name = text.filter(value -> !value.isEmpty());
    Arbitrary<byte[]> hash = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(64);
    Arbitrary<Instant> time =
        Arbitraries.longs()
            .between(0, Long.MAX_VALUE)
            .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    return Combinators.combine(
            name, Arbitraries.longs().greaterOrEqual(0), time, name, name, text, text, hash)
        .as(
            (log, position, recordTime, reporter, principal, capture, event, eventHash) ->
                new LeafRecord(
                    log,
                    position,
                    recordTime,
                    reporter,
                    principal,
                    capture,
                    event,
                    eventHash,
                    "CBV2.0",
                    Arrays.copyOf(eventHash, 32)));
  }

  @Test
  void takesFieldsUpToTheirLimitsAndNotPast() {
    assertLimit("log", 1, 255, t -> with(t, 1, Instant.EPOCH, "r", "p", "", "", "", "", DIGEST));
    assertLimit(
        "reporter", 1, 2048, t -> with("l", 1, Instant.EPOCH, t, "p", "", "", "", "", DIGEST));
    assertLimit(
        "principal", 1, 2048, t -> with("l", 1, Instant.EPOCH, "r", t, "", "", "", "", DIGEST));
    assertLimit(
        "captureId", 0, 2048, t -> with("l", 1, Instant.EPOCH, "r", "p", t, "", "", "", DIGEST));
    assertLimit(
        "eventId", 0, 2048, t -> with("l", 1, Instant.EPOCH, "r", "p", "", t, "", "", DIGEST));
    assertLimit(
        "hashVersion",
        0,
        64,
        t -> with("l", 1, Instant.EPOCH, "r", "p", "", "", t.isEmpty() ? "" : "05", t, DIGEST));
    assertThat(with("l", 1, Instant.EPOCH, "r", "p", "", "", "05".repeat(64), "v", DIGEST).encode())
        .hasSize(1 + 8 * 2 + 16 + 3 + 64 + 1 + 32);
    assertThatThrownBy(
            () -> with("l", 1, Instant.EPOCH, "r", "p", "", "", "05".repeat(65), "v", DIGEST))
        .hasMessage("eventHash has 65 bytes, more than 64");
  }

  @Test
  void limitsCountBytesAndNotCharacters() {
    assertThat(with("市".repeat(85), 1, Instant.EPOCH, "r", "p", "", "", "", "", DIGEST).encode())
        .isNotEmpty();
    assertThatThrownBy(
            () -> with("市".repeat(86), 1, Instant.EPOCH, "r", "p", "", "", "", "", DIGEST))
        .hasMessage("log is longer than 255 bytes");
  }

  @Test
  void refusesWhatCouldNotBeToldApart() {
    // Both halves of a pair would become the same question mark.
    assertThatThrownBy(() -> with("l", 1, Instant.EPOCH, "\ud800", "p", "", "", "", "", DIGEST))
        .hasMessage("a text holds half a surrogate pair");
    assertThatThrownBy(
            () -> with("l", 1, Instant.EPOCH.plusNanos(1), "r", "p", "", "", "", "", DIGEST))
        .hasMessageStartingWith("recordTime is finer than a microsecond");
    assertThatThrownBy(
            () -> with("l", 1, Instant.EPOCH.minusNanos(1000), "r", "p", "", "", "", "", DIGEST))
        .hasMessageStartingWith("recordTime is before 1970");
    assertThatThrownBy(
            () ->
                with(
                    "l",
                    1,
                    Instant.MAX.truncatedTo(ChronoUnit.MICROS),
                    "r",
                    "p",
                    "",
                    "",
                    "",
                    "",
                    DIGEST))
        .hasMessageStartingWith("recordTime is too far off");
    assertThatThrownBy(() -> with("l", -1, Instant.EPOCH, "r", "p", "", "", "", "", DIGEST))
        .hasMessage("position is negative: -1");
    assertThatThrownBy(() -> with("l", 1, Instant.EPOCH, "r", "p", "", "", "05", "", DIGEST))
        .hasMessage("eventHash and hashVersion go together");
    assertThatThrownBy(() -> with("l", 1, Instant.EPOCH, "r", "p", "", "", "", "v", DIGEST))
        .hasMessage("eventHash and hashVersion go together");
    assertThatThrownBy(() -> with("l", 1, Instant.EPOCH, "r", "p", "", "", "", "", new byte[31]))
        .hasMessage("bodyDigest has 31 bytes instead of 32");
  }

  @Test
  void refusesWhatIsNotExactlyOneRecord() {
    byte[] encoded = RECORD.encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> LeafRecord.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> LeafRecord.decode(Arrays.copyOf(encoded, encoded.length + 1)))
        .hasMessage("1 bytes follow the leaf record");
    byte[] format = encoded.clone();
    format[0] = 2;
    assertThatThrownBy(() -> LeafRecord.decode(format))
        .hasMessage("a leaf record of the unknown format 2");
    byte[] notUtf8 = encoded.clone();
    notUtf8[3] = (byte) 0xff;
    assertThatThrownBy(() -> LeafRecord.decode(notUtf8))
        .hasMessage("a text of the leaf record is not UTF-8");
  }

  @Test
  void keepsItsArraysToItself() {
    byte[] digest = DIGEST.clone();
    LeafRecord leafRecord =
        new LeafRecord("l", 1, Instant.EPOCH, "r", "p", "", "", new byte[] {1}, "v", digest);
    byte[] before = leafRecord.encode();
    digest[0] = 77;
    leafRecord.bodyDigest()[0] = 77;
    leafRecord.eventHash()[0] = 77;
    assertThat(leafRecord.encode()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void theLeafIsTheVersionAndTheSaltedHash(Suite suite) {
    byte[] salt = filled(32, 3);
    byte[] data = Leaf.data(suite, salt, RECORD);
    assertThat(data).hasSize(33).startsWith(1);
    assertThat(Arrays.copyOfRange(data, 1, 33))
        .isEqualTo(suite.newHasher().hash(salt, RECORD.encode()));
    assertThat(Leaf.hash(suite, data)).isEqualTo(suite.newHasher().hash(new byte[] {0}, data));
    assertThat(Leaf.data(suite, filled(32, 4), RECORD)).isNotEqualTo(data);
  }

  @Test
  void aSaltAndALeafHaveTheirLengths() {
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> Leaf.data(Suite.SM3_SM2, new byte[length], RECORD))
          .hasMessage("salt has " + length + " bytes instead of 32");
    }
    for (int length : new int[] {0, 32, 34}) {
      assertThatThrownBy(() -> Leaf.hash(Suite.SM3_SM2, new byte[length]))
          .hasMessage("leafData has " + length + " bytes instead of 33");
    }
  }

  @Test
  void aTreeHeadComparesItsRoot() {
    byte[] root = filled(32, 1);
    TreeHead head = new TreeHead("l", 5, root, Instant.EPOCH);
    assertThat(head).isEqualTo(new TreeHead("l", 5, root.clone(), Instant.EPOCH));
    root[0] = 9;
    assertThat(head.root()).isEqualTo(filled(32, 1));
    assertThat(head).isNotEqualTo(new TreeHead("l", 5, root, Instant.EPOCH));
    assertThatThrownBy(() -> new TreeHead("l", -1, root, Instant.EPOCH))
        .hasMessage("size is negative: -1");
    assertThatThrownBy(() -> new TreeHead("l", 1, new byte[20], Instant.EPOCH))
        .hasMessage("root has 20 bytes instead of 32");
  }

  private static void assertLimit(
      String name, int min, int max, Function<String, LeafRecord> make) {
    assertThat(LeafRecord.decode(make.apply("x".repeat(max)).encode()))
        .isEqualTo(make.apply("x".repeat(max)));
    assertThatThrownBy(() -> make.apply("x".repeat(max + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " is longer than " + max + " bytes");
    if (min == 0) {
      assertThat(make.apply("").encode()).isNotEmpty();
    } else {
      assertThatThrownBy(() -> make.apply("")).hasMessage(name + " is empty");
    }
  }

  private static LeafRecord with(
      String log,
      long position,
      Instant recordTime,
      String reporter,
      String principal,
      String captureId,
      String eventId,
      String eventHash,
      String hashVersion,
      byte[] bodyDigest) {
    return new LeafRecord(
        log,
        position,
        recordTime,
        reporter,
        principal,
        captureId,
        eventId,
        HexFormat.of().parseHex(eventHash),
        hashVersion,
        bodyDigest);
  }

  private static boolean isText(String value) {
    return UTF_8.newEncoder().canEncode(value);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
