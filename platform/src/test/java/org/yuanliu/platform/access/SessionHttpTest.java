package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Accounts.NewKey;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.journal.Standing;

class SessionHttpTest {
  private static final String PASSWORD = "correct horse 电池";
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("yuanliu.access.sign-ins-per-minute=100000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static UUID firm(String name) {
    return server.account(
        name, PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY, Permission.REGISTER);
  }

  private static Answer signIn(Client client, String name, String password) {
    return client.post("/api/v1/session", Map.of("name", name, "password", password));
  }

  @Test
  void signsInTellsWhoAndSignsOut() {
    firm("zhang");
    Client client = server.anonymous();
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);

    Answer in = signIn(client, " ZHANG ", PASSWORD);
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.json().path("name").asString()).isEqualTo("zhang");
    assertThat(in.json().path("party").asString()).isEqualTo(FIRM);
    assertThat(in.json().path("viewer").asString()).isEqualTo("enterprise");
    assertThat(in.header("set-cookie")).contains("HttpOnly").doesNotContain(PASSWORD);
    assertThat(in.header("cache-control")).contains("no-store");

    Answer who = client.get("/api/v1/session");
    assertThat(who.status()).isEqualTo(200);
    // The session keeps its id: requests at once must not make each other's cookie void.
    assertThat(who.header("set-cookie")).isNullOrEmpty();
    String header = who.json().path("csrf").path("header").asString();
    String token = who.json().path("csrf").path("token").asString();

    // Nor does the token change: a page keeps it while it asks for other things.
    assertThat(client.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(client.delete("/api/v1/session").status()).isEqualTo(403);
    assertThat(client.delete("/api/v1/session", header, token).status()).isEqualTo(204);
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void changesInASessionNeedTheTokenAndThoseWithAKeyDoNot() {
    UUID account = firm("csrf");
    Client client = server.anonymous();
    Answer in = signIn(client, "csrf", PASSWORD);
    String header = in.json().path("csrf").path("header").asString();
    String token = in.json().path("csrf").path("token").asString();
    Map<String, String> product = Map.of("code", "21111001", "name", "猪肉");

    Answer without = client.post("/api/v1/products", product);
    assertThat(without.status()).isEqualTo(403);
    assertThat(without.problem()).isEqualTo("csrf");
    assertThat(client.post("/api/v1/products", product, header, "wrong").problem())
        .isEqualTo("csrf");
    assertThat(client.post("/api/v1/products", product, header, token).status()).isEqualTo(201);

    String key = server.key(account).token();
    assertThat(server.anonymous().with(key).post("/api/v1/products", product).status())
        .isEqualTo(200);
    // A wrong key beside a good cookie opens nothing.
    assertThat(
            client
                .get("/api/v1/session", "Authorization", "Bearer " + key.replace("yl_", "yl-"))
                .status())
        .isEqualTo(401);
  }

  @Test
  void locksANameAfterFiveFailuresForLongerEachTime() {
    firm("locked");
    for (int i = 0; i < 5; i++) {
      Answer wrong = signIn(server.anonymous(), "locked", "wrong password " + i);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.problem()).isEqualTo("sign-in-failed");
    }
    Answer locked = signIn(server.anonymous(), "locked", PASSWORD);
    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.problem()).isEqualTo("sign-in-locked");
    assertThat(Integer.parseInt(locked.header("retry-after"))).isBetween(59, 61);

    server.clock().advance(Duration.ofSeconds(61));
    assertThat(signIn(server.anonymous(), "locked", "still wrong!").status()).isEqualTo(401);
    assertThat(
            Integer.parseInt(signIn(server.anonymous(), "locked", PASSWORD).header("retry-after")))
        .isBetween(119, 121);

    server.clock().advance(Duration.ofSeconds(121));
    assertThat(signIn(server.anonymous(), "locked", PASSWORD).status()).isEqualTo(200);
    assertThat(signIn(server.anonymous(), "locked", "wrong again").status()).isEqualTo(401);
    assertThat(signIn(server.anonymous(), "locked", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void doesNotTellWhichNamesExist() {
    firm("exists");
    for (int i = 0; i < 5; i++) {
      Answer known = signIn(server.anonymous(), "exists", "wrong password");
      Answer unknown = signIn(server.anonymous(), "exists-not", "wrong password");
      assertThat(unknown.status()).isEqualTo(known.status());
      assertThat(unknown.body()).isEqualTo(known.body());
    }
    assertThat(signIn(server.anonymous(), "exists", PASSWORD).status()).isEqualTo(429);
    assertThat(signIn(server.anonymous(), "exists-not", PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void failuresOutsideTheWindowDoNotCount() {
    firm("slow");
    for (int i = 0; i < 4; i++) {
      signIn(server.anonymous(), "slow", "wrong password");
    }
    server.clock().advance(Duration.ofMinutes(16));
    signIn(server.anonymous(), "slow", "wrong password");
    assertThat(signIn(server.anonymous(), "slow", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aNewPasswordOrTheAccountsEndEndsItsSessions() {
    UUID account = firm("leaver");
    Client client = server.anonymous();
    signIn(client, "leaver", PASSWORD);
    assertThat(client.get("/api/v1/session").status()).isEqualTo(200);
    server.bean(Accounts.class).setPassword(account, "another good one");
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);

    signIn(client, "leaver", "another good one");
    String key = server.key(account).token();
    assertThat(server.anonymous().with(key).get("/api/v1/session").status()).isEqualTo(200);
    server.bean(Accounts.class).disable(account);
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(server.anonymous().with(key).get("/api/v1/session").status()).isEqualTo(401);
    assertThat(signIn(client, "leaver", "another good one").status()).isEqualTo(401);
  }

  @Test
  void sessionsEndAfterTheirTimeAndTheOldestOfTooManyEnds() {
    firm("many");
    Client first = server.anonymous();
    signIn(first, "many", PASSWORD);
    assertThat(first.get("/api/v1/session").status()).isEqualTo(200);
    for (int i = 0; i < 5; i++) {
      signIn(server.anonymous(), "many", PASSWORD);
    }
    assertThat(first.get("/api/v1/session").status()).isEqualTo(401);

    Client last = server.anonymous();
    signIn(last, "many", PASSWORD);
    server.clock().advance(Duration.ofHours(12).plusSeconds(1));
    assertThat(last.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void takesOnlyJsonForSigningIn() {
    Answer form =
        server
            .anonymous()
            .post(
                "/api/v1/session",
                "name=a&password=b",
                "Content-Type",
                "application/x-www-form-urlencoded");
    assertThat(form.status()).isEqualTo(415);
    assertThat(server.anonymous().post("/api/v1/session", "{}").problem())
        .isEqualTo("sign-in-failed");
  }

  @Test
  void keysOpenOnlyWhileTheyAreValid() {
    UUID account = firm("keys");
    Accounts accounts = server.bean(Accounts.class);
    var expiring =
        accounts.createKey(
            account,
            new NewKey(
                "expiring",
                Set.of(Permission.QUERY),
                Standing.DEVICE,
                server.clock().instant().plusSeconds(60),
                null));
    var revoked = server.key(account);
    Client withExpiring = server.anonymous().with(expiring.token());
    Client withRevoked = server.anonymous().with(revoked.token());
    Answer good = withExpiring.get("/api/v1/session");
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.json().path("permissions")).hasSize(1);
    assertThat(good.json().path("csrf").isNull()).isTrue();
    assertThat(good.headers("set-cookie")).isEmpty();
    assertThat(withRevoked.get("/api/v1/session").status()).isEqualTo(200);

    server.clock().advance(Duration.ofSeconds(60));
    accounts.revokeKey(revoked.id());
    Answer unknown =
        server.anonymous().with("yl_0123456789abcdef_" + "A".repeat(43)).get("/api/v1/session");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.header("content-type")).startsWith("application/problem+json");
    assertThat(unknown.header("www-authenticate")).startsWith("Bearer");
    for (Client client :
        java.util.List.of(
            withExpiring,
            withRevoked,
            server.anonymous().with("nonsense"),
            server.anonymous().with(revoked.token().substring(0, 40) + "x".repeat(23)))) {
      Answer refused = client.get("/api/v1/session");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body()).isEqualTo(unknown.body());
    }
    // A permission that the key lacks, though its account has it.
    var narrow =
        accounts.createKey(
            account, new NewKey("narrow", Set.of(Permission.QUERY), Standing.DECLARED, null, null));
    assertThat(
            server
                .anonymous()
                .with(narrow.token())
                .post("/api/v1/products", Map.of("code", "21111002", "name", "牛肉"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void storesNoSecret() {
    UUID account = firm("secretive");
    String token = server.key(account).token();
    signIn(server.anonymous(), "secretive", PASSWORD);
    server.anonymous().with(token).get("/api/v1/session");
    String stored =
        server
            .jdbc()
            .sql(
                "select string_agg(a::text, ' ') || (select string_agg(k::text, ' ') from api_key k) from account a")
            .query(String.class)
            .single();
    assertThat(stored)
        .contains("$argon2id$")
        .doesNotContain(PASSWORD)
        .doesNotContain(token.substring(20));
  }

  @Test
  void refusesWeakPasswordsAndTakenNames() {
    firm("taken");
    Accounts accounts = server.bean(Accounts.class);
    assertThat(problemOf(() -> firm("Taken"))).isEqualTo("account-name-taken");
    assertThat(problemOf(() -> accounts.setPassword(accounts.find("taken").orElseThrow(), "short")))
        .isEqualTo("invalid-request");
    assertThat(
            problemOf(
                () -> accounts.setPassword(accounts.find("taken").orElseThrow(), "my-taken-word")))
        .isEqualTo("invalid-request");
    assertThat(
            problemOf(
                () -> accounts.setPassword(accounts.find("taken").orElseThrow(), "aaaaaaaaaaaa")))
        .isEqualTo("invalid-request");
    assertThat(
            problemOf(
                () -> accounts.setPassword(accounts.find("taken").orElseThrow(), "x".repeat(129))))
        .isEqualTo("invalid-request");
  }

  private static String problemOf(Runnable action) {
    try {
      action.run();
      return "none";
    } catch (org.yuanliu.platform.problem.ProblemException e) {
      return e.problem().code();
    }
  }
}
