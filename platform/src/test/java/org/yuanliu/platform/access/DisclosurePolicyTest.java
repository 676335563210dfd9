package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.TestDatabase;

/** The rule in Java and the rule in SQL, on the same facts, for every kind of viewer. */
class DisclosurePolicyTest {
  private static final int ROWS = 2_000;
  private static final int VIEWERS = 300;

  private static final List<UUID> PARTIES =
      IntStream.range(0, 12).mapToObj(i -> new UUID(7, i)).toList();
  private static final String[] DIVISIONS = {
    null, "610100", "610102", "610103", "610200", "310115", "331000"
  };
  private static final String[] PREFIXES = {"", "6", "61", "6101", "610102", "31", "99"};
  private static final String[] INDUSTRIES = {null, "farm-products", "food", "drugs"};

  private final DisclosurePolicy policy = new DisclosurePolicy((event, industry, reader) -> event);

  @Test
  void decidesAlikeInJavaAndInSql() throws SQLException {
    Random random = new Random(20261121);
    try (TestDatabase database = TestDatabase.open()) {
      List<EntryFacts> facts = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        facts.add(facts(random));
      }
      store(database, facts);
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      int seen = 0;
      for (int i = 0; i < VIEWERS; i++) {
        Viewer viewer = viewer(random);
        Set<Integer> byRule =
            IntStream.range(0, ROWS)
                .filter(n -> policy.mayRead(viewer, facts.get(n)))
                .boxed()
                .collect(Collectors.toSet());
        SqlCondition condition = policy.condition(viewer);
        Set<Integer> bySql =
            Set.copyOf(
                jdbc.sql("select e.position from entry e where " + condition.sql())
                    .params(condition.parameters())
                    .query(Integer.class)
                    .list());
        assertThat(bySql).as(viewer.toString()).isEqualTo(byRule);
        seen += byRule.size();
      }
      // The viewers see neither nothing nor everything.
      assertThat(seen).isBetween(ROWS * VIEWERS / 20, ROWS * VIEWERS * 19 / 20);
    }
  }

  @Test
  void eachViewerSeesHisOwnAndNoMore() {
    UUID mine = PARTIES.get(0);
    UUID mineToo = PARTIES.get(1);
    UUID other = PARTIES.get(2);
    Viewer firm = new Viewer.Enterprise("urn:x", Set.of(mine, mineToo));
    assertThat(policy.mayRead(firm, new EntryFacts(mine, other, Set.of(), null, null))).isTrue();
    assertThat(policy.mayRead(firm, new EntryFacts(other, mineToo, Set.of(), null, null))).isTrue();
    assertThat(policy.mayRead(firm, new EntryFacts(other, other, Set.of(mine), null, null)))
        .isTrue();
    assertThat(policy.mayRead(firm, new EntryFacts(other, other, Set.of(other), "610102", "food")))
        .isFalse();
    Viewer without = new Viewer.Enterprise("urn:x", Set.of());
    assertThat(policy.mayRead(without, new EntryFacts(mine, mine, Set.of(mine), null, null)))
        .isFalse();

    EntryFacts inXian = new EntryFacts(other, other, Set.of(), "610102", "food");
    EntryFacts nowhere = new EntryFacts(other, other, Set.of(), null, null);
    assertThat(policy.mayRead(regulator("6101"), inXian)).isTrue();
    assertThat(policy.mayRead(regulator("6101", "food"), inXian)).isTrue();
    assertThat(policy.mayRead(regulator("6101", "drugs"), inXian)).isFalse();
    assertThat(policy.mayRead(regulator("6102"), inXian)).isFalse();
    assertThat(policy.mayRead(regulator("6101"), nowhere)).isFalse();
    assertThat(policy.mayRead(regulator("", "food"), nowhere)).isFalse();
    assertThat(policy.mayRead(regulator(""), nowhere)).isTrue();
    assertThat(policy.mayRead(new Viewer.Consumer(), inXian)).isFalse();
    assertThat(policy.mayRead(new Viewer.Operator("urn:x"), nowhere)).isTrue();
    assertThat(policy.mayRead(new Viewer.PublicPage(), nowhere)).isTrue();
  }

  @Test
  void theDocumentSaysWhatTheCodeDoes() throws java.io.IOException {
    String text =
        java.nio.file.Files.readString(java.nio.file.Path.of("..", "docs", "disclosure.md"));
    int from = text.indexOf("<!-- policy -->\n") + "<!-- policy -->\n".length();
    assertThat(text.substring(from, text.indexOf("<!-- /policy -->")))
        .isEqualTo(DisclosureRule.table());
  }

  private static Viewer regulator(String prefix, String... industries) {
    return new Viewer.Regulator("urn:x", prefix, Set.of(industries));
  }

  private static EntryFacts facts(Random random) {
    return new EntryFacts(
        pick(random, PARTIES),
        pick(random, PARTIES),
        some(random, PARTIES, 3),
        DIVISIONS[random.nextInt(DIVISIONS.length)],
        INDUSTRIES[random.nextInt(INDUSTRIES.length)]);
  }

  private static Agreed agreed(Random random) {
    String prefix = PREFIXES[random.nextInt(PREFIXES.length)];
    Set<String> industries =
        some(random, Arrays.asList(INDUSTRIES).subList(1, INDUSTRIES.length), 2);
    return new Agreed(
        prefix.length() % 2 == 0 && prefix.length() <= 6 ? prefix : "",
        industries.isEmpty() ? Set.of(INDUSTRIES[1]) : industries,
        random.nextBoolean());
  }

  private static Viewer viewer(Random random) {
    return switch (random.nextInt(9)) {
      case 8 -> new Viewer.PublicPage();
      case 0 -> new Viewer.Consumer();
      case 1 -> new Viewer.Operator("urn:x");
      case 2, 3 -> new Viewer.Enterprise("urn:x", some(random, PARTIES, 3));
      case 4 ->
          new Viewer.Enterprise(
              "urn:x",
              some(random, PARTIES, 2),
              Set.copyOf(List.of(agreed(random), agreed(random))));
      default ->
          new Viewer.Regulator(
              "urn:x",
              PREFIXES[random.nextInt(PREFIXES.length)],
              some(random, Arrays.asList(INDUSTRIES).subList(1, INDUSTRIES.length), 2));
    };
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static <T> Set<T> some(Random random, List<T> from, int atMost) {
    return random
        .ints(random.nextInt(atMost + 1), 0, from.size())
        .mapToObj(from::get)
        .collect(Collectors.toSet());
  }

  private static void store(TestDatabase database, List<EntryFacts> facts) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into entry (journal, position, kind, standing, suite, leaf_version,
                  record_time, capture, reporter, principal, named, division, industry, identity,
                  event_key, event_id, salt, body)
                values (1, ?, 1, 4, 1, 1, now(), ?, ?, ?, ?, ?, ?, ?, ?, 'id', '', '')
                """)) {
      for (int i = 0; i < facts.size(); i++) {
        EntryFacts fact = facts.get(i);
        insert.setLong(1, i);
        insert.setObject(2, new UUID(1, i));
        insert.setObject(3, fact.reporter());
        insert.setObject(4, fact.principal());
        insert.setArray(5, connection.createArrayOf("uuid", fact.named().toArray()));
        insert.setString(6, fact.division());
        insert.setString(7, fact.industry());
        insert.setObject(8, new UUID(2, i));
        insert.setObject(9, new UUID(3, i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
