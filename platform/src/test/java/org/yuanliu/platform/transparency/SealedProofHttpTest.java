package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.ledger.receipt.SealedReceipt;
import org.yuanliu.ledger.receipt.SealedReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verifier;

/** What anyone's browser gets, without a credential. */
class SealedProofHttpTest {
  private static final String BASE = "/ledger/" + LedgerServer.LOG;
  private static LedgerServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = LedgerServer.start();
    key = server.key("urn:yuanliu:test:sealed");
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
