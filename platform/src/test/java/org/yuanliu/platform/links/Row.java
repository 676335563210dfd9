package org.yuanliu.platform.links;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.PublicField;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The chains of one row as a file tells them: parties, places and papers are registered, every
 * record goes through its link's form; then the public page, the trace and the alerts are read.
 * Names stand for codes anywhere in a record, {@code day-3T08:00} for a day before today. A file
 * may take its records from another, {@code told}, and say itself only what is to be seen.
 */
final class Row {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Pattern DAY = Pattern.compile("day([+-]\\d{1,4})(?:T(\\d\\d:\\d\\d))?");
  private static final int DAYS_BEFORE = 1_000;

  /** Read once: to read and compile them takes longer than to tell a short row. */
  private static final Map<String, Pack> PACKS =
      PackLoader.bundled().all().stream()
          .collect(Collectors.toMap(Pack::id, pack -> pack, (a, b) -> b));

  private final JsonNode expected;
  private final JsonNode row;
  private final WholeServer server;
  private final LocalDate today;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();

  /** Entries by the code that they name, as {@code position}. */
  private final Map<String, Set<String>> entries = new HashMap<>();

  Row(String resource, WholeServer server, LocalDate today) {
    this.expected = read(resource);
    this.row = expected.has("told") ? read(expected.path("told").asString()) : expected;
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

  /** Everything is told, and judged, before anything is looked at. */
  void tell() {
    register();
    row.path("records").forEach(this::record);
    server.awaitJudged();
    // All of a row's faults at once: to tell its records takes longer than to look.
    SoftAssertions soft = new SoftAssertions();
    expected
        .path("good")
        .properties()
        .forEach(good -> soft.check(() -> complete(good.getKey(), good.getValue())));
    expected.path("broken").forEach(broken -> soft.check(() -> broken(broken)));
    soft.assertAll();
  }

  /** What is told, each as industry, product and link. */
  Set<String> links() {
    Set<String> links = new HashSet<>();
    for (JsonNode record : row.path("records")) {
      links.add(
          record.path("industry").asString(row.path("industry").asString())
              + " "
              + record.path("product").asString()
              + " "
              + record.path("link").asString());
    }
    return links;
  }

  private void record(JsonNode record) {
    ObjectNode flat = (ObjectNode) filled(record.path("with"));
    flat.put("event_time", filled(record.path("at").asString()));
    String industry = record.path("industry").asString(row.path("industry").asString());
    String link = record.path("link").asString();
    String product = record.path("product").asString();
    String key =
        keys.computeIfAbsent(record.path("by").asString(), party -> server.firm(named(party)));
    WholeServer.Answer answer =
        server.post("/api/v1/links/" + industry + "/" + link + "?product=" + product, key, flat);
    assertThat(answer.status()).as("%s %s %s", link, flat, answer.body()).isEqualTo(201);
    for (JsonNode stored : answer.json().path("events")) {
      String position = stored.path("position").asString();
      names.forEach(
          (name, code) -> {
            if (flat.toString().contains('"' + code + '"')) {
              entries.computeIfAbsent(name, unit -> new HashSet<>()).add(position);
            }
          });
    }
  }

  /** The page calls it complete, names each step, and the trace leads to where it is from. */
  private void complete(String name, JsonNode good) {
    String unit = good.path("unit").asString();
    String page = page(unit);
    assertThat(findings(page)).as(name).startsWith("complete ");
    for (JsonNode step : good.path("passes")) {
      assertThat(page).as(name).contains(">" + step.asString() + "<");
    }
    // Where the row's places are: explosives and rare earths do not tell the public.
    Pack pack = PACKS.get(row.path("industry").asString());
    if (!pack.publicView().contains(PublicField.PLACE)) {
      assertThat(page).as(name).doesNotContain("西安市雁塔区").contains("地点不公开");
    }
    if (good.has("called")) {
      assertThat(page).as(name).contains("<dd>" + good.path("called").asString() + "</dd>");
    }
    String trace =
        server
            .get(
                "/api/v1/trace?direction=backward&code=" + WholeServer.encoded(named(unit)),
                server.operator)
            .ok()
            .body();
    for (JsonNode from : good.path("from")) {
      assertThat(trace).as(name).contains(named(from.asString()));
    }
  }

  /** The page says what is wrong, and who watches has the alert. */
  private void broken(JsonNode broken) {
    String unit = broken.path("unit").asString();
    String page = page(unit);
    assertThat(findings(page))
        .as(unit)
        .startsWith(broken.path("verdict").asString().toLowerCase(Locale.ROOT) + " ")
        .contains(" " + broken.path("kind").asString() + " ");
    assertThat(page).as(unit).contains(broken.path("says").asString(""));
    if (broken.has("alert")) {
      assertThat(alerts(unit)).as(unit).contains(broken.path("alert").asString());
    }
  }

  /** The level and the findings, between spaces. */
  private static String findings(String page) {
    Matcher level = Pattern.compile("class=\"card verdict verdict--(\\w+)").matcher(page);
    assertThat(level.find()).isTrue();
    StringBuilder found = new StringBuilder(level.group(1)).append(' ');
    Pattern.compile("data-finding=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .forEach(finding -> found.append(finding.group(1)).append(' '));
    return found.toString();
  }

  /** The checks with an open alert on a record of the unit. */
  private Set<String> alerts(String unit) {
    Set<String> checks = new HashSet<>();
    for (JsonNode alert :
        server
            .get("/api/v1/alerts?state=open&limit=500", server.operator)
            .ok()
            .json()
            .path("alerts")) {
      String entry = alert.path("entry").asString();
      if (entries.getOrDefault(unit, Set.of()).contains(entry.substring(entry.indexOf('-') + 1))) {
        checks.add(alert.path("check").asString());
      }
    }
    return checks;
  }

  private String page(String unit) {
    return server.get("/t/" + WholeServer.encoded(named(unit)), "").ok().body();
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
    Pack pack = requireNonNull(PACKS.get(industry), industry);
    DocumentType type = requireNonNull(pack.documents().get(line.path("type").asString()));
    String number = line.path("number").asString();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", DocumentIds.uri(type, number));
    body.put("type", type.uri());
    body.put("number", number);
    body.put("subject", line.has("subject") ? named(line.path("subject").asString()) : null);
    if (line.has("scope")) {
      body.put("scope", line.get("scope").valueStream().map(JsonNode::asString).toList());
    }
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
        ArrayNode filled = WholeServer.JSON.createArrayNode();
        items.forEach(filled::add);
        yield filled;
      }
      case ObjectNode object -> {
        ObjectNode filled = WholeServer.JSON.createObjectNode();
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
