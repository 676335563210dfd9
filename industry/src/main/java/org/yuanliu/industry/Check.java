package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check of a pack.
 *
 * @param id stable name within the pack
 * @param level what it does when it fails
 * @param moment when it can be judged
 * @param links whose events it judges
 * @param products products that it is for; empty for all
 * @param when it applies only where this holds; null if it always does
 * @param message what it says to people when it fails
 * @param source law and clause, or standard
 */
public record Check(
    String id,
    CheckLevel level,
    Moment moment,
    Set<String> links,
    Set<String> products,
    @Nullable Expression when,
    CheckRule rule,
    Localized message,
    String source) {
  public Check {
    requireNonNull(id, "id is null");
    requireNonNull(level, "level is null");
    requireNonNull(moment, "moment is null");
    links = Set.copyOf(links);
    products = Set.copyOf(products);
    requireNonNull(rule, "rule is null");
    requireNonNull(message, "message is null");
    requireNonNull(source, "source is null");
  }
}
