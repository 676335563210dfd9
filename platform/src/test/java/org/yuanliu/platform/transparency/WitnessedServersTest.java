package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Finding;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verification;
import org.yuanliu.ledger.receipt.Verifier;
import org.yuanliu.ledger.witness.AddCheckpoint;

/**
 * Two servers that witness each other over HTTP, in both suites: one with its key sealed in the
 * database, one whose key another process holds.
 */
class WitnessedServersTest {
  private static final String ADD = "/ledger/witness/add-checkpoint";
  private static WitnessedPair pair;

  @BeforeAll
  static void start() {
    pair = new WitnessedPair();
  }

  @AfterAll
  static void stop() {
    pair.close();
  }

  private static String id() {
    return "urn:uuid:" + UUID.randomUUID();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(what + " does not come");
  }

  /** The served checkpoint has this many entries, signed by the log and cosigned by the other. */
  private static boolean cosigned(
      WitnessedPair.Side side, long size, VerifierKey log, VerifierKey witness) {
    try {
      SignedCheckpoint served = side.server().checkpoint();
      return served.checkpoint().size() >= size && served.verify(List.of(log, witness)).size() == 2;
    } catch (NoteException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Status health(WitnessedPair.Side side) {
    return side.server().context.getBean(LedgerHealth.class).health().getStatus();
  }

  private static double metric(WitnessedPair.Side side, String name) {
    String prefix = name + " ";
    return WitnessedPair.text(side.server().get("/actuator/prometheus", "").body())
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  private static void open(WitnessedPair.Side side) throws InterruptedException {
    await("health of " + side.log, () -> health(side).equals(Status.UP));
  }

  @Test
  void eachCosignsTheOthersLogInItsSuite() throws Exception {
    open(pair.city);
    open(pair.province);
    for (WitnessedPair.Side side : List.of(pair.city, pair.province)) {
      WitnessedPair.Side other = side == pair.city ? pair.province : pair.city;
      VerifierKey log = side.logKey(other);
      VerifierKey witness = other.witnessKey(side);
      String key = side.server().key("urn:yuanliu:test:witnessed");
      String event = id();
      long position = side.server().store(key, event).get("position").longValue();
      await("cosignature", () -> cosigned(side, position + 1, log, witness));
      assertThat(side.server().keys()).containsExactly(log);
      assertThat(WitnessedPair.text(other.server().get("/ledger/witness/key", "").body()).lines())
          .contains(witness.toString());
      assertThat(
              WitnessedPair.text(side.server().get("/ledger/" + side.log + "/witnesses", "").body())
                  .lines())
          .containsExactly(witness.toString());
      await("metrics", () -> metric(side, "yuanliu_ledger_cosignatures_signatures") == 1);
      await("metrics", () -> metric(side, "yuanliu_ledger_cosignatures_lacking_seconds") == 0);

      HttpResponse<byte[]> answer =
          side.server().get("/ledger/" + side.log + "/receipt/" + LedgerServer.encoded(event), key);
      Verification verified =
          Verifier.verify(ReceiptJson.read(answer.body()), Trust.of(List.of(log, witness)));
      assertThat(verified.holds()).isTrue();
      assertThat(verified.findings())
          .anySatisfy(
              finding -> {
                assertThat(finding.code()).isEqualTo(Finding.Code.WITNESS);
                assertThat(finding.kind()).isEqualTo(Finding.Kind.PROVED);
                assertThat(finding.facts()).contains(other.log + "/witness");
              });
    }
  }

  /** A history of the third log; two branches share the first three leaves. */
  private static List<byte[]> leaves(Suite suite, int branch, int size) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(suite.newHasher().leaf(new byte[] {(byte) (i < 3 ? 0 : branch), (byte) i}));
    }
    return leaves;
  }

  private static AddCheckpoint request(Signer log, int branch, int old, int size) {
    Suite suite = log.key().suite();
    List<byte[]> leaves = leaves(suite, branch, size);
    return new AddCheckpoint(
        old,
        MerkleTree.consistencyProof(suite, old, leaves),
        SignedCheckpoint.sign(
            new Checkpoint(log.key().name(), size, MerkleTree.root(suite, leaves)),
            List.of(log),
            Instant.now()));
  }

  private static HttpResponse<byte[]> post(byte[] body) {
    return LedgerServer.send(
        pair.province.server().request(ADD, "").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static long stored(Signer log) {
    return pair.province
        .server()
        .jdbc()
        .sql("select size from ledger_watched where origin = :origin")
        .param("origin", log.key().name())
        .query(Long.class)
        .single();
  }

  @Test
  void overHttpTheWitnessAnswersAsItsProtocolSays() throws Exception {
    for (Signer log : List.of(pair.third, pair.thirdSm2)) {
      AddCheckpoint first = request(log, 0, 0, 3);
      HttpResponse<byte[]> answer = post(first.encode());
      assertThat(answer.statusCode()).isEqualTo(200);
      List<VerifierKey> witness = new ArrayList<>();
      for (String line :
          WitnessedPair.text(pair.province.server().get("/ledger/witness/key", "").body())
              .lines()
              .toList()) {
        witness.add(VerifierKey.parse(line));
      }
      assertThat(first.cosignatures(answer.body(), witness)).hasSize(1);
      assertThat(stored(log)).isEqualTo(3);

      HttpResponse<byte[]> conflict = post(request(log, 0, 0, 5).encode());
      assertThat(conflict.statusCode()).isEqualTo(409);
      assertThat(WitnessedPair.text(conflict.body())).isEqualTo("3\n");
      assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");

      assertThat(post(request(log, 1, 3, 5).encode()).statusCode()).isEqualTo(200);
      assertThat(post(request(log, 2, 5, 7).encode()).statusCode()).isEqualTo(422);
      HttpResponse<byte[]> forked = post(request(log, 2, 5, 5).encode());
      assertThat(forked.statusCode()).isEqualTo(409);
      assertThat(forked.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain");
      String next = new String(request(log, 1, 5, 7).encode(), UTF_8);
      assertThat(post(next.replace("\n7\n", "\n8\n").getBytes(UTF_8)).statusCode()).isEqualTo(403);
      assertThat(post(next.replace("third.example", "other.example").getBytes(UTF_8)).statusCode())
          .isEqualTo(404);
      for (byte[] bad :
          List.of(
              new byte[0],
              "nonsense".getBytes(UTF_8),
              next.replace("old 5", "old 05").getBytes(UTF_8),
              next.replace("old 5", "old 8").getBytes(UTF_8),
              new byte[AddCheckpoint.MAX_BYTES + 1])) {
        assertThat(post(bad).statusCode()).isEqualTo(400);
      }
      assertThat(stored(log)).isEqualTo(5);
      assertThat(post(next.getBytes(UTF_8)).statusCode()).isEqualTo(200);
      assertThat(stored(log)).isEqualTo(7);

      assertThat(ofEightHistoriesAtOnce(log, 7, 9)).isEqualTo(1);
      assertThat(stored(log)).isEqualTo(9);
    }
  }

  /** How many of eight contradicting continuations, sent at one moment, are cosigned. */
  private static int ofEightHistoriesAtOnce(Signer log, int old, int size) throws Exception {
    AtomicInteger cosigned = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    List<byte[]> shared = leaves(log.key().suite(), 1, old);
    for (int i = 0; i < 8; i++) {
      Suite suite = log.key().suite();
      List<byte[]> leaves = new ArrayList<>(shared);
      while (leaves.size() < size) {
        leaves.add(suite.newHasher().leaf(new byte[] {(byte) i, (byte) leaves.size(), 1}));
      }
      byte[] body =
          new AddCheckpoint(
                  old,
                  MerkleTree.consistencyProof(suite, old, leaves),
                  SignedCheckpoint.sign(
                      new Checkpoint(log.key().name(), size, MerkleTree.root(suite, leaves)),
                      List.of(log),
                      Instant.now()))
              .encode();
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      begin.await();
                    } catch (InterruptedException e) {
                      return;
                    }
                    if (post(body).statusCode() == 200) {
                      cosigned.incrementAndGet();
                    }
                  }));
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return cosigned.get();
  }

  private static HttpResponse<byte[]> capture(
      WitnessedPair.Side side, String key, String path, String body) {
    return LedgerServer.send(
        side.server()
            .request(path, key)
            .header("Content-Type", "application/ld+json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void withoutItsWitnessTheCityClosesItsDoorAndSaysSoUntilTheWitnessIsBack() throws Exception {
    open(pair.city);
    String key = pair.city.server().key("urn:yuanliu:test:closing");
    VerifierKey log = pair.city.logKey(pair.province);
    VerifierKey witness = pair.province.witnessKey(pair.city);
    long before = pair.city.server().store(key, id()).get("position").longValue() + 1;
    // Nothing lacks a cosignature when the witness goes, however long it takes to stop.
    await("cosignature", () -> cosigned(pair.city, before, log, witness));
    pair.province.stop();
    pair.city.server().store(key, id()); // the witness is patiently waited for
    await("closing", () -> health(pair.city).equals(Status.DOWN));

    assertThat(pair.city.server().get("/actuator/health", "").statusCode()).isEqualTo(503);
    assertThat(metric(pair.city, "yuanliu_ledger_cosignatures_lacking_seconds"))
        .isGreaterThan(WitnessedPair.PATIENCE.toMillis() / 1e3);
    long size = pair.city.server().checkpoint().checkpoint().size();
    String refused = id();
    String event = LedgerServer.event(refused);
    String document =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type": "EPCISDocument", "schemaVersion": "2.0",
         "creationDate": "2026-02-01T00:00:00Z", "epcisBody": {"eventList": [%s]}}\
        """
            .formatted(event.substring(0, 1) + event.substring(event.indexOf("\"type\"")));
    for (HttpResponse<byte[]> answer :
        List.of(
            capture(pair.city, key, "/epcis/events", event),
            capture(pair.city, key, "/epcis/capture", document))) {
      assertThat(answer.statusCode()).as(WitnessedPair.text(answer.body())).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(WitnessedPair.text(answer.body()))
          .contains("witnesses-lacking")
          .contains("未登记任何内容");
    }
    assertThat(pair.city.server().checkpoint().checkpoint().size()).isEqualTo(size);

    pair.province.restart();
    open(pair.city);
    assertThat(pair.city.server().store(key, refused).get("position").longValue()).isEqualTo(size);
    await("cosignature", () -> cosigned(pair.city, size + 1, log, witness));
    // The province, whose door stays open, was told to be witnessed too.
    open(pair.province);
  }

  @Test
  void aRestartAloneIsCosignedAndServed() throws Exception {
    open(pair.city);
    open(pair.province);
    String key = pair.city.server().key("urn:yuanliu:test:restart");
    long size = pair.city.server().store(key, id()).get("position").longValue() + 1;
    pair.city.stop();
    pair.city.restart();
    // No event comes, and the log must not close for want of one.
    VerifierKey log = pair.city.logKey(pair.province);
    VerifierKey witness = pair.province.witnessKey(pair.city);
    await("cosignature", () -> cosigned(pair.city, size, log, witness));
    Thread.sleep(WitnessedPair.PATIENCE.plusMillis(200));
    assertThat(health(pair.city)).isEqualTo(Status.UP);
  }
}
