package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;

/**
 * What an attacker tries beside what {@link BadDaysHttpTest} and {@link HardShellHttpTest} have.
 */
class ProbesHttpTest {
  private static final String PASSWORD = "Traceable-2026";
  private static final String SESSION = "/api/v1/session";
  private static final String ACCOUNTS = "/api/v1/accounts";

  private static TestServer server;
  private static Client operator;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    operator = server.operator();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> account(String name) {
    Map<String, Object> account = new HashMap<>();
    account.put("name", name);
    account.put("party", TestServer.OPERATOR_PARTY);
    account.put("kind", "OPERATOR");
    account.put("permissions", List.of("QUERY"));
    return account;
  }

  /** Cyrillic, Greek, full-width and accented letters; digits of other scripts; mixtures. */
  @ParameterizedTest
  @ValueSource(
      strings = {"аdmin", "ѕесurіtу", "сосо", "αdmin", "ａdmin", "admın", "admin１", "op‌er", "ﬁrm"})
  void noNameLooksLikeAnother(String name) {
    Answer answer = operator.post(ACCOUNTS, account(name));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"张三", "li.wei@example.com", "西安市局_2", "བོད་ཡིག", "scale-12"})
  void ordinaryNamesAreTaken(String name) {
    Answer answer = operator.post(ACCOUNTS, account(name));
    assertThat(answer.status()).as(answer.body()).isIn(201, 400);
    if (answer.status() == 400) {
      // A mark that is no letter (the tsheg), for its form and not for its looks.
      assertThat(answer.body()).contains("/account-name\"");
    }
  }

  @Test
  void aMemberThatStandsTwiceIsRefused() {
    String name = "twice-" + UUID.randomUUID().toString().substring(0, 8);
    String body =
        """
        {"name": "%s", "party": "%s", "kind": "OPERATOR",
         "permissions": ["QUERY"], "permissions": ["QUERY", "CAPTURE"]}\
        """
            .formatted(name, TestServer.OPERATOR_PARTY);
    assertThat(operator.post(ACCOUNTS, body).status()).isEqualTo(400);
    assertThat(server.bean(Accounts.class).find(name)).isEmpty();
    assertThat(
            server
                .anonymous()
                .post(SESSION, "{\"name\": \"a\", \"name\": \"b\", \"password\": \"c\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void deepAndPollutedBodiesDoNothing() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(server.anonymous().post(SESSION, deep).status()).isIn(400, 413);
    assertThat(operator.post(ACCOUNTS, "{\"name\": " + deep + "}").status()).isIn(400, 413);
    String name = "proto-" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> polluted = account(name);
    polluted.put("__proto__", Map.of("permissions", List.of("ADMINISTER"), "admin", true));
    polluted.put("constructor", Map.of("prototype", Map.of("admin", true)));
    Answer made = operator.post(ACCOUNTS, polluted);
    assertThat(made.status()).as(made.body()).isIn(201, 400);
    assertThat(operator.get(ACCOUNTS + "?limit=500").body())
        .doesNotContain("__proto__")
        .doesNotContain("prototype");
    server
        .bean(Accounts.class)
        .find(name)
        .flatMap(id -> server.bean(AccountService.class).account(id))
        .ifPresent(row -> assertThat(row.permissions()).containsExactly(Permission.QUERY));
  }

  /** What no database keeps, and what forges lines or shows a name the other way round. */
  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud800", "\\u001b[2J", "\\u202Egp.exe"})
  void textsThatAreNoneAreRefused(String escaped) {
    UUID account =
        server.account(
            "texts-" + UUID.randomUUID().toString().substring(0, 8),
            null,
            TestServer.OPERATOR_PARTY,
            ViewerKind.OPERATOR,
            Permission.QUERY);
    for (String[] one :
        new String[][] {
          {SESSION, "{\"name\": \"%s\", \"password\": \"x\"}"},
          {ACCOUNTS, "{\"name\": \"abcd\", \"party\": \"urn:x:%s\", \"kind\": \"OPERATOR\"}"},
          {ACCOUNTS + "/" + account + "/keys", "{\"label\": \"%s\"}"},
          {ACCOUNTS, "{\"name\": \"abcd\", \"party\": \"x\", \"industries\": [\"%s\"]}"},
          {
            "/api/v1/parties",
            "{\"codes\": [\"91610100MA6700000F\"], \"kind\": \"ENTERPRISE\","
                + " \"names\": [{\"name\": \"x%s\", \"period\": {\"from\": \"2026-01-01\"}}]}"
          },
          {"/api/v1/products", "{\"code\": \"21111001\", \"name\": \"a%s\"}"}
        }) {
      Answer answer = operator.post(one[0], one[1].formatted(escaped));
      assertThat(answer.status()).as(one[0] + " " + answer.body()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/pointer").asString()).startsWith("/");
    }
  }

  /** With a length and without one; one byte less than too much is read. */
  @Test
  void bodiesHaveALimit() throws IOException {
    String most = " ".repeat((16 << 10) - 2);
    assertThat(server.anonymous().post(SESSION, "{" + most + "}").status()).isEqualTo(401);
    Answer over = server.anonymous().post(SESSION, "{" + most + " }");
    assertThat(over.status()).isEqualTo(413);
    assertThat(over.problem()).isEqualTo("too-large");
    String large = "{\"name\": \"" + "x".repeat(2 << 20) + "\"}";
    assertThat(operator.post(ACCOUNTS, large).status()).isEqualTo(413);
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    String answer =
        raw(
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + chunk.repeat(5)
                + "0\r\n\r\n");
    assertThat(answer).contains(" 413 ");
  }

  /** A method in a header or parameter is none; a debugging method has no answer. */
  @Test
  void methodsAreWhatTheyAre() throws IOException {
    String path =
        ACCOUNTS
            + "/"
            + server.account("overridden", null, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR);
    for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
      assertThat(operator.get(path, header, "DELETE").status()).isEqualTo(200);
      assertThat(operator.post(path, Map.of(), header, "DELETE").status()).isIn(404, 405);
    }
    assertThat(operator.post(path + "?_method=DELETE", Map.of()).status()).isIn(404, 405);
    assertThat(operator.get(path).json().path("disabled").asBoolean()).isFalse();
    for (String method : List.of("TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG")) {
      String answer =
          raw(
              method
                  + " /api/v1/session HTTP/1.1\r\nHost: a\r\nX-Secret: echoed\r\n"
                  + "Connection: close\r\n\r\n");
      assertThat(answer).as(method).doesNotContain(" 200 ").doesNotContain("echoed");
    }
  }

  /** What a proxy and the server could read as two different requests. */
  @Test
  void requestsThatTwoReadDifferentlyAreRefused() throws IOException {
    String behind = "GET /actuator/prometheus HTTP/1.1\r\nHost: a\r\n\r\n";
    for (String request :
        List.of(
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"
                + "0\r\n\r\n"
                + behind,
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"
                + behind,
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n"
                + "0\r\n\r\n"
                + behind,
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n" + behind,
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n" + behind,
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd" + behind,
            "GET /api/v1/session HTTP/1.1\r\nHost: a\r\nX: a\rTransfer-Encoding: chunked\r\n\r\n"
                + behind,
            "POST /api/v1/session HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\n"
                + behind)) {
      String answer = raw(request);
      assertThat(answer).as(request).doesNotContain("jvm_memory").doesNotContain(" 200 ");
    }
  }

  /** An id that somebody else chose is not taken over at the sign-in. */
  @Test
  void aSessionIsNeverOneThatWasThereBefore() throws IOException {
    server.account(
        "fixed", PASSWORD, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.QUERY);
    String chosen = "0123456789ABCDEF0123456789ABCDEF";
    Client browser = server.anonymous();
    Answer in =
        browser.post(
            SESSION, Map.of("name", "fixed", "password", PASSWORD), "Cookie", "yuanliu=" + chosen);
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.header("set-cookie")).isNotEmpty().doesNotContain(chosen);
    String answer =
        raw(
            "GET /api/v1/session HTTP/1.1\r\nHost: a\r\nCookie: yuanliu="
                + chosen
                + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).contains(" 401 ");
  }

  /** What a form of another site can send: its types, without a token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain; a=application/json"
      })
  void aFormOfAnotherSiteChangesNothing(String type) {
    String name = "form-" + UUID.randomUUID().toString().substring(0, 8);
    server.account(
        name, PASSWORD, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.ADMINISTER);
    Client browser = server.anonymous();
    assertThat(browser.post(SESSION, Map.of("name", name, "password", PASSWORD)).status())
        .isEqualTo(200);
    Answer answer =
        browser.post(
            ACCOUNTS,
            TestServer.JSON.writeValueAsString(account("by-form-" + name)),
            "Content-Type",
            type,
            "Origin",
            "https://evil.example");
    assertThat(answer.status()).as(answer.body()).isIn(403, 415);
    assertThat(server.bean(Accounts.class).find("by-form-" + name)).isEmpty();
  }

  /** A name with line ends reaches no header and no log line of its own. */
  @Test
  void lineEndsInNamesEndNothing() {
    for (String path :
        List.of(
            "/api/v1/session/oidc/none?then=%0d%0aSet-Cookie:%20a=b",
            "/api/v1/session/oidc/none%0d%0aSet-Cookie:%20a=b", "/desk/%0d%0aSet-Cookie:%20a=b")) {
      Answer answer = server.anonymous().get(path);
      assertThat(answer.headers("set-cookie")).as(path).noneMatch(one -> one.contains("a=b"));
      assertThat(answer.status()).as(path).isIn(302, 303, 400, 404);
    }
    assertThat(operator.post(ACCOUNTS, account("a\r\nb")).status()).isEqualTo(400);
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(15).toMillis());
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (java.net.SocketException e) {
      return "";
    }
  }
}
