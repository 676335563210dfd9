package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.DocumentRef;

/**
 * A registered document as checks see it.
 *
 * @param validFrom first day; null if it names none
 * @param validTo last day; null if it names none
 * @param quantity for how much it is good, in kilograms, litres or as counted; null if it names
 *     none
 * @param subject whom it was issued to; null if it names nobody
 * @param scope what it is good for: products, varieties, categories; empty if it names nothing
 */
public record PaperFact(
    DocumentRef ref,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validTo,
    @Nullable BigDecimal quantity,
    @Nullable String subject,
    Set<String> scope) {
  public PaperFact {
    requireNonNull(ref, "ref is null");
    scope = Set.copyOf(scope);
  }

  boolean isValidOn(LocalDate day) {
    return (validFrom == null || !day.isBefore(validFrom))
        && (validTo == null || !day.isAfter(validTo));
  }
}
