package org.yuanliu.platform.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.UnitRole;

/**
 * Containment is not flow: from ADD to its end a unit shares its container's events, and those of
 * the container's own containers; never those of its siblings.
 *
 * <p>The end is, whichever is first: DELETE naming the child, DELETE of the container without
 * children, and for what is one thing (not a batch, which may be in several places at once) being
 * seen elsewhere: put into another container, named alone at a place where the container is not,
 * used up or ended. A DELETE that a clock put before the only ADD within the tolerance still ends
 * it. What was not itself unloaded from an asset is gone after {@link TraceSettings#openLoad} at
 * the latest.
 *
 * <p>Events of another party than the one that recorded a stay's border, within the tolerance
 * outside it, are shared as possible. A lorry's are not: its next load is near.
 */
final class Containment {
  /** Item, bag, box, carton, layer, pallet, container, ship: none is deeper. */
  static final int MAX_NESTING = 8;

  private final Function<UUID, @Nullable Dossier> dossiers;
  private final Function<UUID, UUID> groups;
  private final TraceSettings settings;
  private final Map<UUID, List<Trail>> trails = new HashMap<>();
  private final Map<UUID, List<Stay>> stays = new HashMap<>();

  /**
   * @param dossiers by group; null where not loaded
   * @param groups from a code's key to its group
   */
  Containment(
      Function<UUID, @Nullable Dossier> dossiers,
      Function<UUID, UUID> groups,
      TraceSettings settings) {
    this.dossiers = dossiers;
    this.groups = groups;
    this.settings = settings;
  }

  /** The whole history of a thing, by time. */
  List<Trail> trails(Dossier dossier) {
    return trails(dossier, new HashSet<>());
  }

  List<Stay> stays(Dossier dossier) {
    trails(dossier);
    return stays.getOrDefault(dossier.id(), List.of());
  }

  /** Containers that hold each other share nothing: {@code open} breaks the circle. */
  private List<Trail> trails(Dossier dossier, Set<UUID> open) {
    List<Trail> known = trails.get(dossier.id());
    if (known != null) {
      return known;
    }
    open.add(dossier.id());
    List<Trail> all = new ArrayList<>();
    Set<Object> met = new HashSet<>();
    for (Mention mention : dossier.direct()) {
      all.add(Trail.of(mention));
      met.add(List.of(mention.act().ref(), sharedRole(mention.role())));
    }
    List<Stay> ownStays = new ArrayList<>();
    Map<Object, Trail> shared = new HashMap<>();
    if (open.size() <= MAX_NESTING) {
      for (Mention packing : dossier.direct()) {
        if (!packing.packs()) {
          continue;
        }
        Dossier parent = dossiers.apply(groups.apply(parentOf(packing)));
        if (parent == null || open.contains(parent.id())) {
          continue;
        }
        List<Trail> parentTrails = trails(parent, open);
        Stay stay = stay(dossier, packing, parent, parentTrails);
        ownStays.add(stay);
        for (Trail trail : parentTrails) {
          if (!shareable(trail)) {
            continue;
          }
          Zone zone = zone(trail.act(), stay);
          if (zone == Zone.OUTSIDE) {
            continue;
          }
          Trail own =
              new Trail(
                  trail.act(),
                  packing.unit(),
                  sharedRole(trail.role()),
                  packing.kind(),
                  true,
                  trail.certain() && zone == Zone.INSIDE,
                  packing.act().ref(),
                  packing.quantity(),
                  packing.uom());
          Object key = List.of(own.act().ref(), own.role());
          if (!met.contains(key)) {
            shared.merge(key, own, Containment::better);
          }
        }
      }
    }
    all.addAll(shared.values());
    all.sort(Trail.ORDER);
    open.remove(dossier.id());
    trails.put(dossier.id(), all);
    stays.put(dossier.id(), ownStays);
    return all;
  }

  private static Trail better(Trail a, Trail b) {
    if (a.certain() != b.certain()) {
      return a.certain() ? a : b;
    }
    return a.unit().compareTo(b.unit()) <= 0 ? a : b;
  }

  private static UUID parentOf(Mention packing) {
    UUID parent = packing.parent();
    if (parent == null) {
      throw new IllegalArgumentException("no parent");
    }
    return parent;
  }

  /** An event about other children of the container, or that made it, is none of this child's. */
  private static boolean shareable(Trail trail) {
    return switch (trail.role()) {
      case EPC, CHILD, INPUT -> true;
      case OUTPUT -> false;
      case PARENT ->
          trail.act().is(Act.CHILDLESS) || !(trail.act().is(Act.ADD) || trail.act().is(Act.DELETE));
    };
  }

  private static UnitRole sharedRole(UnitRole role) {
    return role == UnitRole.INPUT ? UnitRole.INPUT : UnitRole.EPC;
  }

  private Stay stay(Dossier child, Mention packing, Dossier parent, List<Trail> parentTrails) {
    Act start = packing.act();
    UnitKind kind = parent.kind();
    Optional<End> end =
        ends(child, packing, parent, parentTrails)
            .min(
                Comparator.<End, Instant>comparing(e -> e.act.time())
                    .thenComparing(End::implied)
                    .thenComparing(e -> e.act.key()));
    if (end.isPresent()) {
      Act last = end.get().act;
      return new Stay(parent.id(), kind, start, start.time(), last, last.time(), end.get().implied);
    }
    Optional<Act> early = earlyEnd(child, packing, parent);
    if (early.isPresent()) {
      return new Stay(
          parent.id(), kind, start, early.get().time(), early.get(), start.time(), false);
    }
    Instant gone = kind == UnitKind.ASSET ? start.time().plus(settings.openLoad()) : Instant.MAX;
    return new Stay(parent.id(), kind, start, start.time(), null, gone, false);
  }

  private Stream<End> ends(
      Dossier child, Mention packing, Dossier parent, List<Trail> parentTrails) {
    Act start = packing.act();
    List<End> ends = new ArrayList<>();
    Instant turnover =
        parent.kind() == UnitKind.ASSET ? start.time().plus(settings.openLoad()) : Instant.MAX;
    boolean oneThing = packing.kind() == UnitKind.ITEM || packing.kind() == UnitKind.ASSET;
    for (Mention mention : child.direct()) {
      Act act = mention.act();
      if (mention.unpacks()
          && act.type() == start.type()
          && groups.apply(parentOf(mention)).equals(parent.id())
          && !act.time().isBefore(start.time())) {
        ends.add(new End(act, false));
      } else if (oneThing
          && act.time().isAfter(start.time())
          && !act.time().isAfter(turnover)
          && seenElsewhere(mention, packing, parent, parentTrails)) {
        ends.add(new End(act, true));
      }
    }
    for (Mention mention : parent.direct()) {
      Act act = mention.act();
      if (mention.role() == UnitRole.PARENT
          && act.is(Act.CHILDLESS)
          && act.is(Act.DELETE)
          && act.type() == start.type()
          && !act.time().isBefore(start.time())
          && !act.time().isAfter(turnover)) {
        ends.add(new End(act, false));
      }
    }
    return ends.stream();
  }

  private boolean seenElsewhere(
      Mention mention, Mention packing, Dossier parent, List<Trail> parentTrails) {
    Act act = mention.act();
    if (mention.packs()) {
      return act.type() == packing.act().type()
          && !groups.apply(parentOf(mention)).equals(parent.id());
    }
    if (mention.role() == UnitRole.INPUT) {
      return true;
    }
    if (mention.role() != UnitRole.EPC) {
      return false;
    }
    if (act.is(Act.DELETE) && act.type() == EventType.OBJECT_EVENT) {
      return true;
    }
    if (act.places().isEmpty()) {
      return false;
    }
    Set<UUID> there = lastPlaces(parentTrails, packing.act().time(), act.time());
    return !there.isEmpty() && act.places().stream().noneMatch(there::contains);
  }

  /** Where the container was last seen at or before a moment, since the child was put in. */
  private static Set<UUID> lastPlaces(List<Trail> trails, Instant since, Instant at) {
    Instant latest = null;
    Set<UUID> places = new HashSet<>();
    for (Trail trail : trails) {
      Act act = trail.act();
      if (!trail.certain()
          || act.places().isEmpty()
          || act.time().isBefore(since)
          || act.time().isAfter(at)) {
        continue;
      }
      if (latest == null || act.time().isAfter(latest)) {
        latest = act.time();
        places.clear();
      }
      if (act.time().equals(latest)) {
        places.addAll(act.places());
      }
    }
    return places;
  }

  /** The DELETE that a clock put before the only ADD that it can belong to. */
  private Optional<Act> earlyEnd(Dossier child, Mention packing, Dossier parent) {
    Act start = packing.act();
    Instant earliest = start.time().minus(settings.clockTolerance());
    return child.direct().stream()
        .filter(Mention::unpacks)
        .filter(mention -> groups.apply(parentOf(mention)).equals(parent.id()))
        .map(Mention::act)
        .filter(act -> act.type() == start.type())
        .filter(act -> act.time().isBefore(start.time()) && !act.time().isBefore(earliest))
        .filter(
            act ->
                child.direct().stream()
                    .filter(Mention::packs)
                    .filter(other -> groups.apply(parentOf(other)).equals(parent.id()))
                    .map(Mention::act)
                    .noneMatch(
                        other -> other.type() == start.type() && !other.time().isAfter(act.time())))
        .max(Comparator.comparing(Act::time).thenComparing(Act::key));
  }

  private Zone zone(Act act, Stay stay) {
    Instant time = act.time();
    if (!time.isBefore(stay.from()) && !time.isAfter(stay.to())) {
      return Zone.INSIDE;
    }
    if (stay.kind() == UnitKind.ASSET) {
      return Zone.OUTSIDE;
    }
    Duration tolerance = settings.clockTolerance();
    if (time.isBefore(stay.from())) {
      return !act.principal().equals(stay.start().principal())
              && !time.isBefore(stay.from().minus(tolerance))
          ? Zone.NEAR
          : Zone.OUTSIDE;
    }
    Act end = stay.end();
    return end != null
            && !act.principal().equals(end.principal())
            && !time.isAfter(stay.to().plus(tolerance))
        ? Zone.NEAR
        : Zone.OUTSIDE;
  }

  private enum Zone {
    INSIDE,
    NEAR,
    OUTSIDE
  }

  private record End(Act act, boolean implied) {}

  /**
   * One stay of a thing in a container.
   *
   * @param end null where none is known
   * @param implied the end is not a DELETE: the thing was seen elsewhere
   */
  record Stay(
      UUID parent,
      UnitKind kind,
      Act start,
      Instant from,
      @Nullable Act end,
      Instant to,
      boolean implied) {}
}
