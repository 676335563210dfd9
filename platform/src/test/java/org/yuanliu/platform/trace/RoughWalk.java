package org.yuanliu.platform.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;

/**
 * The walk as one would explain it: everything in memory, every flow between every pair found
 * first, then followed. Slow and obvious; written from the rules and from nothing of the engine but
 * its settings.
 */
final class RoughWalk {
  private final List<Told> events;
  private final Map<String, Set<String>> same;
  private final TraceSettings settings = TraceSettings.DEFAULT;
  private final List<Flow> flows = new ArrayList<>();

  /** A thing: its codes. A node: {@code thing@holder} for a lot, {@code thing} for the rest. */
  record Flow(
      String fromNode,
      String toNode,
      String from,
      String to,
      String how,
      boolean certain,
      boolean mixes,
      Set<String> via) {}

  /** How a thing takes part in an event, itself or in a container. */
  record Part(
      Told event, String thing, String unit, UnitRole role, boolean shared, boolean certain) {}

  record Stay(
      String container, Told start, Instant from, @Nullable Told end, @Nullable Instant to) {}

  record Result(Map<String, String> units, Set<String> flows, Set<String> events) {}

  RoughWalk(Collection<Told> all, Map<String, Set<String>> same, Predicate<Told> visible) {
    List<Told> seen = all.stream().filter(visible).toList();
    Set<String> wrong =
        seen.stream()
            .filter(told -> told.errorWithCorrections != null)
            .map(told -> told.principal + " " + told.id)
            .collect(Collectors.toSet());
    this.events =
        seen.stream().filter(told -> !wrong.contains(told.principal + " " + told.id)).toList();
    this.same = same;
    this.takenBack =
        seen.stream()
            .filter(told -> told.errorWithCorrections == null)
            .filter(told -> wrong.contains(told.principal + " " + told.id))
            .toList();
    this.declarations = seen.stream().filter(told -> told.errorWithCorrections != null).toList();
    things().forEach(thing -> parts.put(thing, partsOf(thing, Set.of())));
    things().forEach(this::placeParts);
    transformations();
    things().forEach(this::custody);
    documents();
  }

  private final List<Told> takenBack;
  private final List<Told> declarations;
  private final Map<String, List<Part>> parts = new HashMap<>();
  private final Map<String, List<Object[]>> at = new TreeMap<>();
  private final Map<String, Set<String>> holders = new HashMap<>();

  // Things and what they are.

  private String thing(String unit) {
    return new TreeSet<>(same.getOrDefault(unit, Set.of(unit))).first();
  }

  private Set<String> things() {
    return events.stream()
        .flatMap(event -> event.units.stream())
        .map(unit -> thing(unit.canonical()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isLot(String unit) {
    return unit.startsWith("urn:lot:");
  }

  private static boolean isAsset(String unit) {
    return unit.startsWith("https://id.gs1.org/8004/");
  }

  private static boolean gives(Told event) {
    return is(event, "shipping", "departing", "retail_selling")
        || YlVocabulary.STEP_SELLING.equals(event.step)
        || namesTaker(event);
  }

  private static boolean takes(Told event) {
    return event.type != EventType.TRANSFORMATION_EVENT
        && (is(event, "receiving", "accepting", "arriving")
            || YlVocabulary.STEP_MARKET_ENTRY.equals(event.step)
            || namesGiver(event));
  }

  private static boolean is(Told event, String... words) {
    return Stream.of(words).anyMatch(word -> (Told.CBV + word).equals(event.step));
  }

  private static Set<String> takers(Told event) {
    return parties(event.destinations, event);
  }

  private static Set<String> givers(Told event) {
    return parties(event.sources, event);
  }

  private static Set<String> parties(List<org.yuanliu.epcis.SourceOrDestination> ends, Told event) {
    return ends.stream()
        .filter(end -> !end.type().equals(Steps.LOCATION_TYPE))
        .map(org.yuanliu.epcis.SourceOrDestination::id)
        .filter(id -> !id.equals(event.principal))
        .collect(Collectors.toSet());
  }

  private static boolean namesTaker(Told event) {
    return !takers(event).isEmpty();
  }

  private static boolean namesGiver(Told event) {
    return !givers(event).isEmpty();
  }

  // Containment.

  private List<Part> partsOf(String thing, Set<String> inside) {
    Map<String, Part> own = new TreeMap<>();
    List<Part> all = new ArrayList<>();
    for (Told event : events) {
      for (UnitMention unit : event.units) {
        if (thing(unit.canonical()).equals(thing)) {
          Part part = new Part(event, thing, unit.canonical(), unit.role(), false, true);
          all.add(part);
          own.put(event.id + (unit.role() == UnitRole.INPUT), part);
        }
      }
    }
    Map<String, Part> shared = new TreeMap<>();
    for (Part packing : List.copyOf(all)) {
      String container = container(packing);
      if (packing.event.action != Action.ADD || container == null) {
        continue;
      }
      Set<String> deeper = new HashSet<>(inside);
      deeper.add(thing);
      if (deeper.contains(container)) {
        continue;
      }
      List<Part> containers = partsOf(container, deeper);
      Stay stay = stay(all, packing, container, containers);
      for (Part theirs : containers) {
        boolean aboutOthers =
            theirs.role == UnitRole.PARENT
                && theirs.event.action != Action.OBSERVE
                && theirs.event.units.stream().anyMatch(u -> u.role() == UnitRole.CHILD);
        if (aboutOthers || theirs.role == UnitRole.OUTPUT) {
          continue;
        }
        int zone = zone(theirs.event, stay);
        UnitRole role = theirs.role == UnitRole.INPUT ? UnitRole.INPUT : UnitRole.EPC;
        String key = theirs.event.id + (role == UnitRole.INPUT);
        if (zone == 0 || own.containsKey(key)) {
          continue;
        }
        Part part =
            new Part(theirs.event, thing, packing.unit, role, true, theirs.certain && zone == 2);
        Part before = shared.get(key);
        if (before == null
            || (part.certain && !before.certain)
            || (part.certain == before.certain && key(part.unit) < key(before.unit))) {
          shared.put(key, part);
        }
      }
    }
    all.addAll(shared.values());
    return all;
  }

  private static long key(String unit) {
    return UnitIndex.key(unit).getMostSignificantBits();
  }

  private @Nullable String container(Part part) {
    boolean aggregates =
        part.event.type == EventType.AGGREGATION_EVENT
            || part.event.type == EventType.ASSOCIATION_EVENT;
    if (part.shared || part.role != UnitRole.CHILD || !aggregates) {
      return null;
    }
    return part.event.units.stream()
        .filter(unit -> unit.role() == UnitRole.PARENT)
        .map(unit -> thing(unit.canonical()))
        .findFirst()
        .orElse(null);
  }

  private Stay stay(List<Part> own, Part packing, String container, List<Part> containers) {
    Told start = packing.event;
    Told end = null;
    boolean implied = false;
    List<Object[]> ends = new ArrayList<>();
    boolean asset = isAsset(containerCode(packing));
    Instant turnover = start.time().plus(settings.openLoad());
    for (Part part : own) {
      Told event = part.event;
      if (part.shared) {
        continue;
      }
      boolean out =
          container.equals(container(part))
              && event.action == Action.DELETE
              && event.type == start.type;
      if (out && !event.time().isBefore(start.time())) {
        ends.add(new Object[] {event, false});
      } else if (!isLot(packing.unit)
          && event.time().isAfter(start.time())
          && !(asset && event.time().isAfter(turnover))
          && elsewhere(part, packing, container, containers)) {
        ends.add(new Object[] {event, true});
      }
    }
    for (Part part : containers) {
      Told event = part.event;
      if (!part.shared
          && part.role == UnitRole.PARENT
          && event.action == Action.DELETE
          && event.type == start.type
          && event.units.stream().noneMatch(unit -> unit.role() == UnitRole.CHILD)
          && !event.time().isBefore(start.time())
          && !(asset && event.time().isAfter(turnover))) {
        ends.add(new Object[] {event, false});
      }
    }
    for (Object[] candidate : ends) {
      Told event = (Told) candidate[0];
      boolean isImplied = (boolean) candidate[1];
      if (end == null
          || event.time().isBefore(end.time())
          || (event.time().equals(end.time())
              && (!isImplied && implied
                  || isImplied == implied && eventKey(event) < eventKey(end)))) {
        end = event;
        implied = isImplied;
      }
    }
    if (end != null) {
      return new Stay(containerCode(packing), start, start.time(), end, end.time());
    }
    Told early = null;
    for (Part part : own) {
      Told event = part.event;
      boolean out =
          container.equals(container(part))
              && event.action == Action.DELETE
              && event.type == start.type;
      boolean near =
          event.time().isBefore(start.time())
              && !event.time().isBefore(start.time().minus(settings.clockTolerance()));
      boolean endsAnother =
          own.stream()
              .anyMatch(
                  other ->
                      container.equals(container(other))
                          && other.event.action == Action.ADD
                          && other.event.type == start.type
                          && !other.event.time().isAfter(event.time()));
      if (out && near && !endsAnother) {
        if (early == null
            || event.time().isAfter(early.time())
            || (event.time().equals(early.time()) && eventKey(event) > eventKey(early))) {
          early = event;
        }
      }
    }
    if (early != null) {
      return new Stay(containerCode(packing), start, early.time(), early, start.time());
    }
    return new Stay(containerCode(packing), start, start.time(), null, asset ? turnover : null);
  }

  private static long eventKey(Told event) {
    return UnitIndex.eventKey(event.principal, event.id).getMostSignificantBits();
  }

  private static String containerCode(Part packing) {
    return packing.event.units.stream()
        .filter(unit -> unit.role() == UnitRole.PARENT)
        .map(UnitMention::canonical)
        .findFirst()
        .orElseThrow();
  }

  private boolean elsewhere(Part part, Part packing, String container, List<Part> containers) {
    Told event = part.event;
    String other = container(part);
    if (other != null && event.action == Action.ADD) {
      return event.type == packing.event.type && !other.equals(container);
    }
    if (part.role == UnitRole.INPUT) {
      return true;
    }
    if (part.role != UnitRole.EPC) {
      return false;
    }
    if (event.type == EventType.OBJECT_EVENT && event.action == Action.DELETE) {
      return true;
    }
    if (event.place == null) {
      return false;
    }
    Instant latest = null;
    Set<String> there = new HashSet<>();
    for (Part theirs : containers) {
      Told seen = theirs.event;
      if (seen.place == null
          || !theirs.certain
          || seen.time().isBefore(packing.event.time())
          || seen.time().isAfter(event.time())) {
        continue;
      }
      if (latest == null || seen.time().isAfter(latest)) {
        latest = seen.time();
        there = new HashSet<>();
      }
      if (seen.time().equals(latest)) {
        there.add(seen.place);
      }
    }
    return !there.isEmpty() && !there.contains(event.place);
  }

  /** 2 inside, 1 near, 0 outside. */
  private int zone(Told event, Stay stay) {
    Instant time = event.time();
    boolean early = time.isBefore(stay.from);
    boolean late = stay.to != null && time.isAfter(stay.to);
    if (!early && !late) {
      return 2;
    }
    if (isAsset(stay.container)) {
      return 0;
    }
    if (early) {
      return !event.principal.equals(stay.start.principal)
              && !time.isBefore(stay.from.minus(settings.clockTolerance()))
          ? 1
          : 0;
    }
    return stay.end != null
            && !event.principal.equals(stay.end.principal)
            && !time.isAfter(stay.to.plus(settings.clockTolerance()))
        ? 1
        : 0;
  }

  // Nodes.

  private boolean lot(String thing) {
    return parts.getOrDefault(thing, List.of()).stream().anyMatch(part -> isLot(part.unit));
  }

  private boolean carriesFlow(String thing) {
    return !isAsset(thing);
  }

  private static boolean creates(Part part) {
    return part.role == UnitRole.OUTPUT || (adds(part) && !takes(part.event));
  }

  private static boolean adds(Part part) {
    return !part.shared
        && part.role == UnitRole.EPC
        && part.event.type == EventType.OBJECT_EVENT
        && part.event.action == Action.ADD;
  }

  private void placeParts(String thing) {
    List<Part> own = parts.get(thing);
    if (!lot(thing)) {
      for (Part part : own) {
        put(thing, part, part.certain);
      }
      return;
    }
    Set<String> who = new TreeSet<>();
    for (Part part : own) {
      boolean has =
          part.role == UnitRole.INPUT
              || part.role == UnitRole.OUTPUT
              || gives(part.event)
              || takes(part.event)
              || adds(part)
              || (part.role == UnitRole.CHILD && part.event.action == Action.ADD);
      if (has && part.certain) {
        who.add(part.event.principal);
      }
    }
    if (who.isEmpty()) {
      own.forEach(part -> who.add(part.event.principal));
    }
    holders.put(thing, who);
    for (Part part : own) {
      Set<String> chosen = new TreeSet<>();
      if (who.contains(part.event.principal)) {
        chosen.add(part.event.principal);
      } else {
        for (Part other : own) {
          if (part.event.place != null
              && part.event.place.equals(other.event.place)
              && who.contains(other.event.principal)) {
            chosen.add(other.event.principal);
          }
        }
        if (chosen.isEmpty()) {
          chosen.addAll(who);
        }
      }
      for (String holder : chosen) {
        put(thing + "@" + holder, part, part.certain && chosen.size() == 1);
      }
    }
  }

  private void put(String node, Part part, boolean certain) {
    at.computeIfAbsent(node, key -> new ArrayList<>()).add(new Object[] {part, certain});
  }

  private List<Part> at(String node) {
    return at.getOrDefault(node, List.of()).stream().map(pair -> (Part) pair[0]).toList();
  }

  private static String thingOf(String node) {
    int sign = node.lastIndexOf('@');
    return sign < 0 ? node : node.substring(0, sign);
  }

  // Flows.

  private void transformations() {
    Map<String, Set<Told>> groups = new TreeMap<>();
    for (Told event : events) {
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
          if (members.contains(part.event) && !isAsset(part.unit)) {
            if (part.role == UnitRole.INPUT) {
              ins.add(new Object[] {node, part, pair[1]});
            } else if (part.role == UnitRole.OUTPUT) {
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
          if (!from.thing.equals(to.thing)) {
            flows.add(
                new Flow(
                    (String) in[0],
                    (String) out[0],
                    from.unit,
                    to.unit,
                    inferred ? "INFERRED" : "TRANSFORMATION",
                    (boolean) in[2] && !inferred,
                    !isLot(from.unit) && (isLot(to.unit) || things > 1),
                    new TreeSet<>(
                        Set.copyOf(
                            List.of(from.event.id, to.event.id).stream().distinct().toList()))));
          }
        }
      }
    }
  }

  private static boolean agree(Told giving, Told taking) {
    return (!namesTaker(giving) || takers(giving).contains(taking.principal))
        && (!namesGiver(taking) || givers(taking).contains(giving.principal));
  }

  private static boolean handover(Told giving, Told taking) {
    return !giving.principal.equals(taking.principal)
        && agree(giving, taking)
        && (takers(giving).contains(taking.principal)
            || givers(taking).contains(giving.principal)
            || giving.documents.stream().anyMatch(taking.documents::contains)
            || places(giving.destinations).stream().anyMatch(p -> p.equals(taking.place))
            || places(taking.sources).stream().anyMatch(p -> p.equals(giving.place)));
  }

  private static List<String> places(List<org.yuanliu.epcis.SourceOrDestination> ends) {
    return ends.stream()
        .filter(end -> end.type().equals(Steps.LOCATION_TYPE))
        .map(org.yuanliu.epcis.SourceOrDestination::id)
        .toList();
  }

  private void custody(String thing) {
    if (!lot(thing)) {
      return;
    }
    List<Part> sure = parts.get(thing).stream().filter(Part::certain).toList();
    List<Part> givings =
        sure.stream().filter(p -> p.role != UnitRole.INPUT && gives(p.event)).toList();
    List<Part> takings =
        sure.stream()
            .filter(p -> p.role != UnitRole.INPUT && p.role != UnitRole.OUTPUT && takes(p.event))
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
            if (giving.event.principal.equals(a)
                && taking.event.principal.equals(b)
                && handover(giving.event, taking.event)) {
              via.add(giving);
              via.add(taking);
            }
          }
        }
        givings.stream()
            .filter(p -> p.event.principal.equals(a) && takers(p.event).contains(b))
            .forEach(via::add);
        takings.stream()
            .filter(p -> p.event.principal.equals(b) && givers(p.event).contains(a))
            .forEach(via::add);
        if (!via.isEmpty()) {
          explained.add(b);
          through.computeIfAbsent(a, key -> new HashSet<>()).add(b);
          flows.add(custody(thing, a, b, via, true));
        }
      }
    }
    for (String b : holders.get(thing)) {
      List<Part> own = sure.stream().filter(p -> p.event.principal.equals(b)).toList();
      boolean made = own.stream().anyMatch(RoughWalk::creates);
      List<Part> ownTakings = takings.stream().filter(p -> p.event.principal.equals(b)).toList();
      List<Part> open = ownTakings.stream().filter(p -> !namesGiver(p.event)).toList();
      if (explained.contains(b) || made || (!ownTakings.isEmpty() && open.isEmpty())) {
        continue;
      }
      Instant last =
          own.stream().map(p -> p.event.time()).max(Instant::compareTo).orElse(Instant.MIN);
      List<Part> others =
          sure.stream()
              .filter(p -> !p.event.principal.equals(b))
              .filter(p -> !leads(through, b, p.event.principal, new HashSet<>()))
              .filter(p -> holders.get(thing).contains(p.event.principal))
              .filter(p -> !p.event.time().isAfter(last.plus(settings.clockTolerance())))
              .sorted(RoughWalk::byTime)
              .toList();
      List<Part> found =
          others.stream().filter(p -> givings.contains(p) && !namesTaker(p.event)).toList();
      if (found.isEmpty()) {
        found = others.stream().filter(RoughWalk::creates).toList();
      }
      if (found.isEmpty()) {
        Map<String, Part> first = new TreeMap<>();
        others.forEach(p -> first.putIfAbsent(p.event.principal, p));
        found = List.copyOf(first.values());
      }
      for (String a : holders.get(thing)) {
        Set<Part> via = new LinkedHashSet<>();
        found.stream().filter(p -> p.event.principal.equals(a)).forEach(via::add);
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

  private static int byTime(Part a, Part b) {
    int time = a.event.time().compareTo(b.event.time());
    return time != 0 ? time : Long.compare(eventKey(a.event), eventKey(b.event));
  }

  private static Flow custody(String thing, String a, String b, Set<Part> via, boolean certain) {
    Set<String> ids =
        via.stream().map(p -> p.event.id).collect(Collectors.toCollection(TreeSet::new));
    return new Flow(thing + "@" + a, thing + "@" + b, thing, thing, "CUSTODY", certain, false, ids);
  }

  private void documents() {
    List<Flow> joints = new ArrayList<>();
    for (String node : at.keySet()) {
      boolean hasUpstream = flows.stream().anyMatch(flow -> flow.toNode.equals(node));
      boolean made = at(node).stream().anyMatch(RoughWalk::creates);
      if (hasUpstream || made || !carriesFlow(thingOf(node))) {
        continue;
      }
      List<Flow> into = new ArrayList<>();
      Set<String> parties = new HashSet<>();
      for (Object[] pair : at.get(node)) {
        Part taking = (Part) pair[0];
        if (taking.role == UnitRole.INPUT
            || taking.role == UnitRole.OUTPUT
            || !takes(taking.event)) {
          continue;
        }
        for (String other : at.keySet()) {
          if (!carriesFlow(thingOf(other)) || thingOf(other).equals(thingOf(node))) {
            continue;
          }
          for (Object[] given : at.get(other)) {
            Part giving = (Part) given[0];
            if (giving.role == UnitRole.INPUT
                || !gives(giving.event)
                || giving.event.principal.equals(taking.event.principal)
                || giving.event.documents.stream().noneMatch(taking.event.documents::contains)
                || giving
                    .event
                    .time()
                    .isAfter(taking.event.time().plus(settings.clockTolerance()))) {
              continue;
            }
            String sold = giving.event.product;
            String bought = taking.event.product;
            if (sold != null && bought != null && !sold.equals(bought)) {
              continue;
            }
            parties.add(giving.event.principal);
            into.add(
                new Flow(
                    other,
                    node,
                    giving.unit,
                    taking.unit,
                    "DOCUMENT",
                    sold != null
                        && Objects.equals(sold, bought)
                        && agree(giving.event, taking.event)
                        && (boolean) pair[1]
                        && (boolean) given[1],
                    !isLot(giving.unit),
                    new TreeSet<>(Set.of(giving.event.id, taking.event.id))));
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
                flow.via));
      }
    }
    flows.addAll(joints);
  }

  // The walk.

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
      for (Part part : parts.getOrDefault(thingOf(node), List.of())) {
        if (!part.shared) {
          // Told once, where it is first come to: certain before possible, near before far. If
          // several holders are come to at once, one who does not know whence is enough.
          boolean unknown = backward && unknownUpstream(node);
          units.merge(
              part.unit,
              "%s %02d %s"
                  .formatted(
                      sure ? "CERTAIN" : "POSSIBLE", all.get(node), unknown ? "UNKNOWN" : "known"),
              (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
      }
      if (all.get(node) < maxDepth) {
        for (Flow flow : flows) {
          if ((backward ? flow.toNode : flow.fromNode).equals(node)) {
            told.add(
                "%s -> %s %s %s%s %s"
                    .formatted(
                        flow.how.equals("CUSTODY") ? thingOf(flow.fromNode) : flow.from,
                        flow.how.equals("CUSTODY") ? thingOf(flow.toNode) : flow.to,
                        flow.how,
                        sure && flow.certain ? "CERTAIN" : "POSSIBLE",
                        flow.mixes || (!backward && lost.get(node)) ? " same batch" : "",
                        flow.via));
            seenEvents.addAll(flow.via);
          }
        }
      }
      for (Part part : at(node)) {
        boolean lot = lot(thingOf(node));
        boolean shown =
            backward
                ? part.role != UnitRole.INPUT
                    && (!lot
                        || part.role == UnitRole.OUTPUT
                        || !gives(part.event)
                        || !namesTaker(part.event))
                : part.role != UnitRole.OUTPUT;
        if (shown) {
          seenEvents.add(part.event.id);
        }
      }
      seenEvents.addAll(corrections(node));
    }
    return new Result(units, told, seenEvents);
  }

  /** Nothing says where it came from, and nobody of those whom it came through made it. */
  private boolean unknownUpstream(String node) {
    return carriesFlow(thingOf(node))
        && through(node).stream()
            .anyMatch(
                holder ->
                    flows.stream().noneMatch(flow -> flow.toNode.equals(holder))
                        && at(holder).stream().noneMatch(RoughWalk::creates));
  }

  /** A batch's holder and all from whom, step by step, he may have it. */
  private Set<String> through(String node) {
    Set<String> met = new TreeSet<>(Set.of(node));
    boolean more = true;
    while (more) {
      more =
          met.addAll(
              flows.stream()
                  .filter(flow -> flow.how.equals("CUSTODY") && met.contains(flow.toNode))
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
      for (Flow flow : flows) {
        boolean here = (backward ? flow.fromNode : flow.toNode).equals(node);
        String near = backward ? flow.toNode : flow.fromNode;
        if (!here || !all.containsKey(near) || all.get(near) != all.get(node) - 1) {
          continue;
        }
        boolean surely = certain.containsKey(near) && flow.certain;
        boolean counts = certain.containsKey(node) ? surely : !surely;
        if (counts && carriesFlow(thingOf(near))) {
          lost.merge(node, flow.mixes || (!backward && lost.get(near)), Boolean::logicalAnd);
        }
      }
    }
    return lost;
  }

  private Set<String> corrections(String node) {
    Set<String> found = new TreeSet<>();
    for (Told wrong : takenBack) {
      boolean about =
          wrong.units.stream().anyMatch(u -> thing(u.canonical()).equals(thingOf(node)));
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
          for (Told event : events) {
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
    return at.keySet().stream()
        .filter(node -> thingOf(node).equals(thing(unit)))
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
      for (Flow flow : flows) {
        String near = backward ? flow.toNode : flow.fromNode;
        String far = backward ? flow.fromNode : flow.toNode;
        if (!depth.containsKey(near)
            || !carriesFlow(thingOf(near))
            || (onlyCertain && !flow.certain)
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
