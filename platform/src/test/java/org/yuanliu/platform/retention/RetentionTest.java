package org.yuanliu.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.journal.EntryRanges.Range;
import org.yuanliu.platform.journal.Rebuild;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.TreeCheck;
import org.yuanliu.platform.transparency.LedgerCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Six years of a small history, told by a clock that the test moves. */
class RetentionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ZonedDateTime BEGIN =
      ZonedDateTime.of(2026, 12, 15, 8, 0, 0, 0, ZoneOffset.ofHours(8));
  private static final int MONTHS = 72;
  private static final String FIRM = "urn:yuanliu:test:retention";

  /** A month that a case holds. */
  private static final int HELD = 5;

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

  private int port;
  private String key = "";

  @Test
  void sixYears() throws Exception {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "retention")), "data");
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(YuanliuApplication.class, Clocks.class)
            .run(
                "--yuanliu.data-dir=" + folder,
                "--yuanliu.database.shared-buffers-mb=64",
                "--yuanliu.retention.drop=true",
                "--yuanliu.retention.cut-margin=0",
                "--server.port=0",
                "--logging.structured.format.console=",
                "--logging.level.root=warn")) {
      port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
      key =
          key(
              context,
              FIRM,
              ViewerKind.ENTERPRISE,
              EnumSet.of(Permission.CAPTURE, Permission.QUERY));
      pass(context);
    }
  }

  private void pass(ConfigurableApplicationContext context) throws Exception {
    MovedClock clock = context.getBean(MovedClock.class);
    RetentionJob job = context.getBean(RetentionJob.class);
    EntryRanges ranges = context.getBean(EntryRanges.class);
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    String security =
        key(
            context,
            "urn:yuanliu:test:security",
            ViewerKind.OPERATOR,
            EnumSet.of(Permission.SECURE));
    HttpResponse<String> hold =
        post(
            "/api/v1/holds",
            security,
            """
            {"kind": "unit", "target": "%s", "reference": "C-1", "reason": "事故调查"}\
            """
                .formatted(unit(1, HELD)));
    assertThat(hold.statusCode()).as(hold.body()).isEqualTo(201);

    List<Long> explosives = new ArrayList<>();
    List<Long> earths = new ArrayList<>();
    List<Long> lifts = new ArrayList<>();
    long dropped = 0;
    for (int month = 0; month < MONTHS; month++) {
      clock.set(BEGIN.plusMonths(month).toInstant());
      dropped += job.run().dropped();
      explosives.add(store(1, month, "dangerous-goods"));
      earths.add(store(2, month, "rare-earths"));
      lifts.add(store(3, month, "special-equipment"));
    }
    clock.set(BEGIN.plusMonths(MONTHS).minusDays(1).toInstant());
    dropped += job.run().dropped();

    // Two years and five are over for these months; what is kept for ever stays.
    int overTwo = MONTHS - 24;
    int overFive = MONTHS - 60;
    List<Long> gone = new ArrayList<>(explosives.subList(0, overTwo));
    gone.remove(explosives.get(HELD));
    gone.addAll(earths.subList(0, overFive));
    List<Long> kept =
        jdbc.sql("select position from entry where kind = 1 order by position")
            .query(Long.class)
            .list();
    List<Long> expected = new ArrayList<>();
    expected.addAll(explosives);
    expected.addAll(earths);
    expected.addAll(lifts);
    expected.removeAll(gone);
    assertThat(kept).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(dropped).isEqualTo(gone.size());
    assertThat(ranges.all()).hasSizeBetween(MONTHS - 2, MONTHS + 2);
    assertThat(ranges.all().stream().filter(Range::isOpen)).hasSize(1);
    assertThat(jdbc.sql("select count(*) from entry where kind = 5").query(Long.class).single())
        .isEqualTo(gone.size());

    sound(context, gone.size());
    answers(context, explosives, lifts);
    context.getBean(Rebuild.class).rebuild();
    sound(context, gone.size());
    answers(context, explosives, lifts);

    // The case is over: the next run takes what it held.
    assertThat(
            send(request("/api/v1/holds/" + json(hold).get("id").asString(), security).DELETE())
                .statusCode())
        .isEqualTo(200);
    assertThat(job.run().dropped()).isEqualTo(1);
    assertThat(job.run().dropped()).isZero();
    sound(context, gone.size() + 1);

    String operator =
        key(
            context,
            "urn:yuanliu:test:operator",
            ViewerKind.OPERATOR,
            EnumSet.of(Permission.ADMINISTER));
    JsonNode report = json(get("/api/v1/retention", operator));
    assertThat(report.get("drops").booleanValue()).isTrue();
    assertThat(report.toString()).contains("two_years", "five_years", "forever");

    // Whoever takes a row more than the acts say is found out, though its range is named.
    jdbc.sql("delete from entry where position = :at").param("at", lifts.getFirst()).update();
    assertThat(context.getBean(TreeCheck.class).check())
        .isInstanceOfSatisfying(
            TreeCheck.Broken.class,
            broken -> assertThat(broken.what()).contains("more entries are missing"));
  }

  private static void sound(ConfigurableApplicationContext context, long erased) throws Exception {
    assertThat(context.getBean(TreeCheck.class).check())
        .isInstanceOfSatisfying(
            TreeCheck.Sound.class, sound -> assertThat(sound.erased()).isEqualTo(erased));
    assertThat(
            context
                .getBean(LedgerCheck.class)
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

  private void answers(
      ConfigurableApplicationContext context, List<Long> explosives, List<Long> lifts)
      throws Exception {
    HttpResponse<String> old = get(path(1, 0), "");
    assertThat(old.statusCode()).isEqualTo(410);
    assertThat(old.body()).contains("已过保存期", "2026-12-15", "two_years", "民用爆炸物品安全管理条例");
    assertThat(get(path(1, 0) + "?lang=en", "").body())
        .contains("retention")
        .doesNotContain("已过保存期");
    assertThat(get(path(1, MONTHS - 1), "").statusCode()).isEqualTo(200);
    assertThat(get(path(1, HELD), "").statusCode()).isEqualTo(200);
    assertThat(get(path(3, 0), "").statusCode()).isEqualTo(200);
    assertThat(get(path(9, 0), "").statusCode()).isEqualTo(404);
    String log = context.getBean(ServerSettings.class).log();
    assertThat(get("/ledger/" + log + "/proof/" + explosives.getFirst(), "").statusCode())
        .isEqualTo(200);
    assertThat(events(get("/epcis/events?perPage=1000", key))).isEqualTo(stored(context));
    // Sent again, what went is the same record still.
    HttpResponse<String> again = post("/epcis/events", key, event(1, 0, "dangerous-goods"));
    assertThat(again.statusCode()).as(again.body()).isIn(200, 201);
    assertThat(json(again).get("duplicate").booleanValue()).isTrue();
    assertThat(json(again).get("position").asLong()).isEqualTo(explosives.getFirst());
    assertThat(lifts).isNotEmpty();
  }

  private static int stored(ConfigurableApplicationContext context) {
    return context
        .getBean(JdbcClient.class)
        .sql("select count(*) from entry where kind = 1")
        .query(Integer.class)
        .single();
  }

  private static int events(HttpResponse<String> answer) {
    return json(answer).findPath("eventList").size();
  }

  private static String unit(int industry, int month) {
    return "https://id.gs1.org" + path(industry, month);
  }

  private static String path(int industry, int month) {
    return "/01/09521234543213/21/" + industry + "x" + month;
  }

  private static String event(int industry, int month, String pack) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/"}],
     "type": "ObjectEvent", "eventTime": "%s", "eventTimeZoneOffset": "+08:00",
     "action": "OBSERVE", "bizStep": "storing", "epcList": ["%s"], "yl:industry": "%s"}\
    """
        .formatted(BEGIN.plusMonths(month).toInstant(), unit(industry, month), pack);
  }

  private long store(int industry, int month, String pack) {
    HttpResponse<String> answer = post("/epcis/events", key, event(industry, month, pack));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("position").asLong();
  }

  private static String key(
      ConfigurableApplicationContext context,
      String party,
      ViewerKind kind,
      Set<Permission> permissions) {
    Accounts accounts = context.getBean(Accounts.class);
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

  private HttpRequest.Builder request(String path, String who) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept-Language", "zh-CN");
    return who.isEmpty() ? builder : builder.header("Authorization", "Bearer " + who);
  }

  private HttpResponse<String> get(String path, String who) {
    HttpRequest.Builder request = request(path, who);
    return send(who.isEmpty() ? request.header("Accept", "text/html, */*").GET() : request.GET());
  }

  private HttpResponse<String> post(String path, String who, String body) {
    return send(
        request(path, who)
            .header(
                "Content-Type",
                path.startsWith("/epcis") ? "application/ld+json" : "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
