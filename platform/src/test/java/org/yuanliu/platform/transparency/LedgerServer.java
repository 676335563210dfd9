package org.yuanliu.platform.transparency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on a data folder of its own, which it may be started on again. */
final class LedgerServer implements AutoCloseable {
  static final String LOG = "yuanliu.local/main";
  private static final String PORT = "server.port=";
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final Path folder;
  final ConfigurableApplicationContext context;
  final int port;
  final String log;

  private LedgerServer(Path folder, ConfigurableApplicationContext context) {
    this.folder = folder;
    this.context = context;
    this.log = context.getEnvironment().getProperty("yuanliu.log", LOG);
    this.port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
  }

  static LedgerServer start(String... properties) {
    return start(newFolder(), properties);
  }

  static Path newFolder() {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target", "ledger")), "data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param properties settings beside the defaults, as {@code name=value}
   */
  static LedgerServer start(Path folder, String... properties) {
    return start(folder, Clock.systemUTC(), properties);
  }

  /** By a clock of the test's. */
  static LedgerServer start(Path folder, Clock clock, String... properties) {
    Stream<String> defaults =
        Stream.of(
            "yuanliu.data-dir=" + folder,
            "yuanliu.database.shared-buffers-mb=64",
            "logging.structured.format.console=",
            "logging.level.root=warn");
    return new LedgerServer(
        folder,
        new SpringApplicationBuilder(YuanliuApplication.class)
            .initializers(
                (GenericApplicationContext beans) ->
                    beans.registerBean(
                        "testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
            .run(
                Stream.concat(
                        Stream.of(properties).anyMatch(property -> property.startsWith(PORT))
                            ? Stream.empty()
                            : Stream.of(PORT + "0"),
                        Stream.concat(defaults, Stream.of(properties)))
                    .map(property -> "--" + property)
                    .toArray(String[]::new)));
  }

  /** A new key of a new account of a party. */
  String key(String party) {
    Set<Permission> both = EnumSet.of(Permission.CAPTURE, Permission.QUERY);
    Accounts accounts = context.getBean(Accounts.class);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "test-" + UUID.randomUUID(),
                null,
                party,
                ViewerKind.ENTERPRISE,
                "",
                Set.of(),
                both,
                Standing.DECLARED));
    return accounts
        .createKey(account, new Accounts.NewKey("test", both, Standing.DECLARED, null, 1_000_000))
        .token();
  }

  /** An event of one unit, as JSON-LD. */
  static String event(String id) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
     "type": "ObjectEvent", "eventID": "%s", "eventTime": "2026-01-31T08:00:00+08:00",
     "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "shipping",
     "epcList": ["https://id.gs1.org/01/09506000134352/21/%d"]}\
    """
        .formatted(id, Math.floorMod(id.hashCode(), 1_000_000));
  }

  /** Stores an event; the answer, 201. */
  JsonNode store(String key, String id) {
    HttpResponse<byte[]> answer =
        send(
            request("/epcis/events", key)
                .header("Prefer", "return=minimal")
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(event(id))));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + new String(answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<byte[]> get(String path, String key) {
    return send(request(path, key).GET());
  }

  HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    return key.isEmpty() ? builder : builder.header("Authorization", "Bearer " + key);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  List<VerifierKey> keys() throws NoteException {
    String text = new String(get("/ledger/" + log + "/key", "").body(), StandardCharsets.UTF_8);
    var keys = new java.util.ArrayList<VerifierKey>();
    for (String line : text.lines().toList()) {
      keys.add(VerifierKey.parse(line));
    }
    return keys;
  }

  SignedCheckpoint checkpoint() throws NoteException {
    return SignedCheckpoint.parse(get("/ledger/" + log + "/checkpoint", "").body());
  }

  /** The served checkpoint once it has so many entries. */
  SignedCheckpoint checkpoint(long size) throws NoteException, InterruptedException {
    for (int i = 0; i < 1_500; i++) {
      SignedCheckpoint now = checkpoint();
      if (now.checkpoint().size() >= size) {
        return now;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no checkpoint of " + size + " entries");
  }

  JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
