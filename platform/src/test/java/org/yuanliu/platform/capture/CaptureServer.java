package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.subscription.Receiver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on a database of its own, spoken to over HTTP. One for all these tests. */
@SpringBootTest(classes = YuanliuApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CaptureServer.Registries.class)
public abstract class CaptureServer {
  public static final String FARM = "urn:yuanliu:uscc:91610100MA6TXXXX11";
  public static final String MARKET = "urn:yuanliu:uscc:91610100MA6TXXXX22";
  public static final String STALL = "urn:yuanliu:operator:6101000000013";

  /** Small, so that limits are reached cheaply; enough for an event of 20,000 units. */
  public static final int MAX_BYTES = 384 << 10;

  public static final int MAX_EVENTS = 50;
  public static final int MAX_STRING = 4_096;
  public static final int MAX_DEPTH = 32;
  public static final int MAX_PAGE = 20;
  public static final int MAX_SUBSCRIPTIONS = 4;

  /** Longer than a busy machine keeps a receiver of this process from its answer. */
  public static final int DELIVERY_TIMEOUT_MS = 3_000;

  public static final JsonMapper JSON = JsonMapper.builder().build();
  public static final HttpClient HTTP = HttpClient.newHttpClient();

  @LocalServerPort public int port;
  @Autowired public Accounts accounts;
  @Autowired public JdbcClient jdbc;
  @Autowired FakeRegistry registry;
  @Autowired SwitchableJournal journal;
  @Autowired SwitchableRoom room;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    TestServerProperties.add(properties);
    properties.add("yuanliu.capture.max-bytes", () -> MAX_BYTES);
    properties.add("yuanliu.capture.in-flight-bytes", () -> 4 * MAX_BYTES);
    properties.add("yuanliu.capture.max-events", () -> MAX_EVENTS);
    properties.add("yuanliu.capture.max-string-length", () -> MAX_STRING);
    properties.add("yuanliu.capture.max-depth", () -> MAX_DEPTH);
    properties.add("yuanliu.binding.max-page-events", () -> MAX_PAGE);
    properties.add("yuanliu.binding.page-events", () -> 10);
    // So that ordered reading is what most queries of tests do.
    properties.add("yuanliu.query.rare-rows", () -> 5);
    // So that there are slices, and the first rows in order are not all there is.
    properties.add("yuanliu.query.slice-events", () -> 16);
    properties.add("yuanliu.query.first-rows", () -> 8);
    properties.add("yuanliu.query.prefix-table", CaptureServer::prefixes);
    // Not so by default: AccessMatrixTest's server refuses them.
    properties.add("yuanliu.capture.query-documents", () -> true);
    // Receivers of deliveries are on this machine, and nobody waits for them.
    properties.add("yuanliu.subscription.allow-http", () -> true);
    properties.add("yuanliu.subscription.allowed-addresses", () -> "127.0.0.1/32");
    properties.add("yuanliu.subscription.per-party", () -> MAX_SUBSCRIPTIONS);
    properties.add("yuanliu.subscription.sockets-per-party", () -> MAX_SUBSCRIPTIONS);
    properties.add("yuanliu.subscription.poll-interval", () -> "20ms");
    properties.add("yuanliu.subscription.lease", () -> 4 * DELIVERY_TIMEOUT_MS + "ms");
    properties.add("yuanliu.subscription.timeout", () -> DELIVERY_TIMEOUT_MS + "ms");
    properties.add("yuanliu.subscription.backoff", () -> "20ms");
    properties.add("yuanliu.subscription.max-backoff", () -> "200ms");
  }

  private static String prefixes() {
    try {
      java.nio.file.Path table = java.nio.file.Files.createTempFile("prefixes", ".csv");
      table.toFile().deleteOnExit();
      return java.nio.file.Files.writeString(table, "0614141,7\n").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestConfiguration
  static class Registries {
    @Bean
    @Primary
    FakeRegistry fakeRegistry() {
      return new FakeRegistry();
    }

    @Bean
    @Primary
    SwitchableJournal switchableJournal(@Qualifier("journalService") Journal journal) {
      return new SwitchableJournal(journal);
    }

    @Bean
    @Primary
    SwitchableRoom switchableRoom() {
      return new SwitchableRoom();
    }
  }

  /** A new key of a new account of a party. */
  public String key(String party) {
    return key(party, EnumSet.of(Permission.CAPTURE, Permission.QUERY), Standing.DECLARED);
  }

  public String key(String party, Set<Permission> permissions, Standing standing) {
    return key(party, ViewerKind.ENTERPRISE, permissions, standing);
  }

  public String key(String party, ViewerKind kind, Set<Permission> permissions, Standing standing) {
    return key(party, kind, "", permissions, standing);
  }

  /**
   * @param division of a department: leading digits
   */
  public String key(
      String party,
      ViewerKind kind,
      String division,
      Set<Permission> permissions,
      Standing standing) {
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "test-" + UUID.randomUUID(),
                null,
                party,
                kind,
                division,
                Set.of(),
                permissions,
                standing));
    return accounts
        .createKey(account, new Accounts.NewKey("test", permissions, standing, null, 1_000_000))
        .token();
  }

  /** A party that no other test knows. */
  public static String someParty() {
    return "urn:yuanliu:test:party-" + UUID.randomUUID();
  }

  public HttpResponse<String> get(String path, String key) {
    return send(request(path, key).GET());
  }

  /** An event is answered by its receipt: most tests are about the record, not about its words. */
  public HttpResponse<String> post(String path, String key, String body) {
    return send(
        request(path, key)
            .header("Prefer", "return=minimal")
            .header("Content-Type", "application/ld+json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                URI.create(path.startsWith("http") ? path : "http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60));
    return key.isEmpty() ? builder : builder.header("Authorization", "Bearer " + key);
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a document and waits for the end of its job. */
  public JsonNode capture(String key, String document) {
    HttpResponse<String> answer = post("/epcis/capture", key, document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return finished(key, answer.headers().firstValue("Location").orElseThrow());
  }

  JsonNode finished(String key, String location) {
    Instant until = Instant.now().plusSeconds(30);
    while (Instant.now().isBefore(until)) {
      HttpResponse<String> answer = get(location, key);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode job = json(answer);
      if (!job.get("running").booleanValue()) {
        return job;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("the job does not end: " + location);
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  public static List<JsonNode> events(JsonNode queryDocument) {
    return queryDocument
        .get("epcisBody")
        .get("queryResults")
        .get("resultsBody")
        .get("eventList")
        .valueStream()
        .toList();
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Events that are stored, when no document waits: other tests may have left some to be done. */
  long entries() {
    Receiver.await(
        Duration.ofSeconds(30),
        () ->
            jdbc.sql("select not exists (select from capture_job where state = 1)")
                .query(Boolean.class)
                .single());
    return jdbc.sql("select count(*) from entry where kind = 1").query(Long.class).single();
  }

  long jobs() {
    return jdbc.sql("select count(*) from capture_job").query(Long.class).single();
  }
}
