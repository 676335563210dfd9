package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;

/** Signing in with a provider on a socket of its own: the good way, and each bad one. */
class OidcHttpTest {
  private static final String BASE = "/api/v1/session/oidc";
  private static final String SESSION = "/api/v1/session";
  private static final String PASSWORD = "correct horse 电池";
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final Consumer<JWTClaimsSet.Builder> NOTHING = claims -> {};
  private static final String REFUSED = "/desk/sign-in?refused=refused";
  private static final String UNKNOWN = "/desk/sign-in?refused=unknown";

  private static OidcIssuer issuer;
  private static TestServer server;
  private static Client security;

  @BeforeAll
  static void start() throws Exception {
    issuer = new OidcIssuer();
    String city = "yuanliu.oidc.providers.city.";
    String gone = "yuanliu.oidc.providers.gone.";
    server =
        TestServer.start(
            "yuanliu.access.sign-ins-per-minute=100000",
            city + "name=市统一身份认证",
            city + "issuer=" + issuer.issuer(),
            city + "client-id=" + OidcIssuer.CLIENT,
            city + "client-secret=" + OidcIssuer.SECRET,
            city + "link-by-email=true",
            city + "second-factor-methods=otp,hwk",
            gone + "name=不在的",
            gone + "issuer=http://127.0.0.1:9",
            gone + "client-id=x");
    issuer.clock(server.clock());
    security =
        server.client(
            "security", TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.SECURE);
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  private static UUID linked(String name, String subject) {
    UUID account = server.account(name, null, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    Answer made =
        security.post(
            "/api/v1/accounts/" + account + "/identities",
            Map.of("provider", "city", "subject", subject));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return account;
  }

  private static String location(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(302);
    return answer.header("Location");
  }

  /** The provider's answer to what the server sent the browser with: back, with a code. */
  private static String callback(Client browser, String then) throws Exception {
    String there = location(browser.get(BASE + "/city?then=" + then));
    assertThat(there).startsWith(issuer.issuer() + "/authorize?").contains("code_challenge=");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> sent =
          http.send(
              HttpRequest.newBuilder(URI.create(there)).build(),
              HttpResponse.BodyHandlers.ofString());
      URI back = URI.create(sent.headers().firstValue("Location").orElseThrow());
      return back.getRawPath() + "?" + back.getRawQuery();
    }
  }

  private static String signIn(Client browser) throws Exception {
    return location(browser.get(callback(browser, "/trace")));
  }

  @Test
  void whoIsLinkedComesInAndOutAgain() throws Exception {
    UUID account = linked("linked", "s-1");
    assertThat(server.anonymous().get(BASE).json().path("providers").findValuesAsString("id"))
        .containsExactly("city", "gone");
    issuer.next("s-1", NOTHING);
    Client browser = server.anonymous();
    assertThat(signIn(browser)).isEqualTo("/desk/trace");
    Answer who = browser.get(SESSION);
    assertThat(who.json().path("name").asString()).isEqualTo("linked");
    assertThat(who.json().path("party").asString()).isEqualTo(FIRM);
    assertThat(who.json().path("permissions").size()).isEqualTo(1);
    assertThat(browser.get("/api/v1/parties").status()).isEqualTo(200);
    assertThat(
            security
                .get("/api/v1/accounts/" + account + "/identities")
                .json()
                .path("identities")
                .path(0)
                .path("lastUsedAt")
                .asString())
        .isEqualTo(server.clock().instant().toString());

    var csrf = who.json().path("csrf");
    Answer out =
        browser.delete(SESSION, csrf.path("header").asString(), csrf.path("token").asString());
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.json().path("next").asString())
        .startsWith(issuer.issuer() + "/logout?id_token_hint=ey")
        .contains("post_logout_redirect_uri=http");
    assertThat(browser.get(SESSION).status()).isEqualTo(401);
  }

  @Test
  void spoiltTokensOpenNothing() throws Exception {
    linked("spoilt", "s-2");
    Duration skew = Duration.ofSeconds(60);
    record Bad(String what, Consumer<JWTClaimsSet.Builder> spoil) {}
    var now = server.clock().instant();
    for (Bad bad :
        List.of(
            new Bad("another issuer", c -> c.issuer("https://elsewhere.example/realm")),
            new Bad("another audience", c -> c.audience("someone-else")),
            new Bad("two audiences, no party", c -> c.audience(List.of("yuanliu", "other"))),
            new Bad("another party", c -> c.claim("azp", "other")),
            new Bad(
                "expired beyond the skew",
                c ->
                    c.issueTime(Date.from(now.minusSeconds(600)))
                        .expirationTime(Date.from(now.minus(skew).minusSeconds(1)))),
            new Bad("not yet", c -> c.notBeforeTime(Date.from(now.plus(skew).plusSeconds(1)))),
            new Bad("issued ahead", c -> c.issueTime(Date.from(now.plus(skew).plusSeconds(1)))),
            new Bad("another nonce", c -> c.claim("nonce", "of another sign-in")),
            new Bad("no nonce", c -> c.claim("nonce", null)),
            new Bad("no subject", c -> c.subject(null)))) {
      issuer.next("s-2", bad.spoil());
      Client browser = server.anonymous();
      assertThat(signIn(browser)).as(bad.what()).isEqualTo(REFUSED);
      assertThat(browser.get(SESSION).status()).as(bad.what()).isEqualTo(401);
    }
    for (OidcIssuer.Signing signing :
        List.of(
            OidcIssuer.Signing.NONE,
            OidcIssuer.Signing.OTHER_KEY,
            OidcIssuer.Signing.SECRET_AS_KEY)) {
      issuer.next("s-2", NOTHING);
      issuer.sign(signing);
      Client browser = server.anonymous();
      assertThat(signIn(browser)).as(signing.name()).isEqualTo(REFUSED);
      assertThat(browser.get(SESSION).status()).isEqualTo(401);
    }
    // Within the skew a clock may be wrong.
    issuer.next(
        "s-2",
        c ->
            c.issueTime(Date.from(now.minusSeconds(600)))
                .expirationTime(Date.from(now.minus(skew).plusSeconds(5))));
    assertThat(signIn(server.anonymous())).isEqualTo("/desk/trace");
  }

  @Test
  void neitherStateNorCodeWorksTwiceOrElsewhere() throws Exception {
    linked("replayed", "s-3");
    issuer.next("s-3", NOTHING);
    Client browser = server.anonymous();
    String back = callback(browser, "/");
    // Another browser brings what was overheard.
    assertThat(location(server.anonymous().get(back))).isEqualTo(REFUSED);
    assertThat(location(browser.get(back))).isEqualTo("/desk/");
    int exchanges = issuer.exchanges();
    assertThat(location(browser.get(back))).isEqualTo(REFUSED);
    assertThat(issuer.exchanges()).isEqualTo(exchanges);

    // A code of one sign-in under the state of another.
    Client thief = server.anonymous();
    String own = callback(thief, "/");
    String state = own.substring(own.indexOf("&state="));
    String stolen = back.substring(0, back.indexOf("&state="));
    assertThat(location(thief.get(stolen + state))).isEqualTo(REFUSED);
    assertThat(thief.get(SESSION).status()).isEqualTo(401);
    assertThat(location(server.anonymous().get(BASE + "/city/callback?code=x&state=y")))
        .isEqualTo(REFUSED);
    Client away = server.anonymous();
    String declined = callback(away, "/").replaceFirst("code=[^&]*", "error=access_denied");
    assertThat(location(away.get(declined))).isEqualTo("/desk/sign-in?refused=cancelled");
  }

  @Test
  void onlyWhoIsKnownComesIn() throws Exception {
    issuer.next("s-unknown", NOTHING);
    assertThat(signIn(server.anonymous())).isEqualTo(UNKNOWN);

    // By e-mail: verified, of an account without an administration, and once.
    server.account("mei@city.example", null, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    server.account("chief@city.example", null, FIRM, ViewerKind.ENTERPRISE, Permission.ADMINISTER);
    Consumer<JWTClaimsSet.Builder> mei = c -> c.claim("email", "Mei@city.example");
    issuer.next("s-mei", mei.andThen(c -> c.claim("email_verified", false)));
    assertThat(signIn(server.anonymous())).isEqualTo(UNKNOWN);
    issuer.next("s-mei", mei);
    assertThat(signIn(server.anonymous())).isEqualTo(UNKNOWN);
    issuer.next("s-mei", mei.andThen(c -> c.claim("email_verified", true)));
    assertThat(signIn(server.anonymous())).isEqualTo("/desk/trace");
    issuer.next("s-mei-two", mei.andThen(c -> c.claim("email_verified", true)));
    assertThat(signIn(server.anonymous())).isEqualTo(UNKNOWN);
    issuer.next(
        "s-chief", c -> c.claim("email", "chief@city.example").claim("email_verified", true));
    assertThat(signIn(server.anonymous())).isEqualTo(UNKNOWN);

    // Nor who was disabled or unlinked since; his session ends at once.
    UUID account = linked("leaver", "s-4");
    issuer.next("s-4", NOTHING);
    Client browser = server.anonymous();
    assertThat(signIn(browser)).isEqualTo("/desk/trace");
    String link =
        security
            .get("/api/v1/accounts/" + account + "/identities")
            .json()
            .path("identities")
            .path(0)
            .path("id")
            .asString();
    assertThat(security.delete("/api/v1/accounts/identities/" + link).status()).isEqualTo(204);
    assertThat(browser.get(SESSION).status()).isEqualTo(401);
    assertThat(signIn(server.anonymous())).isEqualTo(UNKNOWN);
  }

  @Test
  void aSubjectIsLinkedOnceAndAdministratorsByTheirColleaguesAlone() {
    UUID account = linked("once", "s-5");
    Client operator = server.operator();
    String identities = "/api/v1/accounts/" + account + "/identities";
    Map<String, String> same = Map.of("provider", "city", "subject", "s-5");
    assertThat(security.post(identities, same).problem()).isEqualTo("subject-linked");
    assertThat(operator.post(identities, Map.of("provider", "none", "subject", "x")).status())
        .isEqualTo(400);
    UUID auditor =
        server.account(
            "watcher", null, TestServer.OPERATOR_PARTY, ViewerKind.OPERATOR, Permission.AUDIT);
    Map<String, String> other = Map.of("provider", "city", "subject", "s-6");
    assertThat(operator.post("/api/v1/accounts/" + auditor + "/identities", other).status())
        .isEqualTo(403);
    assertThat(security.post("/api/v1/accounts/" + auditor + "/identities", other).status())
        .isEqualTo(403);
    assertThat(server.auditor().post("/api/v1/accounts/" + auditor + "/identities", other).status())
        .isEqualTo(201);
  }

  @Test
  void aSecondFactorIsAskedForUnlessTheProviderDid() throws Exception {
    UUID account = server.account("two", PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    security.post(
        "/api/v1/accounts/" + account + "/identities",
        Map.of("provider", "city", "subject", "s-7"));
    SecondFactor factor = server.bean(SecondFactor.class);
    AccountService accounts = server.bean(AccountService.class);
    var enrolled = factor.begin(accounts.account(account).orElseThrow()).orElseThrow();
    List<String> recovery =
        factor
            .confirm(account, SignInHttpTest.code(server, enrolled.secret(), Duration.ZERO))
            .orElseThrow();
    accounts.changed(account);

    issuer.next("s-7", NOTHING);
    Client browser = server.anonymous();
    assertThat(signIn(browser)).isEqualTo("/desk/sign-in?second=1&then=%2Ftrace");
    assertThat(browser.get(SESSION).status()).isEqualTo(401);
    assertThat(browser.post(SESSION, Map.of("code", "000000")).problem())
        .isEqualTo("second-factor-wrong");
    // Another browser has no first factor to add to.
    assertThat(server.anonymous().post(SESSION, Map.of("code", recovery.get(0))).status())
        .isEqualTo(401);
    assertThat(browser.post(SESSION, Map.of("code", recovery.get(0))).status()).isEqualTo(200);
    assertThat(browser.get(SESSION).json().path("name").asString()).isEqualTo("two");

    Client late = server.anonymous();
    assertThat(signIn(late)).startsWith("/desk/sign-in?second=1");
    server.clock().advance(PendingSignIn.PATIENCE);
    assertThat(late.post(SESSION, Map.of("code", recovery.get(1))).status()).isEqualTo(401);

    issuer.next("s-7", c -> c.claim("amr", List.of("pwd", "otp")));
    assertThat(signIn(server.anonymous())).isEqualTo("/desk/trace");
  }

  @Test
  void otherSitesAndProvidersThatAreDownLeadBackToThePage() throws Exception {
    linked("redirected", "s-8");
    for (String then : List.of("//evil.example", "https://evil.example", "/%5Cevil.example")) {
      issuer.next("s-8", NOTHING);
      Client browser = server.anonymous();
      assertThat(location(browser.get(callback(browser, then)))).isEqualTo("/desk/");
    }
    assertThat(location(server.anonymous().get(BASE + "/gone")))
        .isEqualTo("/desk/sign-in?refused=unreachable");
  }

  @Test
  void theAuditNamesTheProviderAndNoCode() throws Exception {
    linked("audited", "s-9");
    issuer.next("s-9", NOTHING);
    Client browser = server.anonymous();
    assertThat(signIn(browser)).isEqualTo("/desk/trace");
    String found = "";
    for (int i = 0; i < 50 && !found.contains("provider=city"); i++) {
      Thread.sleep(100);
      found = server.auditor().get("/api/v1/audit?limit=500").body();
    }
    assertThat(found).contains("provider=city").doesNotContain("code=", "state=");
  }
}
