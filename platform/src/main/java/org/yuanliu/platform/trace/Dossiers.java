package org.yuanliu.platform.trace;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.trace.UnitStore.Window;

/**
 * Loads what is known of things, many at a time: their codes, their events, the containers that
 * they were in, and those containers' containers. Each thing once a walk.
 */
final class Dossiers {
  private final UnitStore store;
  private final Function<Collection<UUID>, Map<UUID, Set<UUID>>> equivalents;
  private final TraceSettings settings;
  private final Map<UUID, UUID> groupOfUnit = new HashMap<>();
  private final Map<UUID, Set<UUID>> unitsOfGroup = new HashMap<>();

  /** Things whose own events are all here. */
  private final Map<UUID, Dossier> whole = new HashMap<>();

  /** Assets of which only the stretches that matter are here: a lorry's years are long. */
  private final Map<UUID, Dossier> parts = new HashMap<>();

  private final Map<UUID, Span> spans = new HashMap<>();

  /** Whole things whose containers are here too. */
  private final Set<UUID> packed = new HashSet<>();

  private final Map<UUID, History> histories = new HashMap<>();

  Dossiers(
      UnitStore store,
      Function<Collection<UUID>, Map<UUID, Set<UUID>>> equivalents,
      TraceSettings settings) {
    this.store = store;
    this.equivalents = equivalents;
    this.settings = settings;
  }

  /** The thing that a code names; known for every code that was handed to {@link #group}. */
  UUID groupOf(UUID unit) {
    return groupOfUnit.getOrDefault(unit, unit);
  }

  Set<UUID> unitsOf(UUID group) {
    return unitsOfGroup.getOrDefault(group, Set.of(group));
  }

  /** Learns which codes name one thing. */
  void group(Collection<UUID> units) {
    Set<UUID> asked = new LinkedHashSet<>(units);
    asked.removeAll(groupOfUnit.keySet());
    if (asked.isEmpty()) {
      return;
    }
    Map<UUID, Set<UUID>> others = equivalents.apply(asked);
    for (UUID unit : asked) {
      Set<UUID> all = new TreeSet<>(others.getOrDefault(unit, Set.of()));
      all.add(unit);
      UUID id = all.iterator().next();
      all.forEach(code -> groupOfUnit.put(code, id));
      unitsOfGroup.put(id, all);
    }
  }

  /** The histories of things, containers' events included. */
  Map<UUID, History> load(Collection<UUID> groups) throws SQLException {
    loadWhole(groups);
    loadContainers(groups);
    Map<UUID, History> result = new LinkedHashMap<>();
    for (UUID group : groups) {
      result.put(group, history(group));
    }
    return result;
  }

  History history(UUID group) {
    History known = histories.get(group);
    if (known == null) {
      Dossier dossier = whole.get(group);
      if (dossier == null || !packed.contains(group)) {
        throw new IllegalStateException("the history of " + group + " is not loaded");
      }
      // Containment is told anew for each thing: an asset's stretches may have grown meanwhile.
      known =
          History.of(dossier, new Containment(this::dossier, this::groupOf, settings), settings);
      histories.put(group, known);
    }
    return known;
  }

  private @Nullable Dossier dossier(UUID group) {
    Dossier dossier = whole.get(group);
    return dossier == null ? parts.get(group) : dossier;
  }

  private void loadWhole(Collection<UUID> groups) throws SQLException {
    Set<UUID> units = new LinkedHashSet<>();
    for (UUID group : groups) {
      if (!whole.containsKey(group)) {
        units.addAll(unitsOf(group));
        whole.put(group, Dossier.of(group, unitsOf(group)));
      }
    }
    List<Mention> mentions = store.ofUnits(units);
    groupContainers(mentions);
    for (Mention mention : mentions) {
      Dossier dossier = whole.get(groupOf(mention.unit()));
      if (dossier != null) {
        dossier.add(mention);
      }
    }
  }

  private void groupContainers(List<Mention> mentions) {
    Set<UUID> parents = new LinkedHashSet<>();
    for (Mention mention : mentions) {
      if (mention.parent() != null) {
        parents.add(mention.parent());
      }
    }
    group(parents);
  }

  private void loadContainers(Collection<UUID> groups) throws SQLException {
    Set<UUID> level = new LinkedHashSet<>();
    for (UUID group : groups) {
      if (packed.add(group)) {
        level.add(group);
      }
    }
    for (int depth = 0; depth < Containment.MAX_NESTING && !level.isEmpty(); depth++) {
      Map<UUID, Span> wanted = new LinkedHashMap<>();
      for (UUID group : level) {
        Dossier dossier = dossier(group);
        if (dossier != null) {
          containersOf(dossier, wanted);
        }
      }
      level = loadLevel(wanted);
    }
  }

  /** For each container the stretch that can matter to what was in it. */
  private void containersOf(Dossier child, Map<UUID, Span> wanted) {
    Span own = whole.containsKey(child.id()) ? null : spans.get(child.id());
    for (Mention packing : child.direct()) {
      if (!packing.packs() || packing.parent() == null) {
        continue;
      }
      UUID parent = groupOf(packing.parent());
      Instant from = packing.act().time().minus(settings.clockTolerance());
      Instant to = packing.act().time().plus(settings.openLoad());
      for (Mention mention : child.direct()) {
        // Whatever ends a stay in an asset is at most this late; an explicit end may be later.
        if (mention.unpacks()
            && mention.parent() != null
            && groupOf(mention.parent()).equals(parent)
            && mention.act().time().isAfter(to)) {
          to = mention.act().time();
        }
      }
      if (own != null
          && (packing.act().time().isAfter(own.to)
              || overBefore(child, packing, parent, own.from))) {
        continue;
      }
      wanted.merge(parent, new Span(from, to), Span::with);
    }
  }

  private boolean overBefore(Dossier child, Mention packing, UUID parent, Instant moment) {
    return child.direct().stream()
        .anyMatch(
            mention ->
                mention.unpacks()
                    && mention.act().type() == packing.act().type()
                    && mention.parent() != null
                    && groupOf(mention.parent()).equals(parent)
                    && !mention.act().time().isBefore(packing.act().time())
                    && mention.act().time().isBefore(moment));
  }

  /**
   * An asset that was itself put into something before its stretch begins, and not recorded as
   * taken out: its stretch must begin there, or what ended that stay would be missed.
   */
  private Map<UUID, Span> longer(Set<UUID> assets) {
    Map<UUID, Span> longer = new LinkedHashMap<>();
    for (UUID asset : assets) {
      Dossier part = parts.get(asset);
      Span span = spans.get(asset);
      if (part == null || span == null) {
        continue;
      }
      for (Mention packing : part.direct()) {
        if (packing.packs()
            && packing.parent() != null
            && packing.act().time().isBefore(span.from)
            && !overBefore(part, packing, groupOf(packing.parent()), span.from)) {
          longer.merge(asset, new Span(packing.act().time(), span.to), Span::with);
        }
      }
    }
    return longer;
  }

  /** Loads containers that are not here yet; returns those whose own containers are now due. */
  private Set<UUID> loadLevel(Map<UUID, Span> wanted) throws SQLException {
    Map<UUID, Span> missing = new LinkedHashMap<>();
    Set<UUID> due = new LinkedHashSet<>();
    wanted.forEach(
        (group, span) -> {
          if (whole.containsKey(group)) {
            if (packed.add(group)) {
              due.add(group);
            }
            return;
          }
          Span has = spans.get(group);
          if (has == null || !has.covers(span)) {
            missing.put(group, has == null ? span : has.with(span));
          }
        });
    Map<UUID, Span> open = missing;
    for (int round = 0; round < 2 && !open.isEmpty(); round++) {
      open = longer(loadSpans(open, due));
    }
    return due;
  }

  /** Returns the assets among what was loaded. */
  private Set<UUID> loadSpans(Map<UUID, Span> missing, Set<UUID> due) throws SQLException {
    List<Window> windows = new ArrayList<>();
    missing.forEach(
        (group, span) -> {
          for (UUID unit : unitsOf(group)) {
            windows.add(new Window(unit, span.from, span.to));
          }
        });
    List<Mention> inside = store.inWindows(windows);
    Set<UUID> assets = new HashSet<>();
    Set<UUID> others = new LinkedHashSet<>();
    for (Mention mention : inside) {
      (mention.kind() == UnitKind.ASSET ? assets : others).add(groupOf(mention.unit()));
    }
    others.removeAll(whole.keySet());
    assets.removeAll(others);
    Set<UUID> assetUnits = new LinkedHashSet<>();
    assets.forEach(group -> assetUnits.addAll(unitsOf(group)));
    List<Mention> asChildren = store.asChildren(assetUnits);
    groupContainers(inside);
    groupContainers(asChildren);
    for (UUID asset : assets) {
      parts.put(asset, Dossier.of(asset, unitsOf(asset)));
      spans.put(asset, missing.getOrDefault(asset, new Span(Instant.MIN, Instant.MIN)));
      due.add(asset);
    }
    Set<Mention> met = new HashSet<>();
    for (List<Mention> mentions : List.of(inside, asChildren)) {
      for (Mention mention : mentions) {
        Dossier part = parts.get(groupOf(mention.unit()));
        if (part != null && assets.contains(part.id()) && met.add(mention)) {
          part.add(mention);
        }
      }
    }
    loadWhole(others);
    for (UUID other : others) {
      if (packed.add(other)) {
        due.add(other);
      }
    }
    return assets;
  }

  private record Span(Instant from, Instant to) {
    Span with(Span other) {
      return new Span(
          from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }

    boolean covers(Span other) {
      return !from.isAfter(other.from) && !to.isBefore(other.to);
    }
  }
}
