package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How an event moves a counter of a check that refuses.
 *
 * @param kind of rule: once, quota, permit, balance
 * @param check its id
 * @param value under which it counts: of the rule's key, or a document
 * @param period in which it counts; empty if always
 * @param delta what is added
 * @param limit above which the event breaks the rule; null if it can break none
 */
public record CounterMove(
    String kind,
    String check,
    String value,
    String period,
    BigDecimal delta,
    @Nullable BigDecimal limit) {
  public CounterMove {
    requireNonNull(kind, "kind is null");
    requireNonNull(check, "check is null");
    requireNonNull(value, "value is null");
    requireNonNull(period, "period is null");
    requireNonNull(delta, "delta is null");
  }
}
