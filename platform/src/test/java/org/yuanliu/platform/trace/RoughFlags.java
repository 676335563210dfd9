package org.yuanliu.platform.trace;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.trace.RoughThings.Part;
import org.yuanliu.platform.trace.RoughThings.Stay;
import org.yuanliu.platform.trace.Trace.Flag;

/** What is to be said of events beside the flows: of each thing's history by itself. */
final class RoughFlags {
  private final TraceSettings settings;
  private final Map<String, Map<String, Set<Flag>>> flags = new HashMap<>();

  RoughFlags(RoughThings things, RoughFlows flows) {
    this.settings = things.settings;
    for (String thing : things.things()) {
      List<Part> sure = things.parts(thing).stream().filter(Part::certain).toList();
      handovers(thing, sure);
      things.stays(thing).forEach(stay -> stay(thing, stay));
      if (flows.lot(thing)) {
        // Each holder has a beginning of his own.
        for (String holder : flows.holders(thing)) {
          Predicate<Part> his = part -> part.event().principal.equals(holder);
          turn(
              thing,
              sure.stream().filter(his).toList(),
              part -> RoughFlows.creates(part) || RoughFlows.takesIn(part));
        }
      } else {
        turn(thing, sure, RoughFlows::creates);
      }
    }
  }

  Set<Flag> of(String thing, String event) {
    return flags.getOrDefault(thing, Map.of()).getOrDefault(event, Set.of());
  }

  /** Two sides tell of one handover: that confirms both, whatever their clocks say. */
  private void handovers(String thing, List<Part> sure) {
    for (Part giving : sure.stream().filter(RoughFlows::givesAway).toList()) {
      for (Part taking : sure.stream().filter(RoughFlows::takesIn).toList()) {
        Told given = giving.event();
        Told taken = taking.event();
        if (!RoughFlows.handover(given, taken)) {
          continue;
        }
        add(thing, given, Flag.CONFIRMED);
        add(thing, taken, Flag.CONFIRMED);
        if (taken.time().isBefore(given.time().minus(settings.clockDisagreement()))) {
          add(thing, given, Flag.CLOCKS_DISAGREE);
          add(thing, taken, Flag.CLOCKS_DISAGREE);
        }
        if (isLate(given, taken)) {
          add(thing, given, Flag.LATE);
        }
      }
    }
  }

  private void stay(String thing, Stay stay) {
    if (stay.end() == null) {
      return;
    }
    if (stay.implied()) {
      add(thing, stay.end(), Flag.IMPLIED_UNPACKING);
    }
    if (stay.end().time().isBefore(stay.start().time())) {
      add(thing, stay.end(), Flag.CLOCKS_DISAGREE);
      add(thing, stay.start(), Flag.CLOCKS_DISAGREE);
    }
  }

  /** Nobody uses or gives away what has not come to him. */
  private void turn(String thing, List<Part> parts, Predicate<Part> comes) {
    List<Part> comings = parts.stream().filter(comes).toList();
    List<Part> uses =
        parts.stream()
            .filter(
                part ->
                    part.role() == UnitRole.INPUT
                        || (RoughFlows.givesAway(part) && part.role() != UnitRole.OUTPUT))
            .toList();
    if (comings.isEmpty()) {
      return;
    }
    Told first = comings.stream().min(RoughFlows::byTime).orElseThrow().event();
    for (Part use : uses) {
      if (first.time().isAfter(use.event().time().plus(settings.clockDisagreement()))) {
        add(thing, use.event(), Flag.CLOCKS_DISAGREE);
        add(thing, first, Flag.CLOCKS_DISAGREE);
      }
      for (Part coming : comings) {
        boolean follows = !use.event().time().isBefore(coming.event().time());
        if (follows && isLate(coming.event(), use.event())) {
          add(thing, coming.event(), Flag.LATE);
        }
      }
    }
  }

  /** Whether it was stored later than what followed it. */
  private boolean isLate(Told told, Told following) {
    return told.recordTime().isAfter(following.recordTime().plus(settings.lateAfter()));
  }

  private void add(String thing, Told event, Flag flag) {
    flags
        .computeIfAbsent(thing, key -> new HashMap<>())
        .computeIfAbsent(event.id, key -> EnumSet.noneOf(Flag.class))
        .add(flag);
  }
}
