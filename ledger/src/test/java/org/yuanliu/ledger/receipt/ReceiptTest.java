package org.yuanliu.ledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuanliu.ledger.Suite;

class ReceiptTest {
  private static final Suite SHA256 = Suite.SHA256_ED25519;

  private static Verification verify(byte[] json, Suite suite) throws ReceiptException {
    return Verifier.verify(ReceiptJson.read(json), TestReceipts.trust(suite));
  }

  private static List<String> codes(Verification verification, Finding.Kind kind) {
    return verification.findings().stream()
        .filter(finding -> finding.kind() == kind)
        .map(finding -> finding.code().name())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aReceiptProvesWhatItProvesAndSaysTheRest(Suite suite) throws ReceiptException {
    byte[] json = ReceiptJson.write(TestReceipts.receipt(suite));
    Verification verification = verify(json, suite);
    assertThat(verification.holds()).isTrue();
    assertThat(verification.witnessedAt()).contains(TestReceipts.WITNESSED);
    assertThat(codes(verification, Finding.Kind.PROVED))
        .containsExactly("CONTENT", "VALUES", "INCLUSION", "LOG_SIGNATURE", "WITNESS");
    assertThat(codes(verification, Finding.Kind.NOT_PROVED))
        .containsExactly("VALUES_ERASED", "RECORD_TIME", "TRUTH", "LATER");
    assertThat(verification.findings())
        .allSatisfy(finding -> assertThat(finding.zh() + finding.en()).doesNotContain("%"));
    assertThat(verification.findings().get(3).en())
        .isEqualTo(
            "The record stands at position 517 (from 0) of the log trace.example/xian, which had"
                + " 1000 records then.");
    assertThat(ReceiptJson.write(ReceiptJson.read(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @EnumSource
  void anErasedBodyLeavesTheRecordProvable(Suite suite) throws ReceiptException {
    Verification verification = verify(ReceiptJson.write(TestReceipts.erased(suite)), suite);
    assertThat(verification.holds()).isTrue();
    assertThat(codes(verification, Finding.Kind.NOT_PROVED)).startsWith("CONTENT_ERASED");
    assertThat(verification.findings().getFirst().zh()).contains("依规删除").contains("保存期满");
  }

  @Test
  void withoutTheWitnesssKeyNothingIsSaidOfIt() {
    Receipt receipt = TestReceipts.receipt(SHA256);
    Trust logOnly = Trust.of(List.of(TestReceipts.log(SHA256).key()));
    Verification verification = Verifier.verify(receipt, logOnly);
    assertThat(verification.holds()).isTrue();
    assertThat(verification.witnessedAt()).isEmpty();
    assertThat(codes(verification, Finding.Kind.NOT_PROVED))
        .contains("NO_WITNESS", "WITNESS_UNKNOWN");
  }

  @Test
  void withoutTheLogsKeyNothingHolds() {
    Receipt receipt = TestReceipts.receipt(SHA256);
    for (Trust trust :
        List.of(
            Trust.of(List.of()),
            Trust.of(List.of(TestReceipts.witness(SHA256).key())),
            TestReceipts.trust(Suite.SM3_SM2))) {
      Verification verification = Verifier.verify(receipt, trust);
      assertThat(verification.holds()).isFalse();
      assertThat(codes(verification, Finding.Kind.REFUTED)).contains("LOG_SIGNATURE");
    }
  }

  /** A key that is trusted for one log says nothing about another. */
  @Test
  void aKeyCountsForTheLogOfItsNameOnly() {
    Receipt receipt = TestReceipts.receipt(SHA256);
    var other =
        new org.yuanliu.ledger.note.VerifierKey(
            "trace.example/other",
            TestReceipts.log(SHA256).key().type(),
            TestReceipts.log(SHA256).key().publicKey());
    assertThat(Verifier.verify(receipt, Trust.of(List.of(other))).holds()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what the record says
        "\"position\" : \"517\"|\"position\" : \"518\"|INCLUSION",
        "08:00:00.123456Z|07:00:00.123456Z|INCLUSION",
        "91610100MA6TTTTT0X|91610100MA6TTTTT1X|INCLUSION",
        "operator:6101020001234|operator:6101020001235|INCLUSION",
        "0197a8c0-0000-7000-8000-000000000001|0197a8c0-0000-7000-8000-000000000002|INCLUSION",
        "\"eventId\" : \"urn:uuid:0197-1\"|\"eventId\" : \"urn:uuid:0197-2\"|INCLUSION",
        "CBV2.0|CBV2.1|INCLUSION",
        "\"log\" : \"trace.example/xian\"|\"log\" : \"trace.example/xiam\"|INCLUSION",
        // what was reported
        "猪肉|牛肉|CONTENT",
        "王某|李某|VALUES",
        // what was signed
        "xian\\n1000\\n|xian\\n1001\\n|LOG_SIGNATURE",
        "xian\\n1000\\n|xiam\\n1000\\n|LOG_SIGNATURE",
      })
  void whatWasChangedIsRefuted(String old, String changed, String code) throws ReceiptException {
    for (Suite suite : Suite.values()) {
      String json = new String(ReceiptJson.write(TestReceipts.receipt(suite)), UTF_8);
      assertThat(json).contains(old);
      Verification verification = verify(json.replace(old, changed).getBytes(UTF_8), suite);
      assertThat(verification.holds()).isFalse();
      assertThat(codes(verification, Finding.Kind.REFUTED)).contains(code);
    }
  }

  /** Any one character of the file changed: no receipt any more, or one that is refuted. */
  @Property(tries = 500)
  void anyChangedCharacterIsNoticed(@ForAll @IntRange(max = 1_000_000) int any, @ForAll long seed) {
    byte[] json = ORIGINAL;
    int at = any % json.length;
    byte[] changed = json.clone();
    changed[at] = (byte) (' ' + new Random(seed).nextInt(95));
    try {
      Receipt receipt = ReceiptJson.read(changed);
      Verification verification = Verifier.verify(receipt, TestReceipts.trust(SHA256));
      if (verification.holds()) {
        // What is only stated, not proved: when a value was erased; the same value, or white
        // space between members; the name or id of a key, which makes it that of a stranger.
        boolean same = java.util.Arrays.equals(ReceiptJson.write(receipt), ORIGINAL);
        int from = Math.max(0, at - 40);
        String around = new String(json, from, Math.min(80, json.length - from), UTF_8);
        boolean stated =
            codes(verification, Finding.Kind.PROVED).size() < 5 || around.contains("erased");
        assertThat(same || stated).as("byte %d: %s", at, new String(changed, UTF_8)).isTrue();
      }
    } catch (ReceiptException e) {
      assertThat(e)
          .hasMessageMatching("(?s)not.*|.*none.*|an.*|.*is no.*|a .*|content.*|position.*");
    }
  }

  private static final byte[] ORIGINAL = ReceiptJson.write(TestReceipts.receipt(SHA256));

  @Test
  void aValueMustBelongToTheBody() {
    Receipt receipt = TestReceipts.receipt(SHA256);
    byte[] salt = new byte[32];
    byte[] commitment = PersonalValue.commit(SHA256, salt, "free".getBytes(UTF_8));
    List<PersonalValue> more = new ArrayList<>(receipt.values());
    more.add(new PersonalValue.Shown(commitment, salt, "free"));
    assertThat(holdsWith(receipt, receipt.content(), more)).isFalse();
    List<PersonalValue> twice = new ArrayList<>(receipt.values());
    twice.add(receipt.values().getFirst());
    assertThat(holdsWith(receipt, receipt.content(), twice)).isFalse();
    assertThat(holdsWith(receipt, new Content.Withheld(), receipt.values())).isFalse();
    assertThat(holdsWith(receipt, new Content.Withheld(), List.of())).isTrue();
    assertThat(holdsWith(receipt, receipt.content(), List.of())).isTrue();
  }

  private static boolean holdsWith(Receipt receipt, Content content, List<PersonalValue> values) {
    return Verifier.verify(
            new Receipt(
                receipt.suite(),
                receipt.leafRecord(),
                receipt.salt(),
                content,
                values,
                receipt.proof(),
                receipt.checkpoint()),
            TestReceipts.trust(SHA256))
        .holds();
  }

  @Test
  void whatIsNoReceiptIsRefused() {
    String good = new String(ORIGINAL, UTF_8);
    for (String bad :
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "not json",
            good + "{}",
            good.replace("/receipt/v1", "/receipt/v2"),
            good.replace("sha256-ed25519", "md5"),
            good.replace("\"version\" : 1", "\"version\" : 2"),
            good.replace("\"version\" : 1", "\"version\" : \"1\""),
            good.replaceFirst("\\{", "{\"more\":1,"),
            good.replaceFirst("\\{", "{\"suite\":\"sha256-ed25519\","),
            good.replace("\"517\"", "\"0517\""),
            good.replace("\"517\"", "\"-1\""),
            good.replace("\"517\"", "517"),
            good.replace("00.123456Z", "00.123Z"),
            good.replace("\"values\" : [", "\"values\" : [1,"),
            good.replace("\"proof\" : [", "\"proof\" : [\"AAAA\","),
            good.replace("\\n1000\\n", "\\n01000\\n"),
            "[".repeat(100_000))) {
      assertThatThrownBy(() -> ReceiptJson.read(bad.getBytes(UTF_8)))
          .isInstanceOf(ReceiptException.class);
    }
    assertThatThrownBy(() -> ReceiptJson.read(new byte[ReceiptJson.MAX_BYTES + 1]))
        .isInstanceOf(ReceiptException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aSealedReceiptProvesTheSealAndNothingOfItsContent(Suite suite) throws ReceiptException {
    byte[] json = SealedReceiptJson.write(TestReceipts.sealed(suite));
    assertThat(SealedReceiptJson.isSealed(json)).isTrue();
    assertThat(SealedReceiptJson.isSealed(ORIGINAL)).isFalse();
    assertThat(SealedReceiptJson.write(SealedReceiptJson.read(json))).isEqualTo(json);
    Verification verification =
        Verifier.verify(SealedReceiptJson.read(json), TestReceipts.trust(suite));
    assertThat(verification.holds()).isTrue();
    assertThat(verification.witnessedAt()).contains(TestReceipts.WITNESSED);
    assertThat(codes(verification, Finding.Kind.PROVED))
        .containsExactly("INCLUSION", "LOG_SIGNATURE", "WITNESS");
    assertThat(codes(verification, Finding.Kind.NOT_PROVED)).containsExactly("SEALED", "LATER");
    String text = new String(json, UTF_8);
    assertThat(text).doesNotContain("uscc").doesNotContain("salt").doesNotContain("urn:uuid");
    for (String[] change :
        List.of(
            new String[] {"\"517\"", "\"516\""},
            new String[] {"\"log\" : \"trace.example/xian\"", "\"log\" : \"trace.example/x\""},
            new String[] {"xian\\n1000\\n", "xian\\n999\\n"})) {
      assertThat(text).contains(change[0]);
      byte[] changed = text.replace(change[0], change[1]).getBytes(UTF_8);
      assertThat(
              Verifier.verify(SealedReceiptJson.read(changed), TestReceipts.trust(suite)).holds())
          .isFalse();
    }
    for (String bad :
        List.of(
            "{}",
            "[]",
            text.replace("\"517\"", "517"),
            text.replace("\"517\"", "\"-1\""),
            text.replace("sm3-sm2", "sm4").replace("sha256-ed25519", "sm4"),
            text.replaceFirst("\\{", "{\"more\":1,"))) {
      assertThatThrownBy(() -> SealedReceiptJson.read(bad.getBytes(UTF_8)))
          .isInstanceOf(ReceiptException.class);
    }
  }
}
