package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Receipt;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verifier;
import org.yuanliu.ledger.tool.LedgerTools;
import org.yuanliu.platform.Midday;
import org.yuanliu.platform.command.YuanliuCommand;
import org.yuanliu.platform.qr.QrDrawing;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** What the log serves, checked with the library alone, as a stranger would. */
class LedgerHttpTest {
  private static final String PARTY = "urn:yuanliu:test:ledger-one";
  private static final String BASE = "/ledger/" + LedgerServer.LOG;

  /** So often a promise is put to the test: a machine that stood still may break it once. */
  private static final int TRIES = 5;

  private static final Clock CLOCK = Midday.clock();
  private static LedgerServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = LedgerServer.start(LedgerServer.newFolder(), CLOCK);
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
    for (int i = 0; i < 10 && (job == null || job.get("running").booleanValue()); i++) {
      HttpResponse<byte[]> waited =
          LedgerServer.send(server.request(location, key).header("Prefer", "wait=10").GET());
      job = LedgerServer.JSON.readTree(waited.body());
    }
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
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
    SignedCheckpoint shown = server.checkpoint(position + 1);
    Duration followed = followed(position);
    for (int i = 1; i < TRIES && followed.compareTo(Duration.ofSeconds(1)) >= 0; i++) {
      long next = server.store(key, id()).get("position").longValue();
      server.checkpoint(next + 1);
      followed = followed(next);
    }
    assertThat(followed).isLessThan(Duration.ofSeconds(1));
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

  /** From the record to the first checkpoint with it, by the server's own account. */
  private static Duration followed(long position) {
    return server
        .jdbc()
        .sql(
            """
            select record_time, (select min(published) from ledger_checkpoint where size > :at)
            from entry where position = :at\
            """)
        .param("at", position)
        .query((row, n) -> Duration.between(instant(row, 1), instant(row, 2)))
        .single();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
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

  /**
   * The promise is a second; asked of the server's own record, so that a slow reader is no matter.
   */
  @Test
  void whileEventsArriveACheckpointComesEverySecond() throws Exception {
    Duration gap = medianGap();
    for (int i = 1; i < TRIES && gap.compareTo(Duration.ofSeconds(1)) >= 0; i++) {
      gap = medianGap();
    }
    assertThat(gap).isLessThan(Duration.ofSeconds(1));
  }

  /** Between five checkpoints. */
  private static Duration medianGap() throws Exception {
    long from = server.checkpoint().checkpoint().size();
    List<Instant> published = new ArrayList<>();
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (published.size() < 5) {
      assertThat(System.nanoTime()).as("%s", published).isLessThan(until);
      server.store(key, id());
      Thread.sleep(50);
      published =
          server
              .jdbc()
              .sql("select published from ledger_checkpoint where size > :from order by size")
              .param("from", from)
              .query((row, index) -> instant(row, 1))
              .list();
    }
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < published.size(); i++) {
      gaps.add(Duration.between(published.get(i - 1), published.get(i)));
    }
    gaps.sort(null);
    return gaps.get(gaps.size() / 2);
  }

  @Test
  void yesterdaysCheckpointIsThereAsTextCodeAndSheet() throws Exception {
    long position = server.store(key, id()).get("position").longValue();
    server.checkpoint(position + 1);
    LocalDate yesterday = Midday.today(CLOCK).minusDays(1);
    assertThat(server.get(BASE + "/anchor/" + yesterday + ".txt", "").statusCode()).isEqualTo(404);
    server
        .jdbc()
        .sql(
            """
            update ledger_checkpoint set published = published - interval '1 day'
            where size = (select min(size) from ledger_checkpoint where size > 0)\
            """)
        .update();
    server.context.getBean(Anchors.class).closeDay();
    server.context.getBean(Anchors.class).closeDay(); // a day is closed once

    HttpResponse<byte[]> text = server.get(BASE + "/anchor/" + yesterday + ".txt", "");
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    SignedCheckpoint anchored = SignedCheckpoint.parse(text.body());
    assertThat(anchored.verify(server.keys())).hasSize(1);
    assertThat(server.folder.resolve("ledger").resolve("anchor").resolve(yesterday + ".txt"))
        .hasBinaryContent(text.body());
    HttpResponse<byte[]> code = server.get(BASE + "/anchor/" + yesterday + ".svg", "");
    assertThat(code.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(QrDrawing.read(code.body())).isEqualTo(new String(text.body(), UTF_8));

    HttpResponse<byte[]> sheet = server.get(BASE + "/anchor/" + yesterday, "");
    assertThat(sheet.statusCode()).isEqualTo(200);
    assertThat(new String(sheet.body(), UTF_8))
        .contains(yesterday + ".svg")
        .contains(anchored.checkpoint().text().strip().lines().toList().getLast())
        .contains("追溯日志每日检查点")
        .contains("Daily checkpoint")
        .contains("<span>" + server.uri(BASE) + "</span> --against");
    String encoded = "/ledger/" + LedgerServer.encoded(LedgerServer.LOG) + "/anchor/";
    assertThat(server.get(encoded + yesterday + ".txt", "").body()).isEqualTo(text.body());
    for (String absent :
        List.of(
            yesterday + ".pdf",
            yesterday.plusDays(1) + ".txt",
            "x",
            "2026-13-01",
            "2026-13-01.svg")) {
      assertThat(server.get(BASE + "/anchor/" + absent, "").statusCode()).as(absent).isEqualTo(404);
    }
    // It is what a monitor compares another history with.
    Path printed = server.folder.resolve("printed.txt");
    Files.write(printed, text.body());
    assertThat(
            LedgerTools.run(
                System.out,
                System.out,
                "monitor",
                "--once",
                "--url",
                server.uri(BASE).toString(),
                "--state",
                server.folder.resolve("monitor.json").toString(),
                "--against",
                printed.toString()))
        .isZero();
    assertThat(
            LedgerTools.run(
                System.out,
                System.out,
                "fsck",
                "--url",
                server.uri(BASE).toString(),
                "--against",
                printed.toString()))
        .isZero();
  }

  /** {@code ./yuanliu fsck}, with all views, over what really came through the door. */
  @Test
  void fsckRunsBesideTheServerAndEndsWithOneAtADifference() {
    server.store(key, id());
    long position = server.store(key, id()).get("position").longValue();
    assertThat(fsck()).isZero();
    String change =
        "update entry set event_time = event_time %s interval '1 s' where position = %d";
    assertThat(server.jdbc().sql(change.formatted("+", position)).update()).isEqualTo(1);
    assertThat(fsck()).isEqualTo(1);
    assertThat(fsck("--no-index")).isZero(); // what repeats the body is a view of it
    assertThat(server.jdbc().sql(change.formatted("-", position)).update()).isEqualTo(1);
    assertThat(fsck()).isZero();
  }

  private static int fsck(String... more) {
    List<String> line = new ArrayList<>(List.of("fsck", "--data", server.folder.toString()));
    line.addAll(List.of(more));
    return new CommandLine(new YuanliuCommand()).execute(line.toArray(String[]::new));
  }

  @Test
  void aKeyIsRotatedByCommandWhileTheServerRuns() throws Exception {
    server.store(key, id());
    VerifierKey old = server.keys().getFirst();
    int status =
        new CommandLine(new YuanliuCommand())
            .execute("ledger", "rotate-key", "--data", server.folder.toString());
    assertThat(status).isZero();
    VerifierKey next = server.keys().getFirst();
    assertThat(next).isNotEqualTo(old);
    assertThat(server.keys()).contains(old);
    server.context.getBean(LedgerKeys.class).refresh(); // the housekeeping of each minute

    long position = server.store(key, id()).get("position").longValue();
    assertThat(server.checkpoint(position + 1).verify(List.of(next))).hasSize(1);
    Note succession = Note.parse(server.get(BASE + "/key/succession", "").body());
    assertThat(succession.verify(List.of(old))).hasSize(1);
    assertThat(succession.text()).contains(next.toString());
  }

  @Test
  void keysAreFilesThePrivateOneForItsOwnerAlone() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(server.folder.resolve("ledger"))) {
      files = all.toList();
    }
    List<Path> published = files.stream().filter(f -> f.toString().endsWith(".pub")).toList();
    List<VerifierKey> keys = new ArrayList<>();
    for (Path file : published) {
      keys.add(VerifierKey.parse(Files.readString(file).strip()));
    }
    assertThat(keys).containsExactlyInAnyOrderElementsOf(server.keys());
    Path secret = files.stream().filter(f -> f.toString().endsWith(".key")).findFirst().get();
    assertThat(Files.getPosixFilePermissions(secret))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}
