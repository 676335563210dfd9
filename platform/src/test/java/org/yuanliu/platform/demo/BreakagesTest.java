package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Severity;
import org.yuanliu.platform.demo.History.Told;

final class BreakagesTest {
  /** Made once: nobody changes it. */
  private static final History HISTORY =
      History.of(new DemoOptions(0.03, LocalDateTime.of(2026, 11, 20, 9, 30), 1));

  private final ChainCheck check = new ChainCheck(HISTORY);

  @Test
  void thereIsOneOfEachKind() {
    assertThat(HISTORY.demo.broken().stream().map(Broken::kind))
        .containsExactlyInAnyOrder(
            FindingCode.MISSING_LINK,
            FindingCode.FAILED_TEST,
            FindingCode.DOCUMENT_EXPIRED,
            FindingCode.DOCUMENT_OVERDRAWN,
            FindingCode.OVERSOLD,
            FindingCode.CLOCK_DISAGREEMENT,
            FindingCode.UNKNOWN_UPSTREAM,
            FindingCode.LATE_REPORT);
  }

  @Test
  void eachBreaksWhatItSaysAndNothingElse() {
    for (Broken broken : HISTORY.demo.broken()) {
      assertThat(check.wrongWith(broken.code())).as("%s", broken).containsExactly(broken.kind());
    }
  }

  @Test
  void theVerdictIsWhatTheKindGives() {
    for (Broken broken : HISTORY.demo.broken()) {
      Level follows =
          switch (broken.kind().severity()) {
            case PROBLEM -> Level.PROBLEM;
            case DOUBT -> Level.INCOMPLETE;
            case UNKNOWN -> Level.UNKNOWN;
            case INFO, HELD -> Level.COMPLETE;
          };
      assertThat(broken.verdict()).as("%s", broken).isEqualTo(follows);
    }
    assertThat(FindingCode.LATE_REPORT.severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void everyOtherReceiptIsInOrder() {
    Map<Set<FindingCode>, Integer> findings = new HashMap<>();
    Map<String, Set<FindingCode>> byLot = new HashMap<>();
    for (Told told : HISTORY.told) {
      if (told.is(ChainCheck.RETAIL_SELLING)) {
        String lots =
            told.units(UnitRole.INPUT).stream()
                .map(unit -> unit.canonical())
                .collect(Collectors.joining(" "));
        String code = told.units(UnitRole.OUTPUT).getFirst().canonical();
        byLot.computeIfAbsent(lots, ignored -> check.wrongWith(code));
      }
    }
    byLot.values().forEach(found -> findings.merge(found, 1, Integer::sum));

    Map<Set<FindingCode>, Integer> expected = new HashMap<>();
    HISTORY
        .demo
        .broken()
        .forEach(broken -> expected.merge(EnumSet.of(broken.kind()), 1, Integer::sum));
    // The certificate that is drawn on twice is seen from both consignments.
    expected.merge(EnumSet.of(FindingCode.DOCUMENT_OVERDRAWN), 1, Integer::sum);
    int clean = findings.getOrDefault(EnumSet.noneOf(FindingCode.class), 0);
    expected.put(EnumSet.noneOf(FindingCode.class), clean);
    assertThat(findings).isEqualTo(expected);
    assertThat(clean).isGreaterThan(100);
  }

  @Test
  void goodExamplesAreInOrder() {
    for (String name :
        Set.of(
            "pork receipt",
            "vegetable receipt",
            "supermarket pork",
            "canteen",
            "inferred counter")) {
      assertThat(check.wrongWith("urn:yuanliu:trace:" + HISTORY.demo.examples().get(name)))
          .as(name)
          .isEmpty();
    }
  }
}
