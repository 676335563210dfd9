package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days of validity, both included.
 *
 * @param to null while it has no end
 */
public record Period(LocalDate from, @Nullable LocalDate to) {
  public Period {
    requireNonNull(from, "from is null");
    if (to != null && to.isBefore(from)) {
      throw new IllegalArgumentException("a period ends " + to + " before it begins " + from);
    }
  }

  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && (to == null || !day.isAfter(to));
  }
}
