package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one code through that fails its check though it was really issued.
 *
 * @param scheme of the code; one that {@link Scheme#isExemptible}
 * @param value the whole code as its scheme writes it, without separators
 * @param reason what was seen: the licence's number, the register's page
 * @param grantedBy account or office that answers for it
 * @param from first legal day on which it holds
 * @param to first day on which it holds no longer, or null
 */
public record Exemption(
    Scheme scheme,
    String value,
    String reason,
    String grantedBy,
    LocalDate from,
    @Nullable LocalDate to) {
  public Exemption {
    requireNonNull(scheme, "scheme is null");
    requireNonNull(from, "from is null");
    if (value.isBlank() || reason.isBlank() || grantedBy.isBlank()) {
      throw new IllegalArgumentException(
          "an exemption names the code, who granted it and on what evidence");
    }
    if (!scheme.isExemptible()) {
      throw new IllegalArgumentException("no exemptions from the check of " + scheme.id());
    }
    if (to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("an exemption ends after it begins");
    }
  }

  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && (to == null || day.isBefore(to));
  }
}
