package org.yuanliu.platform.opendata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.YuanliuApplication;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A town's retail trade, told by its sellers over HTTP, published day by day; each test has a day
 * of its own.
 */
class OpenDataHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SET = "farm-products/retail_quantity";
  private static final String OPEN = "/api/v1/open-data/" + SET;
  private static final String STATISTICS = "/api/v1/statistics/" + SET;
  private static final String OPERATOR = "urn:yuanliu:uscc:91610100MA6U123487";
  private static final String OFFICE = "urn:yuanliu:uscc:11610100016000000X";

  /** Yanta has a market, Lianhu a supermarket. */
  private static final String YANTA = "610113";

  private static final String LIANHU = "610104";

  /** Tells the time it was told. */
  private static final class MovedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-20T02:00:00Z");

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

  private static final MovedClock CLOCK = new MovedClock();
  private static ConfigurableApplicationContext server;
  private static int port;
  private static String operator;
  private static final Map<String, String> KEYS = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "open-data")), "data");
    server =
        new SpringApplicationBuilder(YuanliuApplication.class)
            .initializers(
                (GenericApplicationContext beans) ->
                    beans.registerBean(
                        "testClock", Clock.class, () -> CLOCK, bean -> bean.setPrimary(true)))
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
    for (int stall = 1; stall <= 9; stall++) {
      seller("stall" + stall, YANTA, "retail_market");
      seller("shop" + stall, LIANHU, "supermarket");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void publishesADayThatIsOverWithItsNeighbourWithheld() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      sold("stall" + stall, "2026-03-01", 10 * stall);
    }
    sold("shop1", "2026-03-01", 20);
    assertThat(cells(published("2026-03-01")))
        .containsExactly(
            "=230 (7)", "61=230 (7)", "6101=230 (7)", "610104 withheld", "610113 withheld");

    HttpResponse<byte[]> csv = get(OPEN + "/2026-03-01/1/data.csv", null);
    String text = new String(csv.body(), UTF_8);
    assertThat(text).startsWith("\uFEFFset,period,version,category,");
    assertThat(text)
        .contains("\r\n" + SET + ",2026-03-01,1,,,,6101,西安市,230,千克或升,kg or l,7,false\r\n")
        .contains("\r\n" + SET + ",2026-03-01,1,,,,610104,莲湖区,,千克或升,kg or l,,true\r\n");
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(csv.headers().firstValue("Cache-Control").orElseThrow())
        .contains("max-age=31536000", "public", "immutable");
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    String tag = csv.headers().firstValue("ETag").orElseThrow();
    assertThat(send(request(OPEN + "/2026-03-01/1/data.csv", null).header("If-None-Match", tag)))
        .returns(304, HttpResponse::statusCode)
        .returns(0, answer -> answer.body().length);
    HttpResponse<byte[]> latest = get(OPEN + "/2026-03-01/latest/data.csv", null);
    assertThat(latest.body()).isEqualTo(csv.body());
    assertThat(latest.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
    byte[] book = get(OPEN + "/2026-03-01/1/data.xlsx", null).body();
    assertThat(new String(book, 0, 2, UTF_8)).isEqualTo("PK");

    String page = new String(get("/open-data/" + SET + "?period=2026-03-01", null).body(), UTF_8);
    assertThat(page).contains("西安市", "230", "莲湖区", "不公布").doesNotContain(">20<");
    assertThat(new String(get("/open-data", null).body(), UTF_8)).contains("零售交易量");
  }

  @Test
  void whatLiesInAWithheldPlaceIsNotListed() throws Exception {
    sold("stall1", "2026-03-15", 10);
    sold("shop1", "2026-03-15", 10);
    assertThat(cells(published("2026-03-15"))).containsExactly(" withheld");
    // Three of them in one county, in a nation that is withheld: nobody else can be told from it.
    sold("stall1", "2026-03-16", 10);
    sold("stall2", "2026-03-16", 10);
    sold("stall3", "2026-03-16", 10);
    published("2026-03-16");
    assertThat(cells(json(get(STATISTICS + "/2026-03-16", statistician(YANTA, Set.of())))))
        .containsExactly("610113=30 (3)");
  }

  @Test
  void aDayIsPublishedWhenReportsHaveHadTheirTime() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      sold("stall" + stall, "2026-03-18", 10);
    }
    Instant before = CLOCK.now;
    try {
      CLOCK.now = Instant.parse("2026-03-20T15:59:59Z"); // Beijing is a minute before midnight
      server.getBean(OpenData.class).publish();
      assertThat(get(OPEN + "/2026-03-18", null).statusCode()).isEqualTo(404);
      CLOCK.now = Instant.parse("2026-03-20T16:00:00Z");
      assertThat(cells(published("2026-03-18"))).contains("610113=60 (6)");
    } finally {
      CLOCK.now = before;
    }
  }

  @Test
  void aLateReportOfOneWaitsForOthersAndThenMakesAVersion() throws Exception {
    for (int stall = 1; stall <= 8; stall++) {
      sold("stall" + stall, "2026-03-03", 10);
    }
    published("2026-03-03");
    byte[] first = get(OPEN + "/2026-03-03/1/data.json", null).body();
    for (int late = 1; late <= 4; late++) {
      sold("stall" + late, "2026-03-03", 5);
      assertThat(server.getBean(OpenData.class).publish()).as("after " + late).isZero();
    }
    sold("stall5", "2026-03-03", 5);
    JsonNode second = published("2026-03-03");
    assertThat(second.path("version").asInt()).isEqualTo(2);
    assertThat(cells(second)).contains("610113=105 (8)");
    assertThat(get(OPEN + "/2026-03-03/1/data.json", null).body()).isEqualTo(first);
    JsonNode versions = json(get(OPEN + "/2026-03-03", null));
    assertThat(versions.path("versions").findValuesAsString("version")).containsExactly("2", "1");
    assertThat(versions.path("versions").path(1).path("json").path("sha256").asString())
        .isEqualTo(ReleaseFiles.checksum(first));
  }

  @Test
  void whatIsDeclaredInErrorIsNotCountedInWhicheverOrderItComes() throws Exception {
    for (int stall = 1; stall <= 5; stall++) {
      sold("stall" + stall, "2026-03-05", 10);
    }
    String wrong = event("stall6", "2026-03-05", 1_000);
    send("stall6", wrong);
    send("stall6", declared(wrong));
    String later = event("stall7", "2026-03-05", 1_000);
    send("stall7", declared(later));
    send("stall7", later);
    assertThat(cells(published("2026-03-05"))).contains("610113=50 (5)");
  }

  /** What a rebuild finds is what was published. */
  @Test
  void countedAnewFromTheJournalEverythingIsEqual() throws Exception {
    for (int stall = 1; stall <= 7; stall++) {
      sold("stall" + stall, "2026-03-07", 11 * stall);
      sold("shop" + stall, "2026-03-07", 7 * stall);
    }
    JsonNode published = published("2026-03-07");
    DataSet set = server.getBean(DataSets.class).find("farm-products", "retail_quantity").get();
    Figures figures = server.getBean(Figures.class);
    List<Share> before = figures.parts(set, "2026-03-07");
    assertThat(before).hasSize(14);
    server.getBean(JdbcClient.class).sql("update figure_state set packs = 'other'").update();
    long size = figures.follow();
    assertThat(size).isGreaterThanOrEqualTo(published.path("entries").asLong());
    List<Share> after = figures.parts(set, "2026-03-07");
    assertThat(after).containsExactlyElementsOf(before);
    Release again =
        server
            .getBean(OpenData.class)
            .release(
                set,
                "2026-03-07",
                1,
                published.path("entries").asLong(),
                new Threshold(5, 15),
                after,
                Map.of());
    Release stored = Release.read(published.toString());
    assertThat(again.cells()).isEqualTo(stored.cells());
    assertThat(server.getBean(OpenData.class).publish()).isZero();
  }

  @Test
  void peopleOfStatisticsSeeFinerFiguresOfTheirPartAndNoRecord() throws Exception {
    for (int one = 1; one <= 4; one++) {
      sold("stall" + one, "2026-03-09", 10);
    }
    for (int one = 1; one <= 3; one++) {
      sold("shop" + one, "2026-03-09", 10);
    }
    assertThat(cells(published("2026-03-09")))
        .contains("6101=70 (7)", "610104 withheld", "610113 withheld");
    String city = statistician("6101", Set.of());
    assertThat(cells(json(get(STATISTICS + "/2026-03-09", city))))
        .containsExactly("6101=70 (7)", "610104=30 (3)", "610113=40 (4)");
    assertThat(cells(json(get(STATISTICS + "/2026-03-09", statistician(LIANHU, Set.of())))))
        .containsExactly("610104=30 (3)");
    assertThat(cells(json(get(STATISTICS + "/2026-03-09", statistician("44", Set.of())))))
        .isEmpty();
    String drugs = statistician("6101", Set.of("drugs"));
    assertThat(get(STATISTICS + "/2026-03-09", drugs).statusCode()).isEqualTo(404);
    assertThat(json(get("/api/v1/statistics", drugs)).path("sets").findValuesAsString("set"))
        .isNotEmpty()
        .allMatch(set -> set.startsWith("drugs/"));
    for (String path :
        List.of(
            "/epcis/events",
            "/epcis/epcs",
            "/epcis/bizLocations",
            "/api/v1/trace?code=https://id.gs1.org/01/09506000134352/10/L1",
            "/api/v1/parties",
            "/api/v1/alerts",
            "/api/v1/codes/ranges",
            "/api/v1/cases",
            "/epcis/queries")) {
      assertThat(get(path, city).statusCode()).as(path).isIn(403, 404);
    }
    assertThat(get(STATISTICS + "/2026-03-09", operator).statusCode()).isEqualTo(403);
  }

  /** Two shops are too few for the other side: who knows his own county knows theirs. */
  @Test
  void figuresOfOnesCountyAreWithheldWhereTheyWouldTellTheNeighbours() throws Exception {
    for (int one = 1; one <= 5; one++) {
      sold("stall" + one, "2026-03-11", 10);
    }
    sold("shop1", "2026-03-11", 10);
    assertThat(cells(published("2026-03-11")))
        .contains("6101=60 (6)", "610104 withheld", "610113 withheld");
    assertThat(cells(json(get(STATISTICS + "/2026-03-11", statistician(YANTA, Set.of())))))
        .containsExactly("610113 withheld");
  }

  @Test
  void theCatalogueLeadsToFilesThatAreWhatItSays() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      sold("stall" + stall, "2026-03-13", 10);
    }
    published("2026-03-13");
    HttpResponse<byte[]> answer = get("/open-data/catalog.jsonld", null);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/ld+json");
    JsonNode catalog = json(answer);
    assertThat(catalog.path("@type").asString()).isEqualTo("dcat:Catalog");
    Set<String> series =
        new HashSet<>(catalog.path("dcat:datasetSeries").findValuesAsString("@id"));
    int files = 0;
    for (JsonNode dataset : catalog.path("dcat:dataset")) {
      assertThat(series).contains(dataset.path("dcat:inSeries").path("@id").asString());
      for (JsonNode file : dataset.path("dcat:distribution")) {
        HttpResponse<byte[]> bytes =
            get(file.path("dcat:downloadURL").path("@id").asString(), null);
        assertThat(bytes.statusCode()).isEqualTo(200);
        JsonNode sum = file.path("spdx:checksum").path("spdx:checksumValue").path("@value");
        if (!sum.isMissingNode()) {
          assertThat(ReleaseFiles.checksum(bytes.body())).isEqualTo(sum.asString());
          assertThat(file.path("dcat:byteSize").path("@value").asString())
              .isEqualTo(Integer.toString(bytes.body().length));
          files++;
        }
      }
    }
    assertThat(files).isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatIsNotThereIsNotFoundAndLimitsAreKept() {
    for (String path :
        List.of(
            "/api/v1/open-data/farm-products/nothing",
            "/api/v1/open-data/nothing/subjects",
            OPEN + "/2031-01-01",
            OPEN + "/2031-01-01/latest/data.csv",
            OPEN + "/2031-01-01/0/data.csv",
            OPEN + "/2031-01-01/-1/data.csv",
            OPEN + "/2031-01-01/1/data.exe",
            "/open-data/farm-products/nothing",
            "/open-data/" + SET + "?period=2031-01-01")) {
      assertThat(get(path, null).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get(OPEN + "?limit=366", null).statusCode()).isEqualTo(200);
    assertThat(get(OPEN + "?limit=367", null).statusCode()).isEqualTo(400);
    assertThat(get(OPEN + "?limit=0", null).statusCode()).isEqualTo(400);
  }

  @Test
  void anAddressThatTakesTooMuchIsToldToWait() throws Exception {
    try (HttpClient greedy =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
      for (int asked = 0; asked < 2_000; asked++) {
        HttpResponse<byte[]> answer =
            greedy.send(request("/api/v1/open-data", null).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() == 429) {
          assertThat(asked).isGreaterThanOrEqualTo(240);
          assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
          assertThat(get("/api/v1/open-data", null).statusCode()).isEqualTo(200);
          return;
        }
      }
    }
    throw new AssertionError("never told to wait");
  }

  @Test
  void theThresholdGoesUpOnly() {
    Validator validator = Validation.buildDefaultValidatorFactory().getValidator();
    assertThat(validator.validate(settings(4))).isNotEmpty();
    assertThat(validator.validate(settings(5))).isEmpty();
    assertThat(settings(20).threshold()).isEqualTo(new Threshold(20, 15));
  }

  private static OpenDataSettings settings(int minSubjects) {
    return new OpenDataSettings(true, Duration.ofHours(1), minSubjects, "x", "https://x", 1, 1);
  }

  @Test
  void nothingInAFileIsReckonedOutByASpreadsheet() {
    assertThat(ReleaseFiles.field("=HYPERLINK(\"http://x\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\")\"");
    assertThat(ReleaseFiles.field("+1")).isEqualTo("'+1");
    assertThat(ReleaseFiles.field("@SUM(1,2)")).isEqualTo("\"'@SUM(1,2)\"");
    assertThat(ReleaseFiles.field("猪肉")).isEqualTo("猪肉");
  }

  /** Tests by what was looked for, in the pack's words and nobody's else; recalls by product. */
  @Test
  void testsAreToldByItemAndRecallsByYear() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      tested("stall" + stall, stall % 2 == 0 ? "农药残留" : "农残", "合格");
      tested("stall" + stall, "张三家的菜" + stall, "合格");
    }
    tested("stall1", "农药残留", "不合格");
    for (int stall = 1; stall <= 5; stall++) {
      recalled("stall" + stall, "recalled");
      recalled("stall" + stall, "lifted");
    }
    recalled("shop1", "recalled");
    server.getBean(OpenData.class).publish();

    HttpResponse<byte[]> answer =
        get("/api/v1/open-data/farm-products/tests/2026-02/latest/data.json", null);
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("张三");
    JsonNode tests = json(answer);
    assertThat(cells(tests, "rapid/pesticide_residues/pass"))
        .containsExactly("=6 (6)", "61=6 (6)", "6101=6 (6)", "610113=6 (6)");
    assertThat(cells(tests, "rapid/other/pass"))
        .containsExactly("=6 (6)", "61=6 (6)", "6101=6 (6)", "610113=6 (6)");
    assertThat(cells(tests, "rapid/pesticide_residues/fail")).containsExactly(" withheld");
    assertThat(
            tests
                .path("cells")
                .valueStream()
                .filter(c -> c.path("category").asString().equals("rapid/pesticide_residues/pass"))
                .findFirst()
                .orElseThrow()
                .at("/categoryNames/zh")
                .asString())
        .isEqualTo("农药残留，快速检测合格：是");

    JsonNode recalls = json(get("/api/v1/open-data/food/recalls/2025/latest/data.json", null));
    assertThat(cells(recalls))
        .containsExactly("=6 (6)", "61=6 (6)", "6101=6 (6)", "610104 withheld", "610113 withheld");
    assertThat(new String(get("/open-data/catalog.jsonld", null).body(), UTF_8))
        .contains("food/recalls", "farm-products/tests");
    for (String language : List.of("zh-CN", "en")) {
      String page =
          new String(
              send(request("/open-data/food/recalls?period=2025", null)
                      .setHeader("Accept-Language", language))
                  .body(),
              UTF_8);
      assertThat(page).contains(language.equals("en") ? "Recalls" : "召回");
    }
    assertThat(get("/api/v1/open-data/food/recalls/2025/1/data.csv", null).statusCode())
        .isEqualTo(200);
    assertThat(get("/api/v1/open-data/food/recalls/2025/1/data.xlsx", null).statusCode())
        .isEqualTo(200);
  }

  private static List<String> cells(JsonNode table, String category) {
    var some = JSON.createObjectNode();
    var of = some.putArray("cells");
    table
        .path("cells")
        .valueStream()
        .filter(cell -> cell.path("category").asString().equals(category))
        .forEach(of::add);
    return cells(some);
  }

  private static void tested(String name, String item, String conclusion) {
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
                .formatted(item, conclusion.equals("合格") ? PASS : FAIL)));
  }

  private static final String PASS = org.yuanliu.epcis.YlVocabulary.CONCLUSION_PASS;
  private static final String FAIL = org.yuanliu.epcis.YlVocabulary.CONCLUSION_FAIL;

  private static void recalled(String name, String status) {
    send(
        name,
        observed(
            name,
            "2025-06-01",
            "https://yuanliu.org/ns/BizStep-recalling",
            "food",
            ", \"yl:recallStatus\": \"" + status + "\""));
  }

  private static String observed(
      String name, String day, String step, String industry, String more) {
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

  private static JsonNode published(String period) {
    server.getBean(OpenData.class).publish();
    return json(get(OPEN + "/" + period + "/latest/data.json", null));
  }

  /** Each as place, value and number of subjects. */
  private static List<String> cells(JsonNode table) {
    List<String> cells = new ArrayList<>();
    for (JsonNode cell : table.path("cells")) {
      boolean withheld = cell.path("withheld").asBoolean();
      assertThat(cell.path("value").isNull()).isEqualTo(withheld);
      assertThat(cell.path("subjects").isNull()).isEqualTo(withheld);
      cells.add(
          cell.path("division").asString()
              + (withheld
                  ? " withheld"
                  : "="
                      + cell.path("value").asString()
                      + " ("
                      + cell.path("subjects").asInt()
                      + ")"));
    }
    return cells;
  }

  private static void seller(String name, String division, String nodeType) {
    String party = "urn:yuanliu:test:" + name;
    KEYS.put(
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

  private static String place(String name) {
    return "urn:yuanliu:test:place-" + name;
  }

  private static void sold(String name, String day, int kilograms) {
    send(name, event(name, day, kilograms));
  }

  private static String event(String name, String day, int kilograms) {
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

  private static String declared(String event) {
    return event.replace(
        "\"yl:industry\"",
        "\"errorDeclaration\": {\"declarationTime\": \"2026-03-19T00:00:00Z\"}, \"yl:industry\"");
  }

  private static void send(String name, String event) {
    HttpResponse<byte[]> answer =
        send(
            request("/epcis/events", KEYS.get(name))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event)));
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(201);
  }

  private static String statistician(String division, Set<String> industries) {
    return key(OFFICE, ViewerKind.REGULATOR, division, industries, Set.of(Permission.STATISTICS));
  }

  private static String key(
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

  private static HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept-Language", "zh-CN");
    return key == null ? builder : builder.header("Authorization", "Bearer " + key);
  }

  private static HttpResponse<byte[]> get(String path, String key) {
    return send(request(path, key));
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
