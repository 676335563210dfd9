package org.yuanliu.platform.trace;

import static org.yuanliu.platform.trace.RoughFlows.thingOf;
import static org.yuanliu.platform.trace.RoughThings.gives;
import static org.yuanliu.platform.trace.RoughThings.namesTaker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.trace.RoughFlows.Flow;
import org.yuanliu.platform.trace.RoughFlows.Here;
import org.yuanliu.platform.trace.RoughThings.Part;
import org.yuanliu.platform.trace.Trace.Flag;

/**
 * The walk as one would explain it: everything in memory, every flow between every pair found
 * first, then followed. Slow and obvious; written from the rules and from nothing of the engine but
 * its settings.
 */
final class RoughWalk {
  /** Beyond every depth. */
  private static final int POSSIBLE = 1_000;

  private final RoughThings things;
  private final RoughFlows flows;
  private final RoughFlags flags;
  private final List<Told> takenBack;
  private final List<Told> declarations;

  record Result(Map<String, String> units, Set<String> flows, Map<String, String> events) {}

  /**
   * What is said of an event where the walk comes to it.
   *
   * @param rank of the step of the walk: certain before possible, near before far
   * @param shared it is the container's, and nothing else
   */
  private record Seen(int rank, boolean certain, boolean shared, Set<Flag> flags) {
    /** It is told at the first step, for all that the step comes to at once. */
    static Seen first(Seen a, Seen b) {
      if (a.rank != b.rank) {
        return a.rank < b.rank ? a : b;
      }
      Set<Flag> both = EnumSet.noneOf(Flag.class);
      both.addAll(a.flags);
      both.addAll(b.flags);
      return new Seen(a.rank, a.certain || b.certain, a.shared && b.shared, both);
    }

    @Override
    public String toString() {
      return (certain ? "CERTAIN" : "POSSIBLE")
          + (shared ? " shared " : " ")
          + new TreeSet<>(flags);
    }
  }

  RoughWalk(Collection<Told> all, Map<String, Set<String>> same, Predicate<Told> visible) {
    List<Told> seen = all.stream().filter(visible).toList();
    Set<String> wrong =
        seen.stream()
            .filter(told -> told.errorWithCorrections != null)
            .map(told -> told.principal + " " + told.id)
            .collect(Collectors.toSet());
    this.things =
        new RoughThings(
            seen.stream().filter(told -> !wrong.contains(told.principal + " " + told.id)).toList(),
            same);
    this.flows = new RoughFlows(things);
    this.flags = new RoughFlags(things, flows);
    this.takenBack =
        seen.stream()
            .filter(told -> told.errorWithCorrections == null)
            .filter(told -> wrong.contains(told.principal + " " + told.id))
            .toList();
    this.declarations = seen.stream().filter(told -> told.errorWithCorrections != null).toList();
  }

  Result walk(String root, boolean backward, int maxDepth) {
    Map<String, Integer> certain = reach(roots(root), backward, maxDepth, true, Map.of());
    Map<String, Integer> all = reach(roots(root), backward, maxDepth, false, certain);
    Map<String, Boolean> lost = lost(backward, certain, all);
    Map<String, String> units = new TreeMap<>();
    Set<String> told = new TreeSet<>();
    Map<String, Seen> events = new TreeMap<>();
    List<String> order = new ArrayList<>(all.keySet());
    for (String node : order) {
      boolean sure = certain.containsKey(node);
      for (Part part : things.parts(thingOf(node))) {
        if (!part.shared()) {
          // Told once, where it is first come to: certain before possible, near before far. If
          // several holders are come to at once, one who does not know whence is enough.
          boolean unknown = backward && unknownUpstream(node);
          units.merge(
              part.unit(),
              "%s %02d %s"
                  .formatted(
                      sure ? "CERTAIN" : "POSSIBLE", all.get(node), unknown ? "UNKNOWN" : "known"),
              (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
      }
      if (all.get(node) < maxDepth) {
        for (Flow flow : flows.flows) {
          if ((backward ? flow.toNode() : flow.fromNode()).equals(node)) {
            told.add(
                "%s -> %s %s %s%s %s"
                    .formatted(
                        flow.how().equals("CUSTODY") ? thingOf(flow.fromNode()) : flow.from(),
                        flow.how().equals("CUSTODY") ? thingOf(flow.toNode()) : flow.to(),
                        flow.how(),
                        sure && flow.certain() ? "CERTAIN" : "POSSIBLE",
                        flow.mixes() || (!backward && lost.get(node)) ? " same batch" : "",
                        flow.via()));
          }
        }
      }
      boolean isLast = all.get(node) == maxDepth;
      see(node, backward, isLast, (sure ? 0 : POSSIBLE) + all.get(node), events);
    }
    Map<String, String> texts = new TreeMap<>();
    events.forEach((id, seen) -> texts.put(id, seen.toString()));
    return new Result(units, told, texts);
  }

  /**
   * The events of a node, each with what is said of it: by the thing itself, and by what is on the
   * other side of the flows through it.
   */
  private void see(
      String node, boolean backward, boolean isLast, int rank, Map<String, Seen> events) {
    boolean sure = rank < POSSIBLE;
    List<Flow> near =
        flows.flows.stream()
            .filter(flow -> !isLast && (backward ? flow.toNode() : flow.fromNode()).equals(node))
            .toList();
    Map<String, Seen> here = new TreeMap<>();
    for (Flow flow : near) {
      for (String id : flow.via()) {
        here.merge(id, new Seen(rank, sure && flow.certain(), false, Set.of()), Seen::first);
      }
    }
    for (Here place : flows.here(node)) {
      if (isShown(place.part(), flows.lot(thingOf(node)), backward)) {
        boolean certain = sure && place.certain();
        here.merge(
            place.part().event().id,
            new Seen(rank, certain, place.part().shared(), Set.of()),
            Seen::first);
      }
    }
    corrections(node)
        .forEach(id -> here.merge(id, new Seen(rank, sure, false, Set.of()), Seen::first));
    here.forEach(
        (id, seen) -> {
          Set<Flag> said = EnumSet.noneOf(Flag.class);
          said.addAll(flags.of(thingOf(node), id));
          for (Flow flow : near) {
            if (flow.via().contains(id)) {
              said.addAll(flags.of(thingOf(backward ? flow.fromNode() : flow.toNode()), id));
              if (flow.outBeforeIn()) {
                said.add(Flag.CLOCKS_DISAGREE);
              }
            }
          }
          events.merge(id, new Seen(rank, seen.certain, seen.shared, said), Seen::first);
        });
  }

  /** Backward not what was done with it afterwards, forward not where it came from. */
  private static boolean isShown(Part part, boolean lot, boolean backward) {
    return backward
        ? part.role() != UnitRole.INPUT
            && (!lot
                || part.role() == UnitRole.OUTPUT
                || !gives(part.event())
                || !namesTaker(part.event()))
        : part.role() != UnitRole.OUTPUT;
  }

  /** Nothing says where it came from, and nobody of those whom it came through made it. */
  private boolean unknownUpstream(String node) {
    return flows.carriesFlow(thingOf(node))
        && through(node).stream()
            .anyMatch(
                holder ->
                    flows.flows.stream().noneMatch(flow -> flow.toNode().equals(holder))
                        && flows.at(holder).stream().noneMatch(RoughFlows::creates));
  }

  /** A batch's holder and all from whom, step by step, he may have it. */
  private Set<String> through(String node) {
    Set<String> met = new TreeSet<>(Set.of(node));
    boolean more = true;
    while (more) {
      more =
          met.addAll(
              flows.flows.stream()
                  .filter(flow -> flow.how().equals("CUSTODY") && met.contains(flow.toNode()))
                  .map(Flow::fromNode)
                  .toList());
    }
    return met;
  }

  /**
   * Of each node, whether an item is lost in its batch on every way that comes to it first: by
   * flows from one step before, certain ones where it is come to for certain.
   */
  private Map<String, Boolean> lost(
      boolean backward, Map<String, Integer> certain, Map<String, Integer> all) {
    Map<String, Boolean> lost = new HashMap<>();
    all.forEach((node, depth) -> lost.put(node, depth > 0));
    // Certain nodes first, near before far: each is settled before it is asked for.
    List<String> order = new ArrayList<>(all.keySet());
    order.sort(Comparator.comparing((String n) -> !certain.containsKey(n)).thenComparing(all::get));
    for (String node : order) {
      for (Flow flow : flows.flows) {
        boolean here = (backward ? flow.fromNode() : flow.toNode()).equals(node);
        String near = backward ? flow.toNode() : flow.fromNode();
        if (!here || !all.containsKey(near) || all.get(near) != all.get(node) - 1) {
          continue;
        }
        boolean surely = certain.containsKey(near) && flow.certain();
        boolean counts = certain.containsKey(node) ? surely : !surely;
        if (counts && flows.carriesFlow(thingOf(near))) {
          lost.merge(node, flow.mixes() || (!backward && lost.get(near)), Boolean::logicalAnd);
        }
      }
    }
    return lost;
  }

  private Set<String> corrections(String node) {
    Set<String> found = new TreeSet<>();
    for (Told wrong : takenBack) {
      boolean about =
          wrong.units.stream().anyMatch(u -> things.thing(u.canonical()).equals(thingOf(node)));
      boolean mine = !node.contains("@") || node.endsWith("@" + wrong.principal);
      if (!about || !mine) {
        continue;
      }
      Set<String> touched =
          wrong.units.stream().map(UnitMention::canonical).collect(Collectors.toSet());
      for (Told declaration : declarations) {
        if (declaration.id.equals(wrong.id)
            && declaration.principal.equals(wrong.principal)
            && declaration.errorWithCorrections != null) {
          for (Told event : things.events) {
            if (event.principal.equals(wrong.principal)
                && declaration.errorWithCorrections.contains(event.id)
                && event.units.stream().anyMatch(u -> touched.contains(u.canonical()))) {
              found.add(event.id);
            }
          }
        }
      }
    }
    return found;
  }

  private Set<String> roots(String unit) {
    return flows.nodes().stream()
        .filter(node -> thingOf(node).equals(things.thing(unit)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Distances. First by certain flows alone; then, from all of those, by any flow to what is left.
   */
  private Map<String, Integer> reach(
      Set<String> roots,
      boolean backward,
      int maxDepth,
      boolean onlyCertain,
      Map<String, Integer> before) {
    Map<String, Integer> depth = new TreeMap<>(before);
    if (before.isEmpty()) {
      roots.forEach(root -> depth.put(root, 0));
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Flow flow : flows.flows) {
        String near = backward ? flow.toNode() : flow.fromNode();
        String far = backward ? flow.fromNode() : flow.toNode();
        if (!depth.containsKey(near)
            || !flows.carriesFlow(thingOf(near))
            || (onlyCertain && !flow.certain())
            || before.containsKey(far)) {
          continue;
        }
        int next = depth.get(near) + 1;
        if (next <= maxDepth && next < depth.getOrDefault(far, Integer.MAX_VALUE)) {
          depth.put(far, next);
          changed = true;
        }
      }
    }
    return depth;
  }
}
