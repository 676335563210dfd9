package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.Reading;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.FlatRecords;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.demo.ChainScript.DocumentLine;
import org.yuanliu.platform.demo.ChainScript.PartyLine;
import org.yuanliu.platform.demo.ChainScript.PlaceLine;
import org.yuanliu.platform.demo.ChainScript.ProductLine;
import org.yuanliu.platform.demo.ChainScript.RecordLine;
import org.yuanliu.platform.demo.DemoFile.BrokenCode;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Period;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.RegistryCommand;
import org.yuanliu.platform.registry.TraceDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The chains of the industries that are told line by line. Their records become events by the same
 * mapping as what is entered in a form, so a pack that changes changes the demonstration with it.
 */
final class ScriptedChains {
  /** Parties, places and documents stand since before the oldest record. */
  private static final int DAYS_BEFORE = 400;

  private static final Pattern DAY = Pattern.compile("day([+-]\\d{1,4})(?:T(\\d\\d:\\d\\d))?");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<ChainScript> scripts;
  private final Map<String, Pack> packs = new HashMap<>();
  private final CodeReader codes = CodeReader.of(Divisions.standard());

  ScriptedChains() {
    scripts = ChainScript.all();
    PackLoader.bundled().all().forEach(pack -> packs.put(pack.id(), pack));
  }

  /** One who reports: its canonical URI and names. */
  record Reporter(String account, String party, String name) {}

  List<Reporter> reporters() {
    List<Reporter> reporters = new ArrayList<>();
    for (ChainScript script : scripts) {
      sorted(script.parties())
          .forEach(
              e ->
                  reporters.add(
                      new Reporter(
                          script.industry() + "-" + e.getKey().replace('_', '-'),
                          party(e.getValue()),
                          e.getValue().zh())));
    }
    return reporters;
  }

  /** What is registered before the first record. */
  List<RegistryCommand> commands(LocalDate today) {
    List<RegistryCommand> commands = new ArrayList<>();
    Period open = new Period(today.minusDays(DAYS_BEFORE), null);
    for (ChainScript script : scripts) {
      sorted(script.parties()).forEach(e -> commands.add(party(script, e.getValue(), open)));
      sorted(script.places()).forEach(e -> commands.add(place(script, e.getValue())));
      script.products().forEach(line -> commands.add(product(script, line)));
      script.documents().forEach(line -> commands.add(document(script, line, today)));
    }
    return commands;
  }

  /** One record a wave, in the order of their happening: what follows rests on what came before. */
  List<DemoWave> waves(LocalDate today, LocalDateTime now, int first) {
    record Timed(LocalDateTime at, DemoDocument document) {}
    List<Timed> all = new ArrayList<>();
    for (ChainScript script : scripts) {
      for (RecordLine line : script.records()) {
        LocalDateTime at = moment(line.at(), today);
        if (!at.isAfter(now)) {
          String reporter = party(requireNonNull(script.parties().get(line.by()), line.by()));
          all.add(
              new Timed(
                  at, new DemoDocument(reporter, EventJson.time(at), events(script, line, today))));
        }
      }
    }
    all.sort(Comparator.comparing(Timed::at));
    List<DemoWave> waves = new ArrayList<>();
    for (Timed timed : all) {
      waves.add(new DemoWave(first + waves.size(), true, List.of(), List.of(timed.document())));
    }
    return waves;
  }

  /** Codes worth trying, by name. */
  Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    for (ChainScript script : scripts) {
      sorted(script.good()).forEach(e -> examples.put(e.getKey(), unit(script, e.getValue())));
    }
    return examples;
  }

  List<BrokenCode> broken() {
    return scripts.stream()
        .flatMap(
            script ->
                script.broken().stream()
                    .map(b -> new BrokenCode(unit(script, b.unit()), b.kind(), b.verdict())))
        .toList();
  }

  private List<byte[]> events(ChainScript script, RecordLine line, LocalDate today) {
    Pack pack = pack(line.industry() == null ? script.industry() : line.industry());
    Product product =
        pack.products().stream()
            .filter(one -> one.id().equals(line.product()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no product " + line.product()));
    Link link =
        product
            .link(line.link())
            .orElseThrow(() -> new IllegalStateException("no link " + line.link()));
    ObjectNode flat = (ObjectNode) filled(line.with(), script, today);
    flat.put("event_time", EventJson.time(moment(line.at(), today)));
    FlatRecords.Result result =
        new FlatRecords(pack, codes, DemoOptions.OFFSET).events(product, link, flat);
    if (!result.problems().isEmpty()) {
      throw new IllegalStateException(
          script.industry() + ", " + line.link() + ", " + line.at() + ": " + result.problems());
    }
    return result.events().stream()
        .map(event -> JSON.writeValueAsString(event).getBytes(UTF_8))
        .toList();
  }

  /** Puts codes and days in the place of their names, at any depth. */
  private static JsonNode filled(JsonNode node, ChainScript script, LocalDate today) {
    return switch (node) {
      case StringNode text -> StringNode.valueOf(filled(text.stringValue(), script, today));
      case ArrayNode list -> {
        ArrayNode filled = JSON.createArrayNode();
        list.forEach(item -> filled.add(filled(item, script, today)));
        yield filled;
      }
      case ObjectNode object -> {
        ObjectNode filled = JSON.createObjectNode();
        object
            .properties()
            .forEach(e -> filled.set(e.getKey(), filled(e.getValue(), script, today)));
        yield filled;
      }
      default -> node;
    };
  }

  private static String filled(String text, ChainScript script, LocalDate today) {
    PartyLine party = script.parties().get(text);
    if (party != null) {
      return party(party);
    }
    PlaceLine place = script.places().get(text);
    if (place != null) {
      return place.code();
    }
    Matcher day = DAY.matcher(text);
    if (day.matches()) {
      return day.group(2) == null
          ? today.plusDays(Integer.parseInt(day.group(1))).toString()
          : EventJson.time(moment(text, today));
    }
    return script.units().getOrDefault(text, text);
  }

  private static LocalDateTime moment(String text, LocalDate today) {
    Matcher day = DAY.matcher(text);
    if (!day.matches() || day.group(2) == null) {
      throw new IllegalStateException("no moment: " + text);
    }
    return today.plusDays(Integer.parseInt(day.group(1))).atTime(LocalTime.parse(day.group(2)));
  }

  private static String party(PartyLine line) {
    return CreditCode.of(line.code()).canonical();
  }

  private String unit(ChainScript script, String name) {
    String text = requireNonNull(script.units().get(name), name);
    return codes.read(text) instanceof Reading.Found found
        ? DemoEvents.plain(found.code().canonical())
        : text;
  }

  private Pack pack(String id) {
    return requireNonNull(packs.get(id), () -> "no pack " + id);
  }

  private static RegistryCommand party(ChainScript script, PartyLine line, Period open) {
    return new RegistryCommand.RegisterParty(
        List.of(party(line)),
        Party.PartyKind.ENTERPRISE,
        List.of(new Party.DatedName(line.zh(), line.en(), open)),
        line.division(),
        null,
        script.industry(),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private static RegistryCommand product(ChainScript script, ProductLine line) {
    return new RegistryCommand.RegisterProduct(
        new org.yuanliu.platform.registry.Product(
            line.code(), line.zh(), line.en(), null, script.industry()));
  }

  private static RegistryCommand place(ChainScript script, PlaceLine line) {
    return new RegistryCommand.RegisterPlace(
        new Place(
            line.code(),
            line.zh(),
            line.en(),
            line.division(),
            null,
            party(requireNonNull(script.parties().get(line.party()), line.party())),
            line.kind()));
  }

  private RegistryCommand document(ChainScript script, DocumentLine line, LocalDate today) {
    DocumentType type =
        requireNonNull(
            pack(line.industry() == null ? script.industry() : line.industry())
                .documents()
                .get(line.type()),
            line.type());
    PartyLine subject = line.subject() == null ? null : script.parties().get(line.subject());
    return new RegistryCommand.RegisterDocument(
        new TraceDocument(
            DocumentIds.uri(type, line.number()),
            type.uri(),
            line.number(),
            null,
            subject == null ? null : party(subject),
            line.quantity(),
            line.uom(),
            new Period(
                today.plusDays(line.from()), line.to() == null ? null : today.plusDays(line.to())),
            null,
            null,
            line.scope()));
  }

  private static <T> List<Map.Entry<String, T>> sorted(Map<String, T> map) {
    return map.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
  }
}
