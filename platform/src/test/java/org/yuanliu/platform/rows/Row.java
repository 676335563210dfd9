package org.yuanliu.platform.rows;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The chains of one row as a file tells them: parties, places and papers are registered, every
 * record goes through its link's form, then the public page is read. Names stand for codes anywhere
 * in a record, {@code day-3T08:00} for a day before today.
 */
final class Row {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Pattern DAY = Pattern.compile("day([+-]\\d{1,4})(?:T(\\d\\d:\\d\\d))?");
  private static final int DAYS_BEFORE = 1_000;

  private final JsonNode row;
  private final RowServer server;
  private final LocalDate today;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();

  Row(String resource, RowServer server, LocalDate today) {
    this.row = read(resource);
    this.server = server;
    this.today = today;
    row.path("units").properties().forEach(e -> names.put(e.getKey(), e.getValue().asString()));
    row.path("parties")
        .properties()
        .forEach(
            e ->
                names.put(
                    e.getKey(), CreditCode.of(e.getValue().path("code").asString()).canonical()));
    row.path("places")
        .properties()
        .forEach(e -> names.put(e.getKey(), e.getValue().path("code").asString()));
  }

  private static JsonNode read(String resource) {
    try (InputStream in = Row.class.getResourceAsStream(resource)) {
      return YAML.readTree(requireNonNull(in, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The public page of each unit named under good and broken says what the file says. */
  void tell() {
    register();
    for (JsonNode record : row.path("records")) {
      ObjectNode flat = (ObjectNode) filled(record.path("with"));
      flat.put("event_time", filled(record.path("at").asString()));
      String industry = record.path("industry").asString(row.path("industry").asString());
      String link = record.path("link").asString();
      String key =
          keys.computeIfAbsent(record.path("by").asString(), party -> server.firm(named(party)));
      assertThat(
              server.post(
                  "/api/v1/links/"
                      + industry
                      + "/"
                      + link
                      + "?product="
                      + record.path("product").asString(),
                  key,
                  flat))
          .as(link + " " + record.path("at").asString())
          .extracting(RowServer.Answer::status, RowServer.Answer::body)
          .satisfies(answer -> assertThat(answer.getFirst()).as("" + answer).isEqualTo(201));
    }
    for (Map.Entry<String, JsonNode> good : row.path("good").properties()) {
      String page = page(good.getValue().asString());
      assertThat(page).as(good.getKey()).contains("verdict--complete");
    }
    for (JsonNode broken : row.path("broken")) {
      String page = page(broken.path("unit").asString());
      assertThat(page)
          .as(broken.path("unit").asString())
          .contains(
              "verdict--" + broken.path("verdict").asString().toLowerCase(java.util.Locale.ROOT))
          .contains(broken.path("says").asString(""));
    }
  }

  private String page(String unit) {
    return server.get("/t/" + RowServer.encoded(named(unit)), "").ok().body();
  }

  private String named(String name) {
    return requireNonNull(names.get(name), name);
  }

  private void register() {
    Map<String, @Nullable Object> open = period(-DAYS_BEFORE, null);
    for (Map.Entry<String, JsonNode> party : row.path("parties").properties()) {
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("codes", List.of(named(party.getKey())));
      body.put("kind", "ENTERPRISE");
      body.put(
          "names",
          List.of(
              Map.of(
                  "name",
                  party.getValue().path("zh").asString(),
                  "nameEn",
                  party.getValue().path("en").asString(),
                  "period",
                  open)));
      body.put("division", party.getValue().path("division").asString());
      body.put("industry", row.path("industry").asString());
      body.put("licences", List.of());
      body.put("stalls", List.of());
      server.post("/api/v1/parties", server.operator, body).ok();
    }
    for (Map.Entry<String, JsonNode> place : row.path("places").properties()) {
      JsonNode line = place.getValue();
      server
          .post(
              "/api/v1/places",
              server.operator,
              Map.of(
                  "id", line.path("code").asString(),
                  "name", line.path("zh").asString(),
                  "division", line.path("division").asString(),
                  "party", named(line.path("party").asString()),
                  "nodeType", line.path("kind").asString()))
          .ok();
    }
    for (JsonNode line : row.path("documents")) {
      document(line);
    }
  }

  private void document(JsonNode line) {
    String industry = line.path("industry").asString(row.path("industry").asString());
    Pack pack =
        PackLoader.bundled().all().stream()
            .filter(each -> each.id().equals(industry))
            .findFirst()
            .orElseThrow();
    DocumentType type = requireNonNull(pack.documents().get(line.path("type").asString()));
    String number = line.path("number").asString();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", DocumentIds.uri(type, number));
    body.put("type", type.uri());
    body.put("number", number);
    body.put("subject", line.has("subject") ? named(line.path("subject").asString()) : null);
    body.put("quantity", line.has("quantity") ? line.get("quantity").decimalValue() : null);
    body.put(
        "validity",
        period(line.path("from").intValue(), line.has("to") ? line.get("to").intValue() : null));
    server.post("/api/v1/documents", server.operator, body).ok();
  }

  private Map<String, @Nullable Object> period(int from, @Nullable Integer to) {
    Map<String, @Nullable Object> period = new LinkedHashMap<>();
    period.put("from", today.plusDays(from).toString());
    period.put("to", to == null ? null : today.plusDays(to).toString());
    return period;
  }

  private JsonNode filled(JsonNode node) {
    return switch (node) {
      case StringNode text -> StringNode.valueOf(filled(text.stringValue()));
      case ArrayNode list -> {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(item -> items.add(filled(item)));
        ArrayNode filled = RowServer.JSON.createArrayNode();
        items.forEach(filled::add);
        yield filled;
      }
      case ObjectNode object -> {
        ObjectNode filled = RowServer.JSON.createObjectNode();
        object.properties().forEach(e -> filled.set(e.getKey(), filled(e.getValue())));
        yield filled;
      }
      default -> node;
    };
  }

  private String filled(String text) {
    String code = names.get(text);
    if (code != null) {
      return code;
    }
    Matcher day = DAY.matcher(text);
    if (!day.matches()) {
      return text;
    }
    LocalDate date = today.plusDays(Integer.parseInt(day.group(1)));
    return day.group(2) == null ? date.toString() : date + "T" + day.group(2) + ":00+08:00";
  }
}
