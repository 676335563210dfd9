package org.yuanliu.platform.trace;

import static org.yuanliu.platform.trace.RoughFlows.thingOf;
import static org.yuanliu.platform.trace.RoughThings.gives;
import static org.yuanliu.platform.trace.RoughThings.namesTaker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
import org.yuanliu.platform.trace.RoughThings.Part;

/**
 * The walk as one would explain it: everything in memory, every flow between every pair found
 * first, then followed. Slow and obvious; written from the rules and from nothing of the engine but
 * its settings.
 */
final class RoughWalk {
  private final RoughThings things;
  private final RoughFlows flows;
  private final List<Told> takenBack;
  private final List<Told> declarations;

  record Result(Map<String, String> units, Set<String> flows, Set<String> events) {}

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
    Set<String> seenEvents = new TreeSet<>();
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
            seenEvents.addAll(flow.via());
          }
        }
      }
      for (Part part : flows.at(node)) {
        boolean lot = flows.lot(thingOf(node));
        boolean shown =
            backward
                ? part.role() != UnitRole.INPUT
                    && (!lot
                        || part.role() == UnitRole.OUTPUT
                        || !gives(part.event())
                        || !namesTaker(part.event()))
                : part.role() != UnitRole.OUTPUT;
        if (shown) {
          seenEvents.add(part.event().id);
        }
      }
      seenEvents.addAll(corrections(node));
    }
    return new Result(units, told, seenEvents);
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
