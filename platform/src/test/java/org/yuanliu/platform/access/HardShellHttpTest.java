package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yuanliu.platform.access.Accounts.NewKey;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** What a stranger meets: headers, closed doors, problems, limits, the audit. */
class HardShellHttpTest {
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static TestServer server;
  private static Client operator;
  private static Client auditor;

  @BeforeAll
  static void start() {
    server = TestServer.start("yuanliu.access.sign-ins-per-minute=50");
    operator = server.operator();
    auditor = server.auditor();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyGuardedAddressAsksWhoCalls() {
    for (String path :
        List.of(
            "/api/v1/session",
            "/api/v1/audit",
            "/api/v1/parties",
            "/api/v1/no-such-thing",
            "/epcis/events",
            "/epcis/capture",
            "/actuator/env")) {
      Answer answer = server.anonymous().get(path, "X-Forwarded-For", "192.0.2.1");
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("content-type")).startsWith("application/problem+json");
      assertThat(answer.header("location")).isEmpty();
      assertThat(answer.headers("set-cookie")).isEmpty();
    }
    for (String path : List.of("/t/61010200010000000001", "/01/06901234567892/10/A", "/nothing")) {
      assertThat(server.anonymous().get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(server.anonymous().get("/actuator/health").status()).isEqualTo(200);
    assertThat(server.anonymous().get("/api/openapi").status()).isEqualTo(200);
    assertThat(server.anonymous().post("/t/61010200010000000001", Map.of()).status())
        .isEqualTo(401);
  }

  @Test
  void everyControllerOfTheInterfaceIsGuarded() {
    var mapping = server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    List<String> open = new ArrayList<>();
    mapping
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              if (method.getBeanType().getName().startsWith("org.yuanliu")) {
                for (String pattern : info.getPatternValues()) {
                  if (!pattern.startsWith("/api/v1/")
                      && !pattern.equals("${server.error.path:${error.path:/error}}")
                      && !pattern.equals("/error")) {
                    open.add(pattern);
                  }
                }
              }
            });
    assertThat(open).isEmpty();
  }

  @Test
  void metricsAreForAdministratorsAndThisMachine() {
    assertThat(server.anonymous().get("/actuator/prometheus").status()).isEqualTo(200);
    Answer forwarded =
        server.anonymous().get("/actuator/prometheus", "X-Forwarded-For", "192.0.2.1");
    assertThat(forwarded.status()).isEqualTo(401);
    Client firm = server.client("metrics", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    assertThat(firm.get("/actuator/prometheus", "X-Forwarded-For", "192.0.2.1").status())
        .isEqualTo(403);
    assertThat(operator.get("/actuator/prometheus", "X-Forwarded-For", "192.0.2.1").status())
        .isEqualTo(200);
  }

  @Test
  void answersCarryTheSecurityHeaders() {
    for (String path : List.of("/nothing", "/api/v1/session")) {
      Answer answer = server.anonymous().get(path);
      assertThat(answer.header("content-security-policy"))
          .contains("script-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
      assertThat(answer.header("referrer-policy")).isEqualTo("same-origin");
      assertThat(answer.header("permissions-policy")).contains("camera=(self)");
      assertThat(answer.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    }
  }

  @Test
  void thePageOfErrorsIsNoPage() {
    Answer program = server.anonymous().get("/error");
    assertThat(program.status()).isEqualTo(404);
    assertThat(program.problem()).isEqualTo("not-found");
    Answer person = server.anonymous().get("/error", "Accept", "text/html");
    assertThat(person.status()).isEqualTo(404);
    assertThat(person.header("content-type")).startsWith("text/html");
  }

  @Test
  void searchEnginesKeepOffCodes() {
    Answer robots = server.anonymous().get("/robots.txt");
    assertThat(robots.status()).isEqualTo(200);
    assertThat(robots.body()).contains("Disallow: /t/").contains("Disallow: /0");
  }

  @Test
  void otherSitesGetNoLeave() {
    Answer preflight =
        server
            .anonymous()
            .send(
                "OPTIONS",
                "/api/v1/session",
                null,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type");
    assertThat(preflight.headers("access-control-allow-origin")).isEmpty();
    assertThat(preflight.status()).isNotEqualTo(200);
  }

  @Test
  void wrongRequestsAreProblemsInTheLanguageAskedFor() {
    Answer malformed = operator.post("/api/v1/products", "{\"code\": }");
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.problem()).isEqualTo("malformed-json");
    assertThat(malformed.header("content-language")).isEqualTo("zh-CN");
    assertThat(malformed.json().path("title").asString()).isEqualTo("请求内容不是合法的JSON。");

    Answer english =
        operator.post(
            "/api/v1/products", "{\"code\": }", "Accept-Language", "fr, en;q=0.8, zh;q=0.5");
    assertThat(english.header("content-language")).isEqualTo("en");
    assertThat(english.json().path("title").asString()).isEqualTo("The body is not valid JSON.");

    Answer wrongType =
        operator.post(
            "/api/v1/mandates",
            "{\"reporter\":\"a\",\"principal\":\"b\",\"period\":{\"from\":\"yesterday\"}}");
    assertThat(wrongType.status()).isEqualTo(400);
    assertThat(wrongType.json().path("errors").get(0).path("pointer").asString())
        .isEqualTo("/period/from");
    assertThat(wrongType.body()).doesNotContain("yesterday").doesNotContain("java");

    assertThat(operator.post("/api/v1/products", "").status()).isEqualTo(400);
    assertThat(operator.post("/api/v1/products", "x", "Content-Type", "text/plain").problem())
        .isEqualTo("unsupported-media-type");
    Answer method = operator.send("PUT", "/api/v1/products", Map.of());
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.problem()).isEqualTo("method-not-allowed");
    assertThat(method.header("allow")).contains("POST");
    assertThat(operator.get("/api/v1/nothing").problem()).isEqualTo("not-found");
    assertThat(operator.get("/api/v1/products").problem()).isEqualTo("invalid-request");
    assertThat(operator.get("/api/v1/parties?limit=0").problem()).isEqualTo("invalid-request");
    assertThat(operator.get("/api/v1/parties?limit=501").problem()).isEqualTo("invalid-request");
    assertThat(operator.get("/api/v1/parties?limit=many").problem()).isEqualTo("invalid-request");
    assertThat(auditor.get("/api/v1/audit?from=never").problem()).isEqualTo("invalid-request");
  }

  @Test
  void requestsHaveANameThatCannotForgeALogLine() {
    assertThat(operator.get("/api/v1/session", "X-Request-Id", "my-id.42").header("x-request-id"))
        .isEqualTo("my-id.42");
    String made =
        operator.get("/api/v1/session", "X-Request-Id", "a b{\"x\":1}").header("x-request-id");
    assertThat(made).matches("[0-9a-f-]{36}");
    assertThat(
            operator.get("/api/v1/session", "X-Request-Id", "x".repeat(65)).header("x-request-id"))
        .hasSize(36);
  }

  @Test
  void smuggledAndCrookedPathsOpenNothing() throws IOException {
    for (String path :
        List.of(
            "/api/v1/session/../audit",
            "/api/v1;a=b/audit",
            "/api//v1/audit",
            "/actuator/health/../env",
            "/api/v1/%2e%2e/v1/audit",
            "/API/v1/audit",
            "/api/v1/audit%00")) {
      assertThat(raw(path)).as(path).containsAnyOf(" 400 ", " 401 ", " 404 ");
    }
  }

  private static String raw(String path) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\n"
                      + "Host: localhost\r\n"
                      + "X-Forwarded-For: 192.0.2.1\r\n"
                      + "Connection: close\r\n\r\n")
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.lines().findFirst().orElse("") + " ";
    }
  }

  @Test
  void aKeyOverItsRateWaitsAndOthersDoNot() {
    Accounts accounts = server.bean(Accounts.class);
    var account = server.account("fast", null, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    var slow =
        accounts.createKey(
            account, new NewKey("slow", Set.of(Permission.QUERY), Standing.DECLARED, null, 1));
    Client client = server.anonymous().with(slow.token());
    Answer refused = null;
    for (int i = 0; i < 500 && refused == null; i++) {
      Answer answer = client.get("/api/v1/session");
      if (answer.status() == 429) {
        refused = answer;
      }
    }
    assertThat(refused).isNotNull();
    assertThat(refused.problem()).isEqualTo("too-many-requests");
    assertThat(Integer.parseInt(refused.header("retry-after"))).isPositive();
    assertThat(operator.get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void auditNotesWhoDidWhatAndNoSecrets() throws InterruptedException {
    Client firm = server.client("audited", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    assertThat(firm.get("/api/v1/parties/61010200012345?x=1", "X-Request-Id", "seen-1").status())
        .isEqualTo(404);
    assertThat(firm.get("/api/v1/audit").status()).isEqualTo(403);
    server
        .anonymous()
        .post(
            "/api/v1/session",
            Map.of("name", "audited", "password", "a-secret-word-1"),
            "X-Request-Id",
            "sign-in-1");
    server.anonymous().with("yl_wrong_key").get("/api/v1/session", "X-Request-Id", "bad-key-1");

    JsonNode seen = awaited("seen-1");
    assertThat(seen.path("party").asString()).isEqualTo(FIRM);
    assertThat(seen.path("role").asString()).isEqualTo("enterprise");
    assertThat(seen.path("route").asString()).isEqualTo("/api/v1/parties/{code}");
    assertThat(seen.path("object").asString()).contains("61010200012345");
    assertThat(seen.path("status").asInt()).isEqualTo(404);
    assertThat(seen.path("outcome").asString()).isEqualTo("refused");
    assertThat(seen.path("address").asString()).isEqualTo("127.0.0.1");
    assertThat(seen.path("account").asString()).isNotEmpty();
    assertThat(awaited("sign-in-1").path("role").asString()).isEqualTo("anonymous");
    assertThat(awaited("bad-key-1").path("status").asInt()).isEqualTo(401);

    assertThat(operator.get("/api/v1/audit").status()).isEqualTo(403);
    Answer all = auditor.get("/api/v1/audit?limit=1000");
    assertThat(all.body()).doesNotContain("a-secret-word").doesNotContain("yl_");
    long newest = all.json().path("entries").get(0).path("id").asLong();
    assertThat(
            auditor
                .get("/api/v1/audit?limit=1&before=" + newest)
                .json()
                .path("entries")
                .get(0)
                .path("id")
                .asLong())
        .isLessThan(newest);
  }

  private static JsonNode awaited(String requestId) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      for (JsonNode one : auditor.get("/api/v1/audit?limit=1000").json().path("entries")) {
        if (one.path("entry").path("requestId").asString().equals(requestId)) {
          return one.path("entry");
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no audit record of " + requestId);
  }

  @Test
  void guessingKeysIsSlowedDown() {
    try (TestServer strict = TestServer.start("yuanliu.access.sign-ins-per-minute=3")) {
      Client guesser = strict.anonymous().with("yl_guess");
      for (int i = 0; i < 3; i++) {
        assertThat(guesser.get("/api/v1/session").status()).isEqualTo(401);
      }
      Answer slowed = guesser.get("/api/v1/session");
      assertThat(slowed.status()).isEqualTo(429);
      assertThat(Integer.parseInt(slowed.header("retry-after"))).isBetween(1, 60);
      // A good key is not stopped by the guesses of its neighbour.
      assertThat(strict.operator().get("/api/v1/session").status()).isEqualTo(200);
    }
  }

  @Test
  void aGracefulStopWritesEveryRecord() {
    TestServer stopping = TestServer.start();
    Client client = stopping.operator();
    int requests = 300;
    for (int i = 0; i < requests; i++) {
      client.get("/api/v1/session");
    }
    long written = stopping.stopAndCount("select count(*) from audit");
    assertThat(written).isEqualTo(requests);
  }
}
