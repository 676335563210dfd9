package org.yuanliu.industry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuanliu.epcis.YlVocabulary;

class PackLoaderTest {
  private static final String FILE = "test.yaml";

  /** A pack that is right; the tests replace single lines of it. */
  private static final List<String> LINES =
      """
      pack: jewellery
      version: 2
      effectiveFrom: 2026-02-01
      names: {zh: 首饰, en: Jewellery}
      prefixes:
        yl: https://yuanliu.org/ns/
      clock:
        disagreement: 15 min
        tolerance: 1 d
      publicView: [eventTime, party]
      nodeTypes:
        workshop: {zh: 作坊, en: Workshop}
      documents:
        assay:
          names: {zh: 成色证书, en: assay certificate}
          type: yl:BTT-assay
          expires: true
        origin:
          names: {zh: 产地证明, en: certificate of origin}
          type: yl:BTT-origin_certificate
      tests:
        x_ray:
          names: {zh: X射线检测, en: X-ray test}
          steps: yl:BizStep-x_ray_testing
          overruledBy: fire
        fire:
          names: {zh: 火试金, en: fire assay}
          steps: yl:BizStep-fire_assaying
      products:
        ring:
          names: {zh: 戒指, en: Ring}
          goodsCodes: ["0382"]
          categoryTerms: 戒指
          balanceTolerance: 0.5 %
          links:
            making:
              names: {zh: 制作, en: Making}
              required: always
              grace: 90 min
              recognisedBy:
                - {steps: yl:BizStep-making, at: workshop, eventTypes: ObjectEvent}
              requires:
                - document: assay
            selling:
              names: {zh: 销售, en: Selling}
              required: {whenPassing: workshop}
              grace: 2 d
              recognisedBy:
                - steps: [yl:BizStep-selling]
              requires:
                - anyOf:
                    - test: x_ray
                    - cameThrough: making
      """
          .lines()
          .toList();

  @Test
  void readsWhatTheFileSays() {
    Pack pack = load(LINES);
    assertThat(pack.id()).isEqualTo("jewellery");
    assertThat(pack.version()).isEqualTo(2);
    assertThat(pack.effectiveFrom()).isEqualTo("2026-02-01");
    assertThat(pack.names()).isEqualTo(new Localized("首饰", "Jewellery"));
    assertThat(pack.clockDisagreement()).isEqualTo(Duration.ofMinutes(15));
    assertThat(pack.clockTolerance()).isEqualTo(Duration.ofHours(24));
    assertThat(pack.publicView()).containsExactly(PublicField.EVENT_TIME, PublicField.PARTY);
    assertThat(pack.documents().get("assay"))
        .isEqualTo(
            new DocumentType(
                "assay",
                "https://yuanliu.org/ns/BTT-assay",
                new Localized("成色证书", "assay certificate"),
                true,
                false));
    assertThat(pack.tests().get("x_ray").overruledBy()).containsExactly("fire");
    Product ring = pack.products().getFirst();
    assertThat(ring.balanceTolerancePercent()).isEqualByComparingTo(new BigDecimal("0.5"));
    assertThat(ring.links()).extracting(Link::id).containsExactly("making", "selling");
    Link making = ring.links().getFirst();
    assertThat(making.presence()).isEqualTo(new Presence.Always());
    assertThat(making.grace()).isEqualTo(Duration.ofMinutes(90));
    assertThat(making.recognisedBy())
        .containsExactly(
            new Criterion(
                Set.of("https://yuanliu.org/ns/BizStep-making"),
                Set.of("ObjectEvent"),
                Set.of(),
                Set.of("workshop")));
    assertThat(making.requirements()).containsExactly(new Requirement.Document("assay"));
    Link selling = ring.links().getLast();
    assertThat(selling.presence()).isEqualTo(new Presence.WhenPassing(Set.of("workshop")));
    assertThat(selling.requirements())
        .containsExactly(
            new Requirement.AnyOf(
                List.of(
                    new Requirement.PassedTest("x_ray"), new Requirement.CameThrough("making"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|pack: Jewellery|1|bad-value",
        "1|pack: [a]|1|wrong-kind",
        "1|pack:|1|bad-value",
        "1|park: jewellery|1|unknown-key",
        "2|version: 0|2|bad-value",
        "2|version: 1.5|2|bad-value",
        "2|pack: again|2|duplicate-key",
        "3|effectiveFrom: 2026-02-30|3|bad-value",
        "3|effectiveFrom: 1 February 2026|3|bad-value",
        "4|names: {zh: 首饰}|4|missing-key",
        "4|names: {zh: 首饰, en: ''}|4|bad-value",
        "4|names: {zh: 首饰, en: Jewellery, de: Schmuck}|4|unknown-key",
        "4|names: Jewellery|4|wrong-kind",
        "4|names: {zh: 首饰, en: Jewellery|5|syntax",
        "4|names: *other|4|syntax",
        "6|`  yl: yuanliu`|6|bad-value",
        "8|`  disagreement: quarter of an hour`|8|bad-value",
        "8|`  disagreement: -15 min`|8|bad-value",
        "9|`  tolerances: 1 d`|9|unknown-key",
        "10|publicView: [eventTime, price]|10|bad-value",
        "10|publicView: []|10|bad-value",
        "12|`  Workshop: {zh: 作坊, en: Workshop}`|12|bad-value",
        "16|`    type: xy:BTT-assay`|16|undefined-name",
        "16|`    type: assay`|16|bad-value",
        "17|`    expires: yes`|17|bad-value",
        "17|`    expired: true`|17|unknown-key",
        "20|`    type: yl:BTT-assay`|19|not-unique",
        "25|`    overruledBy: water`|25|undefined-name",
        "32|`    goodsCodes: ['03820000000']`|32|bad-value",
        "32|`    goodsCodes: [03a]`|32|bad-value",
        "34|`    balanceTolerance: half a percent`|34|bad-value",
        "34|`    balanceTolerance: -1 %`|34|bad-value",
        "38|`        required: sometimes`|38|bad-value",
        "38|`        required: {whenPassing: market}`|38|undefined-name",
        "38|`        required: {whenSelling: workshop}`|38|unknown-key",
        "39|`        grace: 90`|39|bad-value",
        "40|`        recognisedBy: []`|40|syntax",
        "41|`          - {steps: yl:BizStep-making, at: market}`|41|undefined-name",
        "41|`          - {steps: yl:BizStep-making, eventTypes: MakingEvent}`|41|bad-value",
        "41|`          - {at: workshop}`|41|missing-key",
        "41|`          - making`|41|wrong-kind",
        "43|`          - document: licence`|43|undefined-name",
        "43|`          - {document: assay, test: fire}`|43|bad-value",
        "43|`          - licence: assay`|43|unknown-key",
        "52|`              - test: water`|52|undefined-name",
        "53|`              - cameThrough: polishing`|53|undefined-name",
        "53|`              - cameThrough: selling`|53|undefined-name",
      })
  void refusesAMistakeAndNamesItsLine(int line, String text, int reported, String rule) {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(line - 1, text);
    PackException refused = refused(lines);
    assertThat(refused.problems())
        .as(refused.getMessage())
        .anySatisfy(
            problem -> {
              assertThat(problem.file()).isEqualTo(FILE);
              assertThat(problem.line()).isEqualTo(reported);
              assertThat(problem.rule().id()).isEqualTo(rule);
            });
  }

  @Test
  void aMessageNamesFileLineRuleAndBothLanguages() {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(1, "version: two");
    assertThat(refused(lines))
        .hasMessage(
            "test.yaml:2: bad-value: a version is a whole number from 1 on, not \"two\""
                + " / 版本是从1开始的整数，不是“two”");
  }

  @Test
  void everyMissingKeyIsNamed() {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(1, "");
    lines.set(2, "");
    assertThat(refused(lines).problems())
        .extracting(PackProblem::rule, problem -> problem.message().en())
        .containsExactly(
            tuple(PackRule.MISSING_KEY, "\"effectiveFrom\" is missing"),
            tuple(PackRule.MISSING_KEY, "\"version\" is missing"));
  }

  @Test
  void aMistakeInOneLinkDoesNotHideThatInTheNext() {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(38, "        grace: soon");
    lines.set(46, "        grace: later");
    assertThat(refused(lines).problems()).extracting(PackProblem::line).containsExactly(39, 47);
  }

  @Test
  void oneCodeMeansOneProduct() {
    List<String> lines = new ArrayList<>(LINES);
    lines.addAll(
        List.of(
            "  chain:",
            "    names: {zh: 项链, en: Chain}",
            "    categoryTerms: [戒指]",
            "    links:",
            "      making:",
            "        names: {zh: 制作, en: Making}",
            "        required: always",
            "        grace: 1 d",
            "        recognisedBy: [{steps: yl:BizStep-making}]"));
    PackProblem problem = refused(lines).problems().getFirst();
    assertThat(problem.rule()).isEqualTo(PackRule.NOT_UNIQUE);
    assertThat(problem.line()).isEqualTo(55);
    lines.remove(LINES.size() + 2);
    assertThat(refused(lines).problems().getFirst().rule()).isEqualTo(PackRule.MISSING_KEY);
    lines.add(LINES.size() + 2, "    goodsCodes: ['03821']");
    Pack pack = load(lines);
    assertThat(pack.product("03822000")).map(Product::id).contains("ring");
    assertThat(pack.product("03821000")).map(Product::id).contains("chain");
    assertThat(pack.product("戒指")).map(Product::id).contains("ring");
    assertThat(pack.product("0381")).isEmpty();
    assertThat(pack.product("038")).isEmpty();
  }

  @Test
  void aFileIsOneDocumentOfLimitedSizeAndDepth() {
    assertSyntax("", "the file is empty");
    assertSyntax(String.join("\n", LINES) + "\n---\na: b\n", "more than one YAML document");
    String filling = "#" + "x".repeat(PackNode.Reader.MAX_BYTES);
    String atLimit = String.join("\n", LINES) + "\n" + filling;
    atLimit = new String(atLimit.getBytes(UTF_8), 0, PackNode.Reader.MAX_BYTES, UTF_8);
    assertThat(load(atLimit.lines().toList()).id()).isEqualTo("jewellery");
    assertSyntax(atLimit + "x", "more than 1048576 bytes");
    assertSyntax("[".repeat(21) + "]".repeat(21), "not YAML");
  }

  @Test
  void thePacksOfTheFolderAreThoseOfTheList() throws IOException, URISyntaxException {
    Path folder =
        Path.of(PackLoader.class.getClassLoader().getResource("packs/list.yaml").toURI())
            .getParent();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("list.yaml")
          .filteredOn(name -> !name.equals("list.yaml"))
          .containsExactlyInAnyOrderElementsOf(PackLoader.bundledFiles());
    }
  }

  @Test
  void theFarmProductsSpeakTheVocabularyOfTheEvents() {
    Pack pack =
        PackLoader.bundled()
            .inForce("edible-farm-products", LocalDate.parse("2026-11-21"))
            .orElseThrow();
    assertThat(pack.documents().values())
        .extracting(DocumentType::uri)
        .containsExactly(
            YlVocabulary.BTT_ANIMAL_QUARANTINE_CERTIFICATE,
            YlVocabulary.BTT_PRODUCT_QUARANTINE_CERTIFICATE,
            YlVocabulary.BTT_MEAT_INSPECTION_CERTIFICATE,
            YlVocabulary.BTT_COMMITMENT_CERTIFICATE,
            YlVocabulary.BTT_ORIGIN_CERTIFICATE);
    assertThat(pack.products().stream().flatMap(p -> p.links().stream()))
        .flatExtracting(Link::recognisedBy)
        .flatExtracting(Criterion::bizSteps)
        .contains(
            YlVocabulary.STEP_SLAUGHTERING,
            YlVocabulary.STEP_MARKET_ENTRY,
            YlVocabulary.STEP_RAPID_TESTING,
            YlVocabulary.STEP_SELLING);
    assertThat(pack.product("21113021")).map(Product::id).contains("pork");
    assertThat(pack.product("01211011")).map(Product::id).contains("vegetables");
    assertThat(pack.product("01111011")).isEmpty();
    assertThat(pack.product("Pork")).map(Product::id).contains("pork");
  }

  @Test
  void theVersionInForceOnTheDayJudges() {
    Pack second = load(LINES);
    List<String> lines = new ArrayList<>(LINES);
    lines.set(1, "version: 1");
    lines.set(2, "effectiveFrom: 2025-01-01");
    Pack first = load(lines);
    PackSet packs = PackSet.of(List.of(second, first));
    assertThat(packs.inForce("jewellery", LocalDate.parse("2024-12-31"))).isEmpty();
    assertThat(packs.inForce("jewellery", LocalDate.parse("2025-01-01"))).contains(first);
    assertThat(packs.inForce("jewellery", LocalDate.parse("2026-01-31"))).contains(first);
    assertThat(packs.inForce("jewellery", LocalDate.parse("2026-02-01"))).contains(second);
    assertThat(packs.inForce("toys", LocalDate.parse("2026-02-01"))).isEmpty();
    assertThat(packs.inForce(LocalDate.parse("2026-02-01"))).containsExactly(second);
    assertThat(packs.all()).containsExactly(second, first);
    assertThatThrownBy(() -> PackSet.of(List.of(second, second)))
        .hasMessage("version 2 of the pack jewellery is there twice");
    lines.set(2, "effectiveFrom: 2026-02-01");
    Pack noEarlier = load(lines);
    assertThatThrownBy(() -> PackSet.of(List.of(noEarlier, second)))
        .hasMessage(
            "version 2 of the pack jewellery takes effect no later than the version before it");
  }

  private static void assertSyntax(String yaml, String message) {
    assertThat(refused(yaml.lines().toList()).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.rule()).isEqualTo(PackRule.SYNTAX);
              assertThat(problem.message().en()).contains(message);
            });
  }

  private static PackException refused(List<String> lines) {
    PackException refused = catchThrowableOfType(PackException.class, () -> load(lines));
    assertThat(refused).as("the pack was taken").isNotNull();
    return refused;
  }

  private static Pack load(List<String> lines) {
    byte[] yaml = String.join("\n", lines).getBytes(UTF_8);
    return PackLoader.load(FILE, new ByteArrayInputStream(yaml));
  }
}
