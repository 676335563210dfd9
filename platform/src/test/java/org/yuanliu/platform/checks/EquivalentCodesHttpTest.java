package org.yuanliu.platform.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Rebuild;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/**
 * Two codes of one unit are one unit to the checks, whenever an office says so and takes it back.
 */
class EquivalentCodesHttpTest extends CaptureServer {
  private static final String SALE = "/api/v1/links/drugs/retail_sale?product=preparations";
  private static final String RETURN = "/api/v1/links/drugs/customer_return?product=preparations";
  private static final String PHARMACY = "https://id.gs1.org/414/6901234560138";
  private static final String PLANT = "https://id.gs1.org/414/6901234560114";
  private static final String POINT = "https://id.gs1.org/414/6901234560169";
  private static final String DRUG = "urn:yuanliu:drug:";

  private static long boxes = 879_866_000L;

  @Autowired Journal written;
  @Autowired CheckFollower follower;
  @Autowired Rebuild rebuild;

  private String operator = "";
  private String key = "";

  @BeforeEach
  void openShop() {
    operator = key(someParty(), ViewerKind.OPERATOR, Permission.ofOperator(), Standing.AUTHORITY);
    place(PHARMACY, "pharmacy");
    place(PLANT, "drug_plant");
    place(POINT, "vaccination_point");
    key = key(someParty());
  }

  @Test
  void soldUnderOneCodeAndAgainUnderTheOtherIsSoldTwice() {
    String box = box();
    String other = box();
    declare(box, other);
    sale(box, 8);
    assertThat(ask(other, 9)).isEqualTo("no");
    sale(other, 10);
    judged();
    assertThat(alerts("")).containsExactly(other);
    assertThat(marks(box)).isZero();
    assertThat(marks(other)).isEqualTo(1);

    back(box, 9);
    judged();
    assertThat(alerts("")).as("the first sale was brought back between").isEmpty();
    back(other, 11);
    sale(box, 12);
    judged();
    assertThat(alerts("")).isEmpty();
    assertThat(marks(box)).as("twice sold, twice brought back, sold").isZero();
  }

  @Test
  void declaredLateTheCountersAreAddedUpAndEndedTheyStandAlone() {
    String box = box();
    String other = box();
    sale(box, 8);
    sale(other, 10);
    judged();
    assertThat(alerts("")).isEmpty();

    declare(other, box);
    judged();
    assertThat(alerts("")).containsExactly(other);
    assertThat(marks(other)).as("by what was known when it was stored").isZero();
    back(other, 11);
    sale(other, 12);
    judged();
    assertThat(alerts("")).as("two sales, a return, a third sale").containsOnly(other).hasSize(2);
    assertThat(marks(other)).as("the sum of both counters, not one of them").isEqualTo(1);
    assertThat(ask(box, 13)).isEqualTo("no");

    end(box, other);
    judged();
    assertThat(alerts("")).as("one code was sold once, the other twice with a return").isEmpty();
    assertThat(alerts("&state=cleared")).isNotEmpty();
    sale(box, 14);
    judged();
    assertThat(alerts("")).as("counted by its own code again").containsExactly(box);
    assertThat(marks(box)).isEqualTo(1);
  }

  @Test
  void ofAHundredAtOnceUnderThreeCodesOneIsTheSale() throws Exception {
    List<String> codes = List.of(box(), box(), box());
    declare(codes.get(1), codes.get(0));
    declare(codes.get(1), codes.get(2));
    int records = 99;
    atOnce(records, codes, () -> {});
    judged();
    assertThat(codes.stream().mapToLong(this::marks).sum()).isEqualTo(records - 1);
    assertThat(alerts("&limit=500")).hasSize(records - 1);
  }

  @Test
  void declaredWhileManySellNothingIsCountedTwiceOrLost() throws Exception {
    List<String> codes = List.of(box(), box());
    int records = 60;
    atOnce(records, codes, () -> declare(codes.get(0), codes.get(1)));
    judged();
    assertThat(alerts("&limit=500")).hasSize(records - 1);
    long before = codes.stream().mapToLong(this::marks).sum();
    assertThat(before).as("each code's first sale alone may have counted").isBetween(58L, 59L);
    for (int i = 0; i < records - 1; i++) {
      back(codes.get(i % 2), 20);
    }
    sale(codes.getFirst(), 21);
    assertThat(codes.stream().mapToLong(this::marks).sum())
        .as("of sixty sales one is not brought back: the next is one too many")
        .isEqualTo(before + 1);
    back(codes.getLast(), 22);
    back(codes.getLast(), 23);
    sale(codes.getLast(), 23);
    assertThat(codes.stream().mapToLong(this::marks).sum()).isEqualTo(before + 1);
  }

  @Test
  void whatWasSaidOfOneCodeLimitsTheOther() {
    String box = box();
    String other = box();
    declare(box, other);
    stored(
        "/api/v1/links/drugs/activation?product=vaccines",
        """
        {"event_time": "2026-11-10T08:00:00+08:00", "place": "%s",
         "ingredient_batches": [
           {"code": "https://id.gs1.org/01/06901234567892/10/B78", "quantity": 1, "uom": "H87"}],
         "drug_codes": ["%s"], "batch_number": "B78", "production_date": "2026-01-10",
         "expiry_date": "2026-12-31", "generic_name": "流感疫苗", "doses_per_pack": 2}
        """
            .formatted(PLANT, box));
    for (int i = 0; i < 3; i++) {
      stored(
          "/api/v1/links/drugs/vaccination?product=vaccines",
          """
          {"event_time": "2026-11-20T08:%02d:00+08:00", "place": "%s", "drug_codes": ["%s"],
           "units_taken": 1, "physician": "王医师", "patient_document_kind": "1",
           "patient_document": "加密%d"}
          """
              .formatted(i, POINT, i == 1 ? box : other, i));
    }
    assertThat(marks("split-within-pack", box) + marks("split-within-pack", other)).isEqualTo(1);
  }

  @Test
  void anOfficeEquatesWhatItCanReadAndNobodyElseDoes() {
    String box = box();
    String other = box();
    saleInXian(box, 8);
    saleInXian(other, 10);
    String own = office("6101");
    String elsewhere = office("3101");
    String body = equivalence(box, other);
    assertThat(post("/api/v1/equivalences", key, body).statusCode()).isEqualTo(403);
    assertThat(post("/api/v1/equivalences", elsewhere, body).statusCode()).isEqualTo(403);
    assertThat(post("/api/v1/equivalences", own, equivalence(box, box())).statusCode())
        .as("of the other nobody has a record")
        .isEqualTo(403);
    judged();
    assertThat(alerts("")).isEmpty();
    assertThat(post("/api/v1/equivalences", own, body).statusCode()).isEqualTo(201);
    judged();
    assertThat(alerts("")).containsExactly(other);
    assertThat(post("/api/v1/equivalences/end", elsewhere, body).statusCode()).isEqualTo(403);
    assertThat(post("/api/v1/equivalences/end", key, body).statusCode()).isEqualTo(403);
    assertThat(post("/api/v1/equivalences/end", own, body).statusCode()).isEqualTo(200);
    judged();
    assertThat(alerts("")).isEmpty();
  }

  @Test
  void aUnitHasSixteenCodesAndNoMore() {
    String first = box();
    String last = first;
    for (int codes = 2; codes <= 16; codes++) {
      String next = box();
      declare(last, next);
      last = next;
    }
    HttpResponse<String> refused = post("/api/v1/equivalences", operator, equivalence(last, box()));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("equivalence-too-many");
    sale(first, 8);
    sale(last, 9);
    judged();
    assertThat(alerts("")).as("from the first to the last").containsExactly(last);
  }

  @Test
  void aRebuildFindsTheSame() throws InterruptedException {
    String box = box();
    String other = box();
    sale(box, 8);
    sale(other, 9);
    declare(box, other);
    sale(box, 10);
    judged();
    List<String> live = dump();
    assertThat(live).isNotEmpty();
    rebuild.rebuild();
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (jdbc.sql("select coalesce(max(next), 0) from check_state").query(Long.class).single()
        < written.head().size()) {
      assertThat(System.nanoTime()).as("the checks follow again").isLessThan(until);
      Thread.sleep(20);
    }
    assertThat(dump()).isEqualTo(live);
    sale(other, 11);
    judged();
    assertThat(marks(other)).isEqualTo(1);
  }

  /** Records of the codes in turn, sent together, with something else in their midst. */
  private void atOnce(int records, List<String> codes, Runnable between) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < records; i++) {
        String code = codes.get(i % codes.size());
        int number = i;
        sent.add(senders.submit(() -> stored(SALE, record(code, 10, number))));
        if (i == records / 2) {
          sent.add(senders.submit(between));
        }
      }
    }
    for (Future<?> one : sent) {
      one.get();
    }
  }

  private void declare(String code, String other) {
    HttpResponse<String> answer = post("/api/v1/equivalences", operator, equivalence(code, other));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private void end(String code, String other) {
    HttpResponse<String> answer =
        post("/api/v1/equivalences/end", operator, equivalence(code, other));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String equivalence(String code, String other) {
    return "{\"unit\": \"%s\", \"other\": \"%s\", \"reason\": \"换码\"}"
        .formatted(DRUG + code, DRUG + other);
  }

  private void sale(String code, int hour) {
    stored(SALE, record(code, hour, 10));
  }

  /** Told as an event, which says where it belongs. */
  private void saleInXian(String code, int hour) {
    stored(
        "/epcis/events",
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
           {"yl": "https://yuanliu.org/ns/"}],
         "type": "ObjectEvent", "action": "OBSERVE", "bizStep": "retail_selling",
         "disposition": "retail_sold", "eventTime": "2026-11-20T%02d:00:00+08:00",
         "eventTimeZoneOffset": "+08:00", "epcList": ["%s"], "bizLocation": {"id": "%s"},
         "yl:industry": "drugs", "yl:product": "preparations", "yl:division": "610102"}\
        """
            .formatted(hour, DRUG + code, PHARMACY));
  }

  private void back(String code, int hour) {
    // Apart from others of the same hour.
    stored(RETURN, record(code, hour, 10 + (int) (boxes++ % 1_000_000)));
  }

  private void stored(String path, String record) {
    HttpResponse<String> answer = post(path, key, record);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /**
   * @param number tells it from others of the hour
   */
  private static String record(String code, int hour, int number) {
    return """
    {"event_time": "2026-11-20T%02d:%02d:%02d+08:00", "place": "%s", "drug_codes": ["%s"]}\
    """
        .formatted(hour, number / 60 % 60, number % 60, PHARMACY, code);
  }

  private String ask(String code, int hour) {
    HttpResponse<String> answer =
        post(
            "/api/v1/ask",
            key,
            "{\"industry\": \"drugs\", \"link\": \"retail_sale\", \"product\": \"preparations\","
                + " \"elements\": %s}".formatted(record(code, hour, 10)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path("allowed").asString();
  }

  /** Boxes whose sale the reporter is told to be one too many. */
  private List<String> alerts(String query) {
    HttpResponse<String> answer = get("/api/v1/alerts?check=retail-once" + query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> found = new ArrayList<>();
    for (JsonNode alert : json(answer).path("alerts")) {
      found.add(alert.path("key").asString().substring(DRUG.length()));
    }
    return found;
  }

  private long marks(String box) {
    return marks("retail-once", box);
  }

  private long marks(String check, String box) {
    return jdbc.sql("select count(*) from check_mark where check_id = :check and key like :box")
        .param("check", check)
        .param("box", "%" + box)
        .query(Long.class)
        .single();
  }

  private List<String> dump() {
    List<String> rows =
        new ArrayList<>(
            jdbc.sql(
                    """
                    select concat_ws(' ', position, check_id, key, raised_at, cleared_at)
                    from alert order by position, check_id, key, raised_at
                    """)
                .query(String.class)
                .list());
    for (String table : List.of("check_mark", "check_counter", "check_counter_equivalence")) {
      rows.addAll(
          jdbc.sql("select t::text from " + table + " t order by 1").query(String.class).list());
    }
    return rows;
  }

  private void judged() {
    assertThat(follower.await(written.head().size(), Duration.ofSeconds(30)))
        .as("%s", follower.failure())
        .isTrue();
  }

  private void place(String id, String kind) {
    HttpResponse<String> answer =
        post(
            "/api/v1/places",
            operator,
            """
            {"id": "%s", "name": "某处", "division": "610102", "nodeType": "%s"}
            """
                .formatted(id, kind));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private String office(String division) {
    Set<Permission> permissions = EnumSet.of(Permission.QUERY, Permission.REGISTER);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "office-" + UUID.randomUUID(),
                null,
                someParty(),
                ViewerKind.REGULATOR,
                division,
                Set.of(),
                permissions,
                Standing.AUTHORITY));
    return accounts
        .createKey(
            account, new Accounts.NewKey("test", permissions, Standing.AUTHORITY, null, 1_000_000))
        .token();
  }

  private static synchronized String box() {
    return "8385793%013d".formatted(++boxes);
  }
}
