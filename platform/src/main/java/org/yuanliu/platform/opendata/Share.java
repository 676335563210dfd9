package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What one subject has in one figure of a set and period. Never leaves the server.
 *
 * @param category id of a product or the like; empty where the set has none
 * @param division six digits; {@link DivisionTree#NOWHERE} where nobody knows
 * @param subject key of who answers for the records
 */
record Share(String category, String division, UUID subject, BigDecimal amount) {
  Share {
    requireNonNull(category, "category is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(amount, "amount is null");
    if (division.length() != DivisionTree.DIGITS) {
      throw new IllegalArgumentException("no division: " + division);
    }
  }
}
