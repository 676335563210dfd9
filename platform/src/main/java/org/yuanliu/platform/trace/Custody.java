package org.yuanliu.platform.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.History.Handover;
import org.yuanliu.platform.trace.History.Node;

/**
 * Who had a batch, and from whom.
 *
 * <p>A giving and a taking event are one handover where neither names another party as the other
 * side, and one names the other's principal, or both cite the same document, or the places fit. An
 * event that names the other side is enough where that side has the batch at all. A holder without
 * any of these, who did not make the batch and whose taking does not name somebody else, may have
 * it from: whoever gave it away to nobody named; else whoever made it; else any earlier holder who
 * did not certainly get it through him. Time decides this alone, within the tolerance; such a step
 * is possible, not certain.
 */
final class Custody {
  /** A batch whose many holders nobody connects: more lines than this tell nothing. */
  static final int MAX_CANDIDATES = 64;

  private final UUID group;
  private final TraceSettings settings;
  private final List<Trail> trails;
  private final Set<UUID> holders;

  Custody(UUID group, List<Trail> trails, TraceSettings settings) {
    this.group = group;
    this.settings = settings;
    this.trails = trails.stream().filter(Trail::certain).toList();
    Set<UUID> custodians = new TreeSet<>();
    for (Trail trail : this.trails) {
      if (trail.custodial()) {
        custodians.add(trail.act().principal());
      }
    }
    if (custodians.isEmpty()) {
      trails.forEach(trail -> custodians.add(trail.act().principal()));
    }
    this.holders = custodians;
  }

  Set<UUID> holders() {
    return holders;
  }

  /** Giving and taking events of different parties that are the two sides of one handover. */
  List<Pair> pairs() {
    Map<UUID, List<Trail>> givenBy = new HashMap<>();
    Map<UUID, List<Trail>> givenTo = new HashMap<>();
    Map<UUID, List<Trail>> citing = new HashMap<>();
    Map<UUID, List<Trail>> bound = new HashMap<>();
    Map<UUID, List<Trail>> givenAt = new HashMap<>();
    for (Trail trail : trails) {
      if (trail.gives()) {
        Act act = trail.act();
        put(givenBy, act.principal(), trail);
        act.takers().forEach(taker -> put(givenTo, taker, trail));
        act.documents().forEach(document -> put(citing, document, trail));
        act.toPlaces().forEach(place -> put(bound, place, trail));
        act.places().forEach(place -> put(givenAt, place, trail));
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (Trail taking : trails) {
      if (!taking.takes()) {
        continue;
      }
      Act act = taking.act();
      Set<Trail> givings = new LinkedHashSet<>(givenTo.getOrDefault(act.principal(), List.of()));
      act.givers().forEach(giver -> givings.addAll(givenBy.getOrDefault(giver, List.of())));
      act.documents().forEach(doc -> givings.addAll(citing.getOrDefault(doc, List.of())));
      act.places().forEach(place -> givings.addAll(bound.getOrDefault(place, List.of())));
      act.fromPlaces().forEach(place -> givings.addAll(givenAt.getOrDefault(place, List.of())));
      for (Trail giving : givings) {
        if (!giving.act().principal().equals(act.principal()) && agree(giving.act(), act)) {
          pairs.add(new Pair(giving, taking));
        }
      }
    }
    return pairs;
  }

  /** Neither side names somebody else. */
  static boolean agree(Act giving, Act taking) {
    return (!giving.namesTaker() || giving.givesTo(taking.principal()))
        && (!taking.namesGiver() || taking.takesFrom(giving.principal()));
  }

  List<Handover> handovers(List<Pair> pairs) {
    Map<Ends, List<Trail>> links = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      Ends ends = new Ends(pair.giving.act().principal(), pair.taking.act().principal());
      put(links, ends, pair.giving);
      put(links, ends, pair.taking);
    }
    for (Trail trail : trails) {
      UUID principal = trail.act().principal();
      if (trail.gives()) {
        for (UUID taker : trail.act().takers()) {
          if (!taker.equals(principal) && holders.contains(taker)) {
            put(links, new Ends(principal, taker), trail);
          }
        }
      }
      if (trail.takes()) {
        for (UUID giver : trail.act().givers()) {
          if (!giver.equals(principal) && holders.contains(giver)) {
            put(links, new Ends(giver, principal), trail);
          }
        }
      }
    }
    List<Handover> handovers = new ArrayList<>();
    Set<UUID> explained = new LinkedHashSet<>();
    links.forEach(
        (ends, via) -> {
          handovers.add(handover(ends, via, true));
          explained.add(ends.to);
        });
    for (UUID holder : holders) {
      if (!explained.contains(holder)) {
        candidates(holder, downstream(holder, links.keySet()))
            .forEach((from, via) -> handovers.add(handover(new Ends(from, holder), via, false)));
      }
    }
    handovers.sort(Comparator.comparing(Handover::from).thenComparing(Handover::to));
    return handovers;
  }

  /** Who certainly got it through a holder: from them he did not get it. */
  private static Set<UUID> downstream(UUID holder, Set<Ends> links) {
    Set<UUID> reached = new LinkedHashSet<>();
    List<UUID> open = new ArrayList<>(List.of(holder));
    while (!open.isEmpty()) {
      UUID next = open.removeLast();
      for (Ends link : links) {
        if (link.from.equals(next) && reached.add(link.to)) {
          open.add(link.to);
        }
      }
    }
    return reached;
  }

  /** From whom a holder may have it whom nothing explains, with the events that suggest it. */
  private Map<UUID, List<Trail>> candidates(UUID holder, Set<UUID> downstream) {
    List<Trail> takings = new ArrayList<>();
    Instant latest = Instant.MIN;
    boolean open = true;
    boolean named = false;
    for (Trail trail : trails) {
      if (!trail.act().principal().equals(holder)) {
        continue;
      }
      if (trail.creates()) {
        return Map.of();
      }
      if (trail.takes()) {
        named |= trail.act().namesGiver();
        if (!trail.act().namesGiver()) {
          takings.add(trail);
        }
      }
      latest = trail.act().time().isAfter(latest) ? trail.act().time() : latest;
    }
    if (named && takings.isEmpty()) {
      open = false;
    }
    if (!open) {
      return Map.of();
    }
    Instant until = latest.plus(settings.clockTolerance());
    List<Trail> others =
        trails.stream()
            .filter(trail -> holders.contains(trail.act().principal()))
            .filter(trail -> !trail.act().principal().equals(holder))
            .filter(trail -> !downstream.contains(trail.act().principal()))
            .filter(trail -> !trail.act().time().isAfter(until))
            .toList();
    List<Trail> found = others.stream().filter(t -> t.gives() && !t.act().namesTaker()).toList();
    if (found.isEmpty()) {
      found = others.stream().filter(Trail::creates).toList();
    }
    if (found.isEmpty()) {
      Map<UUID, Trail> first = new LinkedHashMap<>();
      others.forEach(trail -> first.putIfAbsent(trail.act().principal(), trail));
      found = List.copyOf(first.values());
    }
    Map<UUID, List<Trail>> candidates = new LinkedHashMap<>();
    for (Trail trail : found) {
      UUID principal = trail.act().principal();
      if (candidates.containsKey(principal) || candidates.size() < MAX_CANDIDATES) {
        put(candidates, principal, trail);
      }
    }
    candidates.values().forEach(via -> via.addAll(takings));
    return candidates;
  }

  private Handover handover(Ends ends, Collection<Trail> via, boolean certain) {
    Set<EntryRef> refs = new TreeSet<>();
    List<Trail> givings = new ArrayList<>();
    List<Trail> takings = new ArrayList<>();
    for (Trail trail : new LinkedHashSet<>(via)) {
      refs.add(trail.act().ref());
      (trail.act().principal().equals(ends.from) ? givings : takings).add(trail);
    }
    givings.sort(Trail.ORDER);
    takings.sort(Trail.ORDER);
    Trail giving = givings.isEmpty() ? takings.getFirst() : givings.getFirst();
    Trail taking = takings.isEmpty() ? givings.getFirst() : takings.getFirst();
    Trail quantity = givings.size() == 1 ? giving : takings.size() == 1 ? taking : null;
    return new Handover(
        new Node(group, ends.from),
        new Node(group, ends.to),
        giving.unit(),
        taking.unit(),
        giving.witness(),
        taking.witness(),
        refs,
        certain,
        quantity);
  }

  private static <K> void put(Map<K, List<Trail>> map, K key, Trail trail) {
    map.computeIfAbsent(key, k -> new ArrayList<>()).add(trail);
  }

  /** Two sides of one handover. */
  record Pair(Trail giving, Trail taking) {}

  private record Ends(UUID from, UUID to) {}
}
