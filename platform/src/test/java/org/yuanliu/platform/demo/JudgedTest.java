package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.Finding;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Severity;
import org.yuanliu.industry.Verdict;
import org.yuanliu.industry.VerdictRules;
import org.yuanliu.platform.demo.History.Told;

/** The demonstration before the pack and the rules that its pages are judged by. */
final class JudgedTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 20, 9, 30);

  /** The demonstration goes up to the moment at which it is loaded: these were odd ones. */
  static final List<LocalDateTime> MOMENTS =
      List.of(
          LocalDateTime.of(2026, 11, 30, 0, 0),
          LocalDateTime.of(2026, 12, 31, 23, 59),
          LocalDateTime.of(2027, 1, 1, 0, 1),
          LocalDateTime.of(2027, 3, 1, 5, 0),
          LocalDateTime.of(2028, 2, 29, 18, 30));

  private static final Judged USUAL = new Judged(NOW);

  /** What is known of a demonstration up to a moment. */
  private static final class Judged {
    private final History history;
    private final ToldFacts facts;

    private Judged(LocalDateTime now) {
      history = History.of(new DemoOptions(0.01, now, 1));
      facts = new ToldFacts(history, now.toInstant(DemoOptions.OFFSET));
    }
  }

  private Judged judged = USUAL;
  private final PackSet packs = PackLoader.bundled();
  private final VerdictRules rules = new VerdictRules(ZoneId.of("Asia/Shanghai"));

  @Test
  void brokenChainsGetTheVerdictThatTheyAnnounce() {
    for (Broken broken : judged.history.demo.broken()) {
      Verdict verdict = judge(broken.code());
      assertThat(verdict.level())
          .as("%s: %s", broken, verdict.findings())
          .isEqualTo(broken.verdict());
      Set<String> expected = new TreeSet<>(Set.of(broken.kind().id()));
      if (broken.kind() == FindingCode.UNKNOWN_UPSTREAM) {
        // Where nothing is known of the source, its links are missing too.
        expected.add(FindingCode.MISSING_LINK.id());
      }
      assertThat(wrong(verdict)).as("%s", broken).isEqualTo(expected);
    }
  }

  @Test
  void everyOtherReceiptIsComplete() {
    Set<String> broken =
        judged.history.demo.broken().stream().map(Broken::code).collect(Collectors.toSet());
    Set<String> lots = new TreeSet<>();
    int complete = 0;
    for (Told told : judged.history.told) {
      String lot =
          told.units(UnitRole.INPUT).stream()
              .map(unit -> unit.canonical())
              .collect(Collectors.joining(" "));
      if (told.is(ChainCheck.RETAIL_SELLING) && lots.add(lot)) {
        String code = told.units(UnitRole.OUTPUT).getFirst().canonical();
        Verdict verdict = judge(code);
        if (verdict.level() == Level.COMPLETE) {
          complete++;
        }
      }
    }
    // Eight chains are broken, one of them is complete in the end, and one is sold at two stalls.
    assertThat(lots.size() - complete).isEqualTo(broken.size() - 1 + 1);
  }

  @Test
  void goodExamplesAreComplete() {
    for (String name :
        List.of(
            "pork receipt",
            "vegetable receipt",
            "supermarket pork",
            "canteen",
            "inferred counter")) {
      Verdict verdict = judge("urn:yuanliu:trace:" + judged.history.demo.examples().get(name));
      assertThat(verdict.level()).as("%s: %s", name, verdict.findings()).isEqualTo(Level.COMPLETE);
    }
    Verdict inferred =
        judge("urn:yuanliu:trace:" + judged.history.demo.examples().get("inferred counter"));
    assertThat(wrong(inferred)).containsExactly(FindingCode.INFERRED_ATTRIBUTION.id());
  }

  @ParameterizedTest
  @FieldSource("MOMENTS")
  void theHourIsNoMatter(LocalDateTime moment) {
    judged = new Judged(moment);
    brokenChainsGetTheVerdictThatTheyAnnounce();
    goodExamplesAreComplete();
  }

  private Verdict judge(String code) {
    return rules.judge(packs, judged.facts.of(code));
  }

  private static Set<String> wrong(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> finding.severity() != Severity.HELD)
        .map(Finding::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
