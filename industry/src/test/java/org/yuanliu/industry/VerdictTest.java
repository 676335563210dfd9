package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The word that follows from the findings. */
class VerdictTest {
  private static Finding finding(Severity severity) {
    return new Finding("some", severity, List.of(), new Localized("某项", "something"));
  }

  @Test
  void silenceIsNotConsent() {
    assertThat(Verdict.of(List.of()).level()).isEqualTo(Level.UNKNOWN);
  }

  @Test
  void theGravestFindingDecidesAndComesFirst() {
    assertThat(Verdict.of(List.of(finding(Severity.HELD))).level()).isEqualTo(Level.COMPLETE);
    assertThat(Verdict.of(List.of(finding(Severity.INFO))).level()).isEqualTo(Level.COMPLETE);
    assertThat(Verdict.of(List.of(finding(Severity.HELD), finding(Severity.DOUBT))).level())
        .isEqualTo(Level.INCOMPLETE);
    assertThat(Verdict.of(List.of(finding(Severity.DOUBT), finding(Severity.UNKNOWN))).level())
        .isEqualTo(Level.UNKNOWN);
    Verdict worst =
        Verdict.of(
            List.of(finding(Severity.HELD), finding(Severity.UNKNOWN), finding(Severity.PROBLEM)));
    assertThat(worst.level()).isEqualTo(Level.PROBLEM);
    assertThat(worst.findings()).extracting(Finding::severity).startsWith(Severity.PROBLEM);
  }
}
