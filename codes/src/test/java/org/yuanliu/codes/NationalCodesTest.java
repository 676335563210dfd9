package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.EarTag.Species;
import org.yuanliu.codes.Refusal.Reason;

class NationalCodesTest {
  private static final NodeCode NODE = NodeCode.of("610102001");

  @Test
  void aTraceCodeIsTheSellerAndATrade() {
    TraceCode code = TraceCode.issue(OperatorCode.of("6101020010001"), 45);
    assertThat(code.value()).isEqualTo("61010200100010000045");
    assertThat(code.operator()).isEqualTo(OperatorCode.issue(NODE, 1));
    assertThat(code.node()).isEqualTo(NODE);
    assertThat(code.division()).isEqualTo(DivisionCode.of("610102"));
    assertThat(code.serial()).isEqualTo(45);
    assertThat(code.grouped()).isEqualTo("6101 0200 1000 1000 0045");
    assertThat(code.canonical()).isEqualTo("urn:yuanliu:trace:61010200100010000045");
    assertThat(code.level()).isEqualTo(Level.LOT);
  }

  @Test
  void aBatchCodeIsTheNodeAndALedgerLine() {
    BatchCode code = BatchCode.issue(NODE, 7);
    assertThat(code.value()).isEqualTo("6101020010000007");
    assertThat(code.node()).isEqualTo(NODE);
    assertThat(code.serial()).isEqualTo(7);
  }

  @Test
  void aNodeMayTradeItself() {
    assertThat(OperatorCode.ofNode(NODE).value()).isEqualTo("6101020010000");
    assertThat(OperatorCode.ofNode(NODE).isNodeItself()).isTrue();
    assertThat(OperatorCode.of("6101020010001").isNodeItself()).isFalse();
    assertThat(OperatorCode.of("6101020011234").serial()).isEqualTo(1234);
  }

  @Test
  void anEarTagTellsSpeciesAndCounty() {
    EarTag tag = EarTag.issue(Species.PIG, DivisionCode.of("610124"), 12345678);
    assertThat(tag.value()).isEqualTo("161012412345678");
    assertThat(tag.species()).isEqualTo(Species.PIG);
    assertThat(EarTag.of("261012400000001").species()).isEqualTo(Species.CATTLE);
    assertThat(EarTag.of("361012400000001").species()).isEqualTo(Species.SHEEP);
    assertThat(tag.serial()).isEqualTo(12345678);
    assertThat(tag.level()).isEqualTo(Level.ITEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"061012412345678", "461012412345678"})
  void anEarTagOfNoKnownSpeciesIsRefused(String tag) {
    refused(() -> EarTag.of(tag), Reason.RANGE);
  }

  @Test
  void serialNumbersKeepToTheirRanges() {
    DivisionCode division = DivisionCode.of("610102");
    OperatorCode seller = OperatorCode.ofNode(NODE);
    assertThat(NodeCode.issue(division, 999).serial()).isEqualTo(999);
    assertThat(OperatorCode.issue(NODE, 9_999).serial()).isEqualTo(9_999);
    assertThat(BatchCode.issue(NODE, 9_999_999).serial()).isEqualTo(9_999_999);
    assertThat(TraceCode.issue(seller, 9_999_999).serial()).isEqualTo(9_999_999);
    assertThat(EarTag.issue(Species.SHEEP, division, 99_999_999).serial()).isEqualTo(99_999_999);
    for (int below : new int[] {0, -1, Integer.MIN_VALUE}) {
      refused(() -> NodeCode.issue(division, below), Reason.RANGE);
      refused(() -> OperatorCode.issue(NODE, below), Reason.RANGE);
      refused(() -> BatchCode.issue(NODE, below), Reason.RANGE);
      refused(() -> TraceCode.issue(seller, below), Reason.RANGE);
      refused(() -> EarTag.issue(Species.PIG, division, below), Reason.RANGE);
    }
    refused(() -> NodeCode.issue(division, 1_000), Reason.RANGE);
    refused(() -> OperatorCode.issue(NODE, 10_000), Reason.RANGE);
    refused(() -> BatchCode.issue(NODE, 10_000_000), Reason.RANGE);
    refused(() -> TraceCode.issue(seller, 10_000_000), Reason.RANGE);
    refused(() -> EarTag.issue(Species.PIG, division, 100_000_000), Reason.RANGE);
  }

  @Test
  void noNodeHasTheNumberZero() {
    refused(() -> NodeCode.of("610102000"), Reason.RANGE);
    refused(() -> OperatorCode.of("6101020000001"), Reason.RANGE);
    refused(() -> BatchCode.of("6101020000000001"), Reason.RANGE);
    refused(() -> TraceCode.of("61010200000010000001"), Reason.RANGE);
  }

  @Test
  void lengthAndDigitsAreExact() {
    refused(() -> TraceCode.of("6101020010001000004"), Reason.LENGTH);
    refused(() -> TraceCode.of("610102001000100000451"), Reason.LENGTH);
    refused(() -> TraceCode.of("6101020010001000004A"), Reason.CHARACTER);
    // Arabic-Indic digits are digits to Character.isDigit, and to no bar code.
    refused(() -> NodeCode.of("61010200\u0661"), Reason.CHARACTER);
    refused(() -> DivisionCode.of("61010"), Reason.LENGTH);
    refused(() -> BatchCode.of(""), Reason.LENGTH);
  }

  private static void refused(Runnable making, Reason reason) {
    assertThatExceptionOfType(CodeException.class)
        .isThrownBy(making::run)
        .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(reason));
  }
}
