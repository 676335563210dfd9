package org.yuanliu.industry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.Reading;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Plays a scenario of a pack in memory: flat records go through their links into EPCIS events,
 * these through the reader of the door into facts, the facts through the pack's checks. How to
 * write one stands in docs/packs.md.
 */
final class PackScenario {
  /** One reader for all: the table of divisions is large. */
  static final CodeReader CODES = CodeReader.of(Divisions.standard()).lenient();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DocumentReader DOOR = new DocumentReader(Limits.DEFAULT);

  private final Pack pack;
  private final ObjectNode setting;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();

  /**
   * @param setting parties, places, units and documents that the cases name
   */
  PackScenario(Pack pack, ObjectNode setting) {
    this.pack = pack;
    this.setting = setting;
    for (String group : List.of("parties", "units")) {
      setting.path(group).properties().forEach(e -> names.put(e.getKey(), e.getValue().asString()));
    }
    setting
        .path("places")
        .properties()
        .forEach(
            e -> {
              String code = e.getValue().path("code").asString();
              names.put(e.getKey(), code);
              String kind = e.getValue().path("kind").asString();
              if (!pack.nodeTypes().containsKey(kind)) {
                throw new IllegalArgumentException("no kind of place: " + kind);
              }
              kinds.put(canonical(code), kind);
            });
  }

  /** The ids of the checks that find something at the end. */
  Set<String> play(ObjectNode scenario) {
    MemoryFacts facts = new MemoryFacts();
    papers(setting.path("documents"), facts);
    papers(scenario.path("documents"), facts);
    Set<String> voided = new HashSet<>();
    scenario
        .path("records")
        .forEach(
            r -> {
              if (r.has("corrects")) {
                voided.add(r.path("corrects").asString());
              }
            });
    Instant last = Instant.EPOCH;
    int number = 0;
    for (JsonNode record : scenario.path("records")) {
      String id = record.path("id").asString("record " + ++number);
      if (record.has("link")) {
        for (EventFact event : facts((ObjectNode) record, id)) {
          last = event.recordTime().isAfter(last) ? event.recordTime() : last;
          if (!voided.contains(id)) {
            facts.events.add(event);
          }
        }
      }
    }
    facts.now = scenario.has("now") ? time(scenario.path("now").asString()) : last;
    Checks checks = new Checks(pack);
    Set<String> found = new TreeSet<>();
    if (scenario.has("ask")) {
      ObjectNode ask = (ObjectNode) scenario.get("ask");
      for (EventFact event : facts(ask, "asked")) {
        if (!scenario.has("now")) {
          facts.now = event.eventTime();
        }
        checks.ask(event, facts).forEach(finding -> found.add(finding.check()));
      }
      return found;
    }
    for (EventFact event : facts.events) {
      checks.judge(event, facts).forEach(finding -> found.add(finding.check()));
    }
    return found;
  }

  private List<EventFact> facts(ObjectNode record, String id) {
    String linkName = record.path("link").asString();
    Product product = product(record, linkName);
    Link link =
        product
            .link(linkName)
            .orElseThrow(() -> new IllegalArgumentException("no link " + linkName));
    ObjectNode flat = (ObjectNode) named(record.path("with"));
    FlatRecords.Result result =
        new FlatRecords(pack, CODES, MemoryFacts.SHANGHAI).events(product, link, flat);
    if (!result.problems().isEmpty()) {
      throw new IllegalArgumentException(linkName + ": " + result.problems());
    }
    List<EpcisEvent> events = read(result.events());
    List<EventFact> facts = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      EpcisEvent event = events.get(i);
      String place = event.bizLocation() != null ? event.bizLocation() : event.readPoint();
      String kind = place == null ? null : kinds.get(place);
      Instant recorded =
          record.has("recorded") ? time(record.path("recorded").asString()) : event.eventTime();
      EventFacts.Context context =
          new EventFacts.Context(
              id + (i == 0 ? "" : " " + i),
              recorded,
              record.has("by") ? canonical(named(record.path("by")).asString()) : null,
              place,
              kind);
      EventFacts reader = new EventFacts(pack, CODES, MemoryFacts.SHANGHAI);
      // What the form makes must be known again as the link's, whoever sends it.
      EventFact fact =
          reader
              .read(event, context)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          linkName + " makes an event that no link recognises, at " + kind));
      if (!fact.link().id().equals(linkName) && i == 0) {
        throw new IllegalArgumentException(
            linkName + " makes an event that is taken for one of " + fact.link().id());
      }
      facts.add(fact);
    }
    return facts;
  }

  private Product product(ObjectNode record, String link) {
    if (record.has("product")) {
      String id = record.path("product").asString();
      return pack.products().stream()
          .filter(product -> product.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no product " + id));
    }
    return pack.products().stream()
        .filter(product -> product.link(link).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no product has the link " + link));
  }

  static List<EpcisEvent> read(List<ObjectNode> events) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode context = document.putArray("@context");
    context.add("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    context.addObject().put("yl", "https://yuanliu.org/ns/");
    document.put("type", "EPCISDocument").put("schemaVersion", "2.0");
    document.put("creationDate", "2026-11-21T00:00:00Z");
    ArrayNode list = document.putObject("epcisBody").putArray("eventList");
    events.forEach(list::add);
    return switch (DOOR.readDocument(JSON.writeValueAsString(document).getBytes(UTF_8))) {
      case ReadResult.Accepted accepted -> accepted.events();
      case ReadResult.Refused refused ->
          throw new IllegalArgumentException(refused.violations() + " in " + document);
    };
  }

  private void papers(JsonNode documents, MemoryFacts facts) {
    for (JsonNode document : documents) {
      String typeName = document.path("type").asString();
      DocumentType type =
          requireNonNull(pack.documents().get(typeName), "no document type " + typeName);
      Set<String> scope = new TreeSet<>();
      document.path("scope").forEach(word -> scope.add(named(word).asString()));
      String subject =
          document.has("subject") ? canonical(named(document.path("subject")).asString()) : null;
      facts.papers.add(
          new PaperFact(
              new DocumentRef(
                  type.uri(), DocumentIds.uri(type, document.path("number").asString())),
              day(document, "from"),
              day(document, "to"),
              document.has("quantity")
                  ? new BigDecimal(document.path("quantity").asString())
                  : null,
              subject,
              scope));
    }
  }

  private static LocalDate day(JsonNode document, String member) {
    return document.has(member) ? LocalDate.parse(document.path(member).asString()) : null;
  }

  /** Puts what the names of the setting stand for in their place, at any depth. */
  private JsonNode named(JsonNode node) {
    return switch (node) {
      case StringNode text ->
          StringNode.valueOf(names.getOrDefault(text.stringValue(), text.stringValue()));
      case ArrayNode list -> {
        ArrayNode named = JSON.createArrayNode();
        list.forEach(item -> named.add(named(item)));
        yield named;
      }
      case ObjectNode object -> {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.properties().forEach(e -> fields.put(e.getKey(), named(e.getValue())));
        ObjectNode named = JSON.createObjectNode();
        named.setAll(fields);
        yield named;
      }
      default -> node;
    };
  }

  static String canonical(String code) {
    return CODES.read(code) instanceof Reading.Found found ? found.code().canonical() : code;
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
