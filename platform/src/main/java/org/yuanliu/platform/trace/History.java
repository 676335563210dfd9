package org.yuanliu.platform.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.Trace.Flag;

/**
 * The history of one thing: its events, and for a batch who had it and from whom.
 *
 * @param nodes a batch's holders as nodes, or the one node of anything else
 * @param trails every event, by time
 * @param handovers from holder to holder
 * @param flags what is to be said of events
 * @param takenBack events about it that were declared in error
 * @param placed at which nodes each event belongs
 * @param here the same by node
 */
record History(
    UUID group,
    UnitKind kind,
    List<Node> nodes,
    List<Trail> trails,
    List<Handover> handovers,
    Map<EntryRef, Set<Flag>> flags,
    List<Act> takenBack,
    Map<Trail, List<Place>> placed,
    Map<Node, List<Here>> here) {

  static History of(Dossier dossier, Containment containment, TraceSettings settings) {
    UnitKind kind = dossier.kind();
    List<Trail> trails = containment.trails(dossier);
    Custody custody = new Custody(dossier.id(), trails, settings);
    Set<UUID> holders = kind == UnitKind.LOT ? custody.holders() : Set.of();
    List<Node> nodes = new ArrayList<>();
    holders.forEach(holder -> nodes.add(new Node(dossier.id(), holder)));
    if (kind != UnitKind.LOT) {
      nodes.add(new Node(dossier.id(), null));
    }
    List<Custody.Pair> pairs = custody.pairs();
    List<Handover> handovers = kind == UnitKind.LOT ? custody.handovers(pairs) : List.of();
    Map<EntryRef, Set<Flag>> flags =
        Flags.of(trails, holders, pairs, containment.stays(dossier), settings);
    Map<Trail, List<Place>> placed =
        kind == UnitKind.LOT
            ? place(dossier.id(), trails, holders)
            : placeAll(trails, nodes.getFirst());
    Map<Node, List<Here>> here = new HashMap<>();
    for (Trail trail : trails) {
      for (Place place : placed.getOrDefault(trail, List.of())) {
        here.computeIfAbsent(place.node(), node -> new ArrayList<>())
            .add(new Here(trail, place.certain()));
      }
    }
    return new History(
        dossier.id(),
        kind,
        nodes,
        trails,
        handovers,
        flags,
        List.copyOf(dossier.takenBack()),
        placed,
        here);
  }

  /** Whether the walk may pass through it. */
  boolean carriesFlow() {
    return kind == UnitKind.ITEM || kind == UnitKind.LOT;
  }

  /** At which nodes an event belongs. */
  List<Place> placesOf(Trail trail) {
    return placed.getOrDefault(trail, List.of());
  }

  /** The events of one node, by time. */
  List<Here> at(Node node) {
    return here.getOrDefault(node, List.of());
  }

  /**
   * At its principal's, where he had the goods. Who only looked at them (a test, an inspection) is
   * put with the holder at the same place, else with all of them, as possible.
   */
  private static Map<Trail, List<Place>> place(UUID group, List<Trail> trails, Set<UUID> holders) {
    Map<UUID, Set<UUID>> holdersAt = new HashMap<>();
    for (Trail trail : trails) {
      if (holders.contains(trail.act().principal())) {
        for (UUID place : trail.act().places()) {
          holdersAt.computeIfAbsent(place, key -> new TreeSet<>()).add(trail.act().principal());
        }
      }
    }
    Map<Trail, List<Place>> placed = new HashMap<>();
    for (Trail trail : trails) {
      UUID principal = trail.act().principal();
      Set<UUID> chosen = new TreeSet<>();
      if (holders.contains(principal)) {
        chosen.add(principal);
      } else {
        for (UUID place : trail.act().places()) {
          chosen.addAll(holdersAt.getOrDefault(place, Set.of()));
        }
        if (chosen.isEmpty()) {
          chosen.addAll(holders);
        }
      }
      boolean certain = trail.certain() && chosen.size() == 1;
      placed.put(
          trail,
          chosen.stream().map(holder -> new Place(new Node(group, holder), certain)).toList());
    }
    return placed;
  }

  private static Map<Trail, List<Place>> placeAll(List<Trail> trails, Node node) {
    Map<Trail, List<Place>> placed = new HashMap<>();
    trails.forEach(trail -> placed.put(trail, List.of(new Place(node, trail.certain()))));
    return placed;
  }

  record Here(Trail trail, boolean certain) {}

  record Place(Node node, boolean certain) {}

  /**
   * A batch at one holder; anything else has no holder: it has one history.
   *
   * @param holder key of the party
   */
  record Node(UUID group, @Nullable UUID holder) implements Comparable<Node> {
    private static final Comparator<Node> ORDER =
        Comparator.comparing(Node::group)
            .thenComparing(Node::holder, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(Node other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The same batch passing from one holder to another.
   *
   * @param via the events that say so, by reference
   */
  record Handover(
      Node from,
      Node to,
      UUID fromUnit,
      UUID toUnit,
      EntryRef fromWitness,
      EntryRef toWitness,
      Set<EntryRef> via,
      boolean certain,
      @Nullable Trail quantity) {}
}
