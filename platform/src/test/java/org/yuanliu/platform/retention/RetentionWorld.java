package org.yuanliu.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.TreeCheck;
import org.yuanliu.platform.transparency.LedgerCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform whose clock the test moves; its retention job runs when the test says so. */
final class RetentionWorld implements AutoCloseable {
  static final ZonedDateTime BEGIN =
      ZonedDateTime.of(2026, 12, 15, 8, 0, 0, 0, ZoneOffset.ofHours(8));

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FIRM = "urn:yuanliu:test:retention";

  /** Tells the time it was told. */
  static final class MovedClock extends Clock {
    private volatile Instant now = BEGIN.toInstant();

    void set(Instant to) {
      now = to;
    }

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

  @TestConfiguration
  static class Clocks {
    @Bean
    @Primary
    MovedClock movedClock() {
      return new MovedClock();
    }
  }

  private final ConfigurableApplicationContext context;
  private final int port;
  private final String key;

  private RetentionWorld(ConfigurableApplicationContext context) {
    this.context = context;
    port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    key = key(FIRM, ViewerKind.ENTERPRISE, EnumSet.of(Permission.CAPTURE, Permission.QUERY));
  }

  /**
   * @param settings beside its own, {@code --name=value}
   */
  static RetentionWorld open(String... settings) throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "retention")), "data");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--yuanliu.data-dir=" + folder,
                "--yuanliu.database.shared-buffers-mb=64",
                "--yuanliu.retention.drop=true",
                "--yuanliu.retention.cut-margin=0",
                "--server.port=0",
                "--logging.structured.format.console=",
                "--logging.level.root=warn"));
    arguments.addAll(List.of(settings));
    return new RetentionWorld(
        new SpringApplicationBuilder(YuanliuApplication.class, Clocks.class)
            .run(arguments.toArray(String[]::new)));
  }

  @Override
  public void close() {
    context.close();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  RetentionJob job() {
    return bean(RetentionJob.class);
  }

  void moveTo(ZonedDateTime time) {
    bean(MovedClock.class).set(time.toInstant());
  }

  /** Whoever looks finds tree and views as they should be, and as much missing as the acts say. */
  void assertSound(long erased) throws Exception {
    assertThat(bean(TreeCheck.class).check())
        .isInstanceOfSatisfying(
            TreeCheck.Sound.class, sound -> assertThat(sound.erased()).isEqualTo(erased));
    assertThat(
            bean(LedgerCheck.class)
                .check(
                    true,
                    new LedgerCheck.Progress() {
                      @Override
                      public void begin(long size) {}

                      @Override
                      public void done(long position) {}
                    }))
        .isInstanceOf(TreeCheck.Sound.class);
  }

  /** Entries that are events. */
  long stored() {
    return jdbc().sql("select count(*) from entry where kind = 1").query(Long.class).single();
  }

  long acts() {
    return jdbc().sql("select count(*) from entry where kind = 5").query(Long.class).single();
  }

  static String unit(int industry, int month) {
    return "https://id.gs1.org" + path(industry, month);
  }

  static String path(int industry, int month) {
    return "/01/09521234543213/21/" + industry + "x" + month;
  }

  static String event(int industry, int month, String pack) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/"}],
     "type": "ObjectEvent", "eventTime": "%s", "eventTimeZoneOffset": "+08:00",
     "action": "OBSERVE", "bizStep": "storing", "epcList": ["%s"], "yl:industry": "%s"}\
    """
        .formatted(BEGIN.plusMonths(month).toInstant(), unit(industry, month), pack);
  }

  /** As the firm; the position. */
  long store(int industry, int month, String pack) {
    HttpResponse<String> answer = post("/epcis/events", key, event(industry, month, pack));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("position").asLong();
  }

  String firm() {
    return key;
  }

  String key(String party, ViewerKind kind, Set<Permission> permissions) {
    Accounts accounts = bean(Accounts.class);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "retention-" + UUID.randomUUID(),
                null,
                party,
                kind,
                "",
                Set.of(),
                permissions,
                Standing.DECLARED));
    return accounts
        .createKey(
            account, new Accounts.NewKey("test", permissions, Standing.DECLARED, null, 1_000_000))
        .token();
  }

  HttpRequest.Builder request(String path, String who) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept-Language", "zh-CN");
    return who.isEmpty() ? builder : builder.header("Authorization", "Bearer " + who);
  }

  /** Without a key: as a page. */
  HttpResponse<String> get(String path, String who) {
    HttpRequest.Builder request = request(path, who);
    return send(who.isEmpty() ? request.header("Accept", "text/html, */*").GET() : request.GET());
  }

  HttpResponse<String> post(String path, String who, String body) {
    return send(
        request(path, who)
            .header("Prefer", "return=minimal")
            .header(
                "Content-Type",
                path.startsWith("/epcis") ? "application/ld+json" : "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
