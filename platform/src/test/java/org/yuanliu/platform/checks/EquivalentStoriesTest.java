package org.yuanliu.platform.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.industry.CheckKeyValues;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.checks.FollowedView.Row;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.registry.RegistryChange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The packs' scenarios told with one code for a unit and with two that are declared to be of one
 * unit, at random: the same is found, at the same times. Declared after all was recorded, the same
 * is open in the end; ended again, what would be if nothing had been declared.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EquivalentStoriesTest {
  private static final Path FOLDER = Path.of("../industry/src/test/resources/scenarios");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /** Every so manieth scenario each time; all of them in the long run. */
  private static final int SAMPLE = 20;

  private static final List<String> UNIT_LISTS =
      List.of(
          "epcList",
          "quantityList",
          "childEPCs",
          "childQuantityList",
          "inputEPCList",
          "inputQuantityList",
          "outputEPCList",
          "outputQuantityList",
          "parentID");

  /** Whose check digits count, so that a second code is as good as the first. */
  private static final List<CodeReader> READERS =
      List.of(CodeReader.of(Divisions.standard()), StoredScenario.CODES);

  private final Catalogue catalogue =
      new Catalogue(PackLoader.bundled(), StoredScenario.CODES, StoredScenario.SHANGHAI);
  private final Random random = new Random(17);
  private FollowedView view;
  private int renamed;

  @BeforeAll
  void open() {
    view = FollowedView.open(catalogue, random);
  }

  @AfterAll
  void close() {
    view.close();
  }

  @Test
  void aSampleIsJudgedAlikeUnderTwoCodes() throws Exception {
    tell(SAMPLE);
  }

  @Test
  @Tag("long")
  void everyStoryIsJudgedAlikeUnderTwoCodes() throws Exception {
    tell(1);
  }

  private void tell(int every) throws IOException, SQLException {
    renamed = 0;
    int number = 0;
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        ObjectNode setting = (ObjectNode) YAML.readTree(Files.readString(file));
        Pack pack =
            PackLoader.bundled().all().stream()
                .filter(one -> one.id().equals(setting.path("pack").asString()))
                .findFirst()
                .orElseThrow();
        for (JsonNode scenario : setting.path("cases")) {
          if (number++ % every == 0 && !scenario.path("records").isEmpty()) {
            String name = file.getFileName() + ": " + scenario.path("name").asString();
            compare(name, new StoredScenario(pack, setting).journal(scenario), scenario);
          }
        }
      }
    }
    assertThat(renamed).as("namings under a second code").isGreaterThan(number / every);
  }

  private void compare(String name, List<Entry> story, JsonNode scenario) throws SQLException {
    Instant last = story.getLast().recordTime();
    Instant now = StoredScenario.now(scenario, last);
    Map<String, String> seconds = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    story.forEach(entry -> taken.addAll(codes(entry)));
    List<Entry> told = story.stream().map(entry -> retold(entry, seconds, taken)).toList();
    List<Entry> declared = new ArrayList<>();
    seconds.forEach((unit, second) -> declared.add(change(story, last, unit, second, true)));

    List<Row> plain = judged(story, now, seconds, 0);
    Instant first = story.getFirst().recordTime();
    List<Entry> before = declared.stream().map(entry -> at(entry, first)).toList();
    assertThat(judged(joined(before, told), now, seconds, before.size()))
        .as("%s, declared before, %s", name, seconds)
        .isEqualTo(plain);

    assertThat(open(judged(joined(told, declared), now, seconds, 0)))
        .as("%s, declared late, %s", name, seconds)
        .isEqualTo(open(plain));

    List<Entry> ended = new ArrayList<>();
    // Past whatever falls due at the very moment of the last record.
    Instant after = last.plus(Duration.ofMillis(2));
    Instant then = now.isAfter(after) ? now : after;
    seconds.forEach((unit, second) -> ended.add(change(story, after, second, unit, false)));
    assertThat(open(judged(joined(told, declared, ended), then, Map.of(), 0)))
        .as("%s, ended, %s", name, seconds)
        .isEqualTo(open(judged(told, then, Map.of(), 0)));
  }

  /**
   * What the view finds, by the first codes.
   *
   * @param offset entries before the story
   */
  private List<Row> judged(
      List<Entry> entries, Instant now, Map<String, String> seconds, int offset)
      throws SQLException {
    view.follow(entries, now, 1 + random.nextInt(entries.size()), random.nextBoolean());
    Map<String, String> firsts = new LinkedHashMap<>();
    seconds.forEach((unit, second) -> firsts.put(second, unit));
    return view.rows().stream()
        .map(
            row ->
                new Row(
                    row.position() - offset,
                    row.check(),
                    CheckKeyValues.value(
                        CheckKeyValues.parts(row.key()).stream()
                            .map(part -> firsts.getOrDefault(part, part))
                            .toList()),
                    row.raised(),
                    row.cleared()))
        .sorted(
            Comparator.comparing(Row::position)
                .thenComparing(Row::check)
                .thenComparing(Row::key)
                .thenComparing(Row::raised))
        .toList();
  }

  private static List<List<Object>> open(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.cleared() == null)
        .map(row -> List.<Object>of(row.position(), row.check(), row.key()))
        .toList();
  }

  @SafeVarargs
  private static List<Entry> joined(List<Entry>... parts) {
    List<Entry> all = new ArrayList<>();
    for (List<Entry> part : parts) {
      for (Entry entry : part) {
        all.add(
            new Entry(
                new EntryRef(1, all.size()), entry.recordTime(), entry.captureId(), entry.draft()));
      }
    }
    return all;
  }

  private static Entry at(Entry entry, Instant moment) {
    return new Entry(entry.ref(), moment, entry.captureId(), entry.draft());
  }

  /** The record with some of its units under their second codes. */
  private Entry retold(Entry entry, Map<String, String> seconds, Set<String> taken) {
    if (!(entry.draft().subject() instanceof EventSubject(EpcisEvent event))
        || event.errorDeclaration() != null) {
      return entry;
    }
    Map<String, String> changes = new LinkedHashMap<>();
    for (UnitMention unit : event.units()) {
      if (random.nextBoolean()) {
        String second = seconds.get(unit.canonical());
        if (second == null) {
          second = second(unit.canonical(), taken);
        }
        if (second != null) {
          taken.add(second);
          seconds.put(unit.canonical(), second);
          changes.put(unit.sent(), second);
        }
      }
    }
    if (changes.isEmpty()) {
      return entry;
    }
    renamed += changes.size();
    ObjectNode body = event.body().deepCopy();
    for (String list : UNIT_LISTS) {
      JsonNode node = body.get(list);
      if (node != null) {
        body.set(list, renamed(node, text -> changes.getOrDefault(text, text)));
      }
    }
    body.remove("eventID");
    Draft draft = entry.draft();
    return new Entry(
        entry.ref(),
        entry.recordTime(),
        entry.captureId(),
        with(
            draft,
            draft.kind(),
            draft.id(),
            new EventSubject(StoredScenario.read(List.of(body)).getFirst())));
  }

  private static JsonNode renamed(JsonNode node, Function<String, String> name) {
    return switch (node) {
      case StringNode text -> StringNode.valueOf(name.apply(text.stringValue()));
      case ArrayNode list -> {
        ArrayNode changed = list.arrayNode();
        list.forEach(item -> changed.add(renamed(item, name)));
        yield changed;
      }
      case ObjectNode object -> {
        ObjectNode changed = object.deepCopy();
        if (changed.get("epcClass") instanceof StringNode text) {
          changed.put("epcClass", name.apply(text.stringValue()));
        }
        yield changed;
      }
      default -> node;
    };
  }

  private static Set<String> codes(Entry entry) {
    Set<String> codes = new HashSet<>();
    if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
      event.units().forEach(unit -> codes.add(unit.canonical()));
    }
    return codes;
  }

  /** Another code of the same scheme; null where none was found. */
  private static @Nullable String second(String code, Set<String> taken) {
    boolean hasLetters = code.contains("/21/") || code.contains("/10/");
    if (code.startsWith("https://id.gs1.org/") && hasLetters && !taken.contains(code + "Z")) {
      return code + "Z";
    }
    for (CodeReader reader : READERS) {
      Optional<Code> first = read(reader, code);
      for (int i = code.length() - 1; first.isPresent() && i > code.lastIndexOf(':'); i--) {
        for (char other = '0'; other <= '9'; other++) {
          String second = code.substring(0, i) + other + code.substring(i + 1);
          boolean same =
              read(reader, second)
                  .filter(one -> one.scheme() == first.get().scheme())
                  .filter(one -> one.canonical().equals(second))
                  .isPresent();
          if (!taken.contains(second) && same) {
            return second;
          }
        }
      }
    }
    return null;
  }

  private static Optional<Code> read(CodeReader reader, String text) {
    return reader.read(text) instanceof Found(Code code) ? Optional.of(code) : Optional.empty();
  }

  private static Entry change(
      List<Entry> story, Instant moment, String unit, String other, boolean same) {
    UUID id =
        UUID.nameUUIDFromBytes(
            (unit + other + same).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    RegistryChange change =
        same
            ? new RegistryChange.EquivalenceDeclared(id, unit, other, "换码")
            : new RegistryChange.EquivalenceEnded(id, unit, other, "有误");
    return new Entry(
        story.getFirst().ref(),
        moment,
        id,
        with(story.getFirst().draft(), EntryKind.REGISTRY_CHANGE, id.toString(), change));
  }

  private static Draft with(Draft draft, EntryKind kind, String id, Subject subject) {
    return new Draft(
        kind,
        new Identity(FactKeys.hash(draft.principal() + id + subject), new byte[32]),
        draft.reporter(),
        draft.principal(),
        id,
        draft.hash(),
        draft.hashVersion(),
        draft.standing(),
        draft.scope(),
        draft.hot(),
        draft.body(),
        subject);
  }
}
