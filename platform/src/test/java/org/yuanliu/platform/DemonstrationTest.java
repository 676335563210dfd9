package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.yuanliu.platform.backup.Backup;
import org.yuanliu.platform.backup.BackupProgress;
import org.yuanliu.platform.backup.OfflineBackup;
import org.yuanliu.platform.backup.Restore;
import org.yuanliu.platform.checks.OpenAlerts;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.journal.Rebuild;
import tools.jackson.databind.JsonNode;

/**
 * The main job, whole: the real server with its own PostgreSQL, the demonstration sent through its
 * door, and what people then see.
 */
class DemonstrationTest extends DemonstratedServer {
  private static final Pattern NAME = Pattern.compile("<dt>品名</dt>\\s*<dd>([^<]*)</dd>");

  /** A sequential code's neighbours: as far as a competitor with an afternoon would look. */
  private static final int NEIGHBOURS = 40;

  @Test
  void writesWhatScriptsNeed() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("demo.json"))))
        .isEqualTo("rw-------");
    assertThat(demo.path("baseUrl").asString()).isEqualTo(base);
    assertThat(demo.path("apiKey").asString()).isNotBlank();
    assertThat(demo.path("broken").size()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void everyBreakageShowsItsVerdict() throws Exception {
    for (JsonNode broken : demo.path("broken")) {
      String page = page(broken.path("code").asString());

      assertThat(verdict(page))
          .as(broken.toString())
          .isEqualTo(broken.path("verdict").asString().toLowerCase(Locale.ROOT));
      assertThat(findings(page)).as(broken.toString()).contains(broken.path("kind").asString());
    }
  }

  /** What is ours in it, and the demonstration's names: nothing is left in Chinese. */
  @Test
  void anEnglishPageIsEnglish() throws Exception {
    for (Map.Entry<String, JsonNode> code : demo.path("traceCodes").properties()) {
      String page =
          page(code.getValue().asString(), "en")
              .replaceAll("(?s)<(script|style).*?</\\1>|<[^>]+>", " ")
              .replace("中文", "");
      assertThat(page)
          .as(code.getKey())
          .doesNotContainPattern("[\\p{IsHan}\u3000-\u303f\uff01-\uff5e]");
    }
  }

  /** Goods are called by their own name, not by what they were sprayed with, fed or carried in. */
  @Test
  void everyGoodCodeIsCompleteAndCalledWhatItIs() throws Exception {
    Map<String, String> names = new TreeMap<>();
    for (Map.Entry<String, JsonNode> code : demo.path("traceCodes").properties()) {
      String page = page(code.getValue().asString());
      // A lorry is no goods, and nobody asks whether it is complete.
      String level = code.getKey().equals("lorry") ? "unknown" : "complete";
      assertThat(verdict(page)).as(code.getKey()).isEqualTo(level);
      Matcher name = NAME.matcher(page);
      names.put(code.getKey(), name.find() ? name.group(1).strip() : "");
    }
    assertThat(names)
        .containsEntry("cabbage with its pesticide", "甘蓝")
        .containsEntry("pig with its feed", "生猪")
        .containsEntry("pig ear tag", "生猪")
        .containsEntry("farm-inputs", "吡虫啉")
        .containsEntry("feed", "生猪配合饲料")
        .containsEntry("food", "婴幼儿配方乳粉（1段）800g")
        .containsEntry("liquor", "凤香型白酒 500ml")
        .containsEntry("drugs", "阿莫西林胶囊")
        .containsEntry("vaccine", "流感病毒裂解疫苗")
        .containsEntry("special-equipment", "电梯")
        .containsEntry("gas cylinder", "气瓶")
        .containsEntry("dangerous-goods", "工业雷管")
        .containsEntry("fireworks", "烟花爆竹")
        .containsEntry("rare-earths", "稀土冶炼分离产品")
        .containsEntry("jewellery", "贵金属首饰")
        .containsEntry("lorry", "");
    // What a market sells differs from day to day.
    for (String pork : List.of("pork receipt", "supermarket pork", "slaughter batch", "canteen")) {
      assertThat(names.get(pork)).as(pork).isNotBlank().isNotEqualTo("生猪");
    }
    assertThat(names.get("vegetable receipt")).isNotBlank();
  }

  /** Everything that the packs' checks find in the demonstration is something wrong on purpose. */
  @Test
  void theChecksFindExactlyWhatWasBroken() throws Exception {
    Map<String, Set<String>> found = new TreeMap<>();
    String next = "";
    do {
      JsonNode page =
          JSON.readTree(get(operatorKey(), "/api/v1/alerts?state=open&limit=500" + next).body());
      page.path("alerts")
          .forEach(
              alert ->
                  found
                      .computeIfAbsent(
                          alert.path("industry").asString() + " " + alert.path("check").asString(),
                          check -> new TreeSet<>())
                      .add(
                          alert.path("key").asString().isEmpty()
                              ? alert.path("entry").asString()
                              : alert.path("key").asString()));
      next = page.path("next").isString() ? "&next=" + page.path("next").asString() : "";
    } while (!next.isEmpty());
    Map<String, Integer> expected = new TreeMap<>();
    // A certificate shown at two abattoirs.
    expected.put("farm-products document-before-arrival", 1);
    // A stall that sells more than came in, and one whose purchase nobody recorded.
    expected.put("farm-products oversold", 2);
    // Yoghurt that left without the factory's test.
    expected.put("food tested-before-sale", 1);
    // Oxide without a mine, as it was sold and as it was taken in.
    expected.put("rare-earths lawful-source", 1);
    // A lift put into use without inspection; a cylinder delivered without its check after filling.
    expected.put("special-equipment inspected-before-use", 1);
    expected.put("special-equipment passed-before-use", 1);
    expected.put("special-equipment checked-before-delivery", 1);
    expected.put("special-equipment steps-in-order", 1);
    Map<String, Integer> counted = new TreeMap<>();
    found.forEach((check, keys) -> counted.put(check, keys.size()));
    assertThat(counted).as("%s", found).isEqualTo(expected);
  }

  @Test
  void aReceiptShowsItsFarmAndNoSecret() throws Exception {
    String page = page(demo.path("traceCodes").path("pork receipt").asString());

    assertThat(page).contains("养殖").contains("屠宰").contains("动物检疫合格证明");
    assertThat(page).doesNotContain("price").doesNotContain("单价").doesNotContain("陕A");
  }

  @Test
  void aPigLeadsToEveryReceiptOfItsBatch() throws Exception {
    String tag = demo.path("traceCodes").path("pig ear tag").asString();
    JsonNode forward = trace(operatorKey(), tag, "forward");

    List<String> receipts = new ArrayList<>();
    forward
        .path("units")
        .forEach(
            unit -> {
              if (unit.path("uri").asString().startsWith("urn:yuanliu:trace:")) {
                receipts.add(unit.path("uri").asString());
              }
            });
    assertThat(receipts).isNotEmpty();
    assertThat(forward.path("flows"))
        .filteredOn(flow -> receipts.contains(flow.path("to").asString()))
        .isNotEmpty()
        .allMatch(flow -> flow.path("sameBatch").asBoolean());
  }

  @Test
  void aCompetitorFindsNothingNextToACode() throws Exception {
    String receipt = demo.path("traceCodes").path("pork receipt").asString();
    String competitor = key("supermarket");
    String absent = answer(competitor, receipt.substring(0, 13) + "9999999");
    long serial = Long.parseLong(receipt.substring(13));
    for (long near = Math.max(1, serial - NEIGHBOURS); near <= serial + NEIGHBOURS; near++) {
      String code = receipt.substring(0, 13) + String.format(Locale.ROOT, "%07d", near);

      assertThat(answer(competitor, code)).as(code).isEqualTo(absent);
    }
    assertThat(answer(operatorKey(), receipt)).startsWith("200");
  }

  @Test
  void masterDataOfADocumentIsRegistered() throws Exception {
    String gln = "https://id.gs1.org/414/6901234567892";
    String document =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            {"cbvmda": "urn:epcglobal:cbv:mda:", "yl": "https://yuanliu.org/ns/"}],
         "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-11-21T08:00:00+08:00",
         "epcisHeader": {"epcisMasterData": {"vocabularyList": [
           {"type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList": [
             {"id": "%s", "attributes": [
               {"id": "cbvmda:name", "attribute": "曲江冷库"},
               {"id": "yl:division", "attribute": "610113"}]}]}]}},
         "epcisBody": {"eventList": [
           {"type": "ObjectEvent", "action": "OBSERVE", "bizStep": "storing",
            "eventTime": "2026-11-21T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
            "epcList": ["https://id.gs1.org/01/09521234543213/21/MD1"],
            "bizLocation": {"id": "%s"}}]}}
        """
            .formatted(gln, gln);
    HttpResponse<String> taken =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/epcis/capture"))
                .header("Authorization", "Bearer " + operatorKey())
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(document))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    // Its event is stored, and does not come in the middle of another test.
    HttpResponse<String> job =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(base + taken.headers().firstValue("Location").orElseThrow()))
                .header("Authorization", "Bearer " + operatorKey())
                .header("Prefer", "wait=10")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(JSON.readTree(job.body()).path("success").asBoolean()).as(job.body()).isTrue();

    JsonNode place = JSON.readTree(get(operatorKey(), "/api/v1/places?id=" + encoded(gln)).body());

    assertThat(place.toString()).contains("曲江冷库").contains("610113");
  }

  /** Unknown is never green: but only what is on the page counts, not what others record. */
  @Test
  void aPageSaysThatItsNewestRecordIsStillBeingChecked() throws Exception {
    String code = demo.path("traceCodes").path("pork receipt").asString();
    String unit = "urn:yuanliu:trace:" + code.replace(" ", "");
    SmartLifecycle follower = context.getBean("checkFollower", SmartLifecycle.class);
    follower.stop();
    try {
      seen(
          "urn:uuid:7a1f2a50-5c0e-4a5e-9d3a-0f6c1e2b9a01",
          "urn:yuanliu:trace:99999999999999999999",
          "");
      assertThat(verdict(page(code))).as("what others record").isEqualTo("complete");

      seen("urn:uuid:7a1f2a50-5c0e-4a5e-9d3a-0f6c1e2b9a02", unit, "");
      String page = page(code);
      assertThat(verdict(page)).isEqualTo("incomplete");
      assertThat(findings(page)).contains("checks_pending");
      assertThat(page).contains("正在核对");
    } finally {
      follower.start();
    }
    waitForChecks();
    assertThat(findings(page(code))).doesNotContain("checks_pending");
    seen(
        "urn:uuid:7a1f2a50-5c0e-4a5e-9d3a-0f6c1e2b9a02",
        unit,
        """
        "errorDeclaration": {"declarationTime": "2026-11-21T00:00:00Z"},
        """);
    waitForChecks();
    assertThat(verdict(page(code))).isEqualTo("complete");
  }

  /** Somebody looked at it; or says that nobody did. */
  private void seen(String id, String unit, String declaration) throws Exception {
    String event =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"], %s
         "eventID": "%s", "type": "ObjectEvent", "action": "OBSERVE", "bizStep": "inspecting",
         "eventTime": "%s", "eventTimeZoneOffset": "+08:00",
         "quantityList": [{"epcClass": "%s"}]}
        """
            .formatted(declaration, id, looked, unit);
    HttpResponse<String> taken =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/epcis/events"))
                .header("Authorization", "Bearer " + operatorKey())
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
  }

  @Test
  void aSecondLoadFindsTheDemonstrationThere() throws Exception {
    long before = context.getBean(Journal.class).head().size();

    load();

    assertThat(context.getBean(Journal.class).head().size()).isEqualTo(before);
  }

  @Test
  void aRebuildChangesNoAnswer() throws Exception {
    Map<String, String> before = answers();
    assertThat(before).hasSizeGreaterThan(20);

    context.getBean(Rebuild.class).rebuild();
    waitForChecks();

    assertThat(answers()).isEqualTo(before);
  }

  /** What alerts and dashboard ask for is what the server gives. */
  @Test
  void everyMetricOfTheMonitoringFilesIsThere() throws Exception {
    String scrape =
        http.send(
                HttpRequest.newBuilder(URI.create(base + "/actuator/prometheus"))
                    .header("Authorization", "Bearer " + operatorKey())
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Set<String> there =
        Pattern.compile("^([a-z_]+)[ {]", Pattern.MULTILINE)
            .matcher(scrape)
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    for (String file : List.of("alerts.yaml", "dashboard.json")) {
      Pattern.compile("\\b(?:yuanliu|http_server|jvm|disk)_[a-z_]+")
          .matcher(Files.readString(Path.of("../deploy/monitoring", file)))
          .results()
          .map(MatchResult::group)
          .forEach(named::add);
    }
    assertThat(named).hasSizeGreaterThan(15);
    assertThat(there).containsAll(named);
  }

  /** The drill: backed up while others send, lost, restored elsewhere, every answer compared. */
  @Test
  void aRestoredBackupGivesTheSameAnswers() throws Exception {
    Path backups = folder.resolve("backups");
    Backup backup = context.getBean(Backup.class);
    AtomicBoolean sending = new AtomicBoolean(true);
    Thread sender = Thread.ofVirtual().start(() -> send(sending));
    assertThat(backup.run(backups, false, null, silent()).from()).isZero();
    sending.set(false);
    sender.join();
    Backup.Done second = backup.run(backups, false, null, silent());
    assertThat(second.size()).isEqualTo(context.getBean(Journal.class).head().size());
    Map<String, String> before = answers();

    Path elsewhere = folder.resolve("elsewhere");
    String[] arguments = {"--yuanliu.data-dir=" + elsewhere, "--logging.threshold.console=error"};
    try (ConfigurableApplicationContext part =
        new SpringApplicationBuilder(OfflineBackup.class)
            .web(WebApplicationType.NONE)
            .run(arguments)) {
      part.getBean(Restore.class).run(backups, null, Restore.Succession.NONE, silent());
    }
    String here = base;
    try (ConfigurableApplicationContext restored =
        server(
            Stream.concat(Arrays.stream(arguments), Stream.of("--server.port=0"))
                .toArray(String[]::new))) {
      base = "http://127.0.0.1:" + restored.getEnvironment().getProperty("local.server.port");
      assertThat(restored.getBean(OpenAlerts.class).awaitJudged(Duration.ofMinutes(2))).isTrue();
      assertThat(answers()).isEqualTo(before);
      assertThat(restored.getBean(Journal.class).head().root())
          .isEqualTo(context.getBean(Journal.class).head().root());
      // The log goes on under its own key.
      assertThat(post("after").statusCode()).isEqualTo(201);
      assertThat(post("after").body()).contains("\\n\\n— yuanliu.local/main ");
    } finally {
      base = here;
    }
  }

  /** Else a backup would leave a table out that nothing rebuilds. */
  @Test
  void whatABackupLeavesOutIsWhatARebuildEmpties() throws Exception {
    try (Connection connection = context.getBean(DataSource.class).getConnection()) {
      connection.setAutoCommit(false);
      Map<String, String> kinds = new LinkedHashMap<>();
      try (ResultSet rows =
          connection
              .createStatement()
              .executeQuery(
                  """
                  select relname, coalesce(obj_description(oid, 'pg_class'), '') from pg_class
                  where relnamespace = 'public'::regnamespace and relkind = 'r'
                  """)) {
        while (rows.next()) {
          kinds.put(rows.getString(1), rows.getString(2).split(":")[0]);
        }
      }
      Map<String, Boolean> before = filled(connection, kinds);
      for (Projection projection : context.getBeansOfType(Projection.class).values()) {
        projection.clear(connection);
      }
      Map<String, Boolean> after = filled(connection, kinds);
      connection.rollback();
      kinds.forEach(
          (table, kind) ->
              assertThat(after.get(table))
                  .as(table + " " + kind)
                  .isEqualTo(!kind.equals("view") && before.get(table)));
      assertThat(kinds.values()).contains("view", "journal");
    }
  }

  private static Map<String, Boolean> filled(Connection connection, Map<String, String> tables)
      throws SQLException {
    Map<String, Boolean> filled = new LinkedHashMap<>();
    for (String table : tables.keySet()) {
      try (ResultSet rows =
          connection.createStatement().executeQuery("select exists (select from " + table + ")")) {
        rows.next();
        filled.put(table, rows.getBoolean(1));
      }
    }
    return filled;
  }

  private void send(AtomicBoolean going) {
    for (int i = 0; going.get(); i++) {
      try {
        assertThat(post("under-load-" + i).statusCode()).isEqualTo(201);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Answered with where it stands in the log. */
  private HttpResponse<String> post(String serial) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + "/epcis/events"))
            .header("Authorization", "Bearer " + operatorKey())
            .header("Prefer", "return=minimal")
            .header("Content-Type", "application/ld+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
                     "type": "ObjectEvent", "action": "OBSERVE", "bizStep": "shipping",
                     "eventTime": "2026-03-01T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
                     "epcList": ["https://id.gs1.org/01/09521234543213/21/%s"]}
                    """
                        .formatted(serial)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static BackupProgress silent() {
    return new BackupProgress() {
      @Override
      public void begin(long bytes) {}

      @Override
      public void done(long bytes) {}
    };
  }
}
