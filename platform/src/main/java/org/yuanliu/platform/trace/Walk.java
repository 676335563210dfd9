package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.History.Here;
import org.yuanliu.platform.trace.History.Node;
import org.yuanliu.platform.trace.Trace.Flag;
import org.yuanliu.platform.trace.Trace.How;

/**
 * Breadth first, a whole frontier per step. What is certain is walked first, to its end; then what
 * is only possible, with whatever lies beyond it. So nothing that was told as possible turns out to
 * be certain later, and a cut answer holds the certain part.
 */
final class Walk {
  /** Nodes of a frontier that are read together: bounds memory, and lets a page stop early. */
  private static final int CHUNK_NODES = 500;

  /**
   * Flags of an event come from the things on both its sides. The far side is read for them where
   * it is not too wide; it is the next step's reading anyhow.
   */
  private static final int LOOK_AHEAD_FLOWS = 256;

  private final UnitStore store;
  private final Dossiers dossiers;
  private final Links links;
  private final boolean backward;
  private final int maxDepth;
  private final Page page;
  private final Map<Node, State> visited = new HashMap<>();
  private final Set<UUID> groupsTold = new HashSet<>();
  private final Map<Integer, Map<Node, Boolean>> possible = new TreeMap<>();
  private final Set<Node> beyond = new HashSet<>();
  private boolean depthCut;

  /**
   * @param maxDepth flows away from the roots
   */
  Walk(UnitStore store, Dossiers dossiers, Links links, boolean backward, int maxDepth, Page page) {
    this.store = store;
    this.dossiers = dossiers;
    this.links = links;
    this.backward = backward;
    this.maxDepth = maxDepth;
    this.page = page;
  }

  /** Whether flows lead on from where the depth ended. */
  boolean isDepthCut() {
    return depthCut;
  }

  void from(Collection<UUID> groups) throws SQLException {
    Map<Node, Boolean> frontier = new TreeMap<>();
    for (History history : dossiers.load(groups).values()) {
      if (!history.trails().isEmpty()) {
        history.nodes().forEach(node -> frontier.put(node, false));
      }
    }
    Map<Node, Boolean> level = frontier;
    for (int depth = 0; depth <= maxDepth && !level.isEmpty() && !page.isCut(); depth++) {
      level = expandLevel(level, depth, true);
    }
    for (int depth = 0; depth <= maxDepth && !page.isCut(); depth++) {
      Map<Node, Boolean> due = possible.getOrDefault(depth, Map.of());
      Map<Node, Boolean> fresh = new TreeMap<>(due);
      fresh.keySet().removeAll(visited.keySet());
      if (!fresh.isEmpty()) {
        expandLevel(fresh, depth, false);
      }
    }
    depthCut = beyond.stream().anyMatch(node -> !visited.containsKey(node));
  }

  /**
   * @param level nodes, with whether an item is lost in its batch on the way there
   * @return the next level, as far as it is certain
   */
  private Map<Node, Boolean> expandLevel(Map<Node, Boolean> level, int depth, boolean certain)
      throws SQLException {
    level.forEach((node, mixed) -> visited.put(node, new State(depth, certain, mixed)));
    Map<Node, Boolean> next = new TreeMap<>();
    List<Node> nodes = List.copyOf(level.keySet());
    for (int start = 0, end; start < nodes.size() && !page.isCut(); start = end) {
      end = chunkEnd(nodes, start);
      List<Node> chunk = nodes.subList(start, end);
      Map<Node, List<Edge>> edges = backward ? links.upstream(chunk) : links.downstream(chunk);
      lookAhead(edges.values(), depth);
      Map<EntryRef, Set<EntryRef>> corrections = corrections(chunk);
      Set<UUID> unknown = unknownUpstream(chunk);
      Map<Node, Set<EntryRef>> here = new HashMap<>();
      Map<EntryRef, Seen> seen = new HashMap<>();
      for (Node node : chunk) {
        List<Edge> own = depth < maxDepth ? edges.getOrDefault(node, List.of()) : List.of();
        Map<EntryRef, Seen> events = see(node, own, corrections);
        here.put(node, events.keySet());
        events.forEach((ref, one) -> seen.merge(ref, one, Seen::with));
      }
      for (Node node : chunk) {
        if (page.isCut()) {
          break;
        }
        List<Edge> own = edges.getOrDefault(node, List.of());
        tellUnits(node, unknown.contains(node.group()));
        tell(node, depth < maxDepth ? own : List.of(), requireNonNull(here.get(node)), seen);
        follow(own, depth, level.getOrDefault(node, false), certain, next);
        page.checkTime();
      }
    }
    return next;
  }

  /** The holders of one thing stay together: what is told of it is told for all of them. */
  private static int chunkEnd(List<Node> nodes, int start) {
    int end = Math.min(nodes.size(), start + CHUNK_NODES);
    while (end < nodes.size() && nodes.get(end).group().equals(nodes.get(end - 1).group())) {
      end++;
    }
    return end;
  }

  /**
   * Things of which one of the holders that are come to here does not tell where he has it from.
   * Other holders of the same batch, whom the walk does not come to, have no say.
   */
  private Set<UUID> unknownUpstream(List<Node> chunk) {
    Set<UUID> unknown = new HashSet<>();
    if (backward) {
      for (Node node : chunk) {
        if (!unknown.contains(node.group()) && links.unknownUpstream(node)) {
          unknown.add(node.group());
        }
      }
    }
    return unknown;
  }

  private void follow(
      List<Edge> edges, int depth, boolean mixed, boolean certain, Map<Node, Boolean> next) {
    for (Edge edge : edges) {
      Node far = far(edge);
      if (depth == maxDepth) {
        beyond.add(far);
        continue;
      }
      boolean lost = mixes(edge, mixed);
      if (certain && edge.certain()) {
        if (!visited.containsKey(far)) {
          next.merge(far, lost, Boolean::logicalAnd);
        }
      } else {
        possible
            .computeIfAbsent(depth + 1, key -> new TreeMap<>())
            .merge(far, lost, Boolean::logicalAnd);
      }
    }
  }

  /** Downstream of where an item was mixed with others, nothing is that item any more. */
  private boolean mixes(Edge edge, boolean before) {
    return edge.mixes() || (!backward && before);
  }

  private Node far(Edge edge) {
    return backward ? edge.from() : edge.to();
  }

  private void lookAhead(Collection<List<Edge>> edges, int depth) throws SQLException {
    if (depth == maxDepth) {
      return;
    }
    Set<UUID> groups = new LinkedHashSet<>();
    for (List<Edge> own : edges) {
      if (own.size() <= LOOK_AHEAD_FLOWS) {
        own.forEach(edge -> groups.add(far(edge).group()));
      }
    }
    dossiers.load(groups);
  }

  /** The events of a node, and what is to be said of them there. */
  private Map<EntryRef, Seen> see(
      Node node, List<Edge> edges, Map<EntryRef, Set<EntryRef>> corrections) {
    History history = dossiers.history(node.group());
    State state = state(node);
    Map<EntryRef, Seen> events = new HashMap<>();
    for (Edge edge : edges) {
      for (EntryRef ref : edge.via()) {
        events.merge(ref, Seen.of(state.certain && edge.certain(), false), Seen::with);
      }
    }
    for (Here here : history.at(node)) {
      if (shown(here.trail(), history.kind())) {
        boolean certain = state.certain && here.certain();
        events.merge(here.trail().act().ref(), Seen.of(certain, here.trail().shared()), Seen::with);
      }
    }
    for (Act act : history.takenBack()) {
      if (node.holder() == null || node.holder().equals(act.principal())) {
        for (EntryRef ref : corrections.getOrDefault(act.ref(), Set.of())) {
          events.merge(ref, Seen.of(state.certain, false), Seen::with);
        }
      }
    }
    events.replaceAll(
        (ref, seen) -> new Seen(seen.certain, seen.shared, flags(ref, history, edges)));
    return events;
  }

  /**
   * @param events the node's own
   * @param seen what is to be said of them by all nodes that are come to together
   */
  private void tell(Node node, List<Edge> edges, Set<EntryRef> events, Map<EntryRef, Seen> seen) {
    State state = state(node);
    List<Act> acts = new ArrayList<>();
    events.forEach(ref -> acts.add(store.act(ref)));
    acts.sort(Comparator.comparing(Act::time).thenComparing(Act::key).thenComparing(Act::ref));
    for (Act act : acts) {
      Seen said = seen.get(act.ref());
      if (said != null && !page.hasEvent(act.ref())) {
        page.add(new Step.OfEvent(act.ref(), said.certain, said.shared, said.flags));
      }
    }
    for (Edge edge : edges) {
      page.add(new Step.OfFlow(edge, state.certain && edge.certain(), mixes(edge, state.mixed)));
    }
  }

  /**
   * @param unknown nothing says where it came from, though it was not made here
   */
  private void tellUnits(Node node, boolean unknown) {
    History history = dossiers.history(node.group());
    State state = state(node);
    Map<UUID, EntryRef> witnesses = new TreeMap<>();
    for (Trail trail : history.trails()) {
      if (!trail.shared()) {
        witnesses.putIfAbsent(trail.unit(), trail.act().ref());
      }
    }
    int depth = backward ? -state.depth : state.depth;
    witnesses.forEach(
        (unit, witness) ->
            page.add(
                new Step.OfUnit(
                    unit, history.kind() == UnitKind.LOT, depth, state.certain, unknown, witness)));
    if (groupsTold.add(node.group()) && witnesses.size() > 1) {
      List<UUID> units = List.copyOf(witnesses.keySet());
      for (UUID other : units.subList(1, units.size())) {
        Edge same =
            new Edge(
                node,
                node,
                units.getFirst(),
                other,
                witness(witnesses, units.getFirst()),
                witness(witnesses, other),
                List.of(),
                How.EQUIVALENT,
                true,
                false,
                null,
                null);
        page.add(new Step.OfFlow(same, state.certain, false));
      }
    }
  }

  private static EntryRef witness(Map<UUID, EntryRef> witnesses, UUID unit) {
    return requireNonNull(witnesses.get(unit));
  }

  /**
   * Backward, what was done with the thing afterwards is not its origin, and to whom else a batch
   * was given is nobody's business; forward, where it came from is not its whereabouts. Events that
   * a flow goes through are told with the flow.
   */
  private boolean shown(Trail trail, UnitKind kind) {
    if (!backward) {
      return !trail.output();
    }
    return !trail.input()
        && (kind != UnitKind.LOT || trail.output() || !trail.gives() || !trail.act().namesTaker());
  }

  private Set<Flag> flags(EntryRef ref, History history, List<Edge> edges) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(history.flags().getOrDefault(ref, Set.of()));
    if (edges.size() <= LOOK_AHEAD_FLOWS) {
      for (Edge edge : edges) {
        if (edge.via().contains(ref)) {
          History far = dossiers.history(far(edge).group());
          flags.addAll(far.flags().getOrDefault(ref, Set.of()));
          flags.addAll(links.flags(edge));
        }
      }
    }
    return flags;
  }

  /** What takes the place of events that were declared in error, by the event. */
  private Map<EntryRef, Set<EntryRef>> corrections(List<Node> nodes) throws SQLException {
    Map<EntryRef, Set<UUID>> wanted = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (Act act : dossiers.history(node.group()).takenBack()) {
        Set<UUID> correctives = store.correctives(act.key());
        if (!correctives.isEmpty()) {
          wanted.put(act.ref(), correctives);
        }
      }
    }
    if (wanted.isEmpty()) {
      return Map.of();
    }
    // By its own units alone: what else this chunk of the walk touches must not decide.
    Map<EntryRef, Set<UUID>> unitsOf = new HashMap<>();
    Set<UUID> units = new TreeSet<>();
    for (Mention mention : store.ofEvents(wanted.keySet())) {
      unitsOf.computeIfAbsent(mention.act().ref(), ref -> new TreeSet<>()).add(mention.unit());
      units.add(mention.unit());
    }
    Map<UUID, List<Act>> actsOf = new HashMap<>();
    for (Mention mention : store.ofUnits(units)) {
      if (mention.act().stands()) {
        actsOf.computeIfAbsent(mention.unit(), unit -> new ArrayList<>()).add(mention.act());
      }
    }
    Map<EntryRef, Set<EntryRef>> corrections = new HashMap<>();
    wanted.forEach(
        (ref, keys) -> {
          Set<EntryRef> found = new TreeSet<>();
          for (UUID unit : unitsOf.getOrDefault(ref, Set.of())) {
            for (Act act : actsOf.getOrDefault(unit, List.of())) {
              if (keys.contains(act.key())) {
                found.add(act.ref());
              }
            }
          }
          corrections.put(ref, found);
        });
    return corrections;
  }

  private State state(Node node) {
    State state = visited.get(node);
    if (state == null) {
      throw new IllegalStateException("a node is told before it is reached");
    }
    return state;
  }

  private record State(int depth, boolean certain, boolean mixed) {}

  /** What is said of an event. */
  private record Seen(boolean certain, boolean shared, Set<Flag> flags) {
    static Seen of(boolean certain, boolean shared) {
      return new Seen(certain, shared, Set.of());
    }

    Seen with(Seen other) {
      Set<Flag> both = EnumSet.noneOf(Flag.class);
      both.addAll(flags);
      both.addAll(other.flags);
      return new Seen(certain || other.certain, shared && other.shared, both);
    }
  }
}
