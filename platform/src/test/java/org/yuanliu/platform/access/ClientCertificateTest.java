package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;

/** Machines with certificates, over real TLS and behind a proxy. */
class ClientCertificateTest {
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final String PASSWORD = "changeit";
  private static final String HEADER = "X-Client-Cert";
  private static final String ASKED = "/api/v1/session";

  @TempDir static Path folder;
  private static KeyStore ofServer;
  private static KeyStore first;
  private static KeyStore second;
  private static KeyStore stranger;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    ofServer = made("server");
    first = made("first");
    second = made("second");
    stranger = made("stranger");
    server =
        TestServer.start(
            "server.ssl.enabled=true",
            "server.ssl.client-auth=want",
            "server.ssl.key-store=file:" + folder.resolve("server.p12"),
            "server.ssl.key-store-type=PKCS12",
            "server.ssl.key-store-password=" + PASSWORD,
            "yuanliu.client-certificates.header=" + HEADER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Self-signed, for two years. */
  private static KeyStore made(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "x",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "730",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static String pem(KeyStore keys) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate("x").getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /** With the certificate of these keys; without one where there are none. */
  private static HttpResponse<String> ask(
      KeyStore keys, String method, String path, String body, String... headers) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    Certificate own = ofServer.getCertificate("x");
    trusted.setCertificateEntry("server", own);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(keys == null ? null : managers.getKeyManagers(), trust.getTrustManagers(), null);
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("https://127.0.0.1:" + server.uri("/").getPort() + path));
      request.method(
          method,
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(body));
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int status(KeyStore keys, String... headers) throws Exception {
    return ask(keys, "GET", ASKED, null, headers).statusCode();
  }

  private static HttpResponse<String> administer(String method, String path, Object body)
      throws Exception {
    return ask(
        null,
        method,
        path,
        body == null ? null : TestServer.JSON.writeValueAsString(body),
        "Authorization",
        "Bearer " + operatorKey());
  }

  private static String operatorKey() {
    UUID account =
        server.account(
            "operator-" + UUID.randomUUID(),
            null,
            TestServer.OPERATOR_PARTY,
            ViewerKind.OPERATOR,
            Permission.ofOperator().toArray(Permission[]::new));
    return server.key(account).token();
  }

  private static Map<String, Object> certificate(KeyStore keys, String... permissions)
      throws GeneralSecurityException {
    Map<String, Object> body = new HashMap<>();
    body.put("label", "一号秤");
    body.put("certificate", pem(keys));
    body.put("permissions", List.of(permissions));
    return body;
  }

  @Test
  void aMachineComesInByItsCertificateUntilItEnds() throws Exception {
    UUID account =
        server.account(
            "scale", null, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY, Permission.CAPTURE);
    String certificates = "/api/v1/accounts/" + account + "/certificates";
    assertThat(status(first)).isEqualTo(401);
    var made = administer("POST", certificates, certificate(first, "QUERY"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    var body = TestServer.JSON.readTree(made.body());
    assertThat(body.path("prefix").asString()).startsWith("x509:");
    String id = body.path("id").asString();

    var who = TestServer.JSON.readTree(ask(first, "GET", ASKED, null).body());
    assertThat(who.path("name").asString()).isEqualTo("scale");
    // No more than the certificate's, though the account may more.
    assertThat(who.path("permissions").toString()).isEqualTo("[\"QUERY\"]");
    assertThat(ask(first, "POST", "/epcis/events", "{}").statusCode()).isEqualTo(403);
    // Unknown, or none at all.
    assertThat(status(stranger)).isEqualTo(401);
    assertThat(status(null)).isEqualTo(401);
    // Not where a browser asks, which would send it along for any site.
    assertThat(status(first, "Origin", "https://evil.example")).isEqualTo(401);
    assertThat(status(first, "Sec-Fetch-Site", "cross-site")).isEqualTo(401);
    assertThat(status(first, "Cookie", "yuanliu=x")).isEqualTo(401);
    // Its fingerprint is no secret and no key.
    assertThat(status(null, "Authorization", "Bearer " + body.path("prefix").asString()))
        .isEqualTo(401);
    // Nor is the certificate in a header, without a proxy.
    assertThat(status(null, HEADER, URLEncoder.encode(pem(first), StandardCharsets.UTF_8)))
        .isEqualTo(401);

    assertThat(administer("POST", certificates, certificate(first, "QUERY")).statusCode())
        .isEqualTo(409);
    assertThat(
            administer("POST", certificates, Map.of("label", "x", "certificate", "y")).statusCode())
        .isEqualTo(400);

    // The next one, side by side with the old for two hours.
    String rotation = "/api/v1/accounts/certificates/" + id + "/rotation";
    var next = administer("POST", rotation, Map.of("certificate", pem(second), "overlapHours", 2));
    assertThat(next.statusCode()).as(next.body()).isEqualTo(201);
    assertThat(
            administer("POST", "/api/v1/accounts/keys/" + id + "/rotation", Map.of()).statusCode())
        .isEqualTo(404);
    assertThat(status(first)).isEqualTo(200);
    assertThat(status(second)).isEqualTo(200);
    server.clock().advance(Duration.ofHours(2));
    assertThat(status(first)).isEqualTo(401);
    assertThat(status(second)).isEqualTo(200);
    String used = "";
    for (int i = 0; i < 300 && used.isEmpty(); i++) {
      Thread.sleep(100);
      for (var key :
          TestServer.JSON
              .readTree(administer("GET", "/api/v1/accounts/" + account + "/keys", null).body())
              .path("keys")) {
        if (key.path("id").asString().equals(id)) {
          used = key.path("lastUsedAt").asString("");
        }
      }
    }
    assertThat(used).isNotEmpty();

    // Expired, by the certificate's own end.
    String successor = TestServer.JSON.readTree(next.body()).path("id").asString();
    Instant end = ((X509Certificate) second.getCertificate("x")).getNotAfter().toInstant();
    Duration years = Duration.between(server.clock().instant(), end.plusSeconds(1));
    server.clock().advance(years);
    assertThat(status(second)).isEqualTo(401);
    server.clock().advance(years.negated());
    assertThat(status(second)).isEqualTo(200);
    // Stolen: revoked at once.
    assertThat(administer("DELETE", "/api/v1/accounts/keys/" + successor, null).statusCode())
        .isEqualTo(204);
    assertThat(status(second)).isEqualTo(401);
  }

  @Test
  void aProxysHeaderCountsFromTheNamedProxyAlone() throws Exception {
    String escaped = URLEncoder.encode(pem(stranger), StandardCharsets.UTF_8).replace("+", "%20");
    String structured =
        ":" + Base64.getEncoder().encodeToString(stranger.getCertificate("x").getEncoded()) + ":";
    for (boolean trusted : List.of(true, false)) {
      try (TestServer behind =
          TestServer.start(
              "server.forward-headers-strategy=native",
              "server.tomcat.remoteip.internal-proxies="
                  + (trusted ? "127\\.0\\.0\\.1" : "10\\.0\\.0\\.9"),
              "yuanliu.client-certificates.header=" + HEADER)) {
        UUID account = behind.account("scale", null, FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
        Answer made =
            behind
                .operator()
                .post(
                    "/api/v1/accounts/" + account + "/certificates",
                    certificate(stranger, "QUERY"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Client machine = behind.anonymous();
        String[] forwarded = {"X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https"};
        int expected = trusted ? 200 : 401;
        assertThat(machine.get(ASKED, with(forwarded, escaped)).status()).isEqualTo(expected);
        assertThat(machine.get(ASKED, with(forwarded, structured)).status()).isEqualTo(expected);
        assertThat(machine.get(ASKED, with(forwarded, escaped.substring(0, 300))).status())
            .isEqualTo(401);
        assertThat(machine.get(ASKED, forwarded).status()).isEqualTo(401);
        assertThat(twice(behind, escaped)).isEqualTo(401);
      }
    }
  }

  private static String[] with(String[] headers, String certificate) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(HEADER);
    all.add(certificate);
    return all.toArray(String[]::new);
  }

  /** One of them is what the client itself sent, and the proxy passed on. */
  private static int twice(TestServer behind, String certificate)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(behind.uri(ASKED))
                  .header("X-Forwarded-For", "203.0.113.7")
                  .header(HEADER, certificate)
                  .header(HEADER, certificate)
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .statusCode();
    }
  }
}
