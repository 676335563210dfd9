package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.StepFact;

/**
 * A link (环节) of a product's chain.
 *
 * @param id stable name within the pack
 * @param stage what kind of link it is
 * @param presence when it must be there
 * @param recognisedBy its events fit one of these
 * @param requirements what each of its events must show
 * @param grace how long its report may take before its absence counts as a gap
 * @param roles keys of the parts that may act here; empty for anybody
 * @param nodeTypes kinds of place where it happens; empty for any
 * @param events what is made of a flat record; empty if the link can't be reported by form
 * @param elements its data elements in the order of the form
 * @param procedure the operating procedure (操作规程), step by step
 * @param retention where it differs from the pack's; null if it does not
 * @param source law and clause that ask for it; null if the pack decided
 */
public record Link(
    String id,
    Localized names,
    LinkStage stage,
    Presence presence,
    List<Criterion> recognisedBy,
    List<Requirement> requirements,
    Duration grace,
    Set<String> roles,
    Set<String> nodeTypes,
    List<EventTemplate> events,
    Map<String, Element> elements,
    List<Localized> procedure,
    @Nullable Retention retention,
    @Nullable String source) {
  public Link {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(presence, "presence is null");
    recognisedBy = List.copyOf(recognisedBy);
    requirements = List.copyOf(requirements);
    requireNonNull(grace, "grace is null");
    roles = Set.copyOf(roles);
    nodeTypes = Set.copyOf(nodeTypes);
    events = List.copyOf(events);
    elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    procedure = List.copyOf(procedure);
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

  /** As above, of an event that is not a step of a chain yet. */
  public boolean recognises(
      @Nullable String bizStep,
      String eventType,
      @Nullable String disposition,
      @Nullable String nodeType) {
    return recognisedBy.stream()
        .anyMatch(criterion -> criterion.matches(bizStep, eventType, disposition, nodeType));
  }

  public Optional<Element> element(String name) {
    return Optional.ofNullable(elements.get(name));
  }
}
