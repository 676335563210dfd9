package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * A figure that the platform keeps for the industry.
 *
 * @param links whose events are counted
 * @param sum what is added up: {@code events}, {@code units}, {@code quantity} or an element
 * @param by what it is broken down by
 */
public record Statistic(
    String id, Localized names, Set<String> links, String sum, List<String> by) {
  /** What figures may be broken down by. */
  public static final Set<String> DIMENSIONS =
      Set.of("product", "division", "party", "place", "day", "month", "quarter", "year");

  public Statistic {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    links = Set.copyOf(links);
    requireNonNull(sum, "sum is null");
    by = List.copyOf(by);
  }
}
