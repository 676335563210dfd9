package org.yuanliu.platform.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;

/** The things of the rough walk, and how each takes part in events, itself or in a container. */
final class RoughThings {
  final List<Told> events;
  final TraceSettings settings = TraceSettings.DEFAULT;
  private final Map<String, Set<String>> same;
  private final Map<String, List<Part>> parts = new HashMap<>();
  private final Map<String, List<Stay>> stays = new HashMap<>();

  /** How a thing takes part in an event, itself or in a container. */
  record Part(
      Told event, String thing, String unit, UnitRole role, boolean shared, boolean certain) {}

  /**
   * @param implied its end is no unpacking: the thing was seen elsewhere
   */
  record Stay(
      String container,
      Told start,
      Instant from,
      @Nullable Told end,
      @Nullable Instant to,
      boolean implied) {}

  /**
   * @param events that stand: none of them was declared in error
   * @param same the codes of one thing, by each of them
   */
  RoughThings(List<Told> events, Map<String, Set<String>> same) {
    this.events = List.copyOf(events);
    this.same = same;
    things().forEach(thing -> parts.put(thing, partsOf(thing, Set.of())));
  }

  List<Part> parts(String thing) {
    return parts.getOrDefault(thing, List.of());
  }

  /** In its own containers. */
  List<Stay> stays(String thing) {
    return stays.getOrDefault(thing, List.of());
  }

  // Things and what they are.

  String thing(String unit) {
    return new TreeSet<>(same.getOrDefault(unit, Set.of(unit))).first();
  }

  Set<String> things() {
    return events.stream()
        .flatMap(event -> event.units.stream())
        .map(unit -> thing(unit.canonical()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static boolean isLot(String unit) {
    return unit.startsWith("urn:lot:");
  }

  static boolean isAsset(String unit) {
    return unit.startsWith("https://id.gs1.org/8004/");
  }

  static boolean gives(Told event) {
    return is(event, "shipping", "departing", "retail_selling")
        || YlVocabulary.STEP_SELLING.equals(event.step)
        || namesTaker(event);
  }

  static boolean takes(Told event) {
    return event.type != EventType.TRANSFORMATION_EVENT
        && (is(event, "receiving", "accepting", "arriving")
            || YlVocabulary.STEP_MARKET_ENTRY.equals(event.step)
            || namesGiver(event));
  }

  private static boolean is(Told event, String... words) {
    return Stream.of(words).anyMatch(word -> (Told.CBV + word).equals(event.step));
  }

  static Set<String> takers(Told event) {
    return parties(event.destinations, event);
  }

  static Set<String> givers(Told event) {
    return parties(event.sources, event);
  }

  private static Set<String> parties(List<SourceOrDestination> ends, Told event) {
    return ends.stream()
        .filter(end -> !end.type().equals(Steps.LOCATION_TYPE))
        .map(SourceOrDestination::id)
        .filter(id -> !id.equals(event.principal))
        .collect(Collectors.toSet());
  }

  static boolean namesTaker(Told event) {
    return !takers(event).isEmpty();
  }

  static boolean namesGiver(Told event) {
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
      if (inside.isEmpty()) {
        stays.computeIfAbsent(thing, key -> new ArrayList<>()).add(stay);
      }
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
      return new Stay(containerCode(packing), start, start.time(), end, end.time(), implied);
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
      return new Stay(containerCode(packing), start, early.time(), early, start.time(), false);
    }
    return new Stay(
        containerCode(packing), start, start.time(), null, asset ? turnover : null, false);
  }

  static long eventKey(Told event) {
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
}
