package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;

/**
 * The same against a real Keycloak, started from its distribution: {@code -Dkeycloak.zip=FILE}, or
 * what {@code mvn dependency:get -Dartifact=org.keycloak:keycloak-quarkus-dist:26.4.0:zip
 * -Dtransitive=false} has put into the local repository.
 */
@Tag("long")
class KeycloakTest {
  private static final Duration START = Duration.ofMinutes(4);
  private static final String REALM =
      """
      {"realm": "gov", "enabled": true, "sslRequired": "none",
       "users": [{"username": "mei", "enabled": true, "email": "mei@city.example",
         "emailVerified": true, "firstName": "Mei", "lastName": "Li",
         "credentials": [{"type": "password", "value": "a word of hers"}]}],
       "clients": [{"clientId": "yuanliu", "enabled": true, "secret": "known to both",
         "redirectUris": ["http://127.0.0.1:*"], "standardFlowEnabled": true,
         "attributes": {"pkce.code.challenge.method": "S256",
           "post.logout.redirect.uris": "http://127.0.0.1:*"}}]}\
      """;
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");

  private static Process keycloak;
  private static TestServer server;
  private static String issuer;

  /** On the loopback a browser sends secure cookies over plain HTTP too; the JDK's does not. */
  private static final class LoopbackCookies extends CookieManager {
    LoopbackCookies() {
      super(null, CookiePolicy.ACCEPT_ALL);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      Map<String, List<String>> plain = new HashMap<>();
      headers.forEach(
          (name, values) ->
              plain.put(
                  name,
                  values.stream().map(one -> one.replaceAll("(?i);\\s*secure", "")).toList()));
      super.put(uri, plain);
    }
  }

  private static Path distribution() throws IOException {
    String given = System.getProperty("keycloak.zip");
    if (given != null) {
      return Path.of(given);
    }
    Path repository =
        Path.of(System.getProperty("user.home"))
            .resolve(".m2/repository/org/keycloak/keycloak-quarkus-dist");
    if (Files.isDirectory(repository)) {
      try (Stream<Path> files = Files.walk(repository)) {
        var found = files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
        if (!found.isEmpty()) {
          return found.getLast();
        }
      }
    }
    throw new AssertionError(
        "No Keycloak to test against. Fetch it: mvn dependency:get -Dtransitive=false"
            + " -Dartifact=org.keycloak:keycloak-quarkus-dist:26.4.0:zip");
  }

  private static Path unpacked(Path zip) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "keycloak");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(folder)).as(entry.getName()).isTrue();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(in, file);
        }
      }
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findFirst().orElseThrow().toAbsolutePath();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Path home = unpacked(distribution());
    Path imports = Files.createDirectories(home.resolve("data/import"));
    Files.writeString(imports.resolve("gov.json"), REALM);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var builder =
        new ProcessBuilder(
            "/bin/bash",
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--import-realm");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    Path log = home.resolve("kc.log");
    keycloak = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    issuer = "http://127.0.0.1:" + port + "/realms/gov";
    await(log);
    server =
        TestServer.start(
            "yuanliu.oidc.providers.city.name=Keycloak",
            "yuanliu.oidc.providers.city.issuer=" + issuer,
            "yuanliu.oidc.providers.city.client-id=yuanliu",
            "yuanliu.oidc.providers.city.client-secret=known to both",
            "yuanliu.oidc.providers.city.link-by-email=true");
    // Keycloak knows no other clock than the real one.
    server.clock().advance(Duration.between(TestServer.START, java.time.Instant.now()));
  }

  private static void await(Path log) throws Exception {
    long end = System.nanoTime() + START.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end && keycloak.isAlive()) {
        try {
          var answer =
              http.send(
                  HttpRequest.newBuilder(URI.create(issuer)).build(),
                  HttpResponse.BodyHandlers.discarding());
          if (answer.statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not yet.
        }
        Thread.sleep(500);
      }
    }
    throw new AssertionError("Keycloak did not start:\n" + Files.readString(log));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (keycloak != null) {
      keycloak.descendants().forEach(ProcessHandle::destroy);
      keycloak.destroy();
    }
  }

  /** What a person does in a browser: the form, name and password, back with a code. */
  private static String atKeycloak(HttpClient browser, String there) throws Exception {
    var page =
        browser.send(
            HttpRequest.newBuilder(URI.create(there)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (page.statusCode() == 302) {
      return page.headers().firstValue("Location").orElseThrow();
    }
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).as(page.body()).isTrue();
    var sent =
        browser.send(
            HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "username=mei&password=" + URLEncoder.encode("a word of hers", UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
    return sent.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void aPersonOfTheProviderComesInAndOut() throws Exception {
    UUID account =
        server.account(
            "mei@city.example",
            null,
            "urn:yuanliu:uscc:91310000MA1K00015N",
            ViewerKind.ENTERPRISE,
            Permission.QUERY);
    try (HttpClient person = HttpClient.newBuilder().cookieHandler(new LoopbackCookies()).build()) {
      Client desk = server.anonymous();
      Answer off = desk.get("/api/v1/session/oidc/city?then=/trace");
      assertThat(off.header("Location")).startsWith(issuer);
      URI back = URI.create(atKeycloak(person, off.header("Location")));
      String path = back.getRawPath() + "?" + back.getRawQuery();
      // Overheard by another browser it is worth nothing.
      assertThat(server.anonymous().get(path).header("Location"))
          .isEqualTo("/desk/sign-in?refused=refused");
      assertThat(desk.get(path).header("Location")).isEqualTo("/desk/trace");
      Answer who = desk.get("/api/v1/session");
      assertThat(who.json().path("name").asString()).isEqualTo("mei@city.example");
      assertThat(server.bean(ProviderLinks.class).of(account))
          .singleElement()
          .satisfies(link -> assertThat(link.issuer()).isEqualTo(issuer));

      var csrf = who.json().path("csrf");
      Answer out =
          desk.send(
              "DELETE",
              "/api/v1/session",
              null,
              csrf.path("header").asString(),
              csrf.path("token").asString());
      var ended =
          person.send(
              HttpRequest.newBuilder(URI.create(out.json().path("next").asString())).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(ended.statusCode()).as(ended.body()).isEqualTo(302);
      assertThat(ended.headers().firstValue("Location").orElseThrow()).endsWith("/desk/sign-in");
      // Signed out there too: the form is shown again.
      Answer again = server.anonymous().get("/api/v1/session/oidc/city");
      var page =
          person.send(
              HttpRequest.newBuilder(URI.create(again.header("Location"))).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("password");
    }
  }
}
