package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/**
 * Random queries over random events: what the server finds beside what a filter over the plain JSON
 * finds that looks at one event after another.
 */
class QueryEngineTest extends CaptureServer {
  private static final int EVENTS = 300;
  private static final int QUERIES = 350;
  private static final long SEED = 20_261_122;
  private static final String GTIN = "urn:epc:id:sgtin:0614141.10734%d.%d";
  private static final String PLACE = "urn:epc:id:sgln:0614141.0000%d.0";

  private final Random random = new Random(SEED);
  private final String tag = "q" + System.nanoTime();

  /** One parameter, and what it means. */
  private record Parameter(String name, String value, Predicate<JsonNode> meaning) {}

  @Test
  void findsWhatAFilterFinds() {
    List<String> parties = List.of(someParty(), someParty(), someParty());
    List<String> keys = parties.stream().map(this::key).toList();
    Map<String, String> reporterOf = new HashMap<>();
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int reporter = random.nextInt(parties.size());
      String id = "urn:uuid:" + new java.util.UUID(random.nextLong(), i);
      reporterOf.put(id, parties.get(reporter));
      documents.add(randomEvent(id, parties));
      if (documents.size() == 25) {
        // Every event must be the reporter's own: send them apart.
        send(documents, reporterOf, parties, keys);
        documents.clear();
      }
    }
    send(documents, reporterOf, parties, keys);
    String operator =
        key(someParty(), ViewerKind.OPERATOR, EnumSet.of(Permission.QUERY), Standing.DECLARED);
    List<JsonNode> all = pages(operator, "EXISTS_ex:" + tag + "=true", 20);
    assertThat(all).hasSize(EVENTS);

    Map<String, Integer> used = new HashMap<>();
    int nonEmpty = 0;
    for (int i = 0; i < QUERIES; i++) {
      List<Parameter> query = new ArrayList<>();
      query.add(new Parameter("EXISTS_ex:" + tag, "true", event -> true));
      int wanted = 1 + random.nextInt(3);
      while (query.size() <= wanted) {
        Parameter parameter = randomParameter(all, parties);
        if (query.stream().noneMatch(other -> other.name.equals(parameter.name))) {
          query.add(parameter);
        }
      }
      query.forEach(parameter -> used.merge(parameter.name, 1, Integer::sum));
      int viewer = random.nextInt(parties.size() + 1);
      String key = viewer < parties.size() ? keys.get(viewer) : operator;
      List<JsonNode> expected =
          all.stream()
              .filter(
                  event -> viewer == parties.size() || sees(parties.get(viewer), event, reporterOf))
              .filter(event -> query.stream().allMatch(p -> p.meaning.test(event)))
              .toList();
      String order =
          List.of(
                  "",
                  "&orderBy=eventTime&orderDirection=ASC",
                  "&orderBy=eventTime",
                  "&orderBy=recordTime&orderDirection=ASC",
                  "&orderBy=recordTime")
              .get(random.nextInt(5));
      String text =
          query.stream()
                  .map(p -> encoded(p.name) + "=" + encoded(p.value))
                  .collect(Collectors.joining("&"))
              + order;
      List<JsonNode> found = pages(key, text, 1 + random.nextInt(20));
      assertThat(ids(found))
          .as("%s, seed %d", text, SEED)
          .containsExactlyInAnyOrderElementsOf(ids(expected));
      inOrder(found, order);
      nonEmpty += found.isEmpty() ? 0 : 1;
    }
    assertThat(nonEmpty).as("queries that find something").isGreaterThan(QUERIES / 4);
    assertThat(used.keySet()).hasSizeGreaterThan(30);
  }

  private void send(
      List<String> events,
      Map<String, String> reporterOf,
      List<String> parties,
      List<String> keys) {
    for (int p = 0; p < parties.size(); p++) {
      String party = parties.get(p);
      String[] own =
          events.stream()
              .filter(
                  event ->
                      party.equals(
                          reporterOf.get(JSON.readTree(event).get("eventID").stringValue())))
              .toArray(String[]::new);
      if (own.length > 0) {
        JsonNode job = capture(keys.get(p), document(own));
        assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
      }
    }
  }

  private boolean sees(String party, JsonNode event, Map<String, String> reporterOf) {
    return party.equals(reporterOf.get(event.get("eventID").stringValue()))
        || ends(event, "sourceList", "source").contains(party)
        || ends(event, "destinationList", "destination").contains(party);
  }

  private String randomEvent(String id, List<String> parties) {
    String type =
        pick(
            "ObjectEvent",
            "ObjectEvent",
            "AggregationEvent",
            "TransformationEvent",
            "AssociationEvent");
    StringBuilder event =
        new StringBuilder("{\"type\": \"").append(type).append("\", \"eventID\": \"").append(id);
    event.append(
        "\", \"eventTime\": \"2026-01-%02dT%02d:00:00Z\""
            .formatted(1 + random.nextInt(9), random.nextInt(24)));
    event.append(", \"eventTimeZoneOffset\": \"+00:00\", \"ex:").append(tag).append("\": 1");
    String action = "";
    if (!type.equals("TransformationEvent")) {
      action = pick("ADD", "OBSERVE", "DELETE");
      event.append(", \"action\": \"").append(action).append('"');
    }
    switch (type) {
      case "ObjectEvent" -> {
        event.append(", \"epcList\": [\"").append(item()).append("\"]");
        if (random.nextInt(3) == 0) {
          event.append(", \"quantityList\": [").append(quantity()).append(']');
        }
        if (action.equals("ADD") && random.nextInt(3) > 0) {
          event.append(", \"ilmd\": {\"ex:made\": \"").append(pick("here", "there"));
          event.append("\", \"ex:box\": {\"ex:deep\": ").append(random.nextInt(3)).append("}}");
        }
      }
      case "TransformationEvent" -> {
        event.append(", \"inputEPCList\": [\"").append(item()).append("\"]");
        event.append(", \"outputQuantityList\": [").append(quantity()).append(']');
        if (random.nextBoolean()) {
          event.append(", \"transformationID\": \"urn:x:t").append(random.nextInt(4)).append('"');
        }
      }
      default -> {
        event.append(", \"parentID\": \"").append(item()).append('"');
        event.append(", \"childEPCs\": [\"").append(item()).append("\"]");
      }
    }
    if (random.nextInt(4) > 0) {
      event
          .append(", \"bizStep\": \"")
          .append(pick("shipping", "receiving", "storing"))
          .append('"');
    }
    if (random.nextInt(3) == 0) {
      event.append(", \"disposition\": \"").append(pick("in_transit", "active")).append('"');
    }
    if (random.nextBoolean()) {
      event
          .append(", \"readPoint\": {\"id\": \"")
          .append(PLACE.formatted(random.nextInt(4)))
          .append("\"}");
    }
    if (random.nextBoolean()) {
      event
          .append(", \"bizLocation\": {\"id\": \"")
          .append(PLACE.formatted(random.nextInt(4)))
          .append("\"}");
    }
    if (random.nextInt(3) == 0) {
      event.append(", \"bizTransactionList\": [{\"type\": \"").append(pick("po", "inv"));
      event.append("\", \"bizTransaction\": \"urn:x:d").append(random.nextInt(5)).append("\"}]");
    }
    if (random.nextInt(3) == 0) {
      event
          .append(", \"sourceList\": [{\"type\": \"owning_party\", \"source\": \"")
          .append(pick(parties.toArray(String[]::new)))
          .append("\"}]");
    }
    if (random.nextInt(3) == 0) {
      event
          .append(", \"destinationList\": [{\"type\": \"owning_party\", \"destination\": \"")
          .append(pick(parties.toArray(String[]::new)))
          .append("\"}]");
    }
    if (random.nextInt(8) == 0) {
      event.append(
          ", \"errorDeclaration\": {\"declarationTime\": \"2026-02-0%dT00:00:00Z\", \"reason\": \"%s\", \"correctiveEventIDs\": [\"urn:x:e%d\"]}"
              .formatted(
                  1 + random.nextInt(5),
                  pick("did_not_occur", "incorrect_data"),
                  random.nextInt(3)));
    }
    if (random.nextInt(6) == 0) {
      event
          .append(", \"persistentDisposition\": {\"set\": [\"")
          .append(pick("recalled", "damaged"))
          .append("\"]}");
    }
    if (random.nextInt(4) == 0) {
      event.append(
          ", \"sensorElementList\": [{\"sensorMetadata\": {\"deviceID\": \"urn:x:s%d\"}, \"sensorReport\": [{\"type\": \"Temperature\", \"value\": %d, \"uom\": \"%s\"}]}]"
              .formatted(random.nextInt(3), random.nextInt(60), pick("CEL", "FAH")));
    }
    if (random.nextInt(3) > 0) {
      event.append(", \"ex:color\": \"").append(pick("red", "green")).append('"');
      event.append(", \"ex:size\": ").append(random.nextInt(10));
    }
    return event.append('}').toString();
  }

  private String item() {
    return GTIN.formatted(random.nextInt(3), random.nextInt(40));
  }

  private String quantity() {
    return "{\"epcClass\": \"urn:epc:class:lgtin:0614141.10734%d.L%d\", \"quantity\": %d, \"uom\": \"%s\"}"
        .formatted(
            random.nextInt(3), random.nextInt(4), 1 + random.nextInt(2_000), pick("KGM", "GRM"));
  }

  private Parameter randomParameter(List<JsonNode> all, List<String> parties) {
    return switch (random.nextInt(34)) {
      case 0 ->
          texts(
              "eventType",
              e -> List.of(e.get("type").stringValue()),
              "ObjectEvent",
              "AggregationEvent",
              "TransformationEvent");
      case 1 -> texts("EQ_action", e -> text(e, "action"), "ADD", "DELETE");
      case 2 -> texts("EQ_bizStep", e -> text(e, "bizStep"), "shipping", "storing", "picking");
      case 3 -> texts("EQ_disposition", e -> text(e, "disposition"), "active", "in_transit");
      case 4 ->
          texts(
              "EQ_readPoint",
              e -> textAt(e, "/readPoint/id"),
              PLACE.formatted(0),
              PLACE.formatted(3));
      case 5 ->
          texts(
              "EQ_bizLocation",
              e -> textAt(e, "/bizLocation/id"),
              PLACE.formatted(1),
              PLACE.formatted(7));
      case 6 -> time("GE_eventTime", "eventTime", all, true);
      case 7 -> time("LT_eventTime", "eventTime", all, false);
      case 8 -> time("GE_recordTime", "recordTime", all, true);
      case 9 -> time("LT_recordTime", "recordTime", all, false);
      case 10 -> texts("MATCH_epc", e -> list(e, "epcList", "childEPCs"), item(), item());
      case 11 ->
          texts(
              "MATCH_anyEPC",
              e -> list(e, "epcList", "childEPCs", "parentID", "inputEPCList"),
              item(),
              item());
      case 12 -> texts("MATCH_parentID", e -> list(e, "parentID"), item(), item());
      case 13 -> texts("MATCH_inputEPC", e -> list(e, "inputEPCList"), item(), item());
      case 14 -> {
        int gtin = random.nextInt(4);
        yield new Parameter(
            "MATCH_epc",
            "urn:epc:idpat:sgtin:0614141.10734" + gtin + ".*",
            e ->
                list(e, "epcList", "childEPCs").stream()
                    .anyMatch(u -> u.contains("10734" + gtin + ".")));
      }
      case 15 ->
          new Parameter(
              "MATCH_anyEPC",
              "urn:epc:idpat:sgtin:0614141.*.*",
              e -> !list(e, "epcList", "childEPCs", "parentID", "inputEPCList").isEmpty());
      case 16 ->
          texts(
              "MATCH_anyEPCClass",
              e -> classes(e, "quantityList", "outputQuantityList"),
              "urn:epc:class:lgtin:0614141.107341.L1",
              "urn:epc:class:lgtin:0614141.107340.L2");
      case 17 ->
          texts(
              "MATCH_outputEPCClass",
              e -> classes(e, "outputQuantityList"),
              "urn:epc:class:lgtin:0614141.107341.L1",
              "urn:epc:class:lgtin:0614141.107342.L3");
      case 18 ->
          texts(
              "EQ_bizTransaction_po",
              e -> typed(e, "bizTransactionList", "bizTransaction", "po"),
              "urn:x:d0",
              "urn:x:d4");
      case 19 ->
          texts(
              "EQ_source_owning_party",
              e -> typed(e, "sourceList", "source", "owning_party"),
              parties.get(0),
              parties.get(1));
      case 20 ->
          texts(
              "EQ_destination_owning_party",
              e -> typed(e, "destinationList", "destination", "owning_party"),
              parties.get(2),
              "urn:x:nobody");
      case 21 ->
          texts("EQ_transformationID", e -> text(e, "transformationID"), "urn:x:t1", "urn:x:t2");
      case 22 -> {
        int limit = random.nextInt(2_000);
        yield new Parameter(
            "GT_quantity",
            "" + limit,
            e -> quantities(e).stream().anyMatch(q -> q.get("quantity").intValue() > limit));
      }
      case 23 -> {
        BigDecimal limit = BigDecimal.valueOf(random.nextInt(3_000), 3);
        yield new Parameter(
            "LE_quantity_KGM",
            limit.toString(),
            e -> quantities(e).stream().anyMatch(q -> kilograms(q).compareTo(limit) <= 0));
      }
      case 24 -> new Parameter("EXISTS_errorDeclaration", "true", e -> e.has("errorDeclaration"));
      case 25 ->
          texts(
              "EQ_errorReason",
              e -> textAt(e, "/errorDeclaration/reason"),
              "did_not_occur",
              "did_not_occur");
      case 26 ->
          texts(
              "EQ_correctiveEventID",
              e ->
                  e.at("/errorDeclaration/correctiveEventIDs")
                      .valueStream()
                      .map(JsonNode::stringValue)
                      .toList(),
              "urn:x:e1",
              "urn:x:e9");
      case 27 ->
          texts(
              "EQ_persistentDisposition_set",
              e ->
                  e.at("/persistentDisposition/set")
                      .valueStream()
                      .map(JsonNode::stringValue)
                      .toList(),
              "recalled",
              "recalled");
      case 28 -> texts("EQ_ex:color", e -> text(e, "ex:color"), "red", "blue");
      case 29 -> {
        int limit = random.nextInt(10);
        yield new Parameter(
            "GE_ex:size",
            "" + limit,
            e -> e.has("ex:size") && e.get("ex:size").intValue() >= limit);
      }
      case 30 -> texts("EQ_ILMD_ex:made", e -> textAt(e, "/ilmd/ex:made"), "here", "nowhere");
      case 31 ->
          new Parameter(
              "EQ_INNER_ILMD_ex:deep", "2", e -> e.at("/ilmd/ex:box/ex:deep").asInt(-1) == 2);
      case 32 ->
          texts(
              "EQ_deviceID",
              e -> textAt(e, "/sensorElementList/0/sensorMetadata/deviceID"),
              "urn:x:s1",
              "urn:x:s2");
      default -> {
        int limit = random.nextInt(30);
        yield new Parameter(
            "GE_value_CEL",
            "" + limit,
            e ->
                e.has("sensorElementList")
                    && celsius(e.at("/sensorElementList/0/sensorReport/0")) >= limit - 1e-9);
      }
    };
  }

  private static double celsius(JsonNode report) {
    double value = report.get("value").doubleValue();
    return report.get("uom").stringValue().equals("CEL") ? value : (value - 32) * 5 / 9;
  }

  private static BigDecimal kilograms(JsonNode quantity) {
    BigDecimal value = quantity.get("quantity").decimalValue();
    return quantity.get("uom").stringValue().equals("KGM") ? value : value.movePointLeft(3);
  }

  private Parameter texts(String name, Function<JsonNode, List<String>> field, String... values) {
    Set<String> some =
        random.nextBoolean()
            ? Set.of(values[0])
            : Set.of(java.util.Arrays.stream(values).distinct().toArray(String[]::new));
    return new Parameter(
        name,
        String.join("|", some),
        event -> field.apply(event).stream().anyMatch(some::contains));
  }

  private Parameter time(String name, String member, List<JsonNode> all, boolean from) {
    Instant moment = instant(all.get(random.nextInt(all.size())), member);
    return new Parameter(
        name,
        moment.toString(),
        event ->
            from
                ? !instant(event, member).isBefore(moment)
                : instant(event, member).isBefore(moment));
  }

  private static Instant instant(JsonNode event, String member) {
    return OffsetDateTime.parse(event.get(member).stringValue()).toInstant();
  }

  private static List<String> text(JsonNode event, String member) {
    return event.has(member) ? List.of(event.get(member).stringValue()) : List.of();
  }

  private static List<String> textAt(JsonNode event, String pointer) {
    JsonNode found = event.at(pointer);
    return found.isString() ? List.of(found.stringValue()) : List.of();
  }

  private static List<String> list(JsonNode event, String... members) {
    List<String> found = new ArrayList<>();
    for (String member : members) {
      JsonNode value = event.get(member);
      if (value != null && value.isString()) {
        found.add(value.stringValue());
      } else if (value != null) {
        value.forEach(item -> found.add(item.stringValue()));
      }
    }
    return found;
  }

  private static List<JsonNode> quantities(JsonNode event) {
    List<JsonNode> found = new ArrayList<>();
    for (String member : List.of("quantityList", "outputQuantityList")) {
      event.path(member).forEach(found::add);
    }
    return found;
  }

  private static List<String> classes(JsonNode event, String... members) {
    List<String> found = new ArrayList<>();
    for (String member : members) {
      event.path(member).forEach(item -> found.add(item.get("epcClass").stringValue()));
    }
    return found;
  }

  private static List<String> typed(JsonNode event, String list, String member, String type) {
    return event
        .path(list)
        .valueStream()
        .filter(item -> item.get("type").stringValue().equals(type))
        .map(item -> item.get(member).stringValue())
        .toList();
  }

  private static List<String> ends(JsonNode event, String list, String member) {
    return event.path(list).valueStream().map(item -> item.get(member).stringValue()).toList();
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }

  private static void inOrder(List<JsonNode> found, String order) {
    if (order.isEmpty()) {
      return;
    }
    String member = order.contains("eventTime") ? "eventTime" : "recordTime";
    Comparator<JsonNode> by = Comparator.comparing(event -> instant(event, member));
    assertThat(found).as(order).isSortedAccordingTo(order.endsWith("ASC") ? by : by.reversed());
  }

  private static List<String> ids(List<JsonNode> events) {
    return events.stream().map(event -> event.get("eventID").stringValue()).toList();
  }

  /** Every page, one after another. */
  private List<JsonNode> pages(String key, String query, int perPage) {
    List<JsonNode> found = new ArrayList<>();
    String next = "/epcis/events?perPage=" + perPage + "&" + query;
    while (next != null) {
      HttpResponse<String> page =
          send(
              request(next, key)
                  .header("GS1-EPC-Format", "Never_Translates")
                  .header("GS1-Extensions", "ex=https://example.com/ns/")
                  .GET());
      assertThat(page.statusCode()).as(next + " " + page.body()).isEqualTo(200);
      List<JsonNode> events = events(json(page));
      assertThat(events).hasSizeLessThanOrEqualTo(perPage);
      found.addAll(events);
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> link.substring(1, link.indexOf('>')))
              .orElse(null);
    }
    return found;
  }
}
