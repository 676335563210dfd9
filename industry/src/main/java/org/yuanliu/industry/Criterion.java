package org.yuanliu.industry;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.StepFact;

/**
 * By what an event is recognised. Every set that is not empty must hold the event's value.
 *
 * @param bizSteps business step URIs, at least one
 * @param eventTypes EPCIS names of event types
 * @param dispositions disposition URIs
 * @param nodeTypes kinds of place
 */
public record Criterion(
    Set<String> bizSteps, Set<String> eventTypes, Set<String> dispositions, Set<String> nodeTypes) {
  public Criterion {
    bizSteps = Set.copyOf(bizSteps);
    eventTypes = Set.copyOf(eventTypes);
    dispositions = Set.copyOf(dispositions);
    nodeTypes = Set.copyOf(nodeTypes);
    if (bizSteps.isEmpty()) {
      throw new IllegalArgumentException("a criterion names no business step");
    }
  }

  /** Whether the event is recognised; one that lacks an asked-for value is not. */
  public boolean matches(StepFact step) {
    return matches(step.bizStep(), step.eventType(), step.disposition(), step.nodeType());
  }

  boolean matches(
      @Nullable String bizStep,
      String eventType,
      @Nullable String disposition,
      @Nullable String nodeType) {
    return holds(bizSteps, bizStep)
        && holds(eventTypes, eventType)
        && holds(dispositions, disposition)
        && holds(nodeTypes, nodeType);
  }

  private static boolean holds(Set<String> wanted, @Nullable String value) {
    return wanted.isEmpty() || (value != null && wanted.contains(value));
  }
}
