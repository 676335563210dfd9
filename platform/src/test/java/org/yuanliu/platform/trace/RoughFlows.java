package org.yuanliu.platform.trace;

import static org.yuanliu.platform.trace.RoughThings.eventKey;
import static org.yuanliu.platform.trace.RoughThings.givers;
import static org.yuanliu.platform.trace.RoughThings.gives;
import static org.yuanliu.platform.trace.RoughThings.isAsset;
import static org.yuanliu.platform.trace.RoughThings.isLot;
import static org.yuanliu.platform.trace.RoughThings.namesGiver;
import static org.yuanliu.platform.trace.RoughThings.namesTaker;
import static org.yuanliu.platform.trace.RoughThings.takers;
import static org.yuanliu.platform.trace.RoughThings.takes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.trace.RoughThings.Part;

/**
 * Every flow of the rough walk, between every pair of nodes. A node is {@code thing@holder} for a
 * lot, {@code thing} for the rest.
 */
final class RoughFlows {
  final List<Flow> flows = new ArrayList<>();
  private final RoughThings things;
  private final Map<String, List<Object[]>> at = new TreeMap<>();
  private final Map<String, Set<String>> holders = new HashMap<>();

  record Flow(
      String fromNode,
      String toNode,
      String from,
      String to,
      String how,
      boolean certain,
      boolean mixes,
      Set<String> via,
      boolean outBeforeIn) {}

  /** A part at a node, and whether it surely belongs there. */
  record Here(Part part, boolean certain) {}

  RoughFlows(RoughThings things) {
    this.things = things;
    things.things().forEach(this::placeParts);
    transformations();
    things.things().forEach(this::custody);
    documents();
  }

  Set<String> nodes() {
    return at.keySet();
  }

  // Nodes.

  boolean lot(String thing) {
    return things.parts(thing).stream().anyMatch(part -> isLot(part.unit()));
  }

  boolean carriesFlow(String thing) {
    return !isAsset(thing);
  }

  static boolean creates(Part part) {
    return part.role() == UnitRole.OUTPUT || (adds(part) && !takes(part.event()));
  }

  private static boolean adds(Part part) {
    return !part.shared()
        && part.role() == UnitRole.EPC
        && part.event().type == EventType.OBJECT_EVENT
        && part.event().action == Action.ADD;
  }

  private void placeParts(String thing) {
    List<Part> own = things.parts(thing);
    if (!lot(thing)) {
      for (Part part : own) {
        put(thing, part, part.certain());
      }
      return;
    }
    Set<String> who = new TreeSet<>();
    for (Part part : own) {
      boolean has =
          part.role() == UnitRole.INPUT
              || part.role() == UnitRole.OUTPUT
              || gives(part.event())
              || takes(part.event())
              || adds(part)
              || (part.role() == UnitRole.CHILD && part.event().action == Action.ADD);
      if (has && part.certain()) {
        who.add(part.event().principal);
      }
    }
    if (who.isEmpty()) {
      own.forEach(part -> who.add(part.event().principal));
    }
    holders.put(thing, who);
    for (Part part : own) {
      Set<String> chosen = new TreeSet<>();
      if (who.contains(part.event().principal)) {
        chosen.add(part.event().principal);
      } else {
        for (Part other : own) {
          if (part.event().place != null
              && part.event().place.equals(other.event().place)
              && who.contains(other.event().principal)) {
            chosen.add(other.event().principal);
          }
        }
        if (chosen.isEmpty()) {
          chosen.addAll(who);
        }
      }
      for (String holder : chosen) {
        put(thing + "@" + holder, part, part.certain() && chosen.size() == 1);
      }
    }
  }

  private void put(String node, Part part, boolean certain) {
    at.computeIfAbsent(node, key -> new ArrayList<>()).add(new Object[] {part, certain});
  }

  List<Part> at(String node) {
    return here(node).stream().map(Here::part).toList();
  }

  List<Here> here(String node) {
    return at.getOrDefault(node, List.of()).stream()
        .map(pair -> new Here((Part) pair[0], (boolean) pair[1]))
        .toList();
  }

  /** Who had a batch; nobody else's things are asked for. */
  Set<String> holders(String thing) {
    return holders.getOrDefault(thing, Set.of());
  }

  static boolean givesAway(Part part) {
    return part.role() != UnitRole.INPUT && gives(part.event());
  }

  static boolean takesIn(Part part) {
    return part.role() != UnitRole.INPUT && part.role() != UnitRole.OUTPUT && takes(part.event());
  }

  static String thingOf(String node) {
    int sign = node.lastIndexOf('@');
    return sign < 0 ? node : node.substring(0, sign);
  }

  // Flows.

  private void transformations() {
    Map<String, Set<Told>> groups = new TreeMap<>();
    for (Told event : things.events) {
      if (event.type == EventType.TRANSFORMATION_EVENT) {
        String key =
            event.transformation == null
                ? "event " + event.principal + " " + event.id
                : "id " + event.principal + " " + event.transformation;
        groups.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(event);
      }
    }
    for (Set<Told> members : groups.values()) {
      boolean inferred =
          members.stream().anyMatch(member -> member.inferred && !member.units.isEmpty());
      List<Object[]> ins = new ArrayList<>();
      List<Object[]> outs = new ArrayList<>();
      for (String node : at.keySet()) {
        for (Object[] pair : at.get(node)) {
          Part part = (Part) pair[0];
          if (members.contains(part.event()) && !isAsset(part.unit())) {
            if (part.role() == UnitRole.INPUT) {
              ins.add(new Object[] {node, part, pair[1]});
            } else if (part.role() == UnitRole.OUTPUT) {
              outs.add(new Object[] {node, part, pair[1]});
            }
          }
        }
      }
      long things = ins.stream().map(in -> thingOf((String) in[0])).distinct().count();
      for (Object[] in : ins) {
        for (Object[] out : outs) {
          Part from = (Part) in[1];
          Part to = (Part) out[1];
          if (!from.thing().equals(to.thing())) {
            flows.add(
                new Flow(
                    (String) in[0],
                    (String) out[0],
                    from.unit(),
                    to.unit(),
                    inferred ? "INFERRED" : "TRANSFORMATION",
                    (boolean) in[2] && !inferred,
                    !isLot(from.unit()) && (isLot(to.unit()) || things > 1),
                    new TreeSet<>(List.of(from.event().id, to.event().id)),
                    to.event()
                        .time()
                        .isBefore(
                            from.event().time().minus(this.things.settings.clockDisagreement()))));
          }
        }
      }
    }
  }

  private static boolean agree(Told giving, Told taking) {
    return (!namesTaker(giving) || takers(giving).contains(taking.principal))
        && (!namesGiver(taking) || givers(taking).contains(giving.principal));
  }

  static boolean handover(Told giving, Told taking) {
    return !giving.principal.equals(taking.principal)
        && agree(giving, taking)
        && (takers(giving).contains(taking.principal)
            || givers(taking).contains(giving.principal)
            || giving.documents.stream().anyMatch(taking.documents::contains)
            || places(giving.destinations).stream().anyMatch(p -> p.equals(taking.place))
            || places(taking.sources).stream().anyMatch(p -> p.equals(giving.place)));
  }

  private static List<String> places(List<SourceOrDestination> ends) {
    return ends.stream()
        .filter(end -> end.type().equals(Steps.LOCATION_TYPE))
        .map(SourceOrDestination::id)
        .toList();
  }

  private void custody(String thing) {
    if (!lot(thing)) {
      return;
    }
    List<Part> sure = things.parts(thing).stream().filter(Part::certain).toList();
    List<Part> givings =
        sure.stream().filter(p -> p.role() != UnitRole.INPUT && gives(p.event())).toList();
    List<Part> takings =
        sure.stream()
            .filter(
                p -> p.role() != UnitRole.INPUT && p.role() != UnitRole.OUTPUT && takes(p.event()))
            .toList();
    Set<String> explained = new HashSet<>();
    Map<String, Set<String>> through = new HashMap<>();
    for (String a : holders.get(thing)) {
      for (String b : holders.get(thing)) {
        if (a.equals(b)) {
          continue;
        }
        Set<Part> via = new LinkedHashSet<>();
        for (Part giving : givings) {
          for (Part taking : takings) {
            if (giving.event().principal.equals(a)
                && taking.event().principal.equals(b)
                && handover(giving.event(), taking.event())) {
              via.add(giving);
              via.add(taking);
            }
          }
        }
        givings.stream()
            .filter(p -> p.event().principal.equals(a) && takers(p.event()).contains(b))
            .forEach(via::add);
        takings.stream()
            .filter(p -> p.event().principal.equals(b) && givers(p.event()).contains(a))
            .forEach(via::add);
        if (!via.isEmpty()) {
          explained.add(b);
          through.computeIfAbsent(a, key -> new HashSet<>()).add(b);
          flows.add(custody(thing, a, b, via, true));
        }
      }
    }
    for (String b : holders.get(thing)) {
      List<Part> own = sure.stream().filter(p -> p.event().principal.equals(b)).toList();
      boolean made = own.stream().anyMatch(RoughFlows::creates);
      List<Part> ownTakings = takings.stream().filter(p -> p.event().principal.equals(b)).toList();
      List<Part> open = ownTakings.stream().filter(p -> !namesGiver(p.event())).toList();
      if (explained.contains(b) || made || (!ownTakings.isEmpty() && open.isEmpty())) {
        continue;
      }
      Instant last =
          own.stream().map(p -> p.event().time()).max(Instant::compareTo).orElse(Instant.MIN);
      List<Part> others =
          sure.stream()
              .filter(p -> !p.event().principal.equals(b))
              .filter(p -> !leads(through, b, p.event().principal, new HashSet<>()))
              .filter(p -> holders.get(thing).contains(p.event().principal))
              .filter(p -> !p.event().time().isAfter(last.plus(things.settings.clockTolerance())))
              .sorted(RoughFlows::byTime)
              .toList();
      List<Part> found =
          others.stream().filter(p -> givings.contains(p) && !namesTaker(p.event())).toList();
      if (found.isEmpty()) {
        found = others.stream().filter(RoughFlows::creates).toList();
      }
      if (found.isEmpty()) {
        Map<String, Part> first = new TreeMap<>();
        others.forEach(p -> first.putIfAbsent(p.event().principal, p));
        found = List.copyOf(first.values());
      }
      for (String a : holders.get(thing)) {
        Set<Part> via = new LinkedHashSet<>();
        found.stream().filter(p -> p.event().principal.equals(a)).forEach(via::add);
        if (!via.isEmpty()) {
          via.addAll(open);
          flows.add(custody(thing, a, b, via, false));
        }
      }
    }
  }

  private static boolean leads(
      Map<String, Set<String>> through, String a, String b, Set<String> met) {
    return met.add(a)
        && through.getOrDefault(a, Set.of()).stream()
            .anyMatch(next -> next.equals(b) || leads(through, next, b, met));
  }

  static int byTime(Part a, Part b) {
    int time = a.event().time().compareTo(b.event().time());
    return time != 0 ? time : Long.compare(eventKey(a.event()), eventKey(b.event()));
  }

  private static Flow custody(String thing, String a, String b, Set<Part> via, boolean certain) {
    Set<String> ids =
        via.stream().map(p -> p.event().id).collect(Collectors.toCollection(TreeSet::new));
    return new Flow(
        thing + "@" + a, thing + "@" + b, thing, thing, "CUSTODY", certain, false, ids, false);
  }

  private void documents() {
    List<Flow> joints = new ArrayList<>();
    for (String node : at.keySet()) {
      boolean hasUpstream = flows.stream().anyMatch(flow -> flow.toNode.equals(node));
      boolean made = at(node).stream().anyMatch(RoughFlows::creates);
      if (hasUpstream || made || !carriesFlow(thingOf(node))) {
        continue;
      }
      List<Flow> into = new ArrayList<>();
      Set<String> parties = new HashSet<>();
      for (Object[] pair : at.get(node)) {
        Part taking = (Part) pair[0];
        if (taking.role() == UnitRole.INPUT
            || taking.role() == UnitRole.OUTPUT
            || !takes(taking.event())) {
          continue;
        }
        for (String other : at.keySet()) {
          if (!carriesFlow(thingOf(other)) || thingOf(other).equals(thingOf(node))) {
            continue;
          }
          for (Object[] given : at.get(other)) {
            Part giving = (Part) given[0];
            if (giving.role() == UnitRole.INPUT
                || !gives(giving.event())
                || giving.event().principal.equals(taking.event().principal)
                || giving.event().documents.stream().noneMatch(taking.event().documents::contains)
                || giving
                    .event()
                    .time()
                    .isAfter(taking.event().time().plus(things.settings.clockTolerance()))) {
              continue;
            }
            String sold = giving.event().product;
            String bought = taking.event().product;
            if (sold != null && bought != null && !sold.equals(bought)) {
              continue;
            }
            parties.add(giving.event().principal);
            into.add(
                new Flow(
                    other,
                    node,
                    giving.unit(),
                    taking.unit(),
                    "DOCUMENT",
                    sold != null
                        && Objects.equals(sold, bought)
                        && agree(giving.event(), taking.event())
                        && (boolean) pair[1]
                        && (boolean) given[1],
                    !isLot(giving.unit()),
                    new TreeSet<>(Set.of(giving.event().id, taking.event().id)),
                    false));
          }
        }
      }
      for (Flow flow : into) {
        joints.add(
            new Flow(
                flow.fromNode,
                flow.toNode,
                flow.from,
                flow.to,
                flow.how,
                flow.certain && parties.size() == 1,
                flow.mixes,
                flow.via,
                false));
      }
    }
    flows.addAll(joints);
  }
}
