package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A product of a pack and what its chain must have.
 *
 * @param id stable name within the pack
 * @param category the group that people look for it in; null if it stands by itself
 * @param goodsCodes prefixes of goods codes (GB/T 7635.1) that mean it
 * @param categoryTerms other names by which records call it; case does not count
 * @param links in their order from the source to the end
 * @param balanceTolerancePercent by how much more may go out of a holder's hands than came in, in
 *     percent, before it counts as oversold; null if quantities are not balanced
 * @param source law, catalogue or plan that names the product; null if the pack decided
 */
public record Product(
    String id,
    Localized names,
    @Nullable Localized category,
    Set<String> goodsCodes,
    Set<String> categoryTerms,
    List<Link> links,
    @Nullable BigDecimal balanceTolerancePercent,
    @Nullable String source) {
  public Product {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    goodsCodes = Set.copyOf(goodsCodes);
    categoryTerms = Set.copyOf(categoryTerms);
    links = List.copyOf(links);
    if (balanceTolerancePercent != null && balanceTolerancePercent.signum() < 0) {
      throw new IllegalArgumentException("a negative tolerance: " + balanceTolerancePercent);
    }
  }

  public Optional<Link> link(String name) {
    return links.stream().filter(link -> link.id().equals(name)).findFirst();
  }
}
