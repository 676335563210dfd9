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
 * their industry, which no check looks at, while what follows the journal to judge it is held. On
 * one server, short rounds of one, the other, the other, the one, once both have been warmed by the
 * same until neither gets cheaper; each is compared with its neighbour, so that what the machine
 * does meanwhile meets both, and the median of these pairs is quoted with the range that holds it
 * with 95 %. Both count until everything is committed, those with checks until everything is judged
 * too, and so does the processor time that they took.
 */
@Command(
    name = "packs",
    mixinStandardHelpOptions = true,
    description = "Measures what the packs' checks cost capture.")
final class PacksBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 100;

  private static final int MIN_WARM_UPS = 2;
  private static final double STILL_GETTING_CHEAPER = 0.96;

  /** Of a pack's time, for warming; where it has not settled by then, that is told. */
  private static final double WARM_SHARE = 0.4;

  /** Fewer tell nothing: the range of the median would be that of all pairs. */
  private static final int MIN_QUADS = 3;

  /** Judging is waited for this long at most. */
  private static final long JUDGED_LIMIT_MS = 120_000;

  /** How far judging is; no alert is as new, so none is looked for. */
  private static final String BEHIND = "/api/v1/alerts?limit=1&from=2999-01-01T00:00:00Z";

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

  @Option(
      names = "--quads",
      description = "at most so many times with, without, without, with; default ${DEFAULT-VALUE}")
  private int quads = 12;

  @Option(
      names = "--seconds",
      description =
          "for all packs together, each has its part; no new round of four begins later; default"
              + " ${DEFAULT-VALUE}")
  private int seconds = 280;

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
    System.out.println(
        "Medians of rounds: events/s until committed, with checks and without; what");
    System.out.println(
        "checks cost by the median of the pairs, with its 95 % range; events/s until");
    System.out.println(
        "judged; µs of processor time an event, server and PostgreSQL, until judged");
    System.out.println("and without.");
    System.out.printf(
        Locale.ROOT,
        "%-18s %-20s %7s %8s %6s %16s %6s %7s %6s %8s%n",
        "pack",
        "link",
        "checks",
        "without",
        "cost",
        "95 %",
        "pairs",
        "judged",
        "µs",
        "without");
    List<Act> acts =
        ACTS.stream().filter(act -> only.isEmpty() || only.contains(act.industry())).toList();
    double each = (double) seconds / Math.max(1, acts.size());
    List<Double> costs = new ArrayList<>();
    for (Act act : acts) {
      costs.add(measure(act, "61010297" + (ACTS.indexOf(act) + 1), each));
    }
    System.out.printf(Locale.ROOT, "median cost: %.0f %%%n", 100 * Medians.of(costs));
    return 0;
  }

  /** Two rounds in turn. */
  private record Pair(Round with, Round without) {
    double cost() {
      return 1 - with.committed() / without.committed();
    }
  }

  /**
   * The part of the events a second, until committed, that the checks cost.
   *
   * @param limit seconds
   */
  private double measure(Act act, String place, double limit)
      throws IOException, InterruptedException, SQLException {
    long begun = System.nanoTime();
    JsonNode event = event(act, place);
    warmUp(act, event, begun, limit);
    List<Pair> pairs = new ArrayList<>();
    for (int quad = 1; quad <= quads; quad++) {
      if (quad > MIN_QUADS && secondsSince(begun) > limit) {
        break;
      }
      Round with = checked(act, event);
      Round without = without(act, event);
      Round withoutAgain = without(act, event);
      Round withAgain = checked(act, event);
      pairs.add(new Pair(with, without));
      pairs.add(new Pair(withAgain, withoutAgain));
    }
    List<Double> costs = pairs.stream().map(Pair::cost).sorted().toList();
    int outer = Medians.rankOfRange(costs.size());
    System.out.printf(
        Locale.ROOT,
        "%-18s %-20s %7.0f %8.0f %5.0f%% %16s %6d %7.0f %6.0f %8.0f%n",
        act.industry(),
        act.link(),
        median(pairs, pair -> pair.with().committed()),
        median(pairs, pair -> pair.without().committed()),
        100 * Medians.of(costs),
        String.format(
            Locale.ROOT,
            "%.0f to %.0f%%",
            100 * costs.get(outer),
            100 * costs.get(costs.size() - 1 - outer)),
        costs.size(),
        median(pairs, pair -> pair.with().judged()),
        1e6 * median(pairs, pair -> pair.with().cpu()),
        1e6 * median(pairs, pair -> pair.without().cpu()));
    return Medians.of(costs);
  }

  /** The same rounds with and without, until two in turn make neither of them cheaper. */
  private void warmUp(Act act, JsonNode event, long begun, double limit)
      throws IOException, InterruptedException, SQLException {
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    int settled = 0;
    for (int round = 1; settled < 2; round++) {
      if (round > MIN_WARM_UPS && secondsSince(begun) > limit * WARM_SHARE) {
        System.err.println(act.industry() + " was still getting cheaper: give more --seconds");
        return;
      }
      double with = checked(act, event).cpu();
      double without = without(act, event).cpu();
      boolean cheaper =
          with < best[0] * STILL_GETTING_CHEAPER || without < best[1] * STILL_GETTING_CHEAPER;
      best[0] = Math.min(best[0], with);
      best[1] = Math.min(best[1], without);
      settled = round < MIN_WARM_UPS || cheaper ? 0 : settled + 1;
    }
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> part) {
    return Medians.of(pairs.stream().map(part::applyAsDouble).toList());
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
    while (json.readTree(target.get(BEHIND).body()).path("behind").asLong() > 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("the checks do not follow");
      }
      Thread.sleep(POLL_MS);
    }
  }
}
