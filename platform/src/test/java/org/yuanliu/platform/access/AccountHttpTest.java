package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.journal.Standing;

/** {@code /api/v1/accounts}: what it does, for whom it is there, and who may make what. */
class AccountHttpTest {
  private static final String ACCOUNTS = "/api/v1/accounts";
  private static final String PASSWORD = "correct horse 电池";
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final String OTHER = "urn:yuanliu:uscc:91440300708461136T";
  private static final String OFFICE = "urn:yuanliu:uscc:11610100016000000X";

  private static TestServer server;
  private static Client operator;

  @BeforeAll
  static void start() {
    server = TestServer.start("yuanliu.access.sign-ins-per-minute=100000");
    operator = server.operator();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> account(String party, String kind, Object... more) {
    Map<String, Object> account = new HashMap<>();
    account.put("name", "a-" + UUID.randomUUID());
    account.put("party", party);
    account.put("kind", kind);
    for (int i = 0; i < more.length; i += 2) {
      account.put((String) more[i], more[i + 1]);
    }
    return account;
  }

  private static String made(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asString();
  }

  private static Client administrator(String party) {
    return server.client(
        "admin-" + UUID.randomUUID(),
        party,
        ViewerKind.ENTERPRISE,
        Permission.QUERY,
        Permission.ADMINISTER);
  }

  private static Answer withKey(Answer issued) {
    return operator.with(issued.json().path("key").asString()).get("/api/v1/session");
  }

  @Test
  void makesAnAccountAndAKeyAndTakesThemAway() {
    String id =
        made(
            operator.post(
                ACCOUNTS,
                account(
                    FIRM,
                    "ENTERPRISE",
                    "name",
                    "zhao",
                    "password",
                    PASSWORD,
                    "permissions",
                    List.of("QUERY"))));
    Answer in =
        server.anonymous().post("/api/v1/session", Map.of("name", "zhao", "password", PASSWORD));
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.json().path("party").asString()).isEqualTo(FIRM);

    Answer key =
        operator.post(
            ACCOUNTS + "/" + id + "/keys",
            Map.of("label", "12号摊位电子秤", "permissions", List.of("QUERY")));
    assertThat(key.status()).isEqualTo(201);
    assertThat(key.json().path("key").asString())
        .startsWith("yl_" + key.json().path("prefix").asString() + "_");
    assertThat(withKey(key).status()).isEqualTo(200);
    String stored =
        server
            .jdbc()
            .sql(
                "select string_agg(k::text, ' ') || string_agg(a::text, ' ') from api_key k,"
                    + " account a")
            .query(String.class)
            .single();
    assertThat(stored)
        .doesNotContain(PASSWORD)
        .doesNotContain(key.json().path("key").asString().substring(20));

    String keyPath = ACCOUNTS + "/keys/" + key.json().path("id").asString();
    assertThat(operator.delete(keyPath).status()).isEqualTo(204);
    assertThat(withKey(key).status()).isEqualTo(401);
    Answer second = operator.post(ACCOUNTS + "/" + id + "/keys", Map.of("label", "又一个"));
    assertThat(withKey(second).status()).isEqualTo(200);
    assertThat(operator.delete(ACCOUNTS + "/" + id).status()).isEqualTo(204);
    assertThat(withKey(second).status()).isEqualTo(401);
    assertThat(
            server
                .anonymous()
                .post("/api/v1/session", Map.of("name", "zhao", "password", PASSWORD))
                .status())
        .isEqualTo(401);
  }

  @Test
  void refusesWhatIsNoAccountWithAPointer() {
    made(operator.post(ACCOUNTS, account(FIRM, "ENTERPRISE", "name", "taken")));
    assertThat(operator.post(ACCOUNTS, account(FIRM, "ENTERPRISE", "name", "TAKEN")).status())
        .isEqualTo(409);
    record Bad(Map<String, Object> account, String pointer, String code) {}
    Map<String, Object> nameless = account(FIRM, "ENTERPRISE");
    nameless.remove("name");
    Map<String, Object> kindless = account(FIRM, "ENTERPRISE");
    kindless.remove("kind");
    for (Bad bad :
        List.of(
            new Bad(nameless, "/name", "value-missing"),
            new Bad(kindless, "/kind", "value-missing"),
            new Bad(account(FIRM, "ENTERPRISE", "name", "x"), "/name", "account-name"),
            new Bad(account(" ", "ENTERPRISE"), "/party", "account-party"),
            new Bad(
                account(FIRM, "ENTERPRISE", "password", "short"), "/password", "password-length"),
            new Bad(
                account(OFFICE, "REGULATOR", "divisionPrefix", "61%"),
                "/divisionPrefix",
                "division-prefix"))) {
      Answer refused = operator.post(ACCOUNTS, bad.account(), "Accept-Language", "en");
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.header("content-language")).isEqualTo("en");
      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo(bad.pointer());
      assertThat(refused.json().at("/errors/0/type").asString()).endsWith("/" + bad.code());
    }
    assertThat(operator.post(ACCOUNTS, account(FIRM, "KING")).status()).isEqualTo(400);
    String none = ACCOUNTS + "/" + UUID.randomUUID();
    assertThat(operator.delete(none).status()).isEqualTo(404);
    assertThat(operator.post(none + "/keys", Map.of("label", "x")).status()).isEqualTo(404);
    assertThat(operator.delete(ACCOUNTS + "/keys/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void isNotThereForWhoDoesNotAdminister() {
    String id = made(operator.post(ACCOUNTS, account(FIRM, "ENTERPRISE")));
    Client plain =
        server.client("plain", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY, Permission.REGISTER);
    assertThat(plain.post(ACCOUNTS, account(FIRM, "ENTERPRISE")).status()).isEqualTo(404);
    assertThat(plain.post(ACCOUNTS + "/" + id + "/keys", Map.of("label", "x")).status())
        .isEqualTo(404);
    assertThat(plain.delete(ACCOUNTS + "/" + id).status()).isEqualTo(404);
    assertThat(server.anonymous().post(ACCOUNTS, account(FIRM, "ENTERPRISE")).status())
        .isIn(401, 403);
  }

  @Test
  void aFirmsAdministratorMakesNothingAboveHimself() {
    Client firm = administrator(FIRM);
    String own =
        made(firm.post(ACCOUNTS, account(FIRM, "ENTERPRISE", "permissions", List.of("QUERY"))));
    for (Map<String, Object> above :
        List.of(
            account(FIRM, "OPERATOR"),
            account(FIRM, "REGULATOR"),
            account(OTHER, "ENTERPRISE"),
            account(FIRM, "ENTERPRISE", "permissions", List.of("CAPTURE")),
            account(FIRM, "ENTERPRISE", "standing", "AUTHORITY"))) {
      assertThat(firm.post(ACCOUNTS, above).status()).as(above.toString()).isEqualTo(403);
    }
    assertThat(
            firm.post(ACCOUNTS + "/" + own + "/keys", Map.of("label", "x", "standing", "AUTHORITY"))
                .status())
        .isEqualTo(403);
    Answer key =
        firm.post(ACCOUNTS + "/" + own + "/keys", Map.of("label", "秤", "standing", "DEVICE"));
    assertThat(key.status()).isEqualTo(201);

    // Another firm's accounts and keys are not there for it, nor the operator's.
    Client other = administrator(OTHER);
    String absent = other.delete(ACCOUNTS + "/" + UUID.randomUUID()).body();
    assertThat(other.delete(ACCOUNTS + "/" + own).body()).isEqualTo(absent);
    assertThat(other.post(ACCOUNTS + "/" + own + "/keys", Map.of("label", "x")).status())
        .isEqualTo(404);
    assertThat(other.delete(ACCOUNTS + "/keys/" + key.json().path("id").asString()).status())
        .isEqualTo(404);
    assertThat(withKey(key).status()).isEqualTo(200);
    String operators = made(operator.post(ACCOUNTS, account(FIRM, "OPERATOR")));
    assertThat(firm.post(ACCOUNTS + "/" + operators + "/keys", Map.of("label", "x")).status())
        .isEqualTo(404);
    assertThat(firm.delete(ACCOUNTS + "/keys/" + key.json().path("id").asString()).status())
        .isEqualTo(204);
    assertThat(withKey(key).status()).isEqualTo(401);
  }

  @Test
  void anOfficesAdministratorStaysInItsDivision() {
    Client office =
        server.client(
            "office-" + UUID.randomUUID(),
            OFFICE,
            "6101",
            Standing.AUTHORITY,
            Permission.QUERY,
            Permission.ADMINISTER);
    made(
        office.post(
            ACCOUNTS,
            account(OFFICE, "REGULATOR", "divisionPrefix", "610102", "standing", "AUTHORITY")));
    for (String prefix : List.of("", "61", "6102")) {
      assertThat(
              office
                  .post(ACCOUNTS, account(OFFICE, "REGULATOR", "divisionPrefix", prefix))
                  .status())
          .as(prefix)
          .isEqualTo(403);
    }
  }

  /** Else whoever runs the platform reads the audit, or patients, through another's key. */
  @Test
  void nobodyOpensAnAdministrationOrPersonalDataThroughAKeyOfAnothers() {
    Map<Permission, UUID> holders = new HashMap<>();
    for (Permission permission :
        List.of(Permission.AUDIT, Permission.SECURE, Permission.ADMINISTER, Permission.PERSONAL)) {
      UUID holder =
          server.account(
              "holder-" + UUID.randomUUID(),
              null,
              TestServer.OPERATOR_PARTY,
              ViewerKind.OPERATOR,
              permission);
      holders.put(permission, holder);
      Answer made =
          operator.post(
              ACCOUNTS + "/" + holder + "/keys",
              Map.of("label", "x", "permissions", List.of(permission.name())));
      assertThat(made.status()).as(permission + made.body()).isEqualTo(403);
      Answer certificate =
          operator.post(
              ACCOUNTS + "/" + holder + "/certificates",
              Map.of("label", "x", "certificate", "x", "permissions", List.of(permission.name())));
      assertThat(certificate.status()).as(permission + certificate.body()).isEqualTo(403);
      UUID old = server.key(holder).id();
      Answer successor = operator.post(ACCOUNTS + "/keys/" + old + "/rotation", Map.of());
      assertThat(successor.status()).as(permission + successor.body()).isEqualTo(403);
      Answer exchanged =
          operator.post(
              ACCOUNTS + "/certificates/" + old + "/rotation", Map.of("certificate", "x"));
      assertThat(exchanged.status()).as(permission + exchanged.body()).isEqualTo(403);
    }
    // Not in store either, for the day on which the account may more.
    UUID plain = server.account("p-" + UUID.randomUUID(), null, FIRM, ViewerKind.ENTERPRISE);
    assertThat(
            operator
                .post(
                    ACCOUNTS + "/" + plain + "/keys",
                    Map.of("label", "x", "permissions", List.of("PERSONAL")))
                .status())
        .isEqualTo(403);
    // Nor by an account of his own making.
    for (String kind : List.of("OPERATOR", "ENTERPRISE")) {
      assertThat(
              operator
                  .post(
                      ACCOUNTS,
                      account(TestServer.OPERATOR_PARTY, kind, "permissions", List.of("PERSONAL")))
                  .status())
          .as(kind)
          .isEqualTo(403);
    }
    // The security administrator gives it; who has it gives it on within his firm.
    Client security =
        server.client(
            "s-" + UUID.randomUUID(),
            TestServer.OPERATOR_PARTY,
            ViewerKind.OPERATOR,
            Permission.SECURE);
    assertThat(
            security
                .send(
                    "PUT",
                    ACCOUNTS + "/" + plain + "/permissions",
                    Map.of("permissions", List.of("QUERY", "PERSONAL"), "reason", "窗口"))
                .status())
        .isEqualTo(204);
    Client chief =
        server.client(
            "c-" + UUID.randomUUID(),
            FIRM,
            ViewerKind.ENTERPRISE,
            Permission.ADMINISTER,
            Permission.QUERY,
            Permission.PERSONAL);
    assertThat(
            chief
                .post(
                    ACCOUNTS + "/" + plain + "/keys",
                    Map.of("label", "x", "permissions", List.of("QUERY", "PERSONAL")))
                .status())
        .isEqualTo(201);
    assertThat(
            administrator(FIRM)
                .post(
                    ACCOUNTS + "/" + plain + "/keys",
                    Map.of("label", "x", "permissions", List.of("QUERY", "PERSONAL")))
                .status())
        .isEqualTo(403);
    // One's own key is nobody else's.
    UUID own = holders.get(Permission.ADMINISTER);
    Client himself = operator.with(server.key(own).token());
    assertThat(
            himself
                .post(
                    ACCOUNTS + "/" + own + "/keys",
                    Map.of("label", "x", "permissions", List.of("ADMINISTER")))
                .status())
        .isEqualTo(201);
  }
}
