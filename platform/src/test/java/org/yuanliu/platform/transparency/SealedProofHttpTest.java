package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.receipt.Finding;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.ledger.receipt.Receipt;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.SealedReceipt;
import org.yuanliu.ledger.receipt.SealedReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verification;
import org.yuanliu.ledger.receipt.Verifier;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.journal.LeafOpenings;

/** What anyone's browser gets, without a credential. */
class SealedProofHttpTest {
  private static final String BASE = "/ledger/" + LedgerServer.LOG;
  private static final String PARTY = "urn:yuanliu:test:sealed";
  private static LedgerServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = LedgerServer.start();
    key = server.key(PARTY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aStrangerGetsAProofThatHoldsAndTellsNothing() throws Exception {
    String event = "urn:uuid:" + UUID.randomUUID();
    long position = server.store(key, event).get("position").longValue();
    HttpResponse<byte[]> answer = server.get(BASE + "/proof/" + position, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    SealedReceipt receipt = SealedReceiptJson.read(answer.body());
    assertThat(receipt.position()).isEqualTo(position);
    assertThat(Verifier.verify(receipt, Trust.of(server.keys())).holds()).isTrue();
    assertThat(new String(answer.body(), UTF_8))
        .doesNotContain(event)
        .doesNotContain("salt")
        .doesNotContain("sealed:");
  }

  @Test
  void aRecordWhoseRowIsGoneStaysProvable() throws Exception {
    long position = server.store(key, "urn:uuid:" + UUID.randomUUID()).get("position").longValue();
    server.checkpoint(position + 1);
    server.jdbc().sql("delete from entry where position = :at").param("at", position).update();
    HttpResponse<byte[]> answer = server.get(BASE + "/proof/" + position, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    SealedReceipt receipt = SealedReceiptJson.read(answer.body());
    assertThat(Verifier.verify(receipt, Trust.of(server.keys())).holds()).isTrue();
  }

  /** Values that are kept apart from the body: one shown, one erased, one not for this viewer. */
  @Test
  void anErasedValueLeavesItsRecordProvableAndTheVerifierSaysErased() throws Exception {
    Suite suite = Suite.SHA256_ED25519;
    byte[] salt = new byte[PersonalValue.SALT_BYTES];
    List<byte[]> commitments = new ArrayList<>();
    for (String value : List.of("张三", "13800000000", "京A12345")) {
      commitments.add(PersonalValue.commit(suite, salt, value.getBytes(UTF_8)));
      salt = suite.newHasher().hash(salt);
    }
    String id = "urn:uuid:" + UUID.randomUUID();
    String event =
        LedgerServer.event(id)
            .replace(
                "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"]",
                "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\","
                    + " {\"yl\": \"https://yuanliu.org/ns/\"}]")
            .replace(
                "\"bizStep\"",
                "\"yl:crew\": {\"yl:name\": %s, \"yl:phone\": %s, \"yl:plate\": %s}, \"bizStep\""
                    .formatted(commitments.stream().map(SealedProofHttpTest::member).toArray()));
    HttpResponse<byte[]> stored =
        LedgerServer.send(
            server
                .request("/epcis/events", key)
                .header("Prefer", "return=minimal")
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(event)));
    assertThat(stored.statusCode()).as(new String(stored.body(), UTF_8)).isEqualTo(201);
    long position = LedgerServer.JSON.readTree(stored.body()).get("position").longValue();
    server.checkpoint(position + 1);

    String path = BASE + "/receipt/" + LedgerServer.encoded(id);
    Verification without =
        Verifier.verify(ReceiptJson.read(server.get(path, key).body()), Trust.of(server.keys()));
    assertThat(without.holds()).isTrue();
    assertThat(codes(without)).contains(Finding.Code.VALUES_WITHHELD);

    Instant at = Instant.parse("2026-11-22T00:00:00Z");
    PersonalValues kept =
        (viewer, entry) ->
            List.of(
                new PersonalValue.Shown(
                    commitments.get(0), new byte[PersonalValue.SALT_BYTES], "张三"),
                new PersonalValue.Erased(commitments.get(1), at));
    var context = server.context;
    Receipts receipts =
        new Receipts(
            context.getBean(EntrySearch.class),
            context.getBean(Disclosure.class),
            context.getBean(LeafOpenings.class),
            context.getBean(LedgerTiles.class),
            context.getBean(PublishedCheckpoints.class),
            Optional.of(kept),
            context.getBean(SealedProofs.class),
            context.getBean(Journal.class),
            context.getBean(JournalSettings.class));
    Receipts.Told told =
        receipts
            .of(new Viewer.Enterprise(PARTY, Set.of(UnitKey.of(PARTY).value())), id, null)
            .orElseThrow();
    Receipt receipt = ((Receipts.Told.Open) told).receipt();
    Verification verification =
        Verifier.verify(ReceiptJson.read(ReceiptJson.write(receipt)), Trust.of(server.keys()));
    assertThat(verification.holds()).isTrue();
    assertThat(codes(verification))
        .contains(
            Finding.Code.CONTENT,
            Finding.Code.VALUES,
            Finding.Code.VALUES_ERASED,
            Finding.Code.VALUES_WITHHELD,
            Finding.Code.INCLUSION);
    assertThat(verification.findings())
        .filteredOn(finding -> finding.code() == Finding.Code.VALUES_ERASED)
        .singleElement()
        .satisfies(finding -> assertThat(finding.zh()).contains("1 项个人信息已删除"));
  }

  private static String member(byte[] commitment) {
    return "{\"yl:commitment\": \"" + Base64.getEncoder().encodeToString(commitment) + "\"}";
  }

  private static List<Finding.Code> codes(Verification verification) {
    return verification.findings().stream().map(Finding::code).toList();
  }

  @Test
  void whatIsNoPositionIsAbsent() throws Exception {
    for (String bad : List.of("999999999", "-1", "01", "x", "9223372036854775808", "1e3")) {
      assertThat(server.get(BASE + "/proof/" + bad, "").statusCode()).as(bad).isEqualTo(404);
    }
    assertThat(server.get("/ledger/another/proof/0", "").statusCode()).isEqualTo(404);
  }

  @Test
  void theWitnessesKeysAreThere() throws Exception {
    HttpResponse<byte[]> answer = server.get(BASE + "/witnesses", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("text/plain;charset=UTF-8");
  }
}
