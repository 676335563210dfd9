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
  private final Map<String, List<StepFact>> byUnit = new HashMap<>();
  private final List<StepFact> starts;
  private final Set<String> attributable;

  Chain(ChainFacts facts) {
    for (StepFact step : facts.steps()) {
      steps.put(step.eventRef(), step);
      step.unitRefs()
          .forEach(unit -> byUnit.computeIfAbsent(unit, ref -> new ArrayList<>()).add(step));
    }
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

  /** The step and all that lie upstream of it. */
  Set<String> withUpstream(StepFact step) {
    return reach(List.of(step), upstream);
  }

  /** The steps and all that lie upstream of them. */
  Set<String> withUpstream(Collection<StepFact> from) {
    return reach(from, upstream);
  }

  /**
   * All that lies on a branch with one of these steps: upstream of it, downstream of it, or
   * downstream of what else happened to its units at its place. (A test of a lot and its sale need
   * not follow from each other.) Elsewhere the same units may have met those of other branches.
   */
  Set<String> onBranchWith(Collection<StepFact> from) {
    Set<StepFact> wider = new LinkedHashSet<>(from);
    for (StepFact step : from) {
      withSameUnits(List.of(step)).stream()
          .filter(other -> other.placeRef() != null && other.placeRef().equals(step.placeRef()))
          .forEach(wider::add);
    }
    Set<String> reached = reach(from, upstream);
    reached.addAll(reach(wider, downstream));
    return reached;
  }

  /** The steps and all that share a unit with one of them. */
  Set<StepFact> withSameUnits(Collection<StepFact> from) {
    Set<StepFact> wider = new LinkedHashSet<>(from);
    from.forEach(
        step ->
            step.unitRefs().forEach(unit -> wider.addAll(byUnit.getOrDefault(unit, List.of()))));
    return wider;
  }

  /** What happened to the goods of this step next: where they went into, and to the same units. */
  Stream<StepFact> next(StepFact step) {
    Stream<StepFact> linked =
        downstream.getOrDefault(step.eventRef(), Set.of()).stream()
            .flatMap(ref -> Stream.ofNullable(steps.get(ref)));
    // What this step follows from is no successor, however late a wrong clock puts it.
    Set<String> before = withUpstream(step);
    Stream<StepFact> sameUnits =
        step.unitRefs().stream()
            .flatMap(unit -> byUnit.getOrDefault(unit, List.of()).stream())
            .filter(other -> other.eventTime().isAfter(step.eventTime()))
            .filter(other -> !before.contains(other.eventRef()));
    return Stream.concat(linked, sameUnits);
  }

  private List<StepFact> findStarts() {
    List<StepFact> found =
        new ArrayList<>(
            steps.values().stream()
                .filter(step -> !isIsolated(step) && !upstream.containsKey(step.eventRef()))
                .toList());
    // Records that contradict each other can close a circle, which has no start of its own.
    Set<String> covered = reach(found, downstream);
    List<StepFact> byTime =
        steps.values().stream().sorted(Comparator.comparing(StepFact::eventTime)).toList();
    for (StepFact step : byTime) {
      if (!isIsolated(step) && !covered.contains(step.eventRef())) {
        found.add(step);
        covered.addAll(reach(List.of(step), downstream));
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
    byUnit.values().forEach(sharing -> joinAtOnePlace(sharing, trusted));
    List<StepFact> certain =
        steps.values().stream().filter(step -> step.certainty() == Certainty.CERTAIN).toList();
    return reach(certain, trusted);
  }

  /** What happens to a unit at one place happens to the same goods, in whatever order. */
  private static void joinAtOnePlace(List<StepFact> sharing, Map<String, Set<String>> edges) {
    Map<String, StepFact> lastByPlace = new HashMap<>();
    for (StepFact step : sharing) {
      if (step.placeRef() != null) {
        StepFact last = lastByPlace.put(step.placeRef(), step);
        if (last != null) {
          add(edges, last.eventRef(), step.eventRef());
          add(edges, step.eventRef(), last.eventRef());
        }
      }
    }
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
