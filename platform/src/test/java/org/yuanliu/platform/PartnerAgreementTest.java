package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.ArrayList;
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

/** A partner platform, and records of which some were promised to it. */
class PartnerAgreementTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FIRM = "urn:yuanliu:uscc:91610100MA6TAAAA1C";
  private static final String FAR = "urn:yuanliu:uscc:91610100MA6TBBBB12";
  private static final String PARTNER = "urn:yuanliu:uscc:91610100MA6TCCCC1P";
  private static final String OPERATOR = "urn:yuanliu:uscc:91610100MA6U123487";
  private static final String AGREEMENTS = "/api/v1/organisations/agreements";
  private static final String UNIT = "https://id.gs1.org/01/09506000134352/21/U";

  @TempDir Path folder;

  private ConfigurableApplicationContext server;

  @Test
  void whatWasAgreedIsSeenUntilItEndsAndNothingElse() throws Exception {
    try (TestDatabase database = TestDatabase.openDurable();
        ConfigurableApplicationContext started = start(database)) {
      server = started;
      String system = key(OPERATOR, ViewerKind.OPERATOR, "", Permission.ofOperator());
      String security = key(OPERATOR, ViewerKind.OPERATOR, "", EnumSet.of(Permission.SECURE));
      Set<Permission> firm = EnumSet.of(Permission.CAPTURE, Permission.QUERY);
      place(system, "610102901", "610102", FIRM);
      place(system, "440103901", "440103", FAR);
      place(system, "610102903", "610102", PARTNER);
      String one = key(FIRM, ViewerKind.ENTERPRISE, "", firm);
      String far = key(FAR, ViewerKind.ENTERPRISE, "", firm);
      String agreed = store(one, UNIT + 1, "610102901", "food", 1);
      String otherTrade = store(one, UNIT + 2, "610102901", "drugs", 2);
      String elsewhere = store(far, UNIT + 3, "440103901", "food", 3);
      String partner = key(PARTNER, ViewerKind.ENTERPRISE, "", EnumSet.of(Permission.QUERY));
      sees(partner, List.of(), List.of(agreed, otherTrade, elsewhere));

      String wanted = wanted(PARTNER, "61", Duration.ofDays(30));
      assertThat(post(security, AGREEMENTS, wanted).body()).contains("not-a-partner");
      assertThat(
              send(
                      system,
                      "PUT",
                      "/api/v1/organisations",
                      "{\"party\": \"%s\", \"kind\": \"PARTNER_PLATFORM\"}".formatted(PARTNER))
                  .statusCode())
          .isEqualTo(200);
      // Who runs the platform decides nothing about who sees what; nor does the partner.
      assertThat(post(system, AGREEMENTS, wanted).statusCode()).isEqualTo(404);
      assertThat(post(partner, AGREEMENTS, wanted).statusCode()).isEqualTo(404);
      refused(security, wanted(PARTNER, "6", Duration.ofDays(30)), "/division");
      refused(security, wanted(PARTNER, "61", Duration.ofDays(-1)), "/until");
      refused(security, wanted(PARTNER, "61", AGREED_AT_MOST.plusDays(1)), "/until");
      refused(security, wanted.replace("[\"food\"]", "[]"), "/industries");
      refused(security, wanted.replace("2026-P1", " "), "/reference");

      JsonNode made = json(post(security, AGREEMENTS, wanted), 201);
      sees(partner, List.of(agreed), List.of(otherTrade, elsewhere));
      assertThat(get(partner, AGREEMENTS + "?party=" + PARTNER).body()).contains("2026-P1");
      assertThat(get(partner, "/epcis/events/" + agreed).body()).doesNotContain("4711.5");
      assertThat(get(one, "/epcis/events/" + agreed).body()).contains("4711.5");
      assertThat(get(one, AGREEMENTS + "?party=" + PARTNER).statusCode()).isEqualTo(404);
      // What is agreed with one opens nothing to others, and no more than records to itself.
      sees(far, List.of(elsewhere), List.of(agreed, otherTrade));
      assertThat(get(partner, "/api/v1/alerts").body()).doesNotContain(agreed);
      assertThat(get(partner, "/api/v1/parties").body()).doesNotContain(FIRM);
      assertThat(get(partner, "/api/v1/cases").statusCode()).isEqualTo(404);

      String id = made.path("id").asString();
      assertThat(send(partner, "DELETE", AGREEMENTS + "/" + id, null).statusCode()).isEqualTo(404);
      assertThat(send(security, "DELETE", AGREEMENTS + "/" + id, null).statusCode()).isEqualTo(204);
      sees(partner, List.of(), List.of(agreed, otherTrade, elsewhere));
      json(post(security, AGREEMENTS, wanted(PARTNER, "", Duration.ofDays(30))), 201);
      sees(partner, List.of(agreed, elsewhere), List.of(otherTrade));
      assertThat(get(partner, "/epcis/events/" + agreed).body()).doesNotContain("4711.5");

      // Commercial secrets where the paper names them, and only there.
      String named =
          wanted(PARTNER, "61", Duration.ofDays(30)).replace("{", "{\"secrets\": true, ");
      assertThat(json(post(security, AGREEMENTS, named), 201).path("secrets").asBoolean()).isTrue();
      assertThat(get(partner, "/epcis/events/" + agreed).body()).contains("4711.5");
      assertThat(get(partner, "/api/v1/trace?code=" + URLEncoder.encode(UNIT + 1, UTF_8)).body())
          .contains("4711.5");
      assertThat(get(partner, "/epcis/events/" + elsewhere).body()).doesNotContain("4711.5");
    }
  }

  private static final Duration AGREED_AT_MOST = Duration.ofDays(3 * 366L);

  private static String wanted(String party, String division, Duration ends) {
    return """
    {"party": "%s", "division": "%s", "industries": ["food"], "reference": "2026-P1",
     "from": "%s", "until": "%s"}\
    """
        .formatted(party, division, Instant.now().minusSeconds(60), Instant.now().plus(ends));
  }

  private void refused(String key, String body, String pointer) throws Exception {
    HttpResponse<String> answer = post(key, AGREEMENTS, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + pointer + "\"");
  }

  /** In lists, by id, by unit and in a trace. */
  private void sees(String key, List<String> these, List<String> notThese) throws Exception {
    List<String> all = new ArrayList<>(these);
    all.addAll(notThese);
    String events = get(key, "/epcis/events?perPage=100").body();
    for (String id : all) {
      boolean seen = these.contains(id);
      String unit = URLEncoder.encode(UNIT + id.charAt(id.length() - 1), StandardCharsets.UTF_8);
      assertThat(events.contains(id)).as(id).isEqualTo(seen);
      int status = seen ? 200 : 404;
      assertThat(get(key, "/epcis/events/" + id).statusCode()).as(id).isEqualTo(status);
      assertThat(get(key, "/epcis/epcs/" + unit + "/events").statusCode()).isEqualTo(status);
      assertThat(get(key, "/api/v1/trace?code=" + unit).statusCode()).isEqualTo(status);
      assertThat(get(key, "/api/v1/units/" + unit + "/events").statusCode()).isEqualTo(status);
    }
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
                "partner-" + UUID.randomUUID().toString().substring(0, 8),
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

  private String store(String key, String unit, String node, String industry, int number)
      throws Exception {
    String id = "urn:uuid:00000000-0000-4000-8000-00000000000" + number;
    HttpRequest.Builder request =
        request("/epcis/events", key)
            .header("Content-Type", "application/ld+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    AccessWorld.event(id, unit, "urn:yuanliu:node:" + node, OPERATOR)
                        .replace(
                            "epcis-context.jsonld\"]",
                            "epcis-context.jsonld\", {\"yl\": \"https://yuanliu.org/ns/\"}],"
                                + " \"yl:industry\": \""
                                + industry
                                + "\", \"yl:unitPrice\": 4711.5")));
    assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    return id;
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
