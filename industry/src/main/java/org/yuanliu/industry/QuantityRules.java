package org.yuanliu.industry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.BalanceFact;

/** Whether anybody passed on more than came in. */
final class QuantityRules {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private QuantityRules() {}

  static List<Finding> judge(Optional<Product> product, ChainFacts facts) {
    boolean asked = product.map(p -> p.balanceTolerancePercent() != null).orElse(false);
    if (product.isPresent() && !asked) {
      // A lift is handed on many times; nobody weighs it.
      return List.of();
    }
    BigDecimal tolerance = product.map(QuantityRules::tolerance).orElse(BigDecimal.ZERO);
    List<String> oversold = new ArrayList<>();
    for (BalanceFact balance : facts.balances()) {
      BigDecimal allowed = balance.in().multiply(HUNDRED.add(tolerance));
      if (balance.out().multiply(HUNDRED).compareTo(allowed) > 0) {
        oversold.add(balance.unitRef());
      }
    }
    if (!oversold.isEmpty()) {
      return List.of(FindingCode.OVERSOLD.finding(oversold, Messages.oversold()));
    }
    if (facts.balances().isEmpty()) {
      return asked
          ? List.of(FindingCode.BALANCE_UNKNOWN.finding(List.of(), Messages.balanceUnknown()))
          : List.of();
    }
    List<String> units = facts.balances().stream().map(BalanceFact::unitRef).toList();
    return List.of(FindingCode.QUANTITIES_BALANCE.finding(units, Messages.quantitiesBalance()));
  }

  private static @Nullable BigDecimal tolerance(Product product) {
    return product.balanceTolerancePercent();
  }
}
