package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.yuanliu.industry.ChainFacts.StepFact;

/**
 * A link (环节) of a product's chain.
 *
 * @param id stable name within the product
 * @param presence when it must be there
 * @param recognisedBy its events fit one of these
 * @param requirements what each of its events must show
 * @param grace how long its report may take before its absence counts as a gap
 */
public record Link(
    String id,
    Localized names,
    Presence presence,
    List<Criterion> recognisedBy,
    List<Requirement> requirements,
    Duration grace) {
  public Link {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    requireNonNull(presence, "presence is null");
    recognisedBy = List.copyOf(recognisedBy);
    requirements = List.copyOf(requirements);
    requireNonNull(grace, "grace is null");
    if (recognisedBy.isEmpty()) {
      throw new IllegalArgumentException("nothing recognises the link " + id);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace of the link " + id + " is negative: " + grace);
    }
  }

  /** Whether the event belongs to this link. */
  public boolean recognises(StepFact step) {
    return recognisedBy.stream().anyMatch(criterion -> criterion.matches(step));
  }
}
