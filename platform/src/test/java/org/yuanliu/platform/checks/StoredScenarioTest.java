package org.yuanliu.platform.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every scenario of every pack on PostgreSQL: tripped, just inside, corrected. Each is followed
 * twice, entry by entry with the tables alone, and in random cuts with what the transactions before
 * have read; what was raised and cleared, and when, is the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StoredScenarioTest {
  private static final Path FOLDER = Path.of("../industry/src/test/resources/scenarios");

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Catalogue catalogue =
      new Catalogue(PackLoader.bundled(), StoredScenario.CODES, StoredScenario.SHANGHAI);
  private final Random random = new Random(3);
  private FollowedView view;

  @BeforeAll
  void open() {
    view = FollowedView.open(catalogue, random);
  }

  @AfterAll
  void close() {
    view.close();
  }

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        ObjectNode setting = (ObjectNode) read(file);
        Pack pack =
            PackLoader.bundled().all().stream()
                .filter(one -> one.id().equals(setting.path("pack").asString()))
                .findFirst()
                .orElseThrow();
        for (JsonNode scenario : setting.path("cases")) {
          tests.add(
              DynamicTest.dynamicTest(
                  file.getFileName() + ": " + scenario.path("name").asString(),
                  () -> play(new StoredScenario(pack, setting), scenario)));
        }
      }
    }
    return tests.stream();
  }

  private void play(StoredScenario scenario, JsonNode one) throws SQLException {
    List<Entry> entries = scenario.journal(one);
    Instant last = entries.getLast().recordTime();
    Instant now = StoredScenario.now(one, last);
    view.follow(entries, now, 1, false);
    List<FollowedView.Row> live = view.rows();
    Set<String> found = one.has("ask") ? asked(scenario, one) : view.stillOpen();
    String check = one.path("check").asString("");
    switch (one.path("kind").asString("")) {
      case "trips" -> assertThat(found).contains(check);
      case "inside", "corrected" -> assertThat(found).doesNotContain(check);
      default -> {}
    }
    if (one.has("finds")) {
      Set<String> expected = new TreeSet<>();
      one.path("finds").forEach(id -> expected.add(id.asString()));
      assertThat(found).isEqualTo(expected);
    }
    view.follow(entries, now, 1 + random.nextInt(entries.size()), true);
    assertThat(view.rows()).isEqualTo(live);
  }

  private Set<String> asked(StoredScenario scenario, JsonNode one) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = view.connection()) {
      StoredFacts facts = new StoredFacts(new FactStore(connection, catalogue), catalogue);
      for (Draft draft : scenario.asked(one)) {
        if (draft.subject() instanceof EventSubject(EpcisEvent event)) {
          facts.setNow(StoredScenario.now(one, event.eventTime()));
          String place = Catalogue.place(event);
          String kind =
              CheckRun.kind(
                  new FactStore(connection, catalogue)
                      .kinds(FactStore.Places.FOLLOWED, List.of(FactKeys.place(place)), 1),
                  place,
                  new org.yuanliu.platform.journal.EntryRef(1, Long.MAX_VALUE));
          Catalogue.Read read =
              catalogue.read(event, draft, "asked", event.eventTime(), kind).orElseThrow();
          EventFact fact = read.fact();
          read.version()
              .checks()
              .ask(fact, facts.of(read.version().pack().id()))
              .forEach(finding -> found.add(finding.check()));
        }
      }
    }
    return found;
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
