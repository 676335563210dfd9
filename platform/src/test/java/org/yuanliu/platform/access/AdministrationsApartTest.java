package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Accounts.IssuedKey;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;

/**
 * The three administrations apart (三员分立): every administration, every act upon an account, on an
 * account of every administration and on one of none.
 */
class AdministrationsApartTest {
  private static final String PASSWORD = "Traceable-2026";
  private static final String ACCOUNTS = "/api/v1/accounts/";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Whose account; null for one that holds no administration. */
  private static final Permission[] TARGETS = {
    Permission.ADMINISTER, Permission.SECURE, Permission.AUDIT, null
  };

  private static final Permission[] DUTIES = {
    Permission.ADMINISTER, Permission.SECURE, Permission.AUDIT
  };

  private enum Act {
    DISABLE(Permission.ADMINISTER),
    REVOKE_KEY(Permission.ADMINISTER),
    MAKE_KEY(Permission.ADMINISTER),
    ROTATE_KEY(Permission.ADMINISTER),
    UNLOCK(Permission.SECURE),
    RESET_FACTOR(Permission.SECURE),
    END_SESSIONS(Permission.SECURE),
    TAKE_RIGHTS(Permission.SECURE),
    LINK_SUBJECT(Permission.SECURE);

    private final Permission inCharge;

    Act(Permission inCharge) {
      this.inCharge = inCharge;
    }
  }

  private record Target(UUID account, IssuedKey key) {}

  private Target target(@Nullable Permission duty) {
    UUID account =
        server.account(
            "t" + UUID.randomUUID().toString().substring(0, 12),
            null,
            TestServer.OPERATOR_PARTY,
            ViewerKind.OPERATOR,
            duty == null ? Permission.QUERY : duty);
    return new Target(account, server.key(account));
  }

  private static Answer act(Client actor, Act act, Target target) {
    String path = ACCOUNTS + target.account();
    return switch (act) {
      case DISABLE -> actor.delete(path);
      case REVOKE_KEY -> actor.delete(ACCOUNTS + "keys/" + target.key().id());
      case MAKE_KEY -> actor.post(path + "/keys", Map.of("label", "for another"));
      case ROTATE_KEY -> actor.post(ACCOUNTS + "keys/" + target.key().id() + "/rotation", Map.of());
      case UNLOCK -> actor.post(path + "/unlock", "");
      case RESET_FACTOR -> actor.delete(path + "/second-factor");
      case END_SESSIONS -> actor.delete(path + "/sessions");
      case TAKE_RIGHTS ->
          actor.send(
              "PUT", path + "/permissions", Map.of("permissions", List.of(), "reason", "gone"));
      // No provider of that name: whoever may link is told so.
      case LINK_SUBJECT ->
          actor.post(path + "/identities", Map.of("provider", "none", "subject", "x"));
    };
  }

  /** What is right, written without a look at the code. */
  private static int expected(Permission actor, Act act, @Nullable Permission target) {
    int done =
        switch (act) {
          case MAKE_KEY, ROTATE_KEY -> 201;
          case LINK_SUBJECT -> 400;
          case DISABLE, REVOKE_KEY, UNLOCK, RESET_FACTOR, END_SESSIONS, TAKE_RIGHTS -> 204;
        };
    boolean keys = act == Act.MAKE_KEY || act == Act.ROTATE_KEY;
    // The test's keys may all: one that opens an administration is nobody's to make for another.
    int rotated = act == Act.ROTATE_KEY ? 403 : done;
    if (target == null) {
      boolean links = act == Act.LINK_SUBJECT && actor == Permission.ADMINISTER;
      return actor == act.inCharge || links ? rotated : 404;
    }
    // Keys are made by the system administration, rights given by the security administration.
    if ((keys || act == Act.TAKE_RIGHTS) && actor != act.inCharge) {
      return 404;
    }
    if (actor == target) {
      return rotated;
    }
    return actor == Permission.AUDIT ? 404 : 403;
  }

  @Test
  void noneActsUponAnAccountOfAnother() {
    Map<Permission, Client> actors = new EnumMap<>(Permission.class);
    for (Permission duty : DUTIES) {
      actors.put(
          duty, server.client("a-" + duty, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, duty));
    }
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Permission actor : DUTIES) {
      for (Permission held : TARGETS) {
        for (Act act : Act.values()) {
          Target target = target(held);
          Answer answer = act(actors.get(actor), act, target);
          int right = expected(actor, act, held);
          String what = actor + " " + act + " on " + held + ": ";
          if (answer.status() != right) {
            wrong.add(what + answer.status() + ", not " + right + " " + answer.body());
          }
          boolean apart = right == 403 && held != null && actor != held;
          if (apart && !answer.problem().equals("administrations-apart")) {
            wrong.add(what + answer.problem());
          }
          if (right >= 400 && !isUntouched(target, held)) {
            wrong.add(what + "refused, and done");
          }
          cases++;
        }
      }
    }
    System.out.println("administrations apart: " + cases + " cases");
    assertThat(wrong).isEmpty();
    assertThat(cases).isEqualTo(3 * 4 * 9);
  }

  private static boolean isUntouched(Target target, @Nullable Permission held) {
    return server
        .jdbc()
        .sql(
            """
            select a.disabled_at is null and :held = any(a.permissions)
              and (select count(*) from api_key k where k.account = a.id) = 1
              and (select bool_and(k.revoked_at is null) from api_key k where k.account = a.id)
              and not exists (select from provider_link l where l.account = a.id)
            from account a where a.id = :id
            """)
        .param("held", held == null ? "QUERY" : held.name())
        .param("id", target.account())
        .query(Boolean.class)
        .single();
  }

  /** Who prepared a way into somebody's account gives it an administration, and stands outside. */
  @Test
  void waysInThatOthersOpenedEndWhenAnAccountGetsAnAdministration() {
    Client security =
        server.client("s-ways", TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.SECURE);
    Target target = target(null);
    server.bean(ProviderLinks.class).make("https://id.example", "s-1", target.account(), null);
    String path = ACCOUNTS + target.account() + "/permissions";
    Map<String, Object> rights = Map.of("permissions", List.of("QUERY"), "reason", "as it was");
    assertThat(security.send("PUT", path, rights).status()).isEqualTo(204);
    assertThat(server.bean(ProviderLinks.class).of(target.account())).hasSize(1);
    rights = Map.of("permissions", List.of("AUDIT"), "reason", "new auditor");
    assertThat(security.send("PUT", path, rights).status()).isEqualTo(204);
    assertThat(server.bean(ProviderLinks.class).of(target.account())).isEmpty();
    rights = Map.of("permissions", List.of("AUDIT", "QUERY"), "reason", "sees records too");
    assertThat(security.send("PUT", path, rights).status()).isEqualTo(204);
    rights = Map.of("permissions", List.of("ADMINISTER"), "reason", "another one");
    assertThat(security.send("PUT", path, rights).problem()).isEqualTo("administrations-apart");
  }

  /** An auditor sees auditors' accounts, and nobody else's. */
  @Test
  void auditorsSeeTheirColleaguesAlone() {
    Client auditor = server.auditor();
    Target colleague = target(Permission.AUDIT);
    Target other = target(Permission.ADMINISTER);
    String listed = auditor.get("/api/v1/accounts?limit=500").body();
    assertThat(listed).contains(colleague.account().toString());
    assertThat(listed).doesNotContain(other.account().toString());
    assertThat(auditor.get(ACCOUNTS + other.account()).status()).isEqualTo(404);
    assertThat(auditor.get(ACCOUNTS + other.account() + "/keys").status()).isEqualTo(404);
    assertThat(auditor.get(ACCOUNTS + colleague.account()).status()).isEqualTo(200);
  }

  /** The last way in, from the machine: it is in the audit, and changes nobody's rights. */
  @Test
  void theConsoleLetsTheLastOneInAgain() throws InterruptedException {
    UUID account =
        server.account(
            "last-auditor",
            PASSWORD,
            TestServer.OPERATOR_PARTY,
            ViewerKind.OPERATOR,
            Permission.AUDIT);
    ConsoleAccounts console = server.bean(ConsoleAccounts.class);
    console.disable("last-auditor");
    assertThat(signIn(PASSWORD)).isEqualTo(401);
    for (int i = 0; i < 5; i++) {
      signIn("Wrong-Password-2026");
    }
    assertThatThrownBy(() -> console.recover("nobody", "Found-Again-2026"))
        .hasMessageContaining("There is no account of this name");
    console.recover("LAST-auditor", "Found-Again-2026");
    assertThat(signIn("Found-Again-2026")).isEqualTo(200);
    assertThat(server.bean(AccountService.class).account(account).orElseThrow().permissions())
        .containsExactly(Permission.AUDIT);
    Client auditor = server.auditor();
    String seen = "";
    for (int i = 0; i < 200 && !seen.contains("act=recover"); i++) {
      Thread.sleep(25);
      seen = auditor.get("/api/v1/audit?limit=500").body();
    }
    assertThat(seen).contains("account=" + account, "act=disable", "act=recover", "CONSOLE");
    assertThat(seen).doesNotContain("Found-Again");
  }

  private static int signIn(String password) {
    return server
        .anonymous()
        .post("/api/v1/session", Map.of("name", "last-auditor", "password", password))
        .status();
  }
}
