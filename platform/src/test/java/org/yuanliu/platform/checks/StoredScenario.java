package org.yuanliu.platform.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.Reading;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.FlatRecords;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.registry.Period;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.RegistryChange;
import org.yuanliu.platform.registry.TraceDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A pack's scenario (docs/packs.md, "Scenarios") as entries of a journal: places and documents are
 * registered, records come in the order in which they were reported, corrections as error
 * declarations.
 */
final class StoredScenario {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final CodeReader CODES = CodeReader.of(Divisions.standard()).lenient();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DocumentReader DOOR = new DocumentReader(Limits.DEFAULT);
  private static final String AUTHORITY = "urn:yuanliu:test:authority";
  private static final Instant BEFORE = Instant.parse("2000-01-01T00:00:00Z");

  private final Pack pack;
  private final ObjectNode setting;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> kinds = new LinkedHashMap<>();
  private long position;

  StoredScenario(Pack pack, ObjectNode setting) {
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
              kinds.put(canonical(code), e.getValue().path("kind").asString());
            });
  }

  /** A draft on its way in. */
  private record Sent(Instant recorded, Draft draft) {}

  /** The journal after the scenario. */
  List<Entry> journal(JsonNode scenario) {
    List<Sent> registry = new ArrayList<>();
    kinds.forEach(
        (place, kind) ->
            registry.add(
                new Sent(
                    BEFORE,
                    draft(
                        EntryKind.REGISTRY_CHANGE,
                        AUTHORITY,
                        place,
                        new RegistryChange.PlaceRegistered(
                            1, new Place(place, place, null, "610102", null, null, kind))))));
    papers(setting.path("documents"), registry);
    papers(scenario.path("documents"), registry);
    List<Sent> sent = new ArrayList<>();
    Map<String, List<Draft>> byId = new HashMap<>();
    int number = 0;
    for (JsonNode record : scenario.path("records")) {
      number++;
      List<Draft> drafts = record.has("link") ? drafts(record, "e" + number) : List.of();
      Instant recorded =
          record.has("recorded")
              ? time(record.path("recorded").asString())
              : drafts.isEmpty() ? sent.getLast().recorded() : drafts.getLast().hot().eventTime();
      if (record.has("corrects")) {
        for (Draft wrong : byId.get(record.path("corrects").asString())) {
          sent.add(new Sent(recorded, declaration(wrong)));
        }
      }
      drafts.forEach(draft -> sent.add(new Sent(recorded, draft)));
      byId.put(record.path("id").asString("record " + number), drafts);
    }
    sent.sort(Comparator.comparing(Sent::recorded));
    registry.addAll(sent);
    position = 0;
    return registry.stream()
        .map(
            one ->
                new Entry(
                    new EntryRef(1, position++),
                    one.recorded(),
                    new UUID(0, position),
                    one.draft()))
        .toList();
  }

  /** What is asked before the act. */
  List<Draft> asked(JsonNode scenario) {
    return drafts(scenario.path("ask"), "asked");
  }

  /** The moment of judging, where the scenario says one. */
  static Instant now(JsonNode scenario, Instant otherwise) {
    return scenario.has("now") ? time(scenario.path("now").asString()) : otherwise;
  }

  private List<Draft> drafts(JsonNode record, String id) {
    String linkName = record.path("link").asString();
    Product product =
        pack.products().stream()
            .filter(
                one ->
                    record.has("product")
                        ? one.id().equals(record.path("product").asString())
                        : one.link(linkName).isPresent())
            .findFirst()
            .orElseThrow();
    Link link = product.link(linkName).orElseThrow();
    FlatRecords.Result result =
        new FlatRecords(pack, CODES, SHANGHAI)
            .events(product, link, (ObjectNode) named(record.path("with")));
    if (!result.problems().isEmpty()) {
      throw new IllegalArgumentException(result.problems().toString());
    }
    String by =
        record.has("by") ? canonical(named(record.path("by")).asString()) : "urn:yuanliu:nobody:1";
    List<Draft> drafts = new ArrayList<>();
    int number = 0;
    for (EpcisEvent event : read(result.events())) {
      drafts.add(draft(EntryKind.EVENT, by, id + "-" + number++, new EventSubject(event)));
    }
    return drafts;
  }

  private Draft declaration(Draft wrong) {
    if (!(wrong.subject() instanceof EventSubject(EpcisEvent event))) {
      throw new IllegalArgumentException("no event");
    }
    ObjectNode body = event.body().deepCopy();
    body.putObject("errorDeclaration").put("declarationTime", "2027-01-01T00:00:00Z");
    body.remove("eventID");
    EpcisEvent declared = read(List.of(body)).getFirst();
    return draft(EntryKind.EVENT, wrong.principal(), wrong.id(), new EventSubject(declared));
  }

  private Draft draft(EntryKind kind, String by, String id, Subject subject) {
    EpcisEvent event = subject instanceof EventSubject(EpcisEvent e) ? e : null;
    return new Draft(
        kind,
        new Identity(FactKeys.hash(by + id + subject), new byte[32]),
        by,
        by,
        id,
        new byte[32],
        "CBV2.0",
        Standing.DECLARED,
        new Scope("610102", pack.id(), Set.of()),
        event == null
            ? Hot.NONE
            : new Hot(event.type().term(), event.eventTime(), event.bizStep(), event.bizLocation()),
        new byte[0],
        subject);
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

  private void papers(JsonNode documents, List<Sent> into) {
    for (JsonNode document : documents) {
      DocumentType type = pack.documents().get(document.path("type").asString());
      List<String> scope =
          document.path("scope").valueStream().map(word -> named(word).asString()).toList();
      String id = DocumentIds.uri(type, document.path("number").asString());
      into.add(
          new Sent(
              BEFORE,
              draft(
                  EntryKind.REGISTRY_CHANGE,
                  AUTHORITY,
                  id,
                  new RegistryChange.DocumentRegistered(
                      1,
                      new TraceDocument(
                          id,
                          type.uri(),
                          document.path("number").asString(),
                          null,
                          document.has("subject")
                              ? canonical(named(document.path("subject")).asString())
                              : null,
                          document.has("quantity")
                              ? new BigDecimal(document.path("quantity").asString())
                              : null,
                          null,
                          new Period(
                              document.has("from")
                                  ? day(document, "from")
                                  : LocalDate.of(2000, 1, 1),
                              day(document, "to")),
                          null,
                          null,
                          scope),
                      null))));
    }
  }

  private static LocalDate day(JsonNode document, String member) {
    return document.has(member) ? LocalDate.parse(document.path(member).asString()) : null;
  }

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

  private static String canonical(String code) {
    return CODES.read(code) instanceof Reading.Found found ? found.code().canonical() : code;
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
