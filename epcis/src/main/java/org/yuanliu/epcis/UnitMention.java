package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One naming of a unit (追溯单元) in an event.
 *
 * @param role the list that names it
 * @param sent the identifier as the sender wrote it
 * @param canonical the identifier in canonical form, equal for all written forms of one key
 * @param lot whether the identifier names a class, as a lot (批次) or a product, rather than one item
 * @param quantity how much, in {@code uom} or, without one, in items; null where not stated or for
 *     an item
 * @param uom unit of measure (UN/CEFACT Recommendation 20, as in KGM); null for a count of items
 */
public record UnitMention(
    UnitRole role,
    String sent,
    String canonical,
    boolean lot,
    @Nullable BigDecimal quantity,
    @Nullable String uom) {
  public UnitMention {
    requireNonNull(role, "role is null");
    requireNonNull(sent, "sent is null");
    requireNonNull(canonical, "canonical is null");
  }
}
