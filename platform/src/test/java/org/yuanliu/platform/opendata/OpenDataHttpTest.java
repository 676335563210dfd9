package org.yuanliu.platform.opendata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
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

  /** Yanta has a market, Lianhu a supermarket. */
  private static final String YANTA = "610113";

  private static final String LIANHU = "610104";

  private static OpenDataTown town;

  @BeforeAll
  static void start() throws IOException {
    town = new OpenDataTown();
    for (int stall = 1; stall <= 9; stall++) {
      town.seller("stall" + stall, YANTA, "retail_market");
      town.seller("shop" + stall, LIANHU, "supermarket");
    }
  }

  @AfterAll
  static void stop() {
    town.close();
  }

  @Test
  void publishesADayThatIsOverWithItsNeighbourWithheld() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      town.sold("stall" + stall, "2026-03-01", 10 * stall);
    }
    town.sold("shop1", "2026-03-01", 20);
    assertThat(cells(published("2026-03-01")))
        .containsExactly(
            "=230 (7)", "61=230 (7)", "6101=230 (7)", "610104 withheld", "610113 withheld");

    HttpResponse<byte[]> csv = town.get(OPEN + "/2026-03-01/1/data.csv", null);
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
    assertThat(
            town.send(
                town.request(OPEN + "/2026-03-01/1/data.csv", null).header("If-None-Match", tag)))
        .returns(304, HttpResponse::statusCode)
        .returns(0, answer -> answer.body().length);
    HttpResponse<byte[]> latest = town.get(OPEN + "/2026-03-01/latest/data.csv", null);
    assertThat(latest.body()).isEqualTo(csv.body());
    assertThat(latest.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
    byte[] book = town.get(OPEN + "/2026-03-01/1/data.xlsx", null).body();
    assertThat(new String(book, 0, 2, UTF_8)).isEqualTo("PK");

    String page =
        new String(town.get("/open-data/" + SET + "?period=2026-03-01", null).body(), UTF_8);
    assertThat(page).contains("西安市", "230", "莲湖区", "不公布").doesNotContain(">20<");
    assertThat(new String(town.get("/open-data", null).body(), UTF_8)).contains("零售交易量");
  }

  @Test
  void whatLiesInAWithheldPlaceIsNotListed() throws Exception {
    town.sold("stall1", "2026-03-15", 10);
    town.sold("shop1", "2026-03-15", 10);
    assertThat(cells(published("2026-03-15"))).containsExactly(" withheld");
    // Three of them in one county, in a nation that is withheld: nobody else can be told from it.
    town.sold("stall1", "2026-03-16", 10);
    town.sold("stall2", "2026-03-16", 10);
    town.sold("stall3", "2026-03-16", 10);
    published("2026-03-16");
    assertThat(
            cells(
                town.json(
                    town.get(STATISTICS + "/2026-03-16", town.statistician(YANTA, Set.of())))))
        .containsExactly("610113=30 (3)");
  }

  @Test
  void aDayIsPublishedWhenReportsHaveHadTheirTime() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      town.sold("stall" + stall, "2026-03-18", 10);
    }
    Instant before = town.clock.now;
    try {
      town.clock.now = Instant.parse("2026-03-20T15:59:59Z"); // Beijing is a minute before midnight
      town.server.getBean(OpenData.class).publish();
      assertThat(town.get(OPEN + "/2026-03-18", null).statusCode()).isEqualTo(404);
      town.clock.now = Instant.parse("2026-03-20T16:00:00Z");
      assertThat(cells(published("2026-03-18"))).contains("610113=60 (6)");
    } finally {
      town.clock.now = before;
    }
  }

  @Test
  void aLateReportOfOneWaitsForOthersAndThenMakesAVersion() throws Exception {
    for (int stall = 1; stall <= 8; stall++) {
      town.sold("stall" + stall, "2026-03-03", 10);
    }
    published("2026-03-03");
    byte[] first = town.get(OPEN + "/2026-03-03/1/data.json", null).body();
    for (int late = 1; late <= 4; late++) {
      town.sold("stall" + late, "2026-03-03", 5);
      assertThat(town.server.getBean(OpenData.class).publish()).as("after " + late).isZero();
    }
    town.sold("stall5", "2026-03-03", 5);
    JsonNode second = published("2026-03-03");
    assertThat(second.path("version").asInt()).isEqualTo(2);
    assertThat(cells(second)).contains("610113=105 (8)");
    assertThat(town.get(OPEN + "/2026-03-03/1/data.json", null).body()).isEqualTo(first);
    JsonNode versions = town.json(town.get(OPEN + "/2026-03-03", null));
    assertThat(versions.path("versions").findValuesAsString("version")).containsExactly("2", "1");
    assertThat(versions.path("versions").path(1).path("json").path("sha256").asString())
        .isEqualTo(ReleaseFiles.checksum(first));
  }

  @Test
  void whatIsDeclaredInErrorIsNotCountedInWhicheverOrderItComes() throws Exception {
    for (int stall = 1; stall <= 5; stall++) {
      town.sold("stall" + stall, "2026-03-05", 10);
    }
    String wrong = town.event("stall6", "2026-03-05", 1_000);
    town.send("stall6", wrong);
    town.send("stall6", declared(wrong));
    String later = town.event("stall7", "2026-03-05", 1_000);
    town.send("stall7", declared(later));
    town.send("stall7", later);
    assertThat(cells(published("2026-03-05"))).contains("610113=50 (5)");
  }

  /** What a rebuild finds is what was published. */
  @Test
  void countedAnewFromTheJournalEverythingIsEqual() throws Exception {
    for (int stall = 1; stall <= 7; stall++) {
      town.sold("stall" + stall, "2026-03-07", 11 * stall);
      town.sold("shop" + stall, "2026-03-07", 7 * stall);
    }
    JsonNode published = published("2026-03-07");
    DataSet set =
        town.server.getBean(DataSets.class).find("farm-products", "retail_quantity").get();
    Figures figures = town.server.getBean(Figures.class);
    List<Share> before = figures.parts(set, "2026-03-07");
    assertThat(before).hasSize(14);
    town.server.getBean(JdbcClient.class).sql("update figure_state set packs = 'other'").update();
    long size = figures.follow();
    assertThat(size).isGreaterThanOrEqualTo(published.path("entries").asLong());
    List<Share> after = figures.parts(set, "2026-03-07");
    assertThat(after).containsExactlyElementsOf(before);
    Release again =
        town.server
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
    assertThat(town.server.getBean(OpenData.class).publish()).isZero();
  }

  @Test
  void peopleOfStatisticsSeeFinerFiguresOfTheirPartAndNoRecord() throws Exception {
    for (int one = 1; one <= 4; one++) {
      town.sold("stall" + one, "2026-03-09", 10);
    }
    for (int one = 1; one <= 3; one++) {
      town.sold("shop" + one, "2026-03-09", 10);
    }
    assertThat(cells(published("2026-03-09")))
        .contains("6101=70 (7)", "610104 withheld", "610113 withheld");
    String city = town.statistician("6101", Set.of());
    assertThat(cells(town.json(town.get(STATISTICS + "/2026-03-09", city))))
        .containsExactly("6101=70 (7)", "610104=30 (3)", "610113=40 (4)");
    assertThat(
            cells(
                town.json(
                    town.get(STATISTICS + "/2026-03-09", town.statistician(LIANHU, Set.of())))))
        .containsExactly("610104=30 (3)");
    assertThat(
            cells(
                town.json(town.get(STATISTICS + "/2026-03-09", town.statistician("44", Set.of())))))
        .isEmpty();
    String drugs = town.statistician("6101", Set.of("drugs"));
    assertThat(town.get(STATISTICS + "/2026-03-09", drugs).statusCode()).isEqualTo(404);
    assertThat(
            town.json(town.get("/api/v1/statistics", drugs)).path("sets").findValuesAsString("set"))
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
      assertThat(town.get(path, city).statusCode()).as(path).isIn(403, 404);
    }
    assertThat(town.get(STATISTICS + "/2026-03-09", town.operator()).statusCode()).isEqualTo(403);
  }

  /** Two shops are too few for the other side: who knows his own county knows theirs. */
  @Test
  void figuresOfOnesCountyAreWithheldWhereTheyWouldTellTheNeighbours() throws Exception {
    for (int one = 1; one <= 5; one++) {
      town.sold("stall" + one, "2026-03-11", 10);
    }
    town.sold("shop1", "2026-03-11", 10);
    assertThat(cells(published("2026-03-11")))
        .contains("6101=60 (6)", "610104 withheld", "610113 withheld");
    assertThat(
            cells(
                town.json(
                    town.get(STATISTICS + "/2026-03-11", town.statistician(YANTA, Set.of())))))
        .containsExactly("610113 withheld");
  }

  @Test
  void theCatalogueLeadsToFilesThatAreWhatItSays() throws Exception {
    for (int stall = 1; stall <= 6; stall++) {
      town.sold("stall" + stall, "2026-03-13", 10);
    }
    published("2026-03-13");
    HttpResponse<byte[]> answer = town.get("/open-data/catalog.jsonld", null);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/ld+json");
    JsonNode catalog = town.json(answer);
    assertThat(catalog.path("@type").asString()).isEqualTo("dcat:Catalog");
    Set<String> series =
        new HashSet<>(catalog.path("dcat:datasetSeries").findValuesAsString("@id"));
    int files = 0;
    for (JsonNode dataset : catalog.path("dcat:dataset")) {
      assertThat(series).contains(dataset.path("dcat:inSeries").path("@id").asString());
      for (JsonNode file : dataset.path("dcat:distribution")) {
        HttpResponse<byte[]> bytes =
            town.get(file.path("dcat:downloadURL").path("@id").asString(), null);
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
      assertThat(town.get(path, null).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(town.get(OPEN + "?limit=366", null).statusCode()).isEqualTo(200);
    assertThat(town.get(OPEN + "?limit=367", null).statusCode()).isEqualTo(400);
    assertThat(town.get(OPEN + "?limit=0", null).statusCode()).isEqualTo(400);
  }

  @Test
  void anAddressThatTakesTooMuchIsToldToWait() throws Exception {
    try (HttpClient greedy =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
      for (int asked = 0; asked < 2_000; asked++) {
        HttpResponse<byte[]> answer =
            greedy.send(
                town.request("/api/v1/open-data", null).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() == 429) {
          assertThat(asked).isGreaterThanOrEqualTo(240);
          assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
          assertThat(town.get("/api/v1/open-data", null).statusCode()).isEqualTo(200);
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
      town.tested("stall" + stall, stall % 2 == 0 ? "农药残留" : "农残", "合格");
      town.tested("stall" + stall, "张三家的菜" + stall, "合格");
    }
    town.tested("stall1", "农药残留", "不合格");
    for (int stall = 1; stall <= 5; stall++) {
      town.recalled("stall" + stall, "recalled");
      town.recalled("stall" + stall, "lifted");
    }
    town.recalled("shop1", "recalled");
    town.server.getBean(OpenData.class).publish();

    HttpResponse<byte[]> answer =
        town.get("/api/v1/open-data/farm-products/tests/2026-02/latest/data.json", null);
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("张三");
    JsonNode tests = town.json(answer);
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

    JsonNode recalls =
        town.json(town.get("/api/v1/open-data/food/recalls/2025/latest/data.json", null));
    assertThat(cells(recalls))
        .containsExactly("=6 (6)", "61=6 (6)", "6101=6 (6)", "610104 withheld", "610113 withheld");
    assertThat(new String(town.get("/open-data/catalog.jsonld", null).body(), UTF_8))
        .contains("food/recalls", "farm-products/tests");
    for (String language : List.of("zh-CN", "en")) {
      String page =
          new String(
              town.send(
                      town.request("/open-data/food/recalls?period=2025", null)
                          .setHeader("Accept-Language", language))
                  .body(),
              UTF_8);
      assertThat(page).contains(language.equals("en") ? "Recalls" : "召回");
    }
    assertThat(town.get("/api/v1/open-data/food/recalls/2025/1/data.csv", null).statusCode())
        .isEqualTo(200);
    assertThat(town.get("/api/v1/open-data/food/recalls/2025/1/data.xlsx", null).statusCode())
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

  private static JsonNode published(String period) {
    town.server.getBean(OpenData.class).publish();
    return town.json(town.get(OPEN + "/" + period + "/latest/data.json", null));
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

  private static String declared(String event) {
    return event.replace(
        "\"yl:industry\"",
        "\"errorDeclaration\": {\"declarationTime\": \"2026-03-19T00:00:00Z\"}, \"yl:industry\"");
  }
}
