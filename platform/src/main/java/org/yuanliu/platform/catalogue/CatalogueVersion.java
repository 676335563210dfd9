package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yuanliu.platform.journal.Subject;

/**
 * A version of a catalogue, as the journal keeps it: the whole list, never a change to it.
 *
 * @param division leading digits of the division code that it holds for; empty for the nation
 * @param version from 1, counting up
 * @param effectiveFrom first day on which it holds, until the next version does
 * @param publishedBy account that answers for it
 */
public record CatalogueVersion(
    String division,
    int version,
    LocalDate effectiveFrom,
    String publishedBy,
    List<Assessed> products)
    implements Subject {
  public CatalogueVersion {
    requireNonNull(division, "division is null");
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    requireNonNull(publishedBy, "publishedBy is null");
    products = List.copyOf(products);
  }

  Optional<Assessed> product(Assessed other) {
    return products.stream().filter(own -> own.name().equals(other.name())).findFirst();
  }
}
