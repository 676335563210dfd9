package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Hasher;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import tools.jackson.databind.JsonNode;

/** The audit can't be changed, not even in the database, without its being seen. */
class AuditLogHttpTest {
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static TestServer server;
  private static Client auditor;
  private static Client firm;

  @BeforeAll
  static void start() throws InterruptedException {
    server = TestServer.start();
    auditor = server.auditor();
    firm = server.client("watched", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    for (int i = 0; i < 25; i++) {
      firm.get("/api/v1/parties/61010200012345?n=" + i, "X-Request-Id", "watched-" + i);
    }
    for (int i = 0; i < AuditAlerts.FAILED_SIGN_INS; i++) {
      server.anonymous().post("/api/v1/session", Map.of("name", "x" + i, "password", "wrong"));
    }
    written(36);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void written(int records) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (server.jdbc().sql("select size from audit_head").query(Long.class).single()
          >= records - 1) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the audit was not written");
  }

  @Test
  void anExportIsCheckedWithTheKeyAlone() throws Exception {
    JsonNode export = auditor.get("/api/v1/audit/export?from=5&limit=12").json();
    assertThat(export.path("from").asLong()).isEqualTo(5);
    assertThat(export.path("to").asLong()).isEqualTo(17);
    List<String> records = export.path("records").valueStream().map(JsonNode::asString).toList();
    assertThat(records).hasSize(12);
    assertThat(records.getFirst()).contains("\"requestId\":\"watched-5\"").contains(FIRM);
    assertThat(root(export, records)).isEqualTo(signedRoot(export));
    // One letter, one line more, one line less, two in another order: another root each time.
    List<String> changed = new java.util.ArrayList<>(records);
    changed.set(3, records.get(3).replace("watched", "matched"));
    assertThat(root(export, changed)).isNotEqualTo(signedRoot(export));
    assertThat(root(export, records.subList(0, 11))).isNotEqualTo(signedRoot(export));
    java.util.Collections.swap(changed, 1, 2);
    changed.set(3, records.get(3));
    assertThat(root(export, changed)).isNotEqualTo(signedRoot(export));
  }

  private static byte[] root(JsonNode export, List<String> records) {
    Hasher hasher = Suite.SHA256_ED25519.newHasher();
    Frontier.Builder tree =
        Frontier.decode(
                Suite.SHA256_ED25519,
                Base64.getDecoder().decode(export.path("frontier").asString()))
            .builder();
    records.forEach(
        line ->
            tree.append(
                line.startsWith("hash:")
                    ? Base64.getDecoder().decode(line.substring(5))
                    : hasher.leaf(line.getBytes(UTF_8))));
    return tree.root();
  }

  private static byte[] signedRoot(JsonNode export) throws Exception {
    SignedCheckpoint signed =
        SignedCheckpoint.parse(export.path("checkpoint").asString().getBytes(UTF_8));
    assertThat(signed.verify(List.of(VerifierKey.parse(export.path("key").asString())))).hasSize(1);
    assertThat(signed.checkpoint().origin()).isEqualTo("test/log/audit");
    return signed.checkpoint().root();
  }

  @Test
  void theDatabaseRefusesEveryChange() {
    JdbcClient jdbc = server.jdbc();
    for (String sql :
        List.of(
            "update audit set status = 200",
            "delete from audit",
            "truncate audit",
            "update audit_leaf set hash = ''",
            "delete from audit_leaf",
            "truncate audit_leaf")) {
      assertThatThrownBy(() -> jdbc.sql(sql).update())
          .as(sql)
          .rootCause()
          .hasMessageContaining("append-only");
    }
    JsonNode check = auditor.get("/api/v1/audit/check").json();
    assertThat(check.path("treeAgrees").asBoolean()).as(check.toString()).isTrue();
    assertThat(check.path("wrong").isNull()).as(check.toString()).isTrue();
  }

  @Test
  void aCheckTellsOfOneMomentWhateverIsWrittenMeanwhile() throws Exception {
    AuditLog log = server.bean(AuditLog.class);
    try (var checking = Executors.newSingleThreadExecutor();
        Connection writer = server.bean(DataSource.class).getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      // In the order of whoever appends; a check stands still where it comes to the leaves.
      statement.execute("select from audit_head for update");
      statement.execute("lock table audit_leaf in access exclusive mode");
      Future<AuditLog.Check> check = checking.submit(log::check);
      for (int i = 0; i < 500 && waitingForLeaves() == 0; i++) {
        Thread.sleep(10);
      }
      assertThat(waitingForLeaves()).isPositive();
      AuditRecord more =
          new AuditRecord(
              Instant.now(),
              "meanwhile",
              null,
              null,
              "x",
              null,
              "127.0.0.1",
              "GET",
              "/",
              null,
              200,
              "done");
      log.append(writer, List.of(more));
      writer.commit();
      AuditLog.Check told = check.get(20, TimeUnit.SECONDS);
      assertThat(told.treeAgrees()).as(told.toString()).isTrue();
      assertThat(told.wrong()).as(told.toString()).isNull();
    }
  }

  private static long waitingForLeaves() {
    return server
        .jdbc()
        .sql(
            """
            select count(*) from pg_locks
            where not granted and relation = 'audit_leaf'::regclass
              and database = (select oid from pg_database where datname = current_database())
            """)
        .query(Long.class)
        .single();
  }

  /** On a server of its own, whose audit is spoilt for good. */
  @Test
  void whoDropsTheTriggerIsFoundOut() throws InterruptedException {
    try (TestServer spoilt = TestServer.start()) {
      Client reader = spoilt.auditor();
      for (int i = 0; i < 5; i++) {
        reader.get("/api/v1/session");
      }
      for (int i = 0;
          i < 100
              && spoilt.jdbc().sql("select size from audit_head").query(Long.class).single() < 5;
          i++) {
        Thread.sleep(100);
      }
      spoilt.jdbc().sql("alter table audit disable trigger user").update();
      spoilt.jdbc().sql("update audit set address = '192.0.2.9' where position = 2").update();
      assertThat(reader.get("/api/v1/audit/check").json().path("wrong").asLong()).isEqualTo(2);
      spoilt.jdbc().sql("update audit set address = '127.0.0.1' where position = 2").update();
      assertThat(reader.get("/api/v1/audit/check").json().path("wrong").isNull()).isTrue();
      spoilt.jdbc().sql("alter table audit_leaf disable trigger user").update();
      spoilt
          .jdbc()
          .sql("update audit_leaf set hash = decode(repeat('00', 32), 'hex') where position = 3")
          .update();
      assertThat(reader.get("/api/v1/audit/check").json().path("treeAgrees").asBoolean()).isFalse();
    }
  }

  /** On a server of its own, whose clock goes on. */
  @Test
  void whatIsOlderThanThePeriodGoesAndTheTreeStays() throws Exception {
    try (TestServer old = TestServer.start("yuanliu.audit.keep=200d")) {
      Client reader = old.auditor();
      // Both are written a year and a half before the database's own clock.
      old.clock().advance(Duration.ofDays(-500));
      reader.get("/api/v1/session", "X-Request-Id", "old-1");
      old.clock().advance(Duration.ofDays(190));
      reader.get("/api/v1/session", "X-Request-Id", "young-1");
      await(old, 2);
      AuditKeeping keeping = old.bean(AuditKeeping.class);
      assertThat(keeping.removeOld()).isZero();
      old.clock().advance(Duration.ofDays(100));

      assertThat(keeping.removeOld()).isEqualTo(1);
      assertThat(keeping.removeOld()).isZero();

      await(old, 3);
      JsonNode all = reader.get("/api/v1/audit?to=2027-01-01T00:00:00Z").json();
      assertThat(all.toString()).contains("young-1").doesNotContain("old-1");
      assertThat(all.toString()).contains("audit-keeping", "removed=1");
      JsonNode export = reader.get("/api/v1/audit/export").json();
      List<String> lines = export.path("records").valueStream().map(JsonNode::asString).toList();
      assertThat(lines.getFirst()).startsWith("hash:");
      assertThat(root(export, lines)).isEqualTo(signedRoot(export));
      JsonNode check = reader.get("/api/v1/audit/check").json();
      assertThat(check.path("treeAgrees").asBoolean()).isTrue();
      assertThat(check.path("wrong").isNull()).isTrue();
      JsonNode told = reader.get("/api/v1/audit/keeping").json();
      assertThat(told.path("days").asInt()).isEqualTo(200);
      assertThat(told.path("least").asInt()).isEqualTo(184);
      assertThat(told.path("removed").asInt()).isEqualTo(1);

      // The setting is the database's too: what is younger stays whoever asks.
      insert(old, "at_150", Duration.ofDays(150));
      insert(old, "at_190", Duration.ofDays(190));
      for (String id : List.of("at_150", "at_190")) {
        assertThatThrownBy(
                () ->
                    old.jdbc()
                        .sql("delete from audit where request_id = :id")
                        .param("id", id)
                        .update())
            .rootCause()
            .hasMessageContaining("append-only");
      }
      assertThatThrownBy(() -> old.jdbc().sql("update audit_keep set days = 183").update())
          .rootCause()
          .hasMessageContaining("audit_keep_days_check");
    }
  }

  private static void insert(TestServer on, String id, Duration ago) {
    on.jdbc()
        .sql(
            """
            insert into audit (at, request_id, role, address, method, route, status, outcome)
            values (now() - make_interval(days => cast(:days as integer)), :id, 'x', '127.0.0.1', 'GET', '/', 200,
              'done')
            """)
        .param("days", ago.toDays())
        .param("id", id)
        .update();
  }

  private static void await(TestServer on, long size) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (on.jdbc().sql("select size from audit_head").query(Long.class).single() >= size) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the audit was not written");
  }

  @Test
  void aPeriodBelowTheLawsIsRefusedAtTheStart() {
    assertThat(new AuditSettings(Duration.ofDays(184)).keep()).hasDays(184);
    assertThatThrownBy(() -> new AuditSettings(Duration.ofDays(184).minusSeconds(1)))
        .hasMessageContaining("six months at least");
    assertThatThrownBy(() -> new AuditSettings(Duration.ofDays(36_601)))
        .hasMessageContaining("yuanliu.audit.keep");
  }

  @Test
  void alertsTellBulkReadsAndOddHoursAtTheirLimitsAndNotBelow() {
    Instant noon = Instant.parse("2026-11-20T04:00:00Z");
    UUID reads = UUID.randomUUID();
    UUID fewer = UUID.randomUUID();
    UUID writes = UUID.randomUUID();
    written(reads, "GET", "/api/v1/trace/{code}", noon, AuditAlerts.BULK_READS);
    written(fewer, "GET", "/api/v1/trace/{code}", noon, AuditAlerts.BULK_READS - 1);
    written(writes, "POST", "/api/v1/trace/{code}", noon, AuditAlerts.BULK_READS);
    UUID looks = UUID.randomUUID();
    UUID fewerLooks = UUID.randomUUID();
    String view = "/api/v1/personal/entries/{position}/view";
    written(looks, "POST", view, noon, AuditAlerts.PERSONAL_READS);
    written(fewerLooks, "POST", view, noon, AuditAlerts.PERSONAL_READS - 1);
    // 21:59:59, 22:00, 05:59:59 and 06:00 of Xi'an.
    UUID evening = UUID.randomUUID();
    UUID night = UUID.randomUUID();
    UUID dawn = UUID.randomUUID();
    UUID morning = UUID.randomUUID();
    written(evening, "POST", "/api/v1/accounts", Instant.parse("2026-11-20T13:59:59Z"), 1);
    written(night, "POST", "/api/v1/accounts", Instant.parse("2026-11-20T14:00:00Z"), 1);
    written(dawn, "POST", "/api/v1/accounts", Instant.parse("2026-11-20T21:59:59Z"), 1);
    written(morning, "POST", "/api/v1/accounts", Instant.parse("2026-11-20T22:00:00Z"), 1);

    JsonNode alerts = auditor.get("/api/v1/audit/alerts").json().path("alerts");

    assertThat(who(alerts, "bulk-read")).containsExactly(reads.toString());
    assertThat(who(alerts, "personal-reads")).containsExactly(looks.toString());
    assertThat(who(alerts, "odd-hours"))
        .containsExactlyInAnyOrder(night.toString(), dawn.toString());
    assertThat(who(alerts, "rights-changed"))
        .contains(evening.toString(), night.toString(), dawn.toString(), morning.toString());
    assertThat(who(alerts, "failed-sign-ins")).containsExactly("127.0.0.1");
  }

  private static void written(UUID account, String method, String route, Instant at, int times) {
    server
        .jdbc()
        .sql(
            """
            insert into audit (at, request_id, account, role, address, method, route, status,
              outcome)
            select :at, 'r', :account, 'regulator', '192.0.2.1', :method, :route, 200, 'done'
            from generate_series(1, :times)
            """)
        .param("at", AccountStore.at(at))
        .param("account", account)
        .param("method", method)
        .param("route", route)
        .param("times", times)
        .update();
  }

  private static List<String> who(JsonNode alerts, String kind) {
    return alerts
        .valueStream()
        .filter(one -> one.path("kind").asString().equals(kind))
        .map(one -> one.path("who").asString())
        .toList();
  }

  @Test
  void alertsTellFailedSignInsAndChangesOfRights() throws InterruptedException {
    Client security =
        server.client(
            "alert-security", TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.SECURE);
    var account = server.account("raised", null, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    assertThat(
            security
                .send(
                    "PUT",
                    "/api/v1/accounts/" + account + "/permissions",
                    Map.of("permissions", List.of("CAPTURE"), "reason", "they asked"))
                .status())
        .isEqualTo(204);
    Answer answer = auditor.get("/api/v1/audit/alerts");
    for (int i = 0; i < 50 && !answer.body().contains("rights-changed"); i++) {
      Thread.sleep(100);
      answer = auditor.get("/api/v1/audit/alerts");
    }
    List<String> kinds = answer.json().path("alerts").findValuesAsString("kind");
    assertThat(kinds).contains("failed-sign-ins", "rights-changed");
    assertThat(answer.body()).contains("they asked").contains(account.toString());
    assertThat(auditor.get("/api/v1/audit?object=they%20asked").json().path("entries")).hasSize(1);
    JsonNode one = auditor.get("/api/v1/audit?object=they%20asked").json().at("/entries/0/entry");
    assertThat(one.path("role").asString()).isEqualTo("operator:secure");
  }
}
