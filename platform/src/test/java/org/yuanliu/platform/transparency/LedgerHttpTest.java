package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Receipt;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verifier;
import tools.jackson.databind.JsonNode;

/** What the log serves, checked with the library alone, as a stranger would. */
class LedgerHttpTest {
  private static final String PARTY = "urn:yuanliu:test:ledger-one";
  private static final String BASE = "/ledger/" + LedgerServer.LOG;
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

  private static String id() {
    return "urn:uuid:" + UUID.randomUUID();
  }

  @Test
  void anAnswerCarriesASignedHeadThatIncludesTheRecord() throws Exception {
    JsonNode answer = server.store(key, id());

    long position = answer.get("position").longValue();
    JsonNode head = answer.get("treeHead");
    SignedCheckpoint signed =
        SignedCheckpoint.parse(head.get("note").stringValue().getBytes(UTF_8));
    assertThat(signed.verify(server.keys())).hasSize(1);
    assertThat(signed.checkpoint().origin()).isEqualTo(LedgerServer.LOG);
    assertThat(signed.checkpoint().size())
        .isEqualTo(head.get("size").longValue())
        .isGreaterThan(position);
    assertThat(signed.checkpoint().root())
        .isEqualTo(java.util.Base64.getDecoder().decode(head.get("root").stringValue()));
  }

  @Test
  void aJobsAnswerDoesToo() throws Exception {
    String document =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type": "EPCISDocument", "schemaVersion": "2.0",
         "creationDate": "2026-02-01T00:00:00Z", "epcisBody": {"eventList": [%s]}}\
        """
            .formatted(
                LedgerServer.event(id())
                    .replace(
                        "\"@context\":"
                            + " [\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],",
                        ""));
    HttpResponse<byte[]> accepted =
        LedgerServer.send(
            server
                .request("/epcis/capture", key)
                .header("Content-Type", "application/ld+json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(document)));
    assertThat(accepted.statusCode()).as(new String(accepted.body(), UTF_8)).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    JsonNode job = null;
    for (int i = 0; i < 200 && (job == null || job.get("running").booleanValue()); i++) {
      job = LedgerServer.JSON.readTree(server.get(location, key).body());
      Thread.sleep(10);
    }
    SignedCheckpoint signed =
        SignedCheckpoint.parse(job.at("/treeHead/note").stringValue().getBytes(UTF_8));
    assertThat(signed.verify(server.keys())).hasSize(1);
    assertThat(signed.checkpoint().size()).isEqualTo(job.at("/treeHead/size").longValue());
  }

  @Test
  void aCheckpointFollowsWithinASecondAndItsTilesMakeItsRoot() throws Exception {
    long position = -1;
    for (int i = 0; i < 300; i++) {
      position = server.store(key, id()).get("position").longValue();
    }
    Instant stored = Instant.now();
    SignedCheckpoint shown = server.checkpoint(position + 1);
    assertThat(Duration.between(stored, Instant.now())).isLessThan(Duration.ofSeconds(1));
    assertThat(shown.verify(server.keys())).isNotEmpty();

    TileTree tree =
        new TileTree(
            Suite.SHA256_ED25519,
            shown.checkpoint().size(),
            tile -> server.get(BASE + "/tile/" + tile.path(), "").body());
    assertThat(tree.root()).isEqualTo(shown.checkpoint().root());

    HttpResponse<byte[]> full = server.get(BASE + "/tile/0/000", "");
    assertThat(full.statusCode()).isEqualTo(200);
    assertThat(full.body()).hasSize(256 * 32);
    assertThat(full.headers().firstValue("Cache-Control").orElseThrow())
        .contains("immutable")
        .contains("max-age=31536000")
        .contains("public");
    HttpResponse<byte[]> partial = server.get(BASE + "/tile/1/000.p/1", "");
    assertThat(partial.body()).hasSize(32);
    assertThat(partial.headers().firstValue("Cache-Control").orElseThrow())
        .doesNotContain("immutable");
    // A partial tile is the beginning of the wider one.
    assertThat(server.get(BASE + "/tile/0/000.p/5", "").body())
        .isEqualTo(java.util.Arrays.copyOf(full.body(), 5 * 32));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String path :
        List.of(
            "/tile/0/x999/999",
            "/tile/3/000",
            "/tile/1/000",
            "/tile/0/000.p/0",
            "/tile/0/000.p/256",
            "/tile/0/0",
            "/tile/64/000",
            "/tile/entries/000",
            "/receipts")) {
      assertThat(server.get(BASE + path, "").statusCode()).as(path).isEqualTo(404);
    }
    assertThat(server.get("/ledger/other/checkpoint", "").statusCode()).isEqualTo(404);
    assertThat(server.get("/ledger/yuanliu.local/other/checkpoint", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theLogsNameMayBeOneEncodedSegment() {
    String encoded = "/ledger/" + LedgerServer.encoded(LedgerServer.LOG);
    assertThat(server.get(encoded + "/key", "").statusCode()).isEqualTo(200);
    assertThat(server.get(encoded + "/key", "").body())
        .isEqualTo(server.get(BASE + "/key", "").body());
  }

  @Test
  void aReceiptHoldsWithTheKeyAloneAndIsForThoseWhoMaySee() throws Exception {
    String id = id();
    long position = server.store(key, id).get("position").longValue();
    server.checkpoint(position + 1);
    String path = BASE + "/receipt/" + LedgerServer.encoded(id);

    HttpResponse<byte[]> answer = server.get(path, key);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    Receipt receipt = ReceiptJson.read(answer.body());
    assertThat(receipt.leafRecord().position()).isEqualTo(position);
    assertThat(receipt.leafRecord().eventId()).isEqualTo(id);
    assertThat(Verifier.verify(receipt, Trust.of(server.keys())).holds()).isTrue();

    assertThat(server.get(path, "").statusCode()).isEqualTo(401);
    assertThat(server.get(path, server.key("urn:yuanliu:test:stranger")).statusCode())
        .isEqualTo(404);
    assertThat(server.get(BASE + "/receipt/" + LedgerServer.encoded(id()), key).statusCode())
        .isEqualTo(404);
    assertThat(server.get(path + "?position=" + position, key).statusCode()).isEqualTo(200);
    assertThat(server.get(path + "?position=" + (position + 1), key).statusCode()).isEqualTo(404);
    assertThat(server.get(path + "?position=-1", key).statusCode()).isEqualTo(404);
  }

  @Test
  void theTreeContinuesItself() throws Exception {
    SignedCheckpoint before = server.checkpoint();
    long position = server.store(key, id()).get("position").longValue();
    SignedCheckpoint after = server.checkpoint(position + 1);
    TileTree tree =
        new TileTree(
            Suite.SHA256_ED25519,
            after.checkpoint().size(),
            tile -> server.get(BASE + "/tile/" + tile.path(), "").body());
    assertThat(
            MerkleTree.verifyConsistency(
                Suite.SHA256_ED25519,
                before.checkpoint().size(),
                after.checkpoint().size(),
                before.checkpoint().root(),
                after.checkpoint().root(),
                tree.consistencyProof(before.checkpoint().size())))
        .isTrue();
  }

  @Test
  void keysAreFilesThePrivateOneForItsOwnerAlone() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(server.folder.resolve("ledger"))) {
      files = all.toList();
    }
    List<Path> published = files.stream().filter(f -> f.toString().endsWith(".pub")).toList();
    assertThat(published).hasSize(1);
    assertThat(VerifierKey.parse(Files.readString(published.getFirst()).strip()))
        .isEqualTo(server.keys().getFirst());
    Path secret = files.stream().filter(f -> f.toString().endsWith(".key")).findFirst().get();
    assertThat(Files.getPosixFilePermissions(secret))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}
