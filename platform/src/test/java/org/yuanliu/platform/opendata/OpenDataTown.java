package org.yuanliu.platform.opendata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A town whose sellers tell of their trade over HTTP, on a server whose clock stands still. */
final class OpenDataTown implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String OPERATOR = "urn:yuanliu:uscc:91610100MA6U123487";
  private static final String OFFICE = "urn:yuanliu:uscc:11610100016000000X";

  final MovedClock clock = new MovedClock();
  final ConfigurableApplicationContext server;
  private final int port;
  private final String operator;
  private final Map<String, String> keys = new TreeMap<>();

  /** Tells the time it was told. */
  static final class MovedClock extends Clock {
    volatile Instant now = Instant.parse("2026-03-20T02:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  OpenDataTown() throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "open-data")), "data");
    server =
        new SpringApplicationBuilder(YuanliuApplication.class)
            .initializers(
                (GenericApplicationContext beans) ->
                    beans.registerBean(
                        "testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
            .run(
                "--yuanliu.data-dir=" + folder,
                "--yuanliu.database.shared-buffers-mb=64",
                "--yuanliu.open-data.publish=true",
                "--yuanliu.open-data.every=100d",
                "--server.port=0",
                "--logging.structured.format.console=",
                "--logging.level.root=warn");
    port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    operator = key(OPERATOR, ViewerKind.OPERATOR, "", Set.of(), Permission.ofOperator());
  }

  /** The key of the platform's operator. */
  String operator() {
    return operator;
  }

  @Override
  public void close() {
    server.close();
  }

  void tested(String name, String item, String conclusion) {
    send(
        name,
        observed(
            name,
            "2026-02-10",
            "https://yuanliu.org/ns/BizStep-rapid_testing",
            "farm-products",
            """
            , "yl:testResult": {"yl:item": "%s", "yl:conclusion": "%s"}\
            """
                .formatted(
                    item,
                    conclusion.equals("合格")
                        ? YlVocabulary.CONCLUSION_PASS
                        : YlVocabulary.CONCLUSION_FAIL)));
  }

  void recalled(String name, String status) {
    send(
        name,
        observed(
            name,
            "2025-06-01",
            "https://yuanliu.org/ns/BizStep-recalling",
            "food",
            ", \"yl:recallStatus\": \"" + status + "\""));
  }

  private String observed(String name, String day, String step, String industry, String more) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/"}],
     "type": "ObjectEvent", "action": "OBSERVE", "eventID": "urn:uuid:%s",
     "eventTime": "%sT08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
     "bizStep": "%s", "readPoint": {"id": "%s"}, "bizLocation": {"id": "%4$s"},
     "quantityList": [{"epcClass": "https://id.gs1.org/01/09506000134352/10/T1"}],
     "yl:industry": "%s"%s}\
    """
        .formatted(UUID.randomUUID(), day, step, place(name), industry, more);
  }

  void seller(String name, String division, String nodeType) {
    String party = "urn:yuanliu:test:" + name;
    keys.put(
        name,
        key(
            party,
            ViewerKind.ENTERPRISE,
            "",
            Set.of(),
            Set.of(Permission.CAPTURE, Permission.QUERY)));
    HttpResponse<byte[]> made =
        send(
            request("/api/v1/places", operator)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"id": "%s", "name": "%s", "division": "%s", "nodeType": "%s"}\
                        """
                            .formatted(place(name), name, division, nodeType))));
    assertThat(made.statusCode()).as(new String(made.body(), UTF_8)).isEqualTo(201);
  }

  private String place(String name) {
    return "urn:yuanliu:test:place-" + name;
  }

  void sold(String name, String day, int kilograms) {
    send(name, event(name, day, kilograms));
  }

  String event(String name, String day, int kilograms) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/"}],
     "type": "TransformationEvent", "eventID": "urn:uuid:%s",
     "eventTime": "%sT08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
     "bizStep": "retail_selling", "readPoint": {"id": "%s"}, "bizLocation": {"id": "%s"},
     "inputQuantityList": [{"epcClass": "https://id.gs1.org/01/09506000134352/10/L%s",
       "quantity": %d, "uom": "KGM"}],
     "outputQuantityList": [{"epcClass": "https://id.gs1.org/01/09506000134352/10/%s",
       "quantity": %d, "uom": "KGM"}],
     "yl:industry": "farm-products"}\
    """
        .formatted(
            UUID.randomUUID(),
            LocalDate.parse(day),
            place(name),
            place(name),
            name,
            kilograms,
            UUID.randomUUID().toString().substring(0, 18),
            kilograms);
  }

  void send(String name, String event) {
    HttpResponse<byte[]> answer =
        send(
            request("/epcis/events", keys.get(name))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event)));
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(201);
  }

  String statistician(String division, Set<String> industries) {
    return key(OFFICE, ViewerKind.REGULATOR, division, industries, Set.of(Permission.STATISTICS));
  }

  private String key(
      String party,
      ViewerKind kind,
      String division,
      Set<String> industries,
      Set<Permission> permissions) {
    Accounts accounts = server.getBean(Accounts.class);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "open-" + UUID.randomUUID(),
                null,
                party,
                kind,
                division,
                industries,
                permissions,
                Standing.DECLARED));
    return accounts
        .createKey(account, new Accounts.NewKey("x", permissions, Standing.DECLARED, null, null))
        .token();
  }

  HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept-Language", "zh-CN");
    return key == null ? builder : builder.header("Authorization", "Bearer " + key);
  }

  HttpResponse<byte[]> get(String path, String key) {
    return send(request(path, key));
  }

  JsonNode json(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
