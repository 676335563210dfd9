package org.yuanliu.industry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yuanliu.industry.ChainFacts.How;
import org.yuanliu.industry.ChainFacts.LinkFact;
import org.yuanliu.industry.ChainFacts.StepFact;

/** The steps of a chain as a graph: which lie on one branch, and which surely belong to it. */
final class Chain {
  private final Map<String, StepFact> steps = new LinkedHashMap<>();
  private final Map<String, Set<String>> upstream = new HashMap<>();
  private final Map<String, Set<String>> downstream = new HashMap<>();
  private final List<StepFact> starts;
  private final Set<String> attributable;

  Chain(ChainFacts facts) {
    facts.steps().forEach(step -> steps.put(step.eventRef(), step));
    List<LinkFact> inner = new ArrayList<>();
    for (LinkFact link : facts.links()) {
      if (steps.containsKey(link.fromEventRef())
          && steps.containsKey(link.toEventRef())
          && !link.fromEventRef().equals(link.toEventRef())) {
        inner.add(link);
        add(downstream, link.fromEventRef(), link.toEventRef());
        add(upstream, link.toEventRef(), link.fromEventRef());
      }
    }
    starts = findStarts();
    attributable = findAttributable(inner);
  }

  Collection<StepFact> steps() {
    return steps.values();
  }

  /** The steps at which the chain's branches begin; empty if no step is linked to another. */
  List<StepFact> starts() {
    return starts;
  }

  /** Whether no link tells where the step belongs; it then counts for every branch. */
  boolean isIsolated(StepFact step) {
    return !upstream.containsKey(step.eventRef()) && !downstream.containsKey(step.eventRef());
  }

  /**
   * Whether the step surely belongs to the chain, or is one of several alternatives that are all
   * here: if each of them holds, it does not matter which it was.
   */
  boolean isAttributable(StepFact step) {
    return attributable.contains(step.eventRef());
  }

  /** The steps and all that lie upstream of them. */
  Set<String> withUpstream(Collection<StepFact> from) {
    return reach(from, upstream);
  }

  /** The steps and all that lie downstream of them. */
  Set<String> withDownstream(Collection<StepFact> from) {
    return reach(from, downstream);
  }

  /** The steps that the goods of this one went into next. */
  List<StepFact> next(StepFact step) {
    return downstream.getOrDefault(step.eventRef(), Set.of()).stream()
        .flatMap(ref -> Stream.ofNullable(steps.get(ref)))
        .toList();
  }

  private List<StepFact> findStarts() {
    List<StepFact> found =
        new ArrayList<>(
            steps.values().stream()
                .filter(step -> !isIsolated(step) && !upstream.containsKey(step.eventRef()))
                .toList());
    // Records that contradict each other can close a circle, which has no start of its own.
    Set<String> covered = withDownstream(found);
    List<StepFact> byTime =
        steps.values().stream().sorted(Comparator.comparing(StepFact::eventTime)).toList();
    for (StepFact step : byTime) {
      if (!isIsolated(step) && !covered.contains(step.eventRef())) {
        found.add(step);
        covered.addAll(withDownstream(List.of(step)));
      }
    }
    return List.copyOf(found);
  }

  private Set<String> findAttributable(List<LinkFact> links) {
    Map<String, Set<String>> trusted = new HashMap<>();
    for (LinkFact link : links) {
      if (link.certainty() == Certainty.CERTAIN || link.how() == How.INFERRED) {
        add(trusted, link.toEventRef(), link.fromEventRef());
      }
    }
    List<StepFact> certain =
        steps.values().stream().filter(step -> step.certainty() == Certainty.CERTAIN).toList();
    return reach(certain, trusted);
  }

  private static Set<String> reach(Collection<StepFact> from, Map<String, Set<String>> edges) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (StepFact step : from) {
      if (reached.add(step.eventRef())) {
        open.add(step.eventRef());
      }
    }
    while (!open.isEmpty()) {
      for (String next : edges.getOrDefault(open.remove(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private static void add(Map<String, Set<String>> edges, String from, String to) {
    edges.computeIfAbsent(from, ref -> new LinkedHashSet<>()).add(to);
  }
}
