package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yuanliu.epcis.EpcisEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whoever knows nothing but a link's form can report it: of every link of every product a record is
 * made from the form's definition alone, becomes events, passes the door and is known again as the
 * link's at a place that the form names. Without any one required element it is refused by name.
 */
class FormIsEnoughTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** A code that fits each scheme, as it would be scanned. */
  private static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("eartag", "161011300099001"),
          Map.entry("batch", "6101130070000991"),
          Map.entry("trace", "61011300700010000991"),
          Map.entry("lgtin", "(01)06901234567892(10)FORM1"),
          Map.entry("sgtin", "(01)06901234567892(21)FORM1"),
          Map.entry("sscc", "(00)106141411234567897"),
          Map.entry("giai", "(8004)6901234FORM"),
          Map.entry("drug", "83857930000879799999"),
          Map.entry("pesticide", "11801231001123456789012345678999"),
          Map.entry("vetdrug", "202611011234512345678999"),
          Map.entry("seed", "urn:yuanliu:seed:FORM26SEED1"),
          Map.entry("equipment", "311010001202600091"),
          Map.entry("cpi", "(8010)9521234GOV(8011)99"),
          Map.entry("udima", "MA.156.M0.100123.10012345.S99"),
          Map.entry("detonator", "urn:yuanliu:detonator:2026.3461001A00099"),
          Map.entry("cas", "7697-37-2"),
          Map.entry("sc", "SC10161010400015"),
          Map.entry("customs", "020220260525641690"),
          Map.entry("overseas", "CNZL12345678901234"),
          Map.entry("drugapproval", "国药准字H20260001"),
          Map.entry("pesticidereg", "PD20180123"));

  @TestFactory
  Stream<DynamicTest> everyLinkOfEveryProduct() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Pack pack : PackLoader.bundled().all()) {
      FlatRecords records = new FlatRecords(pack, PackScenario.CODES, SHANGHAI);
      EventFacts facts = new EventFacts(pack, PackScenario.CODES, SHANGHAI);
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          if (!link.events().isEmpty()) {
            tests.add(
                DynamicTest.dynamicTest(
                    pack.id() + " " + product.id() + " " + link.id(),
                    () -> report(pack, product, link, records, facts)));
          }
        }
      }
    }
    return tests.stream();
  }

  private static void report(
      Pack pack, Product product, Link link, FlatRecords records, EventFacts facts) {
    JsonNode form = JSON.valueToTree(LinkForm.of(pack, product, link));
    ObjectNode record = filled(form, true);
    FlatRecords.Result result = records.events(product, link, record);
    assertThat(result.problems()).as("%s", record).isEmpty();
    assertThat(records.events(product, link, filled(form, false)).problems()).isEmpty();
    List<EpcisEvent> events = PackScenario.read(result.events());
    JsonNode places = form.path("places");
    String kind = places.isEmpty() ? null : places.get(0).path("id").asString();
    EpcisEvent first = events.getFirst();
    EventFact fact =
        facts
            .read(
                first,
                new EventFacts.Context(
                    "form", first.eventTime(), null, "urn:yuanliu:node:610113007", kind))
            .orElseThrow();
    assertThat(fact.link().id()).isEqualTo(link.id());
    for (JsonNode element : form.path("elements")) {
      String id = element.path("id").asString();
      if (element.path("required").booleanValue() && !element.has("default")) {
        assertThat(records.events(product, link, record.deepCopy().without(id)).problems())
            .as(id)
            .extracting(FlatRecords.Problem::element, FlatRecords.Problem::code)
            .containsExactly(org.assertj.core.groups.Tuple.tuple(id, "missing"));
      }
    }
  }

  /** A record of the form: of all elements, or of the required ones alone. */
  private static ObjectNode filled(JsonNode form, boolean all) {
    ObjectNode record = JSON.createObjectNode();
    for (JsonNode element : form.path("elements")) {
      if (all || element.path("required").booleanValue()) {
        record.set(element.path("id").asString(), value(element));
      }
    }
    return record;
  }

  private static JsonNode value(JsonNode element) {
    JsonNode one = one(element);
    if (!element.path("list").booleanValue()) {
      return one;
    }
    ArrayNode list = JSON.createArrayNode();
    return list.add(one);
  }

  private static JsonNode one(JsonNode element) {
    if (element.path("example") instanceof ObjectNode example) {
      return example.has("code") ? example.deepCopy().put("code", code(element)) : example;
    }
    return JSON.valueToTree(
        switch (element.path("type").asString()) {
          case "time", "date" -> element.path("example").asString();
          case "text" -> "说明";
          case "integer", "decimal" ->
              element.path("min").isMissingNode() ? 1 : element.path("min");
          case "boolean" -> true;
          case "code" -> element.path("codes").get(0).path("id").asString();
          case "unit" -> code(element);
          case "party" -> "91310000MA1K00015N";
          case "place" -> "610113007";
          case "document" -> element.has("schemes") ? code(element) : "No. 1";
          default -> throw new IllegalArgumentException(element.toString());
        });
  }

  private static String code(JsonNode element) {
    JsonNode schemes = element.path("schemes");
    return schemes.isEmpty()
        ? CODES.get("lgtin")
        : schemes
            .valueStream()
            .map(scheme -> CODES.get(scheme.path("id").asString()))
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no code for " + schemes));
  }
}
