package org.yuanliu.platform.trace;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.platform.journal.EntryRef;

/**
 * Takes the steps of a walk, each thing once, and keeps those of one page: after an offset, up to
 * the limits.
 */
final class Page {
  /**
   * Units and flows on a page, for each event that it may hold: most events name a handful of
   * units; one that names ten thousand is told over several pages.
   */
  static final int STEPS_PER_EVENT = 8;

  /** No walk tells more than this; nobody reads it, and each page walks from the beginning. */
  static final int MAX_STEPS = 400_000;

  private final long offset;
  private final Set<Step> known;
  private final int maxEvents;
  private final int maxSteps;
  private final Clock clock;
  private final Instant deadline;
  private final List<Step> steps = new ArrayList<>();
  private final Set<UUID> units = new HashSet<>();
  private final Set<EntryRef> events = new HashSet<>();
  private final Set<Object> flows = new HashSet<>();
  private long seen;
  private int eventsHere;
  private boolean cut;

  /**
   * @param offset steps that earlier pages told
   * @param known steps that an earlier walk to a lesser depth told
   */
  Page(long offset, Set<Step> known, int maxEvents, int maxSteps, Clock clock, Instant deadline) {
    this.offset = offset;
    this.known = known;
    this.maxEvents = maxEvents;
    this.maxSteps = maxSteps;
    this.clock = clock;
    this.deadline = deadline;
  }

  static Page of(TraceLimits limits, long offset, Set<Step> known, Clock clock, Instant begun) {
    int maxSteps = Math.max(STEPS_PER_EVENT * limits.events(), STEPS_PER_EVENT * STEPS_PER_EVENT);
    return new Page(
        offset, known, limits.events(), maxSteps, clock, begun.plusMillis(limits.timeMs()));
  }

  /** Keeps everything. */
  static Page whole(Clock clock) {
    return new Page(0, Set.of(), Integer.MAX_VALUE, MAX_STEPS, clock, Instant.MAX);
  }

  boolean hasUnit(UUID unit) {
    return units.contains(unit);
  }

  boolean hasEvent(EntryRef ref) {
    return events.contains(ref);
  }

  void add(Step step) {
    boolean fresh =
        switch (step) {
          case Step.OfUnit unit -> units.add(unit.unit());
          case Step.OfEvent event -> events.add(event.ref());
          case Step.OfFlow(Edge edge, boolean certain, boolean same) ->
              flows.add(
                  List.of(
                      edge.from(),
                      edge.to(),
                      edge.fromUnit(),
                      edge.toUnit(),
                      edge.via(),
                      edge.how()));
        };
    if (!fresh || cut || known.contains(step)) {
      return;
    }
    if (seen < offset) {
      seen++;
      return;
    }
    boolean event = step instanceof Step.OfEvent;
    if (steps.size() >= maxSteps || (event && eventsHere >= maxEvents)) {
      cut = true;
      return;
    }
    seen++;
    eventsHere += event ? 1 : 0;
    steps.add(step);
  }

  /** Time is only counted where there is something to show for it, else no page would follow. */
  void checkTime() {
    if (!steps.isEmpty() && clock.instant().isAfter(deadline)) {
      cut = true;
    }
  }

  boolean isCut() {
    return cut;
  }

  List<Step> steps() {
    return steps;
  }

  /** Where the next page begins. */
  long end() {
    return seen;
  }
}
