package org.yuanliu.platform.trace;

import java.sql.SQLException;
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
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.History.Handover;
import org.yuanliu.platform.trace.History.Node;
import org.yuanliu.platform.trace.History.Place;
import org.yuanliu.platform.trace.Trace.Flag;
import org.yuanliu.platform.trace.Trace.How;
import org.yuanliu.platform.trace.Transformation.Part;

/** Finds the flows into and out of nodes, a whole frontier at a time. */
final class Links {
  private final UnitStore store;
  private final Dossiers dossiers;
  private final Papers papers;
  private final TraceSettings settings;
  private final Map<Object, Transformation> transformations = new HashMap<>();
  private final Map<Node, List<Edge>> upstream = new HashMap<>();
  private final Map<Node, List<Edge>> downstream = new HashMap<>();

  Links(UnitStore store, Dossiers dossiers, TraceSettings settings) {
    this.store = store;
    this.dossiers = dossiers;
    this.settings = settings;
    this.papers = new Papers(store, dossiers, this, settings);
  }

  /** The flows into each node. */
  Map<Node, List<Edge>> upstream(Collection<Node> nodes) throws SQLException {
    Set<Node> missing = new TreeSet<>(nodes);
    missing.removeAll(upstream.keySet());
    loadUpstream(missing);
    return pick(upstream, nodes);
  }

  /** The flows out of each node. */
  Map<Node, List<Edge>> downstream(Collection<Node> nodes) throws SQLException {
    Set<Node> missing = new TreeSet<>(nodes);
    missing.removeAll(downstream.keySet());
    dossiers.load(groups(missing));
    List<Node> flowing = missing.stream().filter(this::carriesFlow).toList();
    List<Act> acts = new ArrayList<>();
    for (Node node : flowing) {
      dossiers.history(node.group()).at(node).stream()
          .map(History.Here::trail)
          .filter(trail -> trail.input() && trail.act().transforms())
          .forEach(trail -> acts.add(trail.act()));
    }
    loadTransformations(acts);
    missing.forEach(node -> downstream.put(node, new ArrayList<>()));
    for (Node node : flowing) {
      List<Edge> edges = edgesOf(node);
      for (Object key : transformationsOf(node, UnitRole.INPUT)) {
        Transformation transformation = transformations.get(key);
        if (transformation != null) {
          edges.addAll(transformation.outOf(node));
        }
      }
      for (Handover handover : dossiers.history(node.group()).handovers()) {
        if (handover.from().equals(node)) {
          edges.add(edge(handover));
        }
      }
    }
    papers.outOf(flowing).forEach(edge -> edgesOf(edge.from()).add(edge));
    flowing.forEach(node -> edgesOf(node).sort(Edge.ORDER));
    return pick(downstream, nodes);
  }

  private List<Edge> edgesInto(Node node) {
    return upstream.computeIfAbsent(node, key -> new ArrayList<>());
  }

  private List<Edge> edgesOf(Node node) {
    return downstream.computeIfAbsent(node, key -> new ArrayList<>());
  }

  /** Whether nothing says where it came from, though it was not made here. */
  boolean unknownUpstream(Node node) {
    if (!carriesFlow(node)) {
      return false;
    }
    History history = dossiers.history(node.group());
    return chain(node).stream()
        .anyMatch(link -> upstream.getOrDefault(link, List.of()).isEmpty() && !made(history, link));
  }

  /** What is to be said of an event because of one flow through it. */
  Set<Flag> flags(Edge edge) {
    if (edge.how() != How.TRANSFORMATION && edge.how() != How.INFERRED) {
      return Set.of();
    }
    // Both sides of a split transformation: what came out should not be earlier than what went in.
    List<Act> acts = edge.via().stream().map(store::act).toList();
    boolean split = acts.size() == 2;
    if (!split) {
      return Set.of();
    }
    List<Act> ins = side(edge.from(), acts, UnitRole.INPUT);
    List<Act> outs = side(edge.to(), acts, UnitRole.OUTPUT);
    // Either event may have both: then it is told twice, as it went in and came out.
    boolean disagree =
        ins.stream()
            .anyMatch(
                in ->
                    outs.stream()
                        .anyMatch(
                            out ->
                                out.time()
                                    .isBefore(in.time().minus(settings.clockDisagreement()))));
    return disagree ? Set.of(Flag.CLOCKS_DISAGREE) : Set.of();
  }

  private List<Act> side(Node node, List<Act> acts, UnitRole role) {
    return dossiers.history(node.group()).trails().stream()
        .filter(trail -> trail.role() == role)
        .map(Trail::act)
        .filter(acts::contains)
        .distinct()
        .toList();
  }

  private void loadUpstream(Set<Node> nodes) throws SQLException {
    dossiers.load(groups(nodes));
    Set<Node> chains = new TreeSet<>();
    for (Node node : nodes) {
      if (carriesFlow(node)) {
        chains.addAll(chain(node));
      } else {
        upstream.put(node, List.of());
      }
    }
    chains.removeAll(upstream.keySet());
    List<Act> acts = new ArrayList<>();
    for (Node node : chains) {
      dossiers.history(node.group()).at(node).stream()
          .map(History.Here::trail)
          .filter(trail -> trail.output() && trail.act().transforms())
          .forEach(trail -> acts.add(trail.act()));
    }
    loadTransformations(acts);
    Set<Node> orphans = new TreeSet<>();
    for (Node node : chains) {
      List<Edge> edges = new ArrayList<>();
      for (Object key : transformationsOf(node, UnitRole.OUTPUT)) {
        Transformation transformation = transformations.get(key);
        if (transformation != null) {
          edges.addAll(transformation.into(node));
        }
      }
      History history = dossiers.history(node.group());
      for (Handover handover : history.handovers()) {
        if (handover.to().equals(node)) {
          edges.add(edge(handover));
        }
      }
      upstream.put(node, edges);
      if (edges.isEmpty() && !made(history, node)) {
        orphans.add(node);
      }
    }
    papers.into(orphans).forEach(edge -> edgesInto(edge.to()).add(edge));
    chains.forEach(node -> edgesInto(node).sort(Edge.ORDER));
  }

  /** The node and, for a batch, everyone whom it may have come through. */
  private Set<Node> chain(Node node) {
    Set<Node> chain = new LinkedHashSet<>();
    List<Node> open = new ArrayList<>(List.of(node));
    List<Handover> handovers = dossiers.history(node.group()).handovers();
    while (!open.isEmpty()) {
      Node next = open.removeLast();
      if (chain.add(next)) {
        handovers.stream()
            .filter(handover -> handover.to().equals(next))
            .forEach(handover -> open.add(handover.from()));
      }
    }
    return chain;
  }

  static boolean made(History history, Node node) {
    return history.at(node).stream().anyMatch(here -> here.trail().creates());
  }

  boolean carriesFlow(Node node) {
    return dossiers.history(node.group()).carriesFlow();
  }

  private Set<Object> transformationsOf(Node node, UnitRole role) {
    Set<Object> keys = new LinkedHashSet<>();
    for (History.Here here : dossiers.history(node.group()).at(node)) {
      if (here.trail().role() == role && here.trail().act().transforms()) {
        keys.add(key(here.trail().act()));
      }
    }
    return keys;
  }

  private static Object key(Act act) {
    return act.transformation() == null ? act.ref() : act.transformation();
  }

  private void loadTransformations(List<Act> acts) throws SQLException {
    Set<UUID> shared = new LinkedHashSet<>();
    Set<EntryRef> single = new LinkedHashSet<>();
    for (Act act : acts) {
      if (transformations.containsKey(key(act))) {
        continue;
      }
      if (act.transformation() != null) {
        shared.add(act.transformation());
      } else {
        single.add(act.ref());
      }
    }
    List<Mention> mentions = new ArrayList<>(store.ofTransformations(shared));
    mentions.addAll(store.ofEvents(single));
    mentions.removeIf(mention -> !mention.act().stands() || !mention.act().transforms());
    dossiers.group(mentions.stream().map(Mention::unit).toList());
    Map<Object, List<Part>> inputs = new HashMap<>();
    Map<Object, List<Part>> outputs = new LinkedHashMap<>();
    Map<Object, Set<EntryRef>> members = new LinkedHashMap<>();
    List<Mention> containers = new ArrayList<>();
    for (Mention mention : mentions) {
      Object key = key(mention.act());
      members.computeIfAbsent(key, k -> new HashSet<>()).add(mention.act().ref());
      if (mention.role() == UnitRole.INPUT) {
        add(inputs, key, part(mention));
        if (store.holds(mention.unit())) {
          containers.add(mention);
        }
      } else if (mention.role() == UnitRole.OUTPUT) {
        add(outputs, key, part(mention));
      }
    }
    for (Content content : contents(containers)) {
      if (content.trail.input()) {
        add(inputs, key(content.trail.act()), content.part());
      }
    }
    for (Object key : members.keySet()) {
      transformations.put(
          key,
          new Transformation(
              inputs.getOrDefault(key, List.of()), outputs.getOrDefault(key, List.of())));
    }
  }

  private static void add(Map<Object, List<Part>> parts, Object key, Part part) {
    parts.computeIfAbsent(key, k -> new ArrayList<>()).add(part);
  }

  /** The node of a unit in an event whose principal had it. */
  Part part(Mention mention) {
    UUID holder = mention.kind() == UnitKind.LOT ? mention.act().principal() : null;
    return new Part(
        mention.act(),
        mention.unit(),
        mention.act().ref(),
        new Node(dossiers.groupOf(mention.unit()), holder),
        mention.kind(),
        true,
        mention);
  }

  /** What lay in containers, nested ones too, when these events happened to the containers. */
  List<Content> contents(Collection<Mention> containers) throws SQLException {
    Set<UUID> met = new HashSet<>();
    Set<UUID> level = new LinkedHashSet<>();
    Set<EntryRef> refs = new HashSet<>();
    for (Mention container : containers) {
      level.addAll(dossiers.unitsOf(dossiers.groupOf(container.unit())));
      refs.add(container.act().ref());
    }
    Set<UUID> children = new LinkedHashSet<>();
    for (int depth = 0; depth < Containment.MAX_NESTING && !level.isEmpty(); depth++) {
      met.addAll(level);
      List<Mention> put = store.ofParents(level);
      dossiers.group(put.stream().map(Mention::unit).toList());
      level = new LinkedHashSet<>();
      for (Mention mention : put) {
        if (mention.packs() && mention.act().stands()) {
          UUID group = dossiers.groupOf(mention.unit());
          children.add(group);
          if (store.holds(mention.unit())) {
            level.addAll(dossiers.unitsOf(group));
          }
        }
      }
      level.removeAll(met);
    }
    List<Content> contents = new ArrayList<>();
    for (History history : dossiers.load(children).values()) {
      for (Trail trail : history.trails()) {
        if (trail.shared() && refs.contains(trail.act().ref())) {
          for (Place place : history.placesOf(trail)) {
            contents.add(new Content(trail, place, history.kind()));
          }
        }
      }
    }
    return contents;
  }

  private static Edge edge(Handover handover) {
    Trail quantity = handover.quantity();
    return new Edge(
        handover.from(),
        handover.to(),
        handover.fromUnit(),
        handover.toUnit(),
        handover.fromWitness(),
        handover.toWitness(),
        List.copyOf(handover.via()),
        How.CUSTODY,
        handover.certain(),
        false,
        quantity == null ? null : quantity.quantity(),
        quantity == null ? null : quantity.uom());
  }

  private static Set<UUID> groups(Collection<Node> nodes) {
    Set<UUID> groups = new LinkedHashSet<>();
    nodes.forEach(node -> groups.add(node.group()));
    return groups;
  }

  private static Map<Node, List<Edge>> pick(Map<Node, List<Edge>> all, Collection<Node> nodes) {
    Map<Node, List<Edge>> picked = new LinkedHashMap<>();
    nodes.forEach(node -> picked.put(node, all.getOrDefault(node, List.of())));
    return picked;
  }

  /** Something in a container, when something happened to the container. */
  record Content(Trail trail, Place place, UnitKind kind) {
    Part part() {
      return new Part(
          trail.act(), trail.unit(), trail.witness(), place.node(), kind, place.certain(), null);
    }
  }
}
