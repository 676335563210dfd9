package org.yuanliu.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuanliu.ledger.LeafHasher.Part;

/** The same leaves as from records, by another way. */
class LeafHasherTest {
  private static final long SEED = 20_261_130;
  private static final String LOG = "市场.example/log";

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @EnumSource
  void theLeafIsTheRecords(Suite suite) {
    LeafHasher hasher = new LeafHasher(suite, LOG);
    for (int i = 0; i < 300; i++) {
      byte[] body = bytes(random.nextInt(2_000));
      byte[] salt = bytes(Leaf.SALT_BYTES);
      byte[] hash = bytes(random.nextInt(LeafRecord.MAX_EVENT_HASH_BYTES + 1));
      LeafRecord expected =
          new LeafRecord(
              LOG,
              random.nextLong(Long.MAX_VALUE),
              Instant.EPOCH.plus(random.nextLong(Long.MAX_VALUE), ChronoUnit.MICROS),
              text(1, LeafRecord.MAX_ID_BYTES),
              text(1, 30),
              text(0, 30),
              text(0, LeafRecord.MAX_ID_BYTES),
              hash,
              hash.length == 0 ? "" : text(1, LeafRecord.MAX_HASH_VERSION_BYTES),
              suite.newHasher().hash(body));
      byte[] out = new byte[3 * Suite.HASH_BYTES];
      hasher.begin(
          expected.position(), ChronoUnit.MICROS.between(Instant.EPOCH, expected.recordTime()));
      part(hasher, Part.REPORTER, expected.reporter().getBytes(UTF_8));
      part(hasher, Part.PRINCIPAL, expected.principal().getBytes(UTF_8));
      part(hasher, Part.CAPTURE_ID, expected.captureId().getBytes(UTF_8));
      part(hasher, Part.EVENT_ID, expected.eventId().getBytes(UTF_8));
      part(hasher, Part.EVENT_HASH, expected.eventHash());
      part(hasher, Part.HASH_VERSION, expected.hashVersion().getBytes(UTF_8));
      hasher.body(body, 0, body.length);
      hasher.finish(salt, 0, salt.length, out, Suite.HASH_BYTES);
      assertThat(Arrays.copyOfRange(out, Suite.HASH_BYTES, 2 * Suite.HASH_BYTES))
          .as("record %d: %s", i, expected)
          .isEqualTo(Leaf.hash(suite, Leaf.data(suite, salt, expected)));
      assertThat(Arrays.copyOf(out, Suite.HASH_BYTES)).containsOnly(0);
      assertThat(Arrays.copyOfRange(out, 2 * Suite.HASH_BYTES, out.length)).containsOnly(0);
    }
  }

  /** A part with other bytes before it and behind it. */
  private void part(LeafHasher hasher, Part part, byte[] bytes) {
    byte[] around = bytes(bytes.length + 9);
    System.arraycopy(bytes, 0, around, 4, bytes.length);
    hasher.part(part, around, 4, bytes.length);
  }

  @Test
  void whatARecordRefusesIsRefused() {
    LeafHasher hasher = new LeafHasher(Suite.SHA256_ED25519, "log");
    assertThatThrownBy(() -> new LeafHasher(Suite.SM3_SM2, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LeafHasher(Suite.SM3_SM2, "x".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new LeafHasher(Suite.SM3_SM2, "x".repeat(255))).isNotNull();
    assertThatThrownBy(() -> hasher.begin(-1, 0)).hasMessage("position is negative: -1");
    assertThatThrownBy(() -> hasher.begin(0, -1)).hasMessageStartingWith("recordTime is before");
    byte[] bytes = new byte[LeafRecord.MAX_ID_BYTES + 1];
    hasher.begin(0, 0);
    assertThatThrownBy(() -> hasher.part(Part.REPORTER, bytes, 0, 0))
        .hasMessage("REPORTER has 0 bytes, not 1 to 2048");
    assertThatThrownBy(() -> hasher.part(Part.REPORTER, bytes, 0, bytes.length))
        .hasMessage("REPORTER has 2049 bytes, not 1 to 2048");
    assertThatThrownBy(() -> hasher.part(Part.PRINCIPAL, bytes, 0, 1))
        .isInstanceOf(IllegalStateException.class);
    hasher.part(Part.REPORTER, bytes, 0, LeafRecord.MAX_ID_BYTES);
    hasher.part(Part.PRINCIPAL, bytes, 0, 1);
    hasher.part(Part.CAPTURE_ID, bytes, 0, 0);
    hasher.part(Part.EVENT_ID, bytes, 0, LeafRecord.MAX_ID_BYTES);
    assertThatThrownBy(() -> hasher.part(Part.EVENT_HASH, bytes, 0, 65))
        .hasMessage("EVENT_HASH has 65 bytes, not 0 to 64");
    hasher.part(Part.EVENT_HASH, bytes, 0, 64);
    assertThatThrownBy(() -> hasher.part(Part.HASH_VERSION, bytes, 0, 0))
        .hasMessage("eventHash and hashVersion go together");
    assertThatThrownBy(() -> hasher.body(bytes, 0, 1)).isInstanceOf(IllegalStateException.class);
    hasher.part(Part.HASH_VERSION, bytes, 0, 64);
    hasher.body(bytes, 0, 0);
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> hasher.finish(bytes, 0, length, new byte[32], 0))
          .hasMessage("salt has " + length + " bytes instead of 32");
    }
    hasher.finish(bytes, 0, 32, new byte[32], 0);
    assertThatThrownBy(() -> hasher.finish(bytes, 0, 32, new byte[32], 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Of one, two and three bytes a character. */
  private String text(int min, int maxBytes) {
    StringBuilder text = new StringBuilder();
    for (int left = min + random.nextInt(maxBytes - min + 1); left > 0; ) {
      String next = left >= 3 ? new String[] {"a", "é", "源"}[random.nextInt(3)] : "a";
      text.append(next);
      left -= next.getBytes(UTF_8).length;
    }
    return text.toString();
  }
}
