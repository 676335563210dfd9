package org.yuanliu.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Capture of each pack's events beside capture of the very same events without the field that tells
 * their industry, which no check looks at, while what follows the journal to judge it is held. The
 * rounds of both follow each other on one server; both count until everything is committed, those
 * with checks until everything is judged too, and so does the processor time that they took.
 */
@Command(
    name = "packs",
    mixinStandardHelpOptions = true,
    description = "Measures what the packs' checks cost capture.")
final class PacksBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 100;

  /** Of each pack: the server's compiler is slower than the first round. */
  private static final int WARM_UPS = 2;

  /** Judging is waited for this long at most. */
  private static final long JUDGED_LIMIT_MS = 120_000;

  /** To ask more often would be measured too. */
  private static final long POLL_MS = 50;

  private static final String LOT = "https://id.gs1.org/01/09521234543213/10/B000000000";
  private static final String ITEM = "https://id.gs1.org/01/09521234543213/21/B000000000";

  private static final String SELLER = "urn:yuanliu:uscc:91610100MA6U123487";

  @Mixin private Target target = new Target();

  @Option(names = "--events", description = "events a round and side; default ${DEFAULT-VALUE}")
  private int events = 4_000;

  @Option(names = "--connections", description = "default ${DEFAULT-VALUE}")
  private int connections = 4;

  @Option(names = "--rounds", description = "rounds; the median counts; default ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(names = "--pack", description = "this pack alone; may be given again")
  private List<String> only = List.of();

  private final JsonMapper json = JsonMapper.shared();
  private long units = System.currentTimeMillis() / 1_000 % 10_000 * 100_000;

  /**
   * An act of a pack.
   *
   * @param unit the code in the elements whose last digits are counted up
   * @param digits how many of them
   * @param kind of place that the link asks for
   */
  private record Act(
      String industry,
      String link,
      String product,
      String kind,
      String unit,
      int digits,
      String elements) {}

  private static final List<Act> ACTS =
      List.of(
          new Act(
              "farm-products",
              "milking",
              "raw_milk",
              "dairy_farm",
              LOT,
              9,
              """
              "produce_batch": "%s", "weight": 3000, "milked_at": "2026-11-01T05:00:00+08:00",
              "cooled_at": "2026-11-01T06:00:00+08:00", "milk_temperature": 3.6\
              """),
          new Act(
              "food",
              "item_retail",
              "infant_formula",
              "food_shop",
              ITEM,
              9,
              "\"item_codes\": [\"%s\"], \"seller\": \"" + SELLER + "\""),
          new Act(
              "drugs",
              "retail_sale",
              "preparations",
              "pharmacy",
              "83857930000000000000",
              10,
              "\"drug_codes\": [\"%s\"]"),
          new Act(
              "farm-inputs",
              "batch_purchase",
              "feed",
              "breeding_farm",
              LOT,
              9,
              "\"feed_batch\": \"%s\", \"weight\": 400, \"seller\": \"" + SELLER + "\""),
          new Act(
              "special-equipment",
              "cylinder_manufacture",
              "gas_cylinder",
              "cylinder_factory",
              "232061902202500000",
              5,
              """
              "cylinder": "%s", "gas": "lpg", "model": "YSP35.5", "made_on": "2025-11-01",
              "water_capacity": 35.5, "working_pressure": 2.1, "tare": 16.5, "max_fill": 14.9,
              "production_licence_number": "TS-YS-3", "supervision_report": "PJ-1"\
              """),
          new Act(
              "dangerous-goods",
              "retail_sale",
              "fireworks",
              "fireworks_outlet",
              LOT,
              9,
              "\"goods\": [\"%s\"], \"amount\": 1, \"variety\": \"fountain\", \"grade\": \"C\""),
          new Act(
              "rare-earths",
              "dispatch",
              "separated_product",
              "",
              LOT,
              9,
              """
              "batches": [{"code": "%s", "quantity": 50, "uom": "KGM"}], "package_mark": "BZ-1",
              "ledger_number": "T-1"\
              """),
          new Act(
              "jewellery",
              "sale",
              "gold",
              "shop",
              ITEM,
              9,
              "\"piece\": \"%s\", \"seller\": \"" + SELLER + "\""));

  @Override
  public Integer call() throws Exception {
    target.open();
    System.out.println("events/s until committed, with checks and without; until judged; µs of");
    System.out.println("processor time an event, server and PostgreSQL, until judged and without");
    System.out.printf(
        Locale.ROOT,
        "%-18s %-20s %7s %8s %7s %7s %6s %8s%n",
        "pack",
        "link",
        "checks",
        "without",
        "cost",
        "judged",
        "µs",
        "without");
    List<Double> costs = new ArrayList<>();
    int place = 0;
    for (Act act : ACTS) {
      place++;
      if (only.isEmpty() || only.contains(act.industry())) {
        costs.add(measure(act, "61010297" + place));
      }
    }
    System.out.printf(Locale.ROOT, "median cost: %.0f %%%n", 100 * median(costs));
    return 0;
  }

  /** The part of the events a second, until committed, that the checks cost. */
  private double measure(Act act, String place)
      throws IOException, InterruptedException, SQLException {
    JsonNode event = event(act, place);
    for (int i = 0; i < WARM_UPS; i++) {
      checked(act, event);
      without(act, event);
    }
    List<Round> with = new ArrayList<>();
    List<Round> without = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      // Each first as often as the other.
      if (i % 2 == 0) {
        without.add(without(act, event));
        with.add(checked(act, event));
      } else {
        with.add(checked(act, event));
        without.add(without(act, event));
      }
    }
    double committed = median(with, Round::committed);
    double plain = median(without, Round::committed);
    System.out.printf(
        Locale.ROOT,
        "%-18s %-20s %7.0f %8.0f %6.0f%% %7.0f %6.0f %8.0f%n",
        act.industry(),
        act.link(),
        committed,
        plain,
        100 * (1 - committed / plain),
        median(with, Round::judged),
        1e6 * median(with, Round::cpu),
        1e6 * median(without, Round::cpu));
    return 1 - committed / plain;
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> part) {
    return median(rounds.stream().map(part::applyAsDouble).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  /** The act's event as the server makes it of its elements. */
  private JsonNode event(Act act, String place) throws IOException {
    String registered =
        """
        {"id": "urn:yuanliu:node:%s", "name": "bench", "division": "610102"%s}\
        """
            .formatted(place, act.kind().isEmpty() ? "" : ", \"nodeType\": \"" + act.kind() + "\"");
    Target.Answer answer = target.post("/api/v1/places", registered.getBytes(UTF_8));
    if (answer.status() >= 300) {
      throw new IllegalStateException("a place was answered " + answer.body());
    }
    String record =
        "{\"event_time\": \"%s\", \"place\": \"%s\", %s}"
            .formatted(Instant.now().minusSeconds(60), place, act.elements().formatted(act.unit()));
    Target.Answer dry =
        target.post(
            "/api/v1/links/%s/%s?product=%s&dryRun=true"
                .formatted(act.industry(), act.link(), act.product()),
            record.getBytes(UTF_8));
    if (dry.status() != 200) {
      throw new IllegalStateException(act.industry() + " was answered " + dry.body());
    }
    return json.readTree(dry.body()).path("events").get(0);
  }

  /**
   * @param committed events a second until all are committed
   * @param judged until all are judged
   * @param cpu processor time an event of server and PostgreSQL, seconds
   */
  private record Round(double committed, double judged, double cpu) {}

  private Round checked(Act act, JsonNode event)
      throws IOException, InterruptedException, SQLException {
    List<byte[]> documents = documents(act, (ObjectNode) event);
    Spent before = Spent.now(target);
    long begin = System.nanoTime();
    Load.Result stored = store(documents);
    awaitJudged();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return round(stored, seconds, Spent.now(target).since(before));
  }

  /** Whoever judges waits meanwhile for a row that this transaction holds. */
  private Round without(Act act, JsonNode event)
      throws IOException, InterruptedException, SQLException {
    ObjectNode plain = ((ObjectNode) event).deepCopy();
    plain.remove(List.of("yl:industry", "yl:product"));
    List<byte[]> documents = documents(act, plain);
    Round round;
    try (Connection connection = target.database();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select * from check_state for update");
      Spent before = Spent.now(target);
      Load.Result stored = store(documents);
      round = round(stored, stored.wallNs() / 1e9, Spent.now(target).since(before));
      connection.rollback();
    }
    awaitJudged();
    return round;
  }

  private static Round round(Load.Result stored, double seconds, Spent spent) {
    double sent = stored.actions() * (double) EVENTS_PER_DOCUMENT;
    return new Round(
        stored.perSecond(EVENTS_PER_DOCUMENT),
        sent / seconds,
        (spent.server() + spent.database()) / sent);
  }

  private Load.Result store(List<byte[]> documents) throws InterruptedException {
    return Load.run(
        documents.size(),
        connections,
        index -> Documents.store(target, documents.get((int) index)));
  }

  /** Written before the clock runs. */
  private List<byte[]> documents(Act act, ObjectNode template) {
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < events / EVENTS_PER_DOCUMENT; i++) {
      documents.add(document(act, template));
    }
    return documents;
  }

  private byte[] document(Act act, ObjectNode template) {
    ObjectNode document = json.createObjectNode();
    ArrayNode context = document.putArray("@context");
    context.add("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    context.addObject().put("yl", "https://yuanliu.org/ns/");
    document.put("type", "EPCISDocument").put("schemaVersion", "2.0");
    document.put("creationDate", Instant.now().toString());
    ArrayNode list = document.putObject("epcisBody").putArray("eventList");
    String text = json.writeValueAsString(template);
    String head = act.unit().substring(0, act.unit().length() - act.digits());
    long range = (long) Math.pow(10, act.digits());
    for (int i = 0; i < EVENTS_PER_DOCUMENT; i++) {
      units++;
      String unit = head + String.format(Locale.ROOT, "%0" + act.digits() + "d", units % range);
      ObjectNode one = (ObjectNode) json.readTree(text.replace(act.unit(), unit));
      // Apart from each other and from those of earlier runs, whatever the digits.
      one.put("eventTime", Instant.now().minusSeconds(60).plusMillis(units % 1_000).toString());
      one.put("yl:batchNumber", "N" + units);
      list.add(one);
    }
    return json.writeValueAsBytes(document);
  }

  private void awaitJudged() throws IOException, InterruptedException {
    long until = System.nanoTime() + JUDGED_LIMIT_MS * 1_000_000;
    while (json.readTree(target.get("/api/v1/alerts?limit=1").body()).path("behind").asLong() > 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("the checks do not follow");
      }
      Thread.sleep(POLL_MS);
    }
  }
}
