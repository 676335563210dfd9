package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import tools.jackson.databind.JsonNode;

/** What is tried on bad days, and what who tries it is told. */
class BadDaysHttpTest {
  private static final String PASSWORD = "correct horse 电池";
  private static final String SESSION = "/api/v1/session";
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final Path LOG = Path.of("target", "bad-days-" + UUID.randomUUID() + ".log");
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "yuanliu.access.sign-ins-per-minute=100000",
            "server.tomcat.connection-timeout=3s",
            "server.forward-headers-strategy=native",
            "server.tomcat.remoteip.internal-proxies=10\\.0\\.0\\.5",
            "logging.file.name=" + LOG,
            "logging.logback.rollingpolicy.max-file-size=1GB",
            "logging.threshold.console=off",
            "logging.level.root=trace");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    Files.deleteIfExists(LOG);
  }

  private static Answer signIn(Client client, String name) {
    return client.post(SESSION, Map.of("name", name, "password", PASSWORD));
  }

  /** The status line and headers of a request as it is written. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String status(String answer) {
    return answer.lines().findFirst().orElse("");
  }

  @Test
  void theCookieIsForThisSiteAndNoScript() {
    server.account("cookie", PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    assertThat(signIn(server.anonymous(), "cookie").header("set-cookie"))
        .startsWith("yuanliu=")
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .contains("Path=/");
    try (TestServer https = TestServer.start("yuanliu.access.https=true")) {
      https.account("cookie", PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
      assertThat(signIn(https.anonymous(), "cookie").header("set-cookie"))
          .startsWith("__Host-yuanliu=")
          .contains("Secure")
          .contains("HttpOnly")
          .contains("Path=/")
          .doesNotContain("Domain");
    }
  }

  @Test
  void onlyTheNamedProxyIsBelieved() throws InterruptedException {
    Client auditor = server.auditor();
    server
        .anonymous()
        .get(
            "/api/v1/parties",
            "X-Forwarded-For",
            "192.0.2.77",
            "X-Forwarded-Proto",
            "https",
            "Forwarded",
            "for=192.0.2.78",
            "X-Request-Id",
            "forwarded-1");
    for (int i = 0; i < 300; i++) {
      for (JsonNode one : auditor.get("/api/v1/audit").json().path("entries")) {
        if (one.at("/entry/requestId").asString().equals("forwarded-1")) {
          assertThat(one.at("/entry/address").asString()).isEqualTo("127.0.0.1");
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no audit record");
  }

  @Test
  void smuggledRequestsEndTheConnection() throws IOException {
    String two =
        "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /actuator/prometheus HTTP/1.1\r\n"
            + "Host: x\r\n\r\n";
    String answer = raw(two);
    // One answer, and the connection is closed: what came behind was never a request.
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(answer).doesNotContain("jvm_memory");
    for (String wrong :
        List.of(
            "GET /api/v1/session HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "POST /api/v1/session HTTP/1.1\r\n"
                + "Host: a\r\n"
                + "Content-Length: 1\r\n"
                + "Content-Length: 2\r\n\r\n"
                + "ab",
            "GET /api/v1/session HTTP/1.1\r\nHost : a\r\nConnection: close\r\n\r\n",
            "GET /api/v1/session HTTP/1.1\r\nHost: a\r\nX: \u0001\r\nConnection: close\r\n\r\n")) {
      assertThat(status(raw(wrong))).as(wrong).contains(" 400 ");
    }
  }

  @Test
  void oversizedCookiesAndHeadersAreRefused() throws IOException {
    String big = "x".repeat(20 << 10);
    assertThat(
            status(
                raw(
                    "GET /api/v1/session HTTP/1.1\r\nHost: a\r\nCookie: yuanliu="
                        + big
                        + "\r\nConnection: close\r\n\r\n")))
        .containsAnyOf(" 400 ", " 431 ");
    assertThat(server.anonymous().get(SESSION).status()).isEqualTo(401);
  }

  @Test
  void aSlowClientIsCutOff() throws IOException {
    long begun = System.nanoTime();
    try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
      socket.getOutputStream().write("GET /api/v1/session HTTP/1.1\r\nHost: ".getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), UTF_8)).doesNotContain(" 200 ");
    }
    // The next longer limit of the container's is a minute.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void pathsLeadNowhereElse() throws IOException {
    for (String path :
        List.of(
            "/assets/../../../../etc/passwd",
            "/assets/%2e%2e/%2e%2e/application.yaml",
            "/assets/..%2f..%2fapplication.yaml",
            "/desk/..;/..;/application.yaml",
            "/webjars/%252e%252e/application.yaml",
            "/ledger/..%5c..%5capplication.yaml")) {
      String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(status(answer)).as(path).containsAnyOf(" 400 ", " 404 ", " 401 ");
      assertThat(answer).doesNotContain("root:").doesNotContain("data-dir");
    }
  }

  @Test
  void nobodyAssignsHimselfWhatIsNotHis() {
    Client steward =
        server.client(
            "steward", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY, Permission.ADMINISTER);
    Map<String, Object> more =
        Map.of(
            "name",
            "assigned",
            "party",
            FIRM,
            "kind",
            "ENTERPRISE",
            "permissions",
            List.of("QUERY"),
            "disabled",
            false,
            "passwordHash",
            "x",
            "id",
            UUID.randomUUID(),
            "secondFactor",
            true);
    Answer made = steward.post("/api/v1/accounts", more);
    if (made.status() == 201) {
      // Members that are not the request's own are nobody's: nothing of them was taken.
      JsonNode row = steward.get("/api/v1/accounts/" + made.json().path("id").asString()).json();
      assertThat(row.path("id").asString()).isNotEqualTo(more.get("id").toString());
      assertThat(row.path("secondFactor").asBoolean()).isFalse();
      assertThat(row.path("password").asBoolean()).isFalse();
    } else {
      assertThat(made.status()).isEqualTo(400);
    }
    for (Map<String, Object> raised :
        List.of(
            Map.<String, Object>of("kind", "OPERATOR"),
            Map.<String, Object>of("permissions", List.of("CAPTURE")),
            Map.<String, Object>of("permissions", List.of("AUDIT")),
            Map.<String, Object>of("standing", "AUTHORITY"),
            Map.<String, Object>of("party", TestServer.OPERATOR_PARTY))) {
      Map<String, Object> account =
          new java.util.HashMap<>(
              Map.of("name", "r-" + UUID.randomUUID(), "party", FIRM, "kind", "ENTERPRISE"));
      account.putAll(raised);
      assertThat(steward.post("/api/v1/accounts", account).status())
          .as(raised.toString())
          .isEqualTo(403);
    }
  }

  @Test
  void tokensOfOtherIssuersOpenNothing() {
    String payload = encoded("{\"sub\":\"operator\",\"iss\":\"https://evil.example\"}");
    for (String token :
        List.of(
            encoded("{\"alg\":\"none\"}") + "." + payload + ".",
            encoded("{\"alg\":\"HS256\"}") + "." + payload + "." + encoded("signature"),
            "yl_0123456789abcdef_" + "A".repeat(43))) {
      Answer answer = server.anonymous().with(token).get(SESSION);
      assertThat(answer.status()).as(token).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
      assertThat(answer.body()).doesNotContain(token);
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void idsTellNothing() {
    Client firm = server.client("guesser", FIRM, ViewerKind.ENTERPRISE, Permission.ADMINISTER);
    UUID other =
        server.account(
            "other-firm",
            null,
            "urn:yuanliu:uscc:91440300708461136T",
            ViewerKind.ENTERPRISE,
            Permission.QUERY);
    Answer there = firm.get("/api/v1/accounts/" + other);
    Answer absent = firm.get("/api/v1/accounts/" + UUID.randomUUID());
    assertThat(there.status()).isEqualTo(404);
    assertThat(there.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
        .isEqualTo(absent.body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
    assertThat(there.stableHeaders()).isEqualTo(absent.stableHeaders());
  }

  @Test
  void logsHoldNoSecrets() throws IOException {
    UUID account =
        server.account("logged", PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    String key = server.key(account).token();
    server.anonymous().with(key).get(SESSION);
    server.anonymous().with(key.substring(0, key.length() - 1) + "!").get(SESSION);
    Client browser = server.anonymous();
    Answer in = signIn(browser, "logged");
    JsonNode csrf = in.json().path("csrf");
    Answer begun =
        browser.send(
            "POST",
            SESSION + "/second-factor",
            Map.of("password", PASSWORD),
            csrf.path("header").asString(),
            csrf.path("token").asString());
    String secret = begun.json().path("secret").asString();
    assertThat(secret).hasSize(32);
    server.anonymous().post(SESSION, "{\"name\": \"logged\", \"password\": \"" + PASSWORD);
    browser.send(
        "PUT",
        SESSION + "/password",
        Map.of("current", PASSWORD, "password", "An0ther-password"),
        csrf.path("header").asString(),
        csrf.path("token").asString());
    String session = in.header("set-cookie").replaceFirst("^yuanliu=([^;]+);.*$", "$1");
    assertThat(session).matches("[A-Za-z0-9]{20,}");
    browser.get(SESSION + "/devices");
    browser.send(
        "DELETE", SESSION, null, csrf.path("header").asString(), csrf.path("token").asString());
    // Of an end that came without them.
    server.anonymous().get(SESSION, "Cookie", "yuanliu=" + session);
    String log = Files.readString(LOG);
    // The log is one of this run, and says much.
    assertThat(log).contains(SESSION).hasSizeGreaterThan(10_000);
    for (String forbidden :
        List.of(
            PASSWORD,
            "An0ther-password",
            key.substring(20),
            secret,
            session,
            csrf.path("token").asString())) {
      assertThat(log.contains(forbidden)).as("in the log: " + forbidden).isFalse();
    }
  }
}
