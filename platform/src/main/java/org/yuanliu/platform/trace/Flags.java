package org.yuanliu.platform.trace;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.Trace.Flag;

/** What is to be said of the events of one thing, beside the flows. */
final class Flags {
  private final Map<EntryRef, Set<Flag>> flags = new HashMap<>();
  private final TraceSettings settings;

  private Flags(TraceSettings settings) {
    this.settings = settings;
  }

  /**
   * @param holders of a batch; empty for what has one history
   */
  static Map<EntryRef, Set<Flag>> of(
      List<Trail> trails,
      Set<UUID> holders,
      List<Custody.Pair> pairs,
      List<Containment.Stay> stays,
      TraceSettings settings) {
    Flags flags = new Flags(settings);
    pairs.forEach(flags::handover);
    stays.forEach(flags::stay);
    if (holders.isEmpty()) {
      flags.ownTurn(trails, true);
    } else {
      for (UUID holder : holders) {
        flags.ownTurn(
            trails.stream().filter(trail -> trail.act().principal().equals(holder)).toList(),
            false);
      }
    }
    return flags.flags;
  }

  private void handover(Custody.Pair pair) {
    Act giving = pair.giving().act();
    Act taking = pair.taking().act();
    add(giving, Flag.CONFIRMED);
    add(taking, Flag.CONFIRMED);
    if (taking.time().isBefore(giving.time().minus(settings.clockDisagreement()))) {
      add(giving, Flag.CLOCKS_DISAGREE);
      add(taking, Flag.CLOCKS_DISAGREE);
    }
    if (giving.recordTime().isAfter(taking.recordTime().plus(settings.lateAfter()))) {
      add(giving, Flag.LATE);
    }
  }

  private void stay(Containment.Stay stay) {
    Act end = stay.end();
    if (end == null) {
      return;
    }
    if (stay.implied()) {
      add(end, Flag.IMPLIED_UNPACKING);
    }
    if (end.time().isBefore(stay.start().time())) {
      add(end, Flag.CLOCKS_DISAGREE);
      add(stay.start(), Flag.CLOCKS_DISAGREE);
    }
  }

  /**
   * Where one holder's use of a thing is earlier than its coming to him.
   *
   * @param oneHistory it passes through many hands here: only its making counts as its coming
   */
  private void ownTurn(Collection<Trail> trails, boolean oneHistory) {
    List<Act> origins =
        trails.stream()
            .filter(Trail::certain)
            .filter(trail -> trail.creates() || (!oneHistory && trail.takes()))
            .map(Trail::act)
            .toList();
    List<Act> uses =
        trails.stream()
            .filter(Trail::certain)
            .filter(trail -> trail.input() || (trail.gives() && !trail.output()))
            .map(Trail::act)
            .toList();
    Optional<Act> first =
        origins.stream().min(Comparator.comparing(Act::time).thenComparing(Act::key));
    if (first.isEmpty() || uses.isEmpty()) {
      return;
    }
    for (Act use : uses) {
      if (first.get().time().isAfter(use.time().plus(settings.clockDisagreement()))) {
        add(use, Flag.CLOCKS_DISAGREE);
        add(first.get(), Flag.CLOCKS_DISAGREE);
      }
    }
    for (Act origin : origins) {
      Instant intime = origin.recordTime().minus(settings.lateAfter());
      // A use before it tells nothing of when this was to be stored.
      if (uses.stream()
          .anyMatch(
              use -> !use.time().isBefore(origin.time()) && use.recordTime().isBefore(intime))) {
        add(origin, Flag.LATE);
      }
    }
  }

  private void add(Act act, Flag flag) {
    flags.computeIfAbsent(act.ref(), ref -> EnumSet.noneOf(Flag.class)).add(flag);
  }
}
