package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chain from Xi'an to Guangzhou, and two departments of which each sees one end. */
class CaseViewTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SELLER = "urn:yuanliu:uscc:91610100MA6TAAAA1C";
  private static final String BUYER = "urn:yuanliu:uscc:91610100MA6TBBBB12";
  private static final String OPERATOR = "urn:yuanliu:uscc:91610100MA6U123487";
  private static final String OFFICE = "urn:yuanliu:uscc:11610100016000000X";
  private static final String OTHER_OFFICE = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final String SHARED = "https://id.gs1.org/01/09506000134352/21/SHARED";
  private static final String FAR = "https://id.gs1.org/01/09506000134352/21/FAR";

  @TempDir Path folder;

  private ConfigurableApplicationContext server;

  @Test
  void aNamedCaseOpensTheChainAndNothingElse() throws Exception {
    try (TestDatabase database = TestDatabase.openDurable();
        ConfigurableApplicationContext started = start(database)) {
      server = started;
      String system = key(OPERATOR, ViewerKind.OPERATOR, "", Permission.ofOperator());
      Set<Permission> firm = EnumSet.of(Permission.CAPTURE, Permission.QUERY);
      place(system, "610102901", "610102", SELLER);
      place(system, "440103901", "440103", BUYER);
      String seller = key(SELLER, ViewerKind.ENTERPRISE, "", firm);
      String buyer = key(BUYER, ViewerKind.ENTERPRISE, "", firm);
      String sent = store(seller, SHARED, "610102901", 1);
      String received = store(buyer, SHARED, "440103901", 2);
      store(buyer, FAR, "440103901", 3);
      Set<Permission> query = EnumSet.of(Permission.QUERY);
      String office = key(OFFICE, ViewerKind.REGULATOR, "6101", query);
      String other = key(OTHER_OFFICE, ViewerKind.REGULATOR, "4401", query);

      assertThat(trace(office, SHARED, null).body()).contains(sent).doesNotContain(received);

      JsonNode opened =
          json(post(office, "/api/v1/cases", "{\"number\": \"2026-7\", \"reason\": \"病肉\"}"), 201);
      String id = opened.path("id").asString();
      assertThat(Instant.parse(opened.path("endsAt").asString()))
          .isAfter(Instant.now().plus(Duration.ofDays(89)));
      assertThat(trace(office, SHARED, id).body()).contains(sent, received);
      // Not what it sees nothing of by itself, and not without the case.
      assertThat(trace(office, FAR, id).statusCode()).isEqualTo(404);
      assertThat(trace(office, FAR, id).body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
          .isEqualTo(
              trace(office, "https://id.gs1.org/01/09506000134352/21/NONE", id)
                  .body()
                  .replaceAll("\"requestId\":\"[^\"]*\"", ""));
      assertThat(trace(office, SHARED, null).body()).doesNotContain(received);
      assertThat(get(office, "/epcis/events").body()).doesNotContain(received);
      // Of another department, of a firm, or of nobody.
      assertThat(trace(other, SHARED, id).statusCode()).isEqualTo(404);
      assertThat(trace(seller, SHARED, id).statusCode()).isEqualTo(404);
      assertThat(trace(office, SHARED, UUID.randomUUID().toString()).statusCode()).isEqualTo(404);
      assertThat(
              post(seller, "/api/v1/cases", "{\"number\": \"1\", \"reason\": \"x\"}").statusCode())
          .isEqualTo(404);
      assertThat(get(other, "/api/v1/cases").body()).doesNotContain("2026-7");
      assertThat(get(office, "/api/v1/cases").body()).contains("2026-7", "病肉");
      for (Duration ends : List.of(Duration.ofDays(-1), Duration.ofDays(91))) {
        HttpResponse<String> refused =
            post(
                office,
                "/api/v1/cases",
                "{\"number\": \"1\", \"reason\": \"x\", \"endsAt\": \"%s\"}"
                    .formatted(Instant.now().plus(ends)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("case-period", "90天");
      }
      assertThat(
              post(office, "/api/v1/cases", "{\"number\": \"1\", \"reason\": \" \"}").statusCode())
          .isEqualTo(400);

      audited();

      assertThat(send(other, "DELETE", "/api/v1/cases/" + id, null).statusCode()).isEqualTo(404);
      assertThat(trace(office, SHARED, id).statusCode()).isEqualTo(200);
      assertThat(send(office, "DELETE", "/api/v1/cases/" + id, null).statusCode()).isEqualTo(204);
      assertThat(trace(office, SHARED, id).statusCode()).isEqualTo(404);
      assertThat(trace(office, SHARED, null).statusCode()).isEqualTo(200);
    }
  }

  private void audited() throws Exception {
    String auditor = key(OPERATOR, ViewerKind.OPERATOR, "", EnumSet.of(Permission.AUDIT));
    for (int i = 0; i < 100; i++) {
      JsonNode alerts = JSON.readTree(get(auditor, "/api/v1/audit/alerts").body()).path("alerts");
      for (JsonNode alert : alerts) {
        if (alert.path("kind").asString().equals("case-view")) {
          assertThat(alert.path("what").asString()).isEqualTo("2026-7");
          assertThat(get(auditor, "/api/v1/audit?object=reason%3D%E7%97%85%E8%82%89").body())
              .contains("case=2026-7", "/api/v1/trace", "\"role\":\"regulator\"");
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no alert of the case");
  }

  private ConfigurableApplicationContext start(TestDatabase database) {
    return new SpringApplicationBuilder(YuanliuApplication.class)
        .run(
            "--yuanliu.data-dir=" + folder,
            "--yuanliu.database.url=" + database.url(),
            "--yuanliu.database.user=" + database.user(),
            "--yuanliu.database.password=" + database.password(),
            "--server.port=0",
            "--logging.structured.format.console=",
            "--logging.level.root=warn");
  }

  private String key(String party, ViewerKind kind, String division, Set<Permission> permissions) {
    Standing standing = kind == ViewerKind.REGULATOR ? Standing.AUTHORITY : Standing.DECLARED;
    Accounts accounts = server.getBean(Accounts.class);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "case-" + UUID.randomUUID().toString().substring(0, 8),
                null,
                party,
                kind,
                division,
                Set.of(),
                permissions,
                standing));
    return accounts
        .createKey(account, new Accounts.NewKey("test", permissions, standing, null, 1_000_000))
        .token();
  }

  private void place(String system, String node, String division, String party) throws Exception {
    post(
        system,
        "/api/v1/parties",
        """
        {"codes": ["%s"], "kind": "ENTERPRISE", "division": "%s",
         "names": [{"name": "公司%s", "period": {"from": "2026-01-01"}}]}\
        """
            .formatted(party.substring(party.lastIndexOf(':') + 1), division, division));
    json(
        post(
            system,
            "/api/v1/places",
            """
            {"id": "urn:yuanliu:node:%s", "name": "库房", "division": "%s", "party": "%s"}\
            """
                .formatted(node, division, party)),
        201);
  }

  private String store(String key, String unit, String node, int number) throws Exception {
    String id = "urn:uuid:00000000-0000-4000-8000-00000000000" + number;
    HttpRequest.Builder request =
        request("/epcis/events", key)
            .header("Content-Type", "application/ld+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    AccessWorld.event(id, unit, "urn:yuanliu:node:" + node, OPERATOR)));
    assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    return id;
  }

  private HttpResponse<String> trace(String key, String code, String caseId) throws Exception {
    return get(
        key,
        "/api/v1/trace?code="
            + URLEncoder.encode(code, StandardCharsets.UTF_8)
            + (caseId == null ? "" : "&case=" + caseId));
  }

  private HttpResponse<String> get(String key, String path) throws Exception {
    return send(key, "GET", path, null);
  }

  private HttpResponse<String> post(String key, String path, String body) throws Exception {
    return send(key, "POST", path, body);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String key, String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        request(path, key)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String key) {
    String port = server.getEnvironment().getRequiredProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + key);
  }
}
