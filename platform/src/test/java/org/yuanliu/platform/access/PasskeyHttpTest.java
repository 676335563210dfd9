package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import tools.jackson.databind.JsonNode;

/** Passkeys by an authenticator in software: it signs what a right one would, and what not. */
class PasskeyHttpTest {
  private static final String ORIGIN = "https://trace.example.gov.cn";
  private static final String HOST = "trace.example.gov.cn";
  private static final String BASE = "/api/v1/session/passkeys";
  private static final String SESSION = "/api/v1/session";
  private static final String PASSWORD = "correct horse 电池";
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final byte HERE = AuthenticatorData.BIT_UP;
  private static final byte VERIFIED = (byte) (HERE | AuthenticatorData.BIT_UV);

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "yuanliu.access.sign-ins-per-minute=100000", "yuanliu.sign-in.origin=" + ORIGIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** One credential with its key and counter. */
  private static final class Authenticator {
    private final ObjectConverter converter = new ObjectConverter();
    private final byte[] id = new byte[16];
    private final KeyPair keys;
    private long counter = 1;

    Authenticator() throws GeneralSecurityException {
      new SecureRandom().nextBytes(id);
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    }

    String id() {
      return url(id);
    }

    Map<String, Object> register(JsonNode options) {
      var data =
          new AuthenticatorData<RegistrationExtensionAuthenticatorOutput>(
              KeyToken.sha256(HOST.getBytes(UTF_8)),
              (byte) (VERIFIED | AuthenticatorData.BIT_AT),
              counter,
              new AttestedCredentialData(
                  AAGUID.ZERO,
                  id,
                  EC2COSEKey.create(
                      (ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256)));
      byte[] attestation =
          new AttestationObjectConverter(converter)
              .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
      return credential(
          Map.of(
              "attestationObject",
              url(attestation),
              "clientDataJSON",
              url(client("webauthn.create", options.path("challenge").asString(), ORIGIN)),
              "transports",
              java.util.List.of("internal")));
    }

    Map<String, Object> sign(String challenge, String origin, byte flags, long count)
        throws GeneralSecurityException {
      byte[] data =
          new AuthenticatorDataConverter(converter)
              .convert(
                  new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                      KeyToken.sha256(HOST.getBytes(UTF_8)), flags, count));
      byte[] client = client("webauthn.get", challenge, origin);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(KeyToken.sha256(client));
      return credential(
          Map.of(
              "authenticatorData", url(data),
              "clientDataJSON", url(client),
              "signature", url(signature.sign())));
    }

    Map<String, Object> sign(String challenge) throws GeneralSecurityException {
      return sign(challenge, ORIGIN, VERIFIED, ++counter);
    }

    private Map<String, Object> credential(Map<String, Object> response) {
      return Map.of(
          "id", id(),
          "rawId", id(),
          "type", "public-key",
          "response", response,
          "clientExtensionResults", Map.of());
    }

    private static byte[] client(String type, String challenge, String origin) {
      return TestServer.JSON.writeValueAsBytes(
          Map.of("type", type, "challenge", challenge, "origin", origin, "crossOrigin", false));
    }

    private static String url(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
  }

  private record Browser(Client client, String header, String token) {
    Answer post(String path, Object body) {
      return client.send("POST", path, body, header, token);
    }
  }

  private static Browser browser(String name) {
    Client client = server.anonymous();
    Answer in = client.post(SESSION, Map.of("name", name, "password", PASSWORD));
    assertThat(in.status()).as(in.body()).isEqualTo(200);
    JsonNode csrf = in.json().path("csrf");
    return new Browser(client, csrf.path("header").asString(), csrf.path("token").asString());
  }

  private static UUID account(String name) {
    return server.account(name, PASSWORD, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
  }

  private static Authenticator registered(Browser browser, String label) throws Exception {
    Authenticator authenticator = new Authenticator();
    Answer options = browser.post(BASE + "/options", Map.of("password", PASSWORD));
    assertThat(options.status()).as(options.body()).isEqualTo(200);
    Answer made =
        browser.post(
            BASE, Map.of("label", label, "credential", authenticator.register(options.json())));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return authenticator;
  }

  private static String challenge(Client client) {
    Answer answer = client.post(BASE + "/challenge", Map.of());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("rpId").asString()).isEqualTo(HOST);
    assertThat(answer.json().path("userVerification").asString()).isEqualTo("required");
    return answer.json().path("challenge").asString();
  }

  private static int signIn(Client client, Object credential) {
    return client.post(BASE + "/sign-in", Map.of("credential", credential)).status();
  }

  @Test
  void severalAreKeptEachSignsInAndGoes() throws Exception {
    account("keeper");
    Browser browser = browser("keeper");
    assertThat(browser.post(BASE + "/options", Map.of("password", "no")).problem())
        .isEqualTo("password-wrong");
    Authenticator phone = registered(browser, "手机");
    server.clock().advance(Duration.ofSeconds(1));
    Authenticator key = registered(browser, "安全密钥");
    JsonNode listed = browser.client().get(BASE).json().path("passkeys");
    assertThat(listed.findValuesAsString("label")).containsExactly("手机", "安全密钥");
    assertThat(listed.path(0).path("lastUsedAt").isNull()).isTrue();

    server.clock().advance(Duration.ofMinutes(1));
    for (Authenticator one : new Authenticator[] {phone, key}) {
      Client other = server.anonymous();
      assertThat(signIn(other, one.sign(challenge(other)))).isEqualTo(204);
      assertThat(other.get(SESSION).json().path("name").asString()).isEqualTo("keeper");
    }
    assertThat(
            browser
                .client()
                .get(BASE)
                .json()
                .path("passkeys")
                .path(0)
                .path("lastUsedAt")
                .asString())
        .isEqualTo(server.clock().instant().toString());
    // The password alone no longer suffices.
    Answer half = server.anonymous().post(SESSION, Map.of("name", "keeper", "password", PASSWORD));
    assertThat(half.problem()).isEqualTo("second-factor-needed");

    String removal = BASE + "/" + phone.id() + "/removal";
    assertThat(browser.post(removal, Map.of("password", "no")).status()).isEqualTo(403);
    assertThat(browser.post(removal, Map.of("password", PASSWORD)).status()).isEqualTo(204);
    assertThat(browser.post(removal, Map.of("password", PASSWORD)).status()).isEqualTo(404);
    Client late = server.anonymous();
    assertThat(signIn(late, phone.sign(challenge(late)))).isEqualTo(401);
    assertThat(browser.client().get(BASE).json().path("passkeys").size()).isEqualTo(1);
  }

  @Test
  void whatIsNoRightAnswerOpensNothing() throws Exception {
    UUID account = account("guarded");
    Browser browser = browser("guarded");
    Authenticator mine = registered(browser, "x");
    Client client = server.anonymous();
    String challenge = challenge(client);
    Map<String, Object> good = mine.sign(challenge);
    // In another session the challenge was never given out.
    assertThat(signIn(server.anonymous(), good)).isEqualTo(401);
    assertThat(signIn(client, good)).isEqualTo(204);
    Client again = server.anonymous();
    challenge(again);
    assertThat(signIn(again, good)).as("replayed").isEqualTo(401);

    Client elsewhere = server.anonymous();
    assertThat(
            signIn(
                elsewhere,
                mine.sign(challenge(elsewhere), "https://trace.example.gov.cn.evil", VERIFIED, 50)))
        .as("another origin")
        .isEqualTo(401);
    Client unverified = server.anonymous();
    assertThat(signIn(unverified, mine.sign(challenge(unverified), ORIGIN, HERE, 51)))
        .as("nobody verified")
        .isEqualTo(401);
    Client copied = server.anonymous();
    assertThat(signIn(copied, mine.sign(challenge(copied), ORIGIN, VERIFIED, 1)))
        .as("a copy, by its counter")
        .isEqualTo(401);
    Client forged = server.anonymous();
    Authenticator other = new Authenticator();
    System.arraycopy(mine.id, 0, other.id, 0, mine.id.length);
    assertThat(signIn(forged, other.sign(challenge(forged), ORIGIN, VERIFIED, 52)))
        .as("another key under the same id")
        .isEqualTo(401);
    Client slow = server.anonymous();
    String old = challenge(slow);
    server.clock().advance(Passkeys.PATIENCE);
    assertThat(signIn(slow, mine.sign(old, ORIGIN, VERIFIED, 53))).as("too late").isEqualTo(401);
    for (Object nonsense : new Object[] {Map.of(), Map.of("id", "x"), "x", 1}) {
      Client confused = server.anonymous();
      challenge(confused);
      assertThat(signIn(confused, nonsense)).as(nonsense.toString()).isEqualTo(401);
    }

    // A credential is one account's.
    account("thief");
    Browser thief = browser("thief");
    Answer options = thief.post(BASE + "/options", Map.of("password", PASSWORD));
    assertThat(
            thief
                .post(BASE, Map.of("label", "x", "credential", mine.register(options.json())))
                .status())
        .isEqualTo(401);
    assertThat(
            thief.post(BASE + "/" + mine.id() + "/removal", Map.of("password", PASSWORD)).status())
        .isEqualTo(404);

    server.bean(Accounts.class).disable(account);
    Client gone = server.anonymous();
    assertThat(signIn(gone, mine.sign(challenge(gone), ORIGIN, VERIFIED, 60))).isEqualTo(401);
  }

  @Test
  void thereAreTenAtMostWithNames() throws Exception {
    account("collector");
    Browser browser = browser("collector");
    for (int i = 1; i <= PasskeyApi.MAX_PASSKEYS; i++) {
      registered(browser, "密钥" + i);
    }
    assertThat(browser.post(BASE + "/options", Map.of("password", PASSWORD)).problem())
        .isEqualTo("too-many-passkeys");
    for (String label : new String[] {"", " ", "长".repeat(61)}) {
      assertThat(browser.post(BASE, Map.of("label", label, "credential", Map.of())).status())
          .isEqualTo(400);
    }
  }

  @Test
  void withoutAnAddressThereIsNothingToBindThemTo() {
    try (TestServer nameless = TestServer.start()) {
      assertThat(nameless.anonymous().post(BASE + "/challenge", Map.of()).problem())
          .isEqualTo("passkeys-unavailable");
    }
  }
}
