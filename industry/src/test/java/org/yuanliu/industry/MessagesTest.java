package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
  private static final Localized LINK = new Localized("屠宰", "Slaughter");

  static Stream<Localized> all() {
    return Stream.of(
        Messages.missingLink(LINK),
        Messages.awaitedLink(LINK),
        Messages.placeUnknown(),
        Messages.onlyPossible(LINK),
        Messages.linkPresent(LINK),
        Messages.notShown(LINK, List.of(LINK, LINK)),
        Messages.lateReport(LINK),
        Messages.inferredAttribution(),
        Messages.unknownUpstream(),
        Messages.chainTruncated(),
        Messages.productUnknown(),
        Messages.noRecords(),
        Messages.failedTest(),
        Messages.testUndecided(),
        Messages.testsPassed(2),
        Messages.oversold(),
        Messages.balanceUnknown(),
        Messages.quantitiesBalance(),
        Messages.clockDisagreement(),
        Messages.clocksAgree(),
        Messages.documentExpired(),
        Messages.documentOverdrawn(),
        Messages.documentUnregistered(),
        Messages.documentUnclear(),
        Messages.documentsValid(2));
  }

  /** That the records are complete does not mean that the goods are safe, and nobody may say so. */
  @ParameterizedTest
  @MethodSource("all")
  void nothingIsEverCalledSafe(Localized message) {
    assertThat(message.zh()).doesNotContain("安全").doesNotContain("放心").doesNotContain("无害");
    assertThat(message.en().toLowerCase(Locale.ROOT))
        .doesNotContainPattern("\\bsafe|harmless|\\bhealthy");
    assertThat(message.zh()).endsWith("。");
    assertThat(message.en()).endsWith(".");
  }
}
