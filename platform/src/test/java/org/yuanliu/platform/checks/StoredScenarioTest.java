package org.yuanliu.platform.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.database.TestDatabase;
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

  /** One transaction in so many is lost. */
  private static final int FAILURES = 4;

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Catalogue catalogue =
      new Catalogue(PackLoader.bundled(), StoredScenario.CODES, StoredScenario.SHANGHAI);
  private final Random random = new Random(3);
  private TestDatabase database;
  private JdbcClient jdbc;

  @BeforeAll
  void open() {
    database = TestDatabase.open();
    jdbc = JdbcClient.create(database.dataSource());
  }

  @AfterAll
  void close() {
    database.close();
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
    follow(entries, now, 1, false);
    List<String> live = alerts();
    Set<String> found = one.has("ask") ? asked(scenario, one) : stillOpen();
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
    follow(entries, now, 1 + random.nextInt(entries.size()), true);
    assertThat(alerts()).isEqualTo(live);
  }

  /** The view made anew in transactions of so many entries. */
  private void follow(List<Entry> entries, Instant now, int cut, boolean keeps)
      throws SQLException {
    StoredFacts facts = new StoredFacts(catalogue);
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // Faster than to truncate so few rows.
        for (String table : List.of("event", "key", "void", "due", "place", "paper")) {
          statement.execute("delete from check_" + table);
        }
        statement.execute("delete from alert");
      }
      connection.commit();
      for (int i = 0; i < entries.size(); i += cut) {
        List<Entry> next = entries.subList(i, Math.min(entries.size(), i + cut));
        if (random.nextInt(FAILURES) == 0) {
          // Killed before its commit: the next one begins where this one did.
          run(connection, facts).follow(next);
          connection.rollback();
          facts = new StoredFacts(catalogue);
        }
        run(connection, facts).follow(next);
        connection.commit();
        facts.committed();
        facts = keeps ? facts : new StoredFacts(catalogue);
      }
      if (now.isAfter(entries.getLast().recordTime())) {
        run(connection, facts).pass(1, now);
      }
      connection.commit();
    }
  }

  private CheckRun run(Connection connection, StoredFacts facts) {
    return new CheckRun(connection, catalogue, (place, before) -> List.of(), facts);
  }

  private Set<String> asked(StoredScenario scenario, JsonNode one) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = database.dataSource().getConnection()) {
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

  private Set<String> stillOpen() {
    return new TreeSet<>(
        jdbc.sql("select check_id from alert where cleared_at is null").query(String.class).list());
  }

  private List<String> alerts() {
    return jdbc.sql(
            """
            select concat_ws(' ', position, check_id, key, raised_at, cleared_at) from alert
            order by position, check_id, key, raised_at
            """)
        .query(String.class)
        .list();
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
