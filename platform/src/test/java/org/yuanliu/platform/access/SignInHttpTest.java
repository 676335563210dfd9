package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import tools.jackson.databind.JsonNode;

/** Passwords and their age, the second factor, devices, the three administrations, rotated keys. */
class SignInHttpTest {
  private static final String PASSWORD = "correct horse 电池";
  private static final String SESSION = "/api/v1/session";
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static TestServer server;
  private static Client operator;
  private static Client security;

  @BeforeAll
  static void start() {
    server = TestServer.start("yuanliu.access.sign-ins-per-minute=100000");
    operator = server.operator();
    security =
        server.client(
            "security", TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.SECURE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A browser that is signed in, with its token. */
  private record Browser(Client client, String header, String token) {
    Answer send(String method, String path, Object body) {
      return client.send(method, path, body, header, token);
    }
  }

  private static UUID firm(String name) {
    return server.account(name, PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
  }

  private static Answer signIn(Client client, String name, String password, String code) {
    return client.post(
        SESSION,
        code == null
            ? Map.of("name", name, "password", password)
            : Map.of("name", name, "password", password, "code", code));
  }

  private static Browser browser(String name, String password, String code) {
    Client client = server.anonymous();
    Answer in = signIn(client, name, password, code);
    assertThat(in.status()).as(in.body()).isEqualTo(200);
    JsonNode csrf = in.json().path("csrf");
    return new Browser(client, csrf.path("header").asString(), csrf.path("token").asString());
  }

  private static String code(String secret, Duration ahead) throws InvalidKeyException {
    return code(server, secret, ahead);
  }

  static String code(TestServer server, String secret, Duration ahead) throws InvalidKeyException {
    Instant at = server.clock().instant().plus(ahead);
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(new SecretKeySpec(Base32.decode(secret), "RAW"), at);
  }

  private static String reason(Answer answer) {
    String type = answer.json().path("errors").path(0).path("type").asString("");
    return type.substring(type.lastIndexOf('/') + 1);
  }

  @Test
  void passwordsHaveClassesALengthAndAHistory() {
    firm("historian");
    Browser browser = browser("historian", PASSWORD, null);
    record Bad(String password, String code) {}
    for (Bad bad :
        List.of(
            new Bad("Ab3defghi", "password-length"),
            new Bad("x".repeat(129), "password-length"),
            new Bad("abcdefgh12", "password-classes"),
            new Bad("Historian-2026", "password-like-name"),
            new Bad("aA1aA1aA1aA1", "password-monotonous"),
            new Bad(PASSWORD, "password-used-before"))) {
      Answer refused =
          browser.send(
              "PUT",
              SESSION + "/password",
              Map.of("current", PASSWORD, "password", bad.password()));
      assertThat(refused.status()).as(bad.password()).isEqualTo(400);
      assertThat(reason(refused)).isEqualTo(bad.code());
    }
    assertThat(
            browser
                .send(
                    "PUT", SESSION + "/password", Map.of("current", "no", "password", "Abcdefgh12"))
                .problem())
        .isEqualTo("password-wrong");
    String current = PASSWORD;
    for (int i = 0; i < 6; i++) {
      server.clock().advance(Duration.ofSeconds(1));
      String next = "Abcdefgh1" + i;
      assertThat(
              browser
                  .send("PUT", SESSION + "/password", Map.of("current", current, "password", next))
                  .status())
          .isEqualTo(204);
      // A new password ends the sessions of the old one.
      assertThat(browser.client().get(SESSION).status()).isEqualTo(401);
      browser = browser("historian", next, null);
      current = next;
    }
    // Five are remembered besides the present one: the first of them is free again.
    assertThat(
            reason(
                browser.send(
                    "PUT",
                    SESSION + "/password",
                    Map.of("current", current, "password", "Abcdefgh10"))))
        .isEqualTo("password-used-before");
    assertThat(
            browser
                .send(
                    "PUT", SESSION + "/password", Map.of("current", current, "password", PASSWORD))
                .status())
        .isEqualTo(204);
  }

  @Test
  void anOldPasswordOpensNothingButItsOwnChange() {
    try (TestServer strict = TestServer.start("yuanliu.sign-in.password-max-age=10d")) {
      strict.account("aged", PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
      Client client = strict.anonymous();
      signIn(client, "aged", PASSWORD, null);
      assertThat(client.get("/api/v1/parties").status()).isEqualTo(200);
      strict.clock().advance(Duration.ofDays(11));
      Client later = strict.anonymous();
      Answer in = signIn(later, "aged", PASSWORD, null);
      assertThat(in.status()).isEqualTo(200);
      assertThat(in.json().path("owed").get(0).asString()).isEqualTo("CHANGE_PASSWORD");
      assertThat(in.json().path("permissions")).isEmpty();
      assertThat(later.get("/api/v1/parties").status()).isEqualTo(403);
      JsonNode csrf = in.json().path("csrf");
      assertThat(
              later
                  .send(
                      "PUT",
                      SESSION + "/password",
                      Map.of("current", PASSWORD, "password", "Abcdefgh12"),
                      csrf.path("header").asString(),
                      csrf.path("token").asString())
                  .status())
          .isEqualTo(204);
      Client anew = strict.anonymous();
      assertThat(signIn(anew, "aged", "Abcdefgh12", null).json().path("owed")).isEmpty();
      assertThat(anew.get("/api/v1/parties").status()).isEqualTo(200);
    }
  }

  @Test
  void aSecondFactorIsAskedForAndNoCodeWorksTwice() throws InvalidKeyException {
    UUID account = firm("twofold");
    Browser browser = browser("twofold", PASSWORD, null);
    Answer begun = browser.send("POST", SESSION + "/second-factor", Map.of("password", PASSWORD));
    assertThat(begun.status()).isEqualTo(200);
    String secret = begun.json().path("secret").asString();
    assertThat(begun.json().path("uri").asString())
        .startsWith("otpauth://totp/")
        .contains("secret=" + secret);
    assertThat(begun.json().path("qr").asString()).contains("<svg");
    // Not in force before it is confirmed.
    assertThat(signIn(server.anonymous(), "twofold", PASSWORD, null).status()).isEqualTo(200);
    assertThat(browser.send("PUT", SESSION + "/second-factor", Map.of("code", "000000")).problem())
        .isEqualTo("second-factor-wrong");
    Answer confirmed =
        browser.send(
            "PUT", SESSION + "/second-factor", Map.of("code", code(secret, Duration.ZERO)));
    assertThat(confirmed.json().path("recoveryCodes")).hasSize(10);
    assertThat(
            browser
                .send("POST", SESSION + "/second-factor", Map.of("password", PASSWORD))
                .problem())
        .isEqualTo("second-factor-exists");

    Answer asked = signIn(server.anonymous(), "twofold", PASSWORD, null);
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.problem()).isEqualTo("second-factor-needed");
    assertThat(asked.headers("set-cookie")).isEmpty();
    // The code that confirmed was used; of the next one, a replay within its 30 seconds is refused.
    assertThat(
            signIn(server.anonymous(), "twofold", PASSWORD, code(secret, Duration.ZERO)).problem())
        .isEqualTo("second-factor-wrong");
    String next = code(secret, SecondFactor.STEP);
    assertThat(signIn(server.anonymous(), "twofold", PASSWORD, next).status()).isEqualTo(200);
    assertThat(signIn(server.anonymous(), "twofold", PASSWORD, next).problem())
        .isEqualTo("second-factor-wrong");
    // A clock two steps away is too far.
    assertThat(
            signIn(
                    server.anonymous(),
                    "twofold",
                    PASSWORD,
                    code(secret, SecondFactor.STEP.multipliedBy(2)))
                .problem())
        .isEqualTo("second-factor-wrong");
    String recovery = confirmed.json().path("recoveryCodes").get(0).asString();
    assertThat(signIn(server.anonymous(), "twofold", PASSWORD, recovery).status()).isEqualTo(200);
    assertThat(signIn(server.anonymous(), "twofold", PASSWORD, recovery).status()).isEqualTo(401);
    String stored =
        server
            .jdbc()
            .sql("select string_agg(f::text, ' ') from second_factor f")
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain(secret);

    assertThat(operator.delete("/api/v1/accounts/" + account + "/second-factor").status())
        .isEqualTo(404);
    assertThat(security.delete("/api/v1/accounts/" + account + "/second-factor").status())
        .isEqualTo(204);
    assertThat(signIn(server.anonymous(), "twofold", PASSWORD, null).status()).isEqualTo(200);
  }

  @Test
  void guessedCodesLockAndTheSecurityAdministratorUnlocks() throws InvalidKeyException {
    UUID account = firm("guessed");
    Browser browser = browser("guessed", PASSWORD, null);
    String secret =
        browser
            .send("POST", SESSION + "/second-factor", Map.of("password", PASSWORD))
            .json()
            .path("secret")
            .asString();
    browser.send("PUT", SESSION + "/second-factor", Map.of("code", code(secret, Duration.ZERO)));
    for (int i = 0; i < 5; i++) {
      assertThat(signIn(server.anonymous(), "guessed", PASSWORD, "00000" + i).status())
          .isEqualTo(401);
    }
    Answer locked =
        signIn(server.anonymous(), "guessed", PASSWORD, code(secret, SecondFactor.STEP));
    assertThat(locked.status()).isEqualTo(429);
    assertThat(Integer.parseInt(locked.header("retry-after"))).isPositive();
    assertThat(security.get("/api/v1/accounts/" + account).json().path("locked").asBoolean())
        .isTrue();
    assertThat(operator.post("/api/v1/accounts/" + account + "/unlock", "").status())
        .isEqualTo(404);
    assertThat(security.post("/api/v1/accounts/" + account + "/unlock", "").status())
        .isEqualTo(204);
    assertThat(
            signIn(server.anonymous(), "guessed", PASSWORD, code(secret, SecondFactor.STEP))
                .status())
        .isEqualTo(200);
  }

  @Test
  void devicesAreListedAndSignedOut() {
    UUID account = firm("devices");
    Browser here = browser("devices", PASSWORD, null);
    Client phone = server.anonymous();
    phone.post(SESSION, Map.of("name", "devices", "password", PASSWORD), "User-Agent", "a phone");
    JsonNode devices = here.client().get(SESSION + "/devices").json().path("devices");
    assertThat(devices).hasSize(2);
    JsonNode other =
        devices.valueStream().filter(d -> !d.path("here").asBoolean()).findFirst().orElseThrow();
    assertThat(other.path("agent").asString()).isEqualTo("a phone");
    assertThat(other.path("address").asString()).isEqualTo("127.0.0.1");
    String path = SESSION + "/devices/" + other.path("id").asString();
    firm("neighbour");
    assertThat(browser("neighbour", PASSWORD, null).send("DELETE", path, null).status())
        .isEqualTo(404);
    assertThat(phone.get(SESSION).status()).isEqualTo(200);
    assertThat(here.send("DELETE", path, null).status()).isEqualTo(204);
    assertThat(phone.get(SESSION).status()).isEqualTo(401);
    assertThat(here.client().get(SESSION).status()).isEqualTo(200);
    assertThat(security.delete("/api/v1/accounts/" + account + "/sessions").status())
        .isEqualTo(204);
    assertThat(here.client().get(SESSION).status()).isEqualTo(401);
  }

  @Test
  void nobodyHoldsTwoAdministrationsOrRaisesHimself() {
    Map<String, Object> two =
        Map.of(
            "name",
            "two-duties",
            "party",
            TestServer.OPERATOR_PARTY,
            "kind",
            "OPERATOR",
            "permissions",
            List.of("SECURE", "AUDIT"));
    assertThat(operator.post("/api/v1/accounts", two).status()).isEqualTo(403);
    UUID account =
        server.account(
            "clerk", null, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.QUERY);
    String path = "/api/v1/accounts/" + account + "/permissions";
    assertThat(reason(security.send("PUT", path, permissions("ADMINISTER", "SECURE"))))
        .isEqualTo("duties-not-separate");
    assertThat(operator.send("PUT", path, permissions("ADMINISTER")).status()).isEqualTo(404);
    assertThat(reason(security.send("PUT", path, Map.of("permissions", List.of("QUERY")))))
        .isEqualTo("value-missing");
    assertThat(security.send("PUT", path, permissions("ADMINISTER")).status()).isEqualTo(204);
    assertThat(
            security
                .get("/api/v1/accounts/" + account)
                .json()
                .path("permissions")
                .get(0)
                .asString())
        .isEqualTo("ADMINISTER");
    UUID firm = firm("no-duty");
    assertThat(
            reason(
                security.send(
                    "PUT", "/api/v1/accounts/" + firm + "/permissions", permissions("AUDIT"))))
        .isEqualTo("duty-of-the-operator");
    String own =
        server
            .jdbc()
            .sql("select id from account where name = 'security'")
            .query(String.class)
            .single();
    assertThat(
            security
                .send("PUT", "/api/v1/accounts/" + own + "/permissions", permissions("QUERY"))
                .status())
        .isEqualTo(403);
  }

  private static Map<String, Object> permissions(String... permissions) {
    return Map.of("permissions", List.of(permissions), "reason", "in office since today");
  }

  @Test
  void aRotatedKeyAndItsSuccessorOverlap() {
    UUID account = firm("rotating");
    var issued =
        server
            .bean(Accounts.class)
            .createKey(
                account,
                new Accounts.NewKey(
                    "scale",
                    Set.of(Permission.QUERY),
                    org.yuanliu.platform.journal.Standing.DEVICE,
                    server.clock().instant().plus(Duration.ofDays(30)),
                    null));
    String path = "/api/v1/accounts/keys/" + issued.id() + "/rotation";
    assertThat(operator.post(path, Map.of("overlapHours", 721)).status()).isEqualTo(400);
    Answer rotated = operator.post(path, Map.of("overlapHours", 2));
    assertThat(rotated.status()).isEqualTo(201);
    Client old = server.anonymous().with(issued.token());
    Client fresh = server.anonymous().with(rotated.json().path("key").asString());
    assertThat(old.get(SESSION).status()).isEqualTo(200);
    assertThat(fresh.get(SESSION).status()).isEqualTo(200);
    server.clock().advance(Duration.ofHours(2));
    assertThat(old.get(SESSION).status()).isEqualTo(401);
    assertThat(fresh.get(SESSION).status()).isEqualTo(200);
    assertThat(operator.post(path, Map.of()).problem()).isEqualTo("key-ended");
    JsonNode keys = operator.get("/api/v1/accounts/" + account + "/keys").json().path("keys");
    assertThat(keys).hasSize(2);
    assertThat(keys.toString()).contains("\"label\":\"scale\"").doesNotContain("yl_");
    // A stolen key is gone at once.
    assertThat(
            operator
                .delete("/api/v1/accounts/keys/" + rotated.json().path("id").asString())
                .status())
        .isEqualTo(204);
    assertThat(fresh.get(SESSION).status()).isEqualTo(401);
  }
}
