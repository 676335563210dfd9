package org.yuanliu.industry;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.yuanliu.industry.EventFact.UnitFact;

/** How an event moves what a check counts; empty if it has nothing to do with it. */
final class CounterMoves {
  private CounterMoves() {}

  /**
   * @param units those that the value of the key stands for
   */
  static Optional<BigDecimal> of(
      CheckRule.Quota rule, Check check, EventFact event, List<UnitFact> units) {
    Amount minus = rule.minus().get(event.link().id());
    if (minus != null) {
      return Optional.of(CheckAmounts.of(minus, event, units).negate());
    }
    return event.isOf(check.links())
        ? Optional.of(CheckAmounts.of(rule.amount(), event, units))
        : Optional.empty();
  }

  static Optional<BigDecimal> of(CheckRule.Once rule, Check check, EventFact event) {
    if (rule.back().contains(event.link().id())) {
      return Optional.of(BigDecimal.ONE.negate());
    }
    return event.isOf(check.links()) ? Optional.of(BigDecimal.ONE) : Optional.empty();
  }
}
