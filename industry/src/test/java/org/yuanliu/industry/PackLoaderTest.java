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
import java.util.Map;
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
      elements:
        maker:
          names: {zh: 制作人, en: Maker}
          type: text
          max: 50
          personal: true
        weight:
          names: {zh: 重量, en: Weight}
          type: decimal
          unit: GRM
          becomes: none
      links:
        making:
          names: {zh: 制作, en: Making}
          stage: source
          required: always
          grace: 90 min
          who: {at: workshop}
          event: {type: ObjectEvent, action: ADD, bizStep: yl:BizStep-making}
          elements:
            units: {required: true, quantity: weight}
            maker: optional
            weight: required
          requires:
            - document: assay
        selling:
          names: {zh: 销售, en: Selling}
          stage: retail
          required: {whenPassing: workshop}
          grace: 2 d
          recognisedBy:
            - {steps: [yl:BizStep-selling], at: workshop, eventTypes: ObjectEvent}
          requires:
            - anyOf:
                - test: x_ray
                - cameThrough: making
      checks:
        heavy:
          on: making
          level: alert
          holds: weight <= 500.0
          message: {zh: 太重, en: too heavy}
          source: 无
        once:
          on: selling
          level: refuse
          once: {back: making}
          message: {zh: 已售出, en: sold already}
          source: 无
      products:
        ring:
          names: {zh: 戒指, en: Ring}
          goodsCodes: ["0382"]
          categoryTerms: 戒指
          balanceTolerance: 0.5 %
          links:
            - making
            - link: selling
              grace: 3 d
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
                false,
                null));
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
        "3|effectiveFrom: 2026-02-01\\neffectiveTo: 2026-01-31|4|bad-value",
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
        "32|`    type: string`|32|bad-value",
        "32|`    type: code`|31|missing-key",
        "33|`    max: wide`|33|bad-value",
        "34|`    public: true\\n    personal: true`|34|bad-value",
        "32|`    type: unit\\n    secret: true\\n    becomes: units`|33|bad-value",
        "34|`    codes: colour`|34|undefined-name",
        "38|`    codes: colour`|38|bad-value",
        "34|`    schemes: imei`|34|undefined-name",
        "34|`    term: person.name`|34|bad-value",
        "34|`    becomes: units`|34|bad-value",
        "34|`    becomes: sensor.Mood`|34|bad-value",
        "38|`    unit: gram`|38|bad-value",
        "43|`    stage: beginning`|43|bad-value",
        "44|`    required: sometimes`|44|bad-value",
        "44|`    required: {whenPassing: market}`|44|undefined-name",
        "44|`    required: {whenSelling: workshop}`|44|unknown-key",
        "45|`    grace: 90`|45|bad-value",
        "46|`    who: {at: market}`|46|undefined-name",
        "46|`    who: {roles: goldsmith}`|46|undefined-name",
        "47|`    event: {type: ObjectEvent, bizStep: yl:BizStep-making}`|47|bad-value",
        "47|`    event: {type: TransformationEvent, action: ADD, bizStep:"
            + " yl:BizStep-making}`|47|bad-value",
        "47|`    event: {type: ObjectEvent, action: MAKE, bizStep:"
            + " yl:BizStep-making}`|47|bad-value",
        "47|`    event: {type: ObjectEvent, action: ADD}`|47|missing-key",
        "49|`      units: {required: true, quantity: length}`|49|undefined-name",
        "49|`      units: {required: true, quantity: weight, in: [second]}`|49|undefined-name",
        "50|`      polisher: optional`|50|undefined-name",
        "50|`      maker: maybe`|50|bad-value",
        "53|`      - document: licence`|53|undefined-name",
        "53|`      - {document: assay, test: fire}`|53|bad-value",
        "53|`      - licence: assay`|53|unknown-key",
        "59|`    recognisedBy: []`|59|syntax",
        "60|`      - {steps: yl:BizStep-selling, at: market}`|60|undefined-name",
        "60|`      - {steps: yl:BizStep-selling, eventTypes: SellingEvent}`|60|bad-value",
        "60|`      - {at: workshop}`|60|missing-key",
        "60|`      - selling`|60|wrong-kind",
        "63|`          - test: water`|63|undefined-name",
        "64|`          - cameThrough: polishing`|64|undefined-name",
        "67|`    on: polishing`|67|undefined-name",
        "68|`    level: forbid`|68|bad-value",
        "69|`    holds: length <= 500.0`|69|expression",
        "69|`    holds: weight + 1.0`|69|expression",
        "69|`    once: {}\\n    holds: weight <= 500.0`|67|bad-value",
        "69|`    quota: {period: month, limit: many}`|69|bad-value",
        "69|`    quota: {period: week, limit: 3}`|69|bad-value",
        "69|`    quota: {key: colour, limit: 3}`|69|undefined-name",
        "69|`    quota: {limit: {element: weight, document: assay}}`|69|bad-value",
        "69|`    interval: {since: making}`|69|missing-key",
        "69|`    permit: {document: licence}`|69|undefined-name",
        "69|`    balance: {in: {making: quantity}, out: {polishing: quantity}}`|69|undefined-name",
        "71|`    sources: 无`|71|unknown-key",
        "75|`    once: {back: melting}`|75|undefined-name",
        "81|`    goodsCodes: ['03820000000']`|81|bad-value",
        "81|`    goodsCodes: [03a]`|81|bad-value",
        "83|`    balanceTolerance: half a percent`|83|bad-value",
        "83|`    balanceTolerance: -1 %`|83|bad-value",
        "85|`      - polishing`|85|undefined-name",
        "86|`      - link: polishing`|86|undefined-name",
        "86|`      - link: making`|86|not-unique",
        "87|`        grace: soon`|87|bad-value",
      })
  void refusesAMistakeAndNamesItsLine(int line, String text, int reported, String rule) {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(line - 1, text.replace("\\n", "\n"));
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
  void readsLinksElementsAndChecks() {
    Pack pack = load(LINES);
    Product ring = pack.products().getFirst();
    Link making = ring.links().getFirst();
    assertThat(making.stage()).isEqualTo(LinkStage.SOURCE);
    assertThat(making.nodeTypes()).containsExactly("workshop");
    assertThat(making.events())
        .containsExactly(
            new EventTemplate(
                "event",
                "ObjectEvent",
                "ADD",
                "https://yuanliu.org/ns/BizStep-making",
                null,
                null));
    assertThat(making.elements().keySet())
        .containsExactly("event_time", "place", "units", "maker", "weight");
    Element units = making.element("units").orElseThrow();
    assertThat(units.required()).isTrue();
    assertThat(units.quantity()).isEqualTo("weight");
    assertThat(units.becomes()).isEqualTo(new Target.Units(Target.UnitList.UNITS));
    Element maker = making.element("maker").orElseThrow();
    assertThat(maker.required()).isFalse();
    assertThat(maker.personal()).isTrue();
    assertThat(maker.max()).isEqualByComparingTo("50");
    assertThat(maker.becomes())
        .isEqualTo(new Target.Extension(false, "https://yuanliu.org/ns/maker", ""));
    assertThat(making.element("weight").orElseThrow().uom()).isEqualTo("GRM");
    // What the product changes is changed for it.
    assertThat(ring.links().getLast().grace()).isEqualTo(Duration.ofDays(3));
    Check heavy = pack.checks().get("heavy");
    assertThat(heavy.level()).isEqualTo(CheckLevel.ALERT);
    assertThat(heavy.moment()).isEqualTo(Moment.RECORD);
    assertThat(heavy.links()).containsExactly("making");
    Check once = pack.checks().get("once");
    assertThat(once.moment()).isEqualTo(Moment.ASK);
    assertThat(once.rule())
        .isEqualTo(
            new CheckRule.Once(
                List.of("unit"), Set.of("making"), new Limit.Fixed<>(BigDecimal.ONE)));
  }

  @Test
  void anElementThatAProductHasOtherwiseIsOtherwiseInItsLinksAlone() {
    List<String> lines = new ArrayList<>(LINES);
    lines.addAll(
        """
          chain:
            names: {zh: 项链, en: Necklace}
            categoryTerms: 项链
            elements: {weight: {unit: KGM}}
            links: [making]
          bangle:
            names: {zh: 手镯, en: Bangle}
            categoryTerms: 手镯
            links: [making]
        """
            .lines()
            .map(line -> "  " + line.strip().replaceFirst("^(?!chain|bangle)", "  "))
            .toList());
    Pack pack = load(lines);
    assertThat(pack.products())
        .extracting(
            Product::id,
            product -> {
              Element weight = product.links().getFirst().element("weight").orElseThrow();
              return weight.uom() + " " + weight.required();
            })
        .containsExactly(
            tuple("ring", "GRM true"), tuple("chain", "KGM true"), tuple("bangle", "GRM true"));
    int at = lines.indexOf("    elements: {weight: {unit: KGM}}");
    lines.set(at, "    elements: {width: {unit: MMT}}");
    assertThat(refused(lines).problems())
        .extracting(PackProblem::line, PackProblem::rule)
        .containsExactly(tuple(at + 1, PackRule.UNDEFINED_NAME));
  }

  @Test
  void nothingComesAfterAnEnd() {
    List<String> lines = new ArrayList<>(LINES);
    int at = lines.indexOf("    once: {back: making}");
    lines.set(at, "    sequence: {ends: making}");
    Set<String> any = Set.of("selling", "start");
    assertThat(load(lines).checks().get("once").rule())
        .isEqualTo(new CheckRule.Sequence(List.of("unit"), Map.of("selling", any, "making", any)));
    lines.set(at, "    sequence: {key: unit}");
    assertThat(refused(lines).problems())
        .extracting(PackProblem::line, PackProblem::rule)
        .containsExactly(tuple(at + 1, PackRule.MISSING_KEY));
    lines.set(at, "    sequence: {ends: melting}");
    assertThat(refused(lines).problems())
        .extracting(PackProblem::line, PackProblem::rule)
        .containsExactly(tuple(at + 1, PackRule.UNDEFINED_NAME));
  }

  @Test
  void aMessageNamesFileLineRuleAndBothLanguages() {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(1, "version: two");
    assertThat(refused(lines))
        .hasMessage(
            "test.yaml:2: bad-value: \"version\" is written like 1, not \"two\""
                + " / version（版本，从1起）写成 1 的样子，不是“two”");
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
    lines.set(44, "    grace: soon");
    lines.set(57, "    grace: later");
    assertThat(refused(lines).problems()).extracting(PackProblem::line).containsExactly(45, 58);
  }

  @Test
  void oneCodeMeansOneProduct() {
    List<String> lines = new ArrayList<>(LINES);
    lines.addAll(
        List.of(
            "  chain:",
            "    names: {zh: 项链, en: Chain}",
            "    categoryTerms: [戒指]",
            "    links: [making]"));
    PackProblem problem = refused(lines).problems().getFirst();
    assertThat(problem.rule()).isEqualTo(PackRule.NOT_UNIQUE);
    assertThat(problem.line()).isEqualTo(LINES.size() + 2);
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
          .filteredOn(name -> !name.equals("list.yaml") && !name.equals("common.yaml"))
          .containsExactlyInAnyOrderElementsOf(PackLoader.bundledFiles());
    }
  }

  @Test
  void theFarmProductsSpeakTheVocabularyOfTheEvents() {
    Pack pack =
        PackLoader.bundled().inForce("farm-products", LocalDate.parse("2026-11-21")).orElseThrow();
    assertThat(pack.documents().values())
        .extracting(DocumentType::uri)
        .contains(
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
