package org.yuanliu.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Capture of each pack's events beside capture of the very same events without the field that tells
 * their industry, which no check looks at. Rounds of both follow each other; both count until
 * everything is committed, and the checks until everything is judged too.
 */
@Command(
    name = "packs",
    mixinStandardHelpOptions = true,
    description = "Measures what the packs' checks cost capture.")
final class PacksBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 100;

  /** Judging is waited for this long at most. */
  private static final long JUDGED_LIMIT_MS = 120_000;

  private static final String LOT = "https://id.gs1.org/01/09521234543213/10/B000000000";
  private static final String ITEM = "https://id.gs1.org/01/09521234543213/21/B000000000";

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
              "\"item_codes\": [\"%s\"]"),
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
              "\"feed_batch\": \"%s\", \"weight\": 400"),
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
          new Act("jewellery", "sale", "gold", "shop", ITEM, 9, "\"piece\": \"%s\""));

  @Override
  public Integer call() throws Exception {
    target.open();
    System.out.printf(
        Locale.ROOT,
        "%-18s %-20s %14s %14s %8s %14s%n",
        "pack",
        "link",
        "checked ev/s",
        "without ev/s",
        "cost",
        "judged ev/s");
    int place = 0;
    for (Act act : ACTS) {
      place++;
      if (only.isEmpty() || only.contains(act.industry())) {
        measure(act, "61010297" + place);
      }
    }
    return 0;
  }

  private void measure(Act act, String place) throws IOException, InterruptedException {
    JsonNode event = event(act, place);
    round(act, event, true);
    round(act, event, false);
    double[] checked = new double[rounds];
    double[] without = new double[rounds];
    double[] judged = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      // First one side, then the other.
      if (i % 2 == 0) {
        without[i] = round(act, event, false).committed();
      }
      Rates rates = round(act, event, true);
      checked[i] = rates.committed();
      judged[i] = rates.judged();
      if (i % 2 == 1) {
        without[i] = round(act, event, false).committed();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-18s %-20s %14.0f %14.0f %7.0f%% %14.0f%n",
        act.industry(),
        act.link(),
        median(checked),
        median(without),
        100 * (1 - median(checked) / median(without)),
        median(judged));
  }

  private static double median(double[] values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    return sorted[sorted.length / 2];
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

  /** Events a second until all are committed, and until all are judged. */
  private record Rates(double committed, double judged) {}

  private Rates round(Act act, JsonNode event, boolean checked)
      throws IOException, InterruptedException {
    List<byte[]> documents = new ArrayList<>();
    ObjectNode template = (ObjectNode) event.deepCopy();
    if (!checked) {
      template.remove(List.of("yl:industry", "yl:product"));
    }
    for (int i = 0; i < events / EVENTS_PER_DOCUMENT; i++) {
      documents.add(document(act, template));
    }
    long begin = System.nanoTime();
    Load.Result result =
        Load.run(
            documents.size(),
            connections,
            index -> Documents.store(target, documents.get((int) index)));
    awaitJudged();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Rates(
        result.perSecond(EVENTS_PER_DOCUMENT),
        documents.size() * (double) EVENTS_PER_DOCUMENT / seconds);
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
      Thread.sleep(10);
    }
  }
}
