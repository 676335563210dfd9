package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import tools.jackson.databind.JsonNode;

/** Organisations, roles for a time, delegation during leave: begun, used, ended by the clock. */
class OrganisationHttpTest {
  private static final String BASE = "/api/v1/organisations";
  private static final String ROLES = BASE + "/roles";
  private static final String SESSION = "/api/v1/session";
  private static final String CAPACITY = SESSION + "/capacity";
  private static final String PASSWORD = "correct horse 电池";
  private static final String FIRM = "urn:yuanliu:node:610102001";
  private static final String OTHER = "urn:yuanliu:node:610102002";
  private static final String COUNTY = "urn:yuanliu:uscc:91610100MA6TBBBB12";
  private static final Duration DAY = Duration.ofDays(1);

  private static TestServer server;
  private static Client operator;
  private static Client security;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "yuanliu.access.sign-ins-per-minute=100000",
            "yuanliu.access.session-max=4000d",
            "yuanliu.sign-in.password-max-age=0d");
    operator = server.operator();
    security =
        server.client(
            "security", TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.SECURE);
    party(FIRM, "MARKET", "610102");
    party(OTHER, "MARKET", "610102");
    party(COUNTY, "AUTHORITY", "610102");
    put(Map.of("party", FIRM, "kind", "MARKET"), 200);
    put(
        Map.of(
            "party",
            COUNTY,
            "kind",
            "DEPARTMENT",
            "level",
            "COUNTY",
            "division",
            "610102",
            "functions",
            List.of("SUPERVISION", "STATISTICS")),
        200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void party(String code, String kind, String division) {
    Answer made =
        operator.post(
            "/api/v1/parties",
            Map.of(
                "codes",
                List.of(code.substring(code.lastIndexOf(':') + 1)),
                "kind",
                kind,
                "division",
                division,
                "names",
                List.of(Map.of("name", "机构" + code, "period", Map.of("from", "2020-01-01")))));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  private static Answer put(Map<String, Object> organisation, int status) {
    Answer answer = operator.send("PUT", BASE, organisation);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  /** A browser that is signed in, with its token. */
  private record Browser(Client client, String header, String token) {
    Answer send(String method, String path, Object body) {
      return client.send(method, path, body, header, token);
    }

    Answer actAs(String capacity) {
      Map<String, Object> chosen = new HashMap<>();
      chosen.put("capacity", capacity);
      return send("PUT", CAPACITY, chosen);
    }

    JsonNode session() {
      return client.get(SESSION).json();
    }
  }

  private static Browser signIn(String name) {
    Client client = server.anonymous();
    Answer in = client.post(SESSION, Map.of("name", name, "password", PASSWORD));
    assertThat(in.status()).as(in.body()).isEqualTo(200);
    JsonNode csrf = in.json().path("csrf");
    return new Browser(client, csrf.path("header").asString(), csrf.path("token").asString());
  }

  private static Browser person(String name, String party, Permission... permissions) {
    server.account(name, PASSWORD, party, ViewerKind.ENTERPRISE, permissions);
    return signIn(name);
  }

  private static Map<String, Object> role(
      String party, String name, Instant from, Instant until, String... permissions) {
    Map<String, Object> role = new HashMap<>();
    role.put("party", party);
    role.put("account", name);
    role.put("title", "值班");
    role.put("permissions", List.of(permissions));
    role.put("from", from);
    role.put("until", until);
    return role;
  }

  private static String granted(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asString();
  }

  private static Map<String, Object> lent(
      String name, Instant from, Instant until, String... permissions) {
    return Map.of(
        "account",
        name,
        "permissions",
        List.of(permissions),
        "from",
        from,
        "until",
        until,
        "reason",
        "年休假");
  }

  private static Instant now() {
    return server.clock().instant();
  }

  private static String reason(Answer answer) {
    String type = answer.json().path("errors").path(0).path("type").asString("");
    return type.substring(type.lastIndexOf('/') + 1);
  }

  @Test
  void aRoleBeginsAndEndsByItselfAndTheSessionNotices() {
    Browser clerk = person("clerk", FIRM, Permission.QUERY, Permission.REGISTER);
    String key = server.key(server.bean(Accounts.class).find("clerk").orElseThrow()).token();
    Client machine = server.anonymous().with(key);
    // Without any role the account's own rights hold.
    assertThat(clerk.client().get("/api/v1/parties?code=" + FIRM).status()).isEqualTo(200);
    Instant from = now().plus(DAY);
    Instant until = from.plus(DAY);
    granted(security.post(ROLES, role(FIRM, "clerk", from, until, "QUERY")));
    // With a role to come: not yet.
    assertThat(clerk.client().get("/api/v1/parties").status()).isEqualTo(403);
    assertThat(machine.get("/api/v1/parties").status()).isEqualTo(403);

    server.clock().advance(DAY);
    assertThat(clerk.client().get("/api/v1/parties").status()).isEqualTo(200);
    assertThat(machine.get("/api/v1/parties").status()).isEqualTo(200);
    // No more than the role, though the account may register.
    assertThat(clerk.session().path("permissions").toString()).isEqualTo("[\"QUERY\"]");
    assertThat(clerk.session().path("viewer").asString()).isEqualTo("enterprise");

    server.clock().advance(DAY.minusMillis(1));
    assertThat(clerk.client().get("/api/v1/parties").status()).isEqualTo(200);
    server.clock().advance(Duration.ofMillis(1));
    assertThat(clerk.client().get("/api/v1/parties").status()).isEqualTo(403);
    assertThat(machine.get("/api/v1/parties").status()).isEqualTo(403);
    assertThat(clerk.session().path("viewer").asString()).isEqualTo("consumer");
    assertThat(clerk.session().path("permissions").size()).isZero();
  }

  @Test
  void aDepartmentsPeopleSeeItsDivisionByItsFunctions() {
    Browser inspector = person("inspector", OTHER, Permission.QUERY);
    String id =
        granted(security.post(ROLES, role(COUNTY, "inspector", null, now().plus(DAY), "QUERY")));
    // In the market of another: what is not one's own is not there.
    assertThat(inspector.session().path("party").asString()).isEqualTo(OTHER);
    assertThat(inspector.actAs(UUID.randomUUID().toString()).status()).isEqualTo(404);
    assertThat(inspector.actAs(id).status()).isEqualTo(204);
    JsonNode session = inspector.session();
    assertThat(session.path("party").asString()).isEqualTo(COUNTY);
    assertThat(session.path("viewer").asString()).isEqualTo("regulator");
    assertThat(session.path("divisionPrefix").asString()).isEqualTo("610102");
    for (JsonNode seen :
        inspector.client().get("/api/v1/parties?limit=500").json().path("parties")) {
      assertThat(seen.path("division").asString()).startsWith("610102");
    }
    // Functions bound what a role may hold, and what it held before they changed.
    assertThat(reason(security.post(ROLES, role(COUNTY, "inspector", null, null, "REGISTER"))))
        .isEqualTo("beyond-the-functions");
    put(
        Map.of(
            "party",
            COUNTY,
            "kind",
            "DEPARTMENT",
            "level",
            "COUNTY",
            "division",
            "610102",
            "functions",
            List.of("STATISTICS")),
        200);
    assertThat(inspector.client().get("/api/v1/parties").status()).isEqualTo(403);
    put(
        Map.of(
            "party",
            COUNTY,
            "kind",
            "DEPARTMENT",
            "level",
            "COUNTY",
            "division",
            "610102",
            "functions",
            List.of("SUPERVISION")),
        200);
    assertThat(inspector.client().get("/api/v1/parties").status()).isEqualTo(200);

    server.clock().advance(DAY);
    // Ended: nothing more in it, and no silent change into somebody else.
    assertThat(inspector.client().get("/api/v1/parties").status()).isEqualTo(403);
    assertThat(inspector.session().path("viewer").asString()).isEqualTo("consumer");
    JsonNode choices = inspector.client().get(CAPACITY).json();
    assertThat(choices.path("ended").asBoolean()).isTrue();
    assertThat(choices.path("capacities").size()).isZero();
    assertThat(inspector.actAs(null).status()).isEqualTo(204);
    assertThat(inspector.session().path("party").asString()).isEqualTo(OTHER);
    assertThat(inspector.client().get("/api/v1/parties").status()).isEqualTo(200);
  }

  @Test
  void aRoleIsLentForALeaveAndNeverMoreThanIt() {
    Browser holder = person("holder", OTHER, Permission.QUERY);
    Browser standIn = person("stand-in", OTHER, Permission.QUERY);
    Browser third = person("third", OTHER, Permission.QUERY);
    Instant end = now().plus(DAY.multipliedBy(10));
    String role =
        granted(security.post(ROLES, role(FIRM, "holder", null, end, "QUERY", "CAPTURE")));
    String path = ROLES + "/" + role + "/delegations";
    Instant from = now().plus(DAY);
    Instant until = from.plus(DAY);
    assertThat(third.send("POST", path, lent("third", from, until, "QUERY")).status())
        .isEqualTo(404);
    assertThat(holder.send("POST", path, lent("stand-in", from, until, "REGISTER")).problem())
        .isEqualTo("more-than-own");
    assertThat(
            reason(holder.send("POST", path, lent("stand-in", from, end.plusMillis(1), "QUERY"))))
        .isEqualTo("beyond-the-role");
    assertThat(reason(holder.send("POST", path, lent("stand-in", until, from, "QUERY"))))
        .isEqualTo("period-ends-early");
    assertThat(reason(holder.send("POST", path, lent("holder", from, until, "QUERY"))))
        .isEqualTo("delegate-is-holder");
    assertThat(reason(holder.send("POST", path, lent("nobody-at-all", from, until, "QUERY"))))
        .isEqualTo("account-unknown");
    String loan = granted(holder.send("POST", path, lent("stand-in", from, until, "QUERY")));

    assertThat(standIn.actAs(loan).status()).isEqualTo(404);
    server.clock().advance(DAY);
    JsonNode offered = standIn.client().get(CAPACITY).json().path("capacities").path(0);
    assertThat(offered.path("borrowed").asBoolean()).isTrue();
    assertThat(offered.path("party").asString()).isEqualTo(FIRM);
    assertThat(standIn.actAs(loan).status()).isEqualTo(204);
    assertThat(standIn.session().path("party").asString()).isEqualTo(FIRM);
    assertThat(standIn.session().path("permissions").toString()).isEqualTo("[\"QUERY\"]");
    // What is borrowed is not lent on.
    assertThat(standIn.send("POST", path, lent("third", now(), until, "QUERY")).status())
        .isEqualTo(404);
    server.clock().advance(DAY.minusMillis(1));
    assertThat(standIn.client().get("/api/v1/parties").status()).isEqualTo(200);
    server.clock().advance(Duration.ofMillis(1));
    assertThat(standIn.client().get("/api/v1/parties").status()).isEqualTo(403);
    assertThat(standIn.actAs(null).status()).isEqualTo(204);

    // Taken back early; and gone with the role, and with its holder.
    String second =
        granted(holder.send("POST", path, lent("stand-in", now(), end, "QUERY", "CAPTURE")));
    assertThat(standIn.actAs(second).status()).isEqualTo(204);
    assertThat(standIn.client().get("/api/v1/parties").status()).isEqualTo(200);
    assertThat(third.send("DELETE", BASE + "/delegations/" + second, null).status()).isEqualTo(404);
    assertThat(holder.send("DELETE", BASE + "/delegations/" + second, null).status())
        .isEqualTo(204);
    assertThat(standIn.client().get("/api/v1/parties").status()).isEqualTo(403);
    String third2 = granted(holder.send("POST", path, lent("stand-in", now(), end, "QUERY")));
    assertThat(standIn.actAs(third2).status()).isEqualTo(204);
    server.bean(Accounts.class).disable(server.bean(Accounts.class).find("holder").orElseThrow());
    assertThat(standIn.client().get("/api/v1/parties").status()).isEqualTo(403);
    assertThat(security.delete(ROLES + "/" + role).status()).isEqualTo(204);
    assertThat(standIn.client().get(CAPACITY).json().path("capacities").size()).isZero();
  }

  @Test
  void whoAdministersAnOrganisationGivesNoMoreThanHeHas() {
    Browser chief =
        person("chief", FIRM, Permission.QUERY, Permission.REGISTER, Permission.ADMINISTER);
    person("worker", FIRM, Permission.QUERY, Permission.CAPTURE);
    Browser stranger = person("chief-elsewhere", OTHER, Permission.QUERY, Permission.ADMINISTER);
    Instant end = now().plus(DAY);
    assertThat(chief.send("POST", ROLES, role(FIRM, "worker", null, end, "CAPTURE")).problem())
        .isEqualTo("more-than-own");
    assertThat(chief.send("POST", ROLES, role(FIRM, "chief", null, end, "QUERY")).status())
        .isEqualTo(403);
    assertThat(stranger.send("POST", ROLES, role(FIRM, "worker", null, end, "QUERY")).status())
        .isEqualTo(404);
    assertThat(stranger.client().get(ROLES + "?party=" + FIRM).status()).isEqualTo(404);
    assertThat(operator.post(ROLES, role(FIRM, "worker", null, end, "QUERY")).status())
        .isEqualTo(403);
    for (String duty : List.of("SECURE", "AUDIT")) {
      assertThat(reason(security.post(ROLES, role(FIRM, "worker", null, end, duty))))
          .isEqualTo("permissions-of-roles");
    }
    String id = granted(chief.send("POST", ROLES, role(FIRM, "worker", null, end, "QUERY")));
    JsonNode listed = chief.client().get(ROLES + "?party=" + FIRM).json().path("roles");
    assertThat(listed.findValuesAsString("id")).contains(id);
    assertThat(chief.client().get(BASE).json().path("organisations").findValuesAsString("party"))
        .containsExactly(FIRM);

    // Nobody holds two administrations, not even one here and one there.
    server.account(
        "watcher", null, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.AUDIT);
    assertThat(reason(security.post(ROLES, role(FIRM, "watcher", null, end, "ADMINISTER"))))
        .isEqualTo("duties-not-separate");
    assertThat(chief.send("DELETE", ROLES + "/" + id, null).status()).isEqualTo(204);
  }

  @Test
  void organisationsAreEnteredAsTheyAre() {
    record Bad(Map<String, Object> given, String code) {}
    for (Bad bad :
        List.of(
            new Bad(
                Map.of("party", "urn:yuanliu:node:610102009", "kind", "MARKET"), "party-unknown"),
            new Bad(Map.of("party", OTHER, "kind", "DEPARTMENT"), "level-of-departments"),
            new Bad(
                Map.of("party", OTHER, "kind", "MARKET", "level", "CITY"), "level-of-departments"),
            new Bad(
                Map.of("party", OTHER, "kind", "MARKET", "division", "61"),
                "functions-of-departments"),
            new Bad(
                Map.of(
                    "party",
                    COUNTY,
                    "kind",
                    "DEPARTMENT",
                    "level",
                    "TOWNSHIP",
                    "division",
                    "610102",
                    "functions",
                    List.of("SUPERVISION")),
                "division-of-level"))) {
      assertThat(reason(put(bad.given(), 400))).as(bad.given().toString()).isEqualTo(bad.code());
    }
    Client firm = server.client("firm-machine", OTHER, ViewerKind.ENTERPRISE, Permission.QUERY);
    assertThat(firm.send("PUT", BASE, Map.of("party", OTHER, "kind", "MARKET")).status())
        .isEqualTo(404);
    for (String kind :
        List.of(
            "ENTERPRISE",
            "MARKET",
            "PARTNER_PLATFORM",
            "ASSOCIATION",
            "TESTING_BODY",
            "CERTIFICATION_BODY")) {
      put(Map.of("party", OTHER, "kind", kind), 200);
    }
  }
}
