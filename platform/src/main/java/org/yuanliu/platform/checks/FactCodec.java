package org.yuanliu.platform.checks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFact.Reading;
import org.yuanliu.industry.EventFact.UnitFact;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.PaperFact;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Facts as texts in the view. The view is made anew whenever the form changes, so it needs no
 * versions; values carry a letter for their type.
 */
final class FactCodec {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FactCodec() {}

  /** Finds the link that a fact names. */
  interface Links {
    Link link(String pack, int version, @Nullable String product, String link);
  }

  static String encode(Known known) {
    EventFact fact = known.joined().own();
    ObjectNode json = JSON.createObjectNode();
    json.put("k", known.pack()).put("v", known.version()).put("l", fact.link().id());
    json.put("i", known.eventId());
    json.put("t", fact.eventTime().toString()).put("r", fact.recordTime().toString());
    put(json, "p", fact.product());
    put(json, "a", fact.party());
    put(json, "b", fact.place());
    put(json, "n", fact.nodeType());
    put(json, "s", fact.source());
    put(json, "d", fact.destination());
    ArrayNode units = json.putArray("u");
    for (UnitFact unit : fact.units()) {
      units.add(unit.role().name()).add(unit.unit());
      units.add(unit.quantity() == null ? "" : unit.quantity().toString());
    }
    ArrayNode documents = json.putArray("c");
    fact.documents().forEach(document -> documents.add(document.type()).add(document.number()));
    ObjectNode values = json.putObject("e");
    fact.values().forEach((id, value) -> values.set(id, value(value)));
    if (!known.joined().heads().isEmpty()) {
      ObjectNode heads = json.putObject("h");
      known.joined().heads().forEach(heads::put);
    }
    return JSON.writeValueAsString(json);
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static JsonNode value(Object value) {
    return switch (value) {
      case List<?> list -> {
        ArrayNode array = JSON.createArrayNode();
        list.forEach(item -> array.add(value(item)));
        yield array;
      }
      case Long number -> text('l', number.toString());
      case BigDecimal number -> text('d', number.toString());
      case Boolean flag -> text('b', flag.toString());
      case Instant time -> text('t', time.toString());
      case Reading(Instant time, BigDecimal measured) -> text('r', time + " " + measured);
      default -> text('s', value.toString());
    };
  }

  private static JsonNode text(char type, String text) {
    return JSON.getNodeFactory().stringNode(type + text);
  }

  /**
   * @param stored what of the event does not stand in the text
   */
  static Known decode(String text, Stored stored, Links links) {
    JsonNode json = JSON.readTree(text);
    String pack = json.path("k").asString();
    int version = json.path("v").asInt();
    String product = optional(json, "p");
    List<UnitFact> units = new ArrayList<>();
    JsonNode list = json.path("u");
    for (int i = 0; i + 2 < list.size(); i += 3) {
      String quantity = list.get(i + 2).asString();
      units.add(
          new UnitFact(
              UnitRole.valueOf(list.get(i).asString()),
              list.get(i + 1).asString(),
              quantity.isEmpty() ? null : new BigDecimal(quantity)));
    }
    List<DocumentRef> documents = new ArrayList<>();
    JsonNode cited = json.path("c");
    for (int i = 0; i + 1 < cited.size(); i += 2) {
      documents.add(new DocumentRef(cited.get(i).asString(), cited.get(i + 1).asString()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    json.path("e").properties().forEach(e -> values.put(e.getKey(), value(e.getValue())));
    Map<String, String> heads = new LinkedHashMap<>();
    json.path("h").properties().forEach(e -> heads.put(e.getKey(), e.getValue().asString()));
    return new Known(
        stored.ref(),
        pack,
        version,
        json.path("i").asString(),
        stored.eventKey(),
        stored.access(),
        stored.place(),
        JoinedFact.of(
            new EventFact(
                FactRefs.text(stored.ref()),
                links.link(pack, version, product, json.path("l").asString()),
                product,
                Instant.parse(json.path("t").asString()),
                Instant.parse(json.path("r").asString()),
                optional(json, "a"),
                optional(json, "b"),
                optional(json, "n"),
                optional(json, "s"),
                optional(json, "d"),
                units,
                documents,
                values),
            heads));
  }

  /** What stands in columns of its own. */
  record Stored(
      org.yuanliu.platform.journal.EntryRef ref,
      java.util.UUID eventKey,
      Known.Access access,
      java.util.@Nullable UUID place) {}

  private static @Nullable String optional(JsonNode json, String name) {
    return json.has(name) ? json.path(name).asString() : null;
  }

  private static Object value(JsonNode node) {
    if (node instanceof ArrayNode array) {
      return array.valueStream().map(FactCodec::value).toList();
    }
    String text = node.asString();
    String rest = text.substring(1);
    return switch (text.charAt(0)) {
      case 'l' -> Long.valueOf(rest);
      case 'd' -> new BigDecimal(rest);
      case 'b' -> Boolean.valueOf(rest);
      case 't' -> Instant.parse(rest);
      case 'r' -> {
        int space = rest.indexOf(' ');
        yield new Reading(
            Instant.parse(rest.substring(0, space)), new BigDecimal(rest.substring(space + 1)));
      }
      case 's' -> rest;
      default -> throw new IllegalStateException("no value of the view: " + text);
    };
  }

  static String encode(PaperFact paper) {
    ObjectNode json = JSON.createObjectNode();
    json.put("t", paper.ref().type()).put("r", paper.ref().number());
    put(json, "f", paper.validFrom() == null ? null : paper.validFrom().toString());
    put(json, "u", paper.validTo() == null ? null : paper.validTo().toString());
    put(json, "q", paper.quantity() == null ? null : paper.quantity().toString());
    put(json, "s", paper.subject());
    ArrayNode scope = json.putArray("c");
    paper.scope().stream().sorted().forEach(scope::add);
    return JSON.writeValueAsString(json);
  }

  static PaperFact paper(String text) {
    JsonNode json = JSON.readTree(text);
    String from = optional(json, "f");
    String to = optional(json, "u");
    String quantity = optional(json, "q");
    TreeSet<String> scope = new TreeSet<>();
    json.path("c").forEach(word -> scope.add(word.asString()));
    return new PaperFact(
        new DocumentRef(json.path("t").asString(), json.path("r").asString()),
        from == null ? null : LocalDate.parse(from),
        to == null ? null : LocalDate.parse(to),
        quantity == null ? null : new BigDecimal(quantity),
        optional(json, "s"),
        scope);
  }
}
