package org.yuanliu.platform.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Rebuild;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Asking, recording, alerts and their policy over HTTP, on PostgreSQL. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChecksHttpTest extends CaptureServer {
  private static final String SALE = "/api/v1/links/drugs/retail_sale?product=preparations";
  private static final String RETURN = "/api/v1/links/drugs/customer_return?product=preparations";
  private static final String PHARMACY = "https://id.gs1.org/414/6901234560138";

  /** Beginning and end of the codes of boxes; each test has boxes of its own. */
  private static final String BOX = "8385793%013d";

  /** Open at once; more than that wait for a connection, not for the server. */
  private static final int CONNECTIONS = 100;

  /** Transactions that are cut off; each costs the follower a second. */
  private static final int CUTS = 4;

  private static long boxes = 879_766_000L;

  @Autowired Accounts accounts;
  @Autowired Journal written;
  @Autowired CheckFollower follower;
  @Autowired Rebuild rebuild;

  private String party = "";
  private String key = "";

  @BeforeEach
  void openShop() {
    String operator =
        key(someParty(), ViewerKind.OPERATOR, Permission.ofOperator(), Standing.AUTHORITY);
    HttpResponse<String> answer =
        post(
            "/api/v1/places",
            operator,
            """
            {"id": "%s", "name": "大药房", "division": "610102", "nodeType": "pharmacy"}\
            """
                .formatted(PHARMACY));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    party = someParty();
    key = key(party);
  }

  @Test
  void ofAThousandRecordsAtOnceOneIsTheSale() throws Exception {
    String box = box();
    int records = 1_000;
    Semaphore connections = new Semaphore(CONNECTIONS);
    List<Future<Integer>> sent = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < records; i++) {
        String record = sale(box, "2026-11-20T10:00:00+08:00", 10 + i);
        sent.add(
            senders.submit(
                () -> {
                  connections.acquire();
                  try {
                    return post(SALE, key, record).statusCode();
                  } finally {
                    connections.release();
                  }
                }));
      }
    }
    for (Future<Integer> one : sent) {
      assertThat(one.get()).isEqualTo(201);
    }
    judged();
    assertThat(alerts(key, "check=retail-once&limit=500&state=all")).hasSize(records - 1);
    assertThat(marks(box)).isEqualTo(records - 1);
    assertThat(counted(box)).isEqualTo(records);
  }

  @Test
  void aResendIsNoSecondSale() {
    String box = box();
    String record = sale(box, "2026-11-20T10:00:00+08:00", 10);
    assertThat(post(SALE, key, record).statusCode()).isEqualTo(201);
    assertThat(post(SALE, key, record).statusCode()).isEqualTo(200);
    judged();
    assertThat(alerts(key, "check=retail-once")).isEmpty();
    assertThat(counted(box)).isEqualTo(1);
  }

  @Test
  void aSecondSaleIsStoredMarkedAndAlertedUntilTheFirstWasBroughtBack() {
    String box = box();
    post(SALE, key, sale(box, "2026-11-20T10:00:00+08:00", 10));
    HttpResponse<String> second = post(SALE, key, sale(box, "2026-11-20T12:00:00+08:00", 10));
    assertThat(second.statusCode()).as("a fact is never refused").isEqualTo(201);
    judged();
    JsonNode alert = only(alerts(key, "check=retail-once"));
    assertThat(alert.path("severity").asString()).isEqualTo("refuse");
    assertThat(alert.path("state").asString()).isEqualTo("open");
    assertThat(alert.path("marked").booleanValue()).isTrue();
    assertThat(alert.path("key").asString()).endsWith(box);
    assertThat(alert.path("principal").asString()).isEqualTo(party);
    assertThat(alert.path("message").path("zh").asString()).isNotBlank();
    assertThat(alert.path("message").path("en").asString()).isNotBlank();
    assertThat(alert.path("entry").asString())
        .isEqualTo("1-" + json(second).path("events").get(0).path("position").asString());

    // The return between the two was reported late.
    post(RETURN, key, back(box, "2026-11-20T11:00:00+08:00"));
    judged();
    assertThat(alerts(key, "check=retail-once")).isEmpty();
    JsonNode cleared = only(alerts(key, "check=retail-once&state=cleared"));
    assertThat(cleared.path("id").asString()).isEqualTo(alert.path("id").asString());
    assertThat(cleared.path("clearedAt").isNull()).isFalse();
    assertThat(cleared.path("history")).hasSize(1);
    assertThat(cleared.path("marked").booleanValue()).as("what was known then stays").isTrue();
  }

  @Test
  void whatCameWhileNobodyJudgedIsJudgedOnce() {
    String box = box();
    follower.stop();
    try {
      post(SALE, key, sale(box, "2026-11-20T10:00:00+08:00", 10));
      post(SALE, key, sale(box, "2026-11-20T12:00:00+08:00", 10));
      assertThat(alerts(key, "check=retail-once")).isEmpty();
      String question =
          "{\"industry\": \"drugs\", \"link\": \"retail_sale\", \"product\": \"preparations\","
              + " \"elements\": %s}".formatted(sale(box, "2026-11-20T13:00:00+08:00", 10));
      HttpResponse<String> behind = post("/api/v1/ask", key, question);
      assertThat(behind.statusCode()).as("no answer by half of what is known").isEqualTo(503);
    } finally {
      follower.start();
    }
    judged();
    assertThat(alerts(key, "check=retail-once&state=all")).hasSize(1);
  }

  @Test
  void askingAnswersBeforeTheActAndTheAnswerIsJournalled() {
    String box = box();
    String question =
        """
        {"industry": "drugs", "link": "retail_sale", "product": "preparations", "elements": %s}\
        """;
    JsonNode before = ask(question.formatted(sale(box, "2026-11-20T10:00:00+08:00", 10)));
    assertThat(before.path("allowed").asString()).isEqualTo("yes");
    assertThat(counted(box)).as("asking is not doing").isZero();
    post(SALE, key, sale(box, "2026-11-20T10:00:00+08:00", 10));
    JsonNode after = ask(question.formatted(sale(box, "2026-11-20T12:00:00+08:00", 10)));
    assertThat(after.path("allowed").asString()).isEqualTo("no");
    JsonNode reason = after.path("reasons").get(0);
    assertThat(reason.path("check").asString()).isEqualTo("retail-once");
    assertThat(reason.path("severity").asString()).isEqualTo("refuse");
    assertThat(reason.path("message").path("zh").asString()).isNotBlank();

    String position = after.path("position").asString();
    var entry = written.read(new EntryRef(1, Long.parseLong(position.substring(2)))).orElseThrow();
    assertThat(entry.draft().kind()).isEqualTo(EntryKind.DECISION);
    assertThat(entry.draft().reporter()).isEqualTo(party);
    assertThat(new String(entry.draft().body(), UTF_8)).contains("\"no\"", "retail-once", box);
  }

  @Test
  void anEpcisEventCanBeAskedTooAndWhatNoPackKnowsIsUnknown() {
    String event =
        """
        {"type": "ObjectEvent", "action": "OBSERVE", "eventTime": "2026-11-20T10:00:00+08:00",
         "eventTimeZoneOffset": "+08:00", "epcList": ["urn:yuanliu:eartag:161010200000199"],
         "bizStep": "inspecting"}\
        """;
    assertThat(ask(event).path("allowed").asString()).isEqualTo("unknown");
  }

  @Test
  void whoAsksAtAnUnknownPlaceIsToldSo() {
    String question =
        """
        {"industry": "special-equipment", "link": "fill", "product": "gas_cylinder", "elements":
         {"event_time": "2026-11-20T10:00:00+08:00", "place": "610113999",
          "cylinder": "232061902202500777", "gas": "lpg", "filled": 14.5, "max_fill": 14.9,
          "filling_licence_number": "Q1", "worker": "W"}}\
        """;
    JsonNode answer = ask(question);
    assertThat(answer.path("allowed").asString()).isEqualTo("unknown");
    JsonNode reason = answer.path("reasons").get(0);
    assertThat(reason.path("check").asString()).isEqualTo("link-not-recognised");
    assertThat(reason.path("message").path("zh").asString()).contains("场所没有登记");
  }

  @Test
  void whatIsNotDoneAtSuchAPlaceIsNoYes() {
    String question =
        """
        {"industry": "drugs", "link": "vaccination", "product": "vaccines", "elements":
         {"event_time": "2026-11-20T10:00:00+08:00", "place": "%s", "drug_codes": ["%s"],
          "physician": "D", "patient_document_kind": "1", "patient_document": "P"}}\
        """
            .formatted(PHARMACY, box());
    JsonNode answer = ask(question);
    assertThat(answer.path("allowed").asString()).isEqualTo("unknown");
    assertThat(answer.path("reasons").get(0).path("message").path("zh").asString())
        .contains("不是所问的环节");
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    assertThat(post("/api/v1/ask", key, "{}").statusCode()).isEqualTo(400);
    assertThat(post("/api/v1/ask", key, "[1]").statusCode()).isEqualTo(400);
    assertThat(post("/api/v1/ask", key, "{\"link\": \"sale\", \"colour\": 1}").statusCode())
        .isEqualTo(400);
    String nowhere = "{\"industry\": \"drugs\", \"link\": \"flying\", \"elements\": {}}";
    assertThat(post("/api/v1/ask", key, nowhere).statusCode()).isEqualTo(404);
    String wrong = "{\"industry\": \"drugs\", \"link\": \"retail_sale\", \"elements\": {}}";
    HttpResponse<String> answer = post("/api/v1/ask", key, wrong);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/drug_codes");
    String reader = key(someParty(), EnumSet.of(Permission.QUERY), Standing.DECLARED);
    assertThat(post("/api/v1/ask", reader, wrong).statusCode()).isEqualTo(403);
    assertThat(post("/api/v1/ask", "", wrong).statusCode()).isEqualTo(401);
  }

  @Test
  void strangersSeeNeitherAlertsNorTheirNumber() {
    String box = box();
    post(SALE, key, sale(box, "2026-11-20T10:00:00+08:00", 10));
    post(SALE, key, sale(box, "2026-11-20T12:00:00+08:00", 10));
    judged();
    String id = only(alerts(key, "check=retail-once")).path("id").asString();
    String one = "/api/v1/alerts/" + id;
    assertThat(get(one, key).statusCode()).isEqualTo(200);
    String stranger = key(someParty());
    assertThat(alerts(stranger, "state=all")).isEmpty();
    HttpResponse<String> absent = get(one, stranger);
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(json(absent).path("type"))
        .isEqualTo(json(get("/api/v1/alerts/" + UUID.randomUUID(), stranger)).path("type"));
    String drugs = regulator(Set.of("drugs"));
    assertThat(get(one, drugs).statusCode()).isEqualTo(200);
    String food = regulator(Set.of("food"));
    assertThat(get(one, food).statusCode()).isEqualTo(404);
    assertThat(ids(food, "state=all&limit=500")).doesNotContain(id);
    assertThat(get("/api/v1/alerts", "").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/alerts?state=shut", key).statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/alerts?next=x", key).statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/alerts?limit=501", key).statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/alerts?severity=mild", key).statusCode()).isEqualTo(400);
  }

  @Test
  void pagesNeitherRepeatNorLose() {
    String box = box();
    for (int i = 0; i < 6; i++) {
      post(SALE, key, sale(box, "2026-11-20T1" + i + ":00:00+08:00", 10));
    }
    judged();
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = json(get("/api/v1/alerts?limit=2&check=retail-once" + next, key));
      assertThat(page.path("alerts").size()).isLessThanOrEqualTo(2);
      page.path("alerts").forEach(alert -> seen.add(alert.path("id").asString()));
      next = page.path("next").isString() ? "&next=" + page.path("next").asString() : "";
    } while (!next.isEmpty());
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void aRebuildFindsTheSameAlertsAtTheSameTimes() {
    String box = box();
    for (int i = 0; i < 3; i++) {
      post(SALE, key, sale(box, "2026-11-20T1" + i + ":00:00+08:00", 10));
    }
    post(RETURN, key, back(box, "2026-11-20T10:30:00+08:00"));
    judged();
    List<String> live = dump();
    assertThat(live).isNotEmpty();
    rebuild.rebuild();
    waitForRestart();
    assertThat(dump()).isEqualTo(live);
  }

  /**
   * Of the whole server and of PostgreSQL with SIGKILL: ChecksKillTest. It leaves many sales
   * behind, so it comes last.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void whatIsCutOffAtRandomMomentsIsJudgedAsIfNothingHadHappened() throws Exception {
    Random random = new Random(7);
    List<String> own = List.of(box(), box(), box(), box(), box());
    AtomicInteger cut = new AtomicInteger();
    try (ExecutorService killer = Executors.newSingleThreadExecutor()) {
      AtomicBoolean over = new AtomicBoolean();
      Future<?> killing =
          killer.submit(
              () -> {
                while (!over.get()) {
                  cut.addAndGet(cutOff());
                  Thread.sleep(random.nextInt(5));
                }
                return null;
              });
      long until = System.nanoTime() + Duration.ofSeconds(12).toNanos();
      for (int i = 0; cut.get() < CUTS && System.nanoTime() < until; i++) {
        String box = own.get(i % own.size());
        String time = "2026-11-20T%02d:%02d:00+08:00".formatted(8 + random.nextInt(12), i % 60);
        HttpResponse<String> stored =
            random.nextInt(3) == 0
                ? post(RETURN, key, back(box, time))
                : post(SALE, key, sale(box, time, 10 + i));
        assertThat(stored.statusCode()).as(stored.body()).isIn(200, 201);
      }
      over.set(true);
      killing.get();
    }
    assertThat(cut.get()).as("transactions cut off").isGreaterThanOrEqualTo(2);
    judged();
    List<String> live = dump();
    assertThat(live).isNotEmpty();
    rebuild.rebuild();
    waitForRestart();
    assertThat(dump()).isEqualTo(live);
  }

  /** Ends the connection of whoever judges, if one is in the middle of it. */
  private int cutOff() {
    return jdbc.sql(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
              and query ~ '(check_(state|event|key|due|void|place|paper)|alert)'
              and query !~ 'pg_stat_activity'
            """)
        .query(Integer.class)
        .single();
  }

  @Test
  void aNewVersionIsTriedBeforeItTakesEffectAndChangesNothing() {
    String box = box();
    post(SALE, key, sale(box, "2026-11-20T10:00:00+08:00", 10));
    post(RETURN, key, back(box, "2026-11-20T11:00:00+08:00"));
    HttpResponse<String> again = post(SALE, key, sale(box, "2026-11-20T12:00:00+08:00", 10));
    judged();
    List<String> before = dump();
    String text = pack("drugs").text();
    String changed =
        text.replaceFirst("version: 1", "version: 2")
            .replaceFirst("once: \\{back: customer_return\\}", "once: {}");
    assertThat(changed).isNotEqualTo(text);
    String operator =
        key(someParty(), ViewerKind.OPERATOR, Permission.ofOperator(), Standing.AUTHORITY);
    assertThat(post("/api/v1/packs/trial", key, changed).statusCode()).isEqualTo(403);
    HttpResponse<String> wrong = post("/api/v1/packs/trial", operator, "pack: 1");
    assertThat(wrong.statusCode()).isEqualTo(422);
    HttpResponse<String> started = post("/api/v1/packs/trial", operator, changed);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    JsonNode result = json(started);
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (result.path("state").asString().equals("running")) {
      assertThat(System.nanoTime()).isLessThan(until);
      sleep();
      result = json(get(started.headers().firstValue("Location").orElseThrow(), operator));
    }
    assertThat(result.path("state").asString()).as("%s", result).isEqualTo("done");
    assertThat(result.path("complete").booleanValue()).isTrue();
    assertThat(result.path("done").asLong()).isEqualTo(result.path("total").asLong());
    JsonNode once =
        result
            .path("changes")
            .valueStream()
            .filter(change -> change.path("check").asString().equals("retail-once"))
            .findFirst()
            .orElseThrow();
    assertThat(once.path("after").asLong() - once.path("before").asLong())
        .isEqualTo(once.path("raisedCount").asLong());
    assertThat(once.path("raised").toString())
        .contains("1-" + json(again).path("events").get(0).path("position").asString() + "\"");
    assertThat(once.path("clearedCount").asLong()).isZero();
    assertThat(dump()).as("nothing has changed").isEqualTo(before);
    assertThat(get("/api/v1/packs/trial/" + UUID.randomUUID(), operator).statusCode())
        .isEqualTo(404);
  }

  private static Pack pack(String id) {
    return PackLoader.bundled().all().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void waitForRestart() {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    long head = written.head().size();
    while (jdbc.sql("select coalesce(max(next), 0) from check_state").query(Long.class).single()
        < head) {
      assertThat(System.nanoTime()).as("the checks follow again").isLessThan(until);
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Alerts, marks and counters, with everything but what no one reads. */
  private List<String> dump() {
    List<String> rows =
        new ArrayList<>(
            jdbc.sql(
                    """
                    select concat_ws(' ', position, check_id, key, level, raised_at, cleared_at)
                    from alert order by position, check_id, key, raised_at
                    """)
                .query(String.class)
                .list());
    rows.addAll(
        jdbc.sql(
                """
                select concat_ws(' ', position, check_id, key) from check_mark
                order by position, check_id, key
                """)
            .query(String.class)
            .list());
    rows.addAll(
        jdbc.sql("select concat_ws(' ', key, net) from check_counter order by key")
            .query(String.class)
            .list());
    return rows;
  }

  private void judged() {
    assertThat(follower.await(written.head().size(), Duration.ofSeconds(30)))
        .as("%s", follower.failure())
        .isTrue();
  }

  private JsonNode ask(String question) {
    HttpResponse<String> answer = post("/api/v1/ask", key, question);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private List<JsonNode> alerts(String whose, String query) {
    List<JsonNode> found = new ArrayList<>();
    String next = "";
    do {
      HttpResponse<String> answer = get("/api/v1/alerts?" + query + next, whose);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      json(answer).path("alerts").forEach(found::add);
      JsonNode token = json(answer).path("next");
      next = token.isString() ? "&next=" + token.asString() : "";
    } while (!next.isEmpty());
    return found;
  }

  private Set<String> ids(String whose, String query) {
    Set<String> ids = new HashSet<>();
    alerts(whose, query).forEach(alert -> ids.add(alert.path("id").asString()));
    return ids;
  }

  private static JsonNode only(List<JsonNode> alerts) {
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  private String regulator(Set<String> industries) {
    Set<Permission> permissions = EnumSet.of(Permission.QUERY);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "regulator-" + UUID.randomUUID(),
                null,
                someParty(),
                ViewerKind.REGULATOR,
                "",
                industries,
                permissions,
                Standing.AUTHORITY));
    return accounts
        .createKey(
            account, new Accounts.NewKey("test", permissions, Standing.AUTHORITY, null, 1_000_000))
        .token();
  }

  private static synchronized String box() {
    return BOX.formatted(++boxes);
  }

  private static String sale(String box, String time, int price) {
    return """
    {"event_time": "%s", "place": "%s", "drug_codes": ["%s"], "unit_price": %d}\
    """
        .formatted(time, PHARMACY, box, price);
  }

  private static String back(String box, String time) {
    return """
    {"event_time": "%s", "place": "%s", "drug_codes": ["%s"]}\
    """
        .formatted(time, PHARMACY, box);
  }

  private long marks(String box) {
    return jdbc.sql("select count(*) from check_mark where key like :box")
        .param("box", "%" + box)
        .query(Long.class)
        .single();
  }

  /** The counter of the box: its sales net of returns, marked ones too. */
  private long counted(String box) {
    return jdbc.sql("select coalesce(sum(net), 0) from check_counter where key = :key")
        .param("key", FactKeys.hash("once\ndrugs\nretail-once\nurn:yuanliu:drug:" + box))
        .query(Long.class)
        .single();
  }
}
