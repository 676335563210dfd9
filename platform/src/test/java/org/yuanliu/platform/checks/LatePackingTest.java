package org.yuanliu.platform.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.journal.Entry;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What something was packed into leads to where it came from. The packing is recorded last, when
 * the sale has been judged already: that it came through the door becomes known with it, and is
 * unknown again where the packing is declared in error.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LatePackingTest {
  private static final Path SETTING =
      Path.of("../industry/src/test/resources/scenarios/drugs.yaml");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Instant SOLD = Instant.parse("2026-11-20T02:00:00Z");
  private static final Instant PACKED = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant CORRECTED = Instant.parse("2026-11-26T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

  private static final String CASE_RECEIVED =
      """
      - {link: receipt, by: chemist, with: {event_time: "2026-11-19T08:00:00+08:00",
         place: pharmacy, drug_codes: [case1], bill_number: F1, bill_type_in: "102"}}
      """;
  private static final String PALLET_RECEIVED =
      """
      - {link: receipt, by: chemist, with: {event_time: "2026-11-19T08:00:00+08:00",
         place: pharmacy, drug_codes: [pallet], bill_number: F1, bill_type_in: "102"}}
      """;
  private static final String BOX_SOLD =
      """
      - {link: retail_sale, by: chemist, with: {event_time: "2026-11-20T10:00:00+08:00",
         place: pharmacy, drug_codes: [box]}}
      """;
  private static final String BOX_IN_CASE =
      """
      - {link: packing, by: plant_firm, with: {event_time: "2026-11-11T08:00:00+08:00",
         place: plant, parent_code: case1, drug_codes: [box]}}
      """;
  private static final String BOX_IN_CASE_LATE =
      """
      - {id: packing, link: packing, by: plant_firm, recorded: "2026-11-25T08:00:00+08:00",
         with: {event_time: "2026-11-11T08:00:00+08:00", place: plant, parent_code: case1,
           drug_codes: [box]}}
      """;
  private static final String CASE_ON_PALLET_LATE =
      """
      - {id: packing, link: packing, by: plant_firm, recorded: "2026-11-25T08:00:00+08:00",
         with: {event_time: "2026-11-12T08:00:00+08:00", place: plant, parent_code: pallet,
           drug_codes: [case1]}}
      """;
  private static final String IN_ERROR =
      """
      - {corrects: packing, recorded: "2026-11-26T08:00:00+08:00"}
      """;

  private final Catalogue catalogue =
      new Catalogue(PackLoader.bundled(), StoredScenario.CODES, StoredScenario.SHANGHAI);
  private final Random random = new Random(23);
  private FollowedView view;

  /** A time during which it was open that the sold box was never received. */
  private record Spell(Instant raised, @Nullable Instant cleared) {}

  @BeforeAll
  void open() {
    view = FollowedView.open(catalogue, random);
  }

  @AfterAll
  void close() {
    view.close();
  }

  @Test
  void aBoxWhoseCaseWasReceivedIsKnownToHaveComeOnceItsPackingIs() throws Exception {
    assertThat(spells(CASE_RECEIVED, BOX_SOLD, BOX_IN_CASE_LATE))
        .containsExactly(new Spell(judged(), PACKED));
  }

  @Test
  void aCaseThatWasPutOnAReceivedPalletAnswersForItsBoxes() throws Exception {
    assertThat(spells(PALLET_RECEIVED, BOX_IN_CASE, BOX_SOLD, CASE_ON_PALLET_LATE))
        .containsExactly(new Spell(judged(), PACKED));
  }

  @Test
  void declaredInErrorThePackingProvesNothing() throws Exception {
    assertThat(spells(CASE_RECEIVED, BOX_SOLD, BOX_IN_CASE_LATE, IN_ERROR))
        .containsExactly(new Spell(judged(), PACKED), new Spell(CORRECTED, null));
    assertThat(spells(PALLET_RECEIVED, BOX_IN_CASE, BOX_SOLD, CASE_ON_PALLET_LATE, IN_ERROR))
        .containsExactly(new Spell(judged(), PACKED), new Spell(CORRECTED, null));
  }

  @Test
  void packedIntoWhatNobodyReceivedItHasStillNotCome() throws Exception {
    assertThat(spells(PALLET_RECEIVED, BOX_SOLD, BOX_IN_CASE_LATE))
        .containsExactly(new Spell(judged(), null));
  }

  /** When the time for reports of where it came from was over. */
  private static Instant judged() {
    Link sale =
        drugs().products().stream()
            .filter(product -> product.id().equals("preparations"))
            .flatMap(product -> product.link("retail_sale").stream())
            .findFirst()
            .orElseThrow();
    Instant due = SOLD.plus(sale.grace());
    assertThat(due).as("before the packing is recorded").isBefore(PACKED);
    return due.plus(Duration.ofMillis(1));
  }

  /** The same entry by entry with the tables alone, and in cuts with what was read before. */
  private List<Spell> spells(String... records) throws Exception {
    ObjectNode setting = (ObjectNode) YAML.readTree(Files.readString(SETTING));
    ((ObjectNode) setting.path("units")).put("pallet", "80217610000879766661");
    StoredScenario scenario = new StoredScenario(drugs(), setting);
    List<Entry> entries = scenario.journal(YAML.readTree("records:\n" + String.join("", records)));
    List<Spell> one = spells(entries, 1, false);
    assertThat(spells(entries, 1 + random.nextInt(entries.size()), true)).isEqualTo(one);
    return one;
  }

  private List<Spell> spells(List<Entry> entries, int cut, boolean keeps) throws SQLException {
    view.follow(entries, NOW, cut, keeps);
    return view.rows().stream()
        .filter(row -> row.check().equals("received-before-sold"))
        .map(row -> new Spell(row.raised(), row.cleared()))
        .toList();
  }

  private static Pack drugs() {
    return PackLoader.bundled().all().stream()
        .filter(pack -> pack.id().equals("drugs"))
        .findFirst()
        .orElseThrow();
  }
}
