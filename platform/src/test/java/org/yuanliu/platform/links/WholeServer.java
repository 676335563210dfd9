package org.yuanliu.platform.links;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.checks.OpenAlerts;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application, registry and all, on a database of its own; spoken to over HTTP alone. */
final class WholeServer implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OPERATOR = "urn:yuanliu:uscc:91610100MA6U123487";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TestDatabase database;
  private final ConfigurableApplicationContext context;
  private final int port;
  final String operator;

  private WholeServer(TestDatabase database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
    this.port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    this.operator = key(OPERATOR, ViewerKind.OPERATOR, "", Permission.ofOperator());
  }

  /** By a clock of the test's. */
  static WholeServer start(Clock clock) {
    try {
      Path folder =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "own-links")), "data");
      TestDatabase database = TestDatabase.openDurable();
      return new WholeServer(
          database,
          new SpringApplicationBuilder(YuanliuApplication.class)
              .initializers(
                  (GenericApplicationContext beans) ->
                      beans.registerBean(
                          "testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
              .run(
                  "--yuanliu.data-dir=" + folder,
                  "--yuanliu.database.url=" + database.url(),
                  "--yuanliu.database.user=" + database.user(),
                  "--yuanliu.database.password=" + database.password(),
                  // A row looks at more pages than a person would.
                  "--yuanliu.access.lookup-tokens=100000",
                  "--server.port=0",
                  "--logging.structured.format.console=",
                  "--logging.level.root=warn"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key of a new account of a firm that reports and reads. */
  String firm(String party) {
    return key(party, ViewerKind.ENTERPRISE, "", EnumSet.of(Permission.CAPTURE, Permission.QUERY));
  }

  String key(String party, ViewerKind kind, String division, Set<Permission> permissions) {
    Accounts accounts = context.getBean(Accounts.class);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "links-" + UUID.randomUUID(),
                null,
                party,
                kind,
                division,
                Set.of(),
                permissions,
                Standing.DECLARED));
    return accounts
        .createKey(
            account, new Accounts.NewKey("row", permissions, Standing.DECLARED, null, 1_000_000))
        .token();
  }

  /** Until the checks have judged everything that was sent, and what fell due in the past. */
  void awaitJudged() {
    assertThat(context.getBean(OpenAlerts.class).awaitJudged(Duration.ofSeconds(60))).isTrue();
  }

  /** An answer: its status and its body. */
  record Answer(int status, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    Answer ok() {
      assertThat(status).as(body).isBetween(200, 299);
      return this;
    }
  }

  Answer get(String path, String key) {
    return send(request(path, key).GET());
  }

  Answer post(String path, String key, Object body) {
    return send(
        request(path, key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  Answer put(String path, String key, Object body) {
    return send(
        request(path, key)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept-Language", "zh-CN");
    return key.isEmpty() ? builder : builder.header("Authorization", "Bearer " + key);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }
}
