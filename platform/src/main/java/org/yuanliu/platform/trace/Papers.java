package org.yuanliu.platform.trace;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.History.Here;
import org.yuanliu.platform.trace.History.Node;
import org.yuanliu.platform.trace.History.Place;
import org.yuanliu.platform.trace.Trace.How;
import org.yuanliu.platform.trace.Transformation.Part;

/**
 * Joints by document. Something that has no other upstream, taken in under a document that another
 * party's giving event cites too, comes from what was given, where the goods are compatible: equal
 * goods codes join for certain, unknown ones possibly, different ones not at all. Where several
 * parties gave goods under that document, or one side names somebody else as the other, it is
 * possible only. What was given later than the tolerance after the taking is out.
 */
final class Papers {
  private final UnitStore store;
  private final Dossiers dossiers;
  private final Links links;
  private final TraceSettings settings;
  private final Set<UUID> loaded = new HashSet<>();
  private final Map<UUID, Map<EntryRef, List<Mention>>> citing = new HashMap<>();

  Papers(UnitStore store, Dossiers dossiers, Links links, TraceSettings settings) {
    this.store = store;
    this.dossiers = dossiers;
    this.links = links;
    this.settings = settings;
  }

  /**
   * @param orphans nodes without other upstream that were not made where they are
   */
  List<Edge> into(Collection<Node> orphans) throws SQLException {
    Map<Node, List<Here>> takings = new TreeMap<>();
    Set<UUID> documents = new LinkedHashSet<>();
    for (Node node : orphans) {
      List<Here> here =
          dossiers.history(node.group()).at(node).stream()
              .filter(h -> h.trail().takes() && !h.trail().act().documents().isEmpty())
              .toList();
      if (!here.isEmpty()) {
        takings.put(node, here);
        here.forEach(h -> documents.addAll(h.trail().act().documents()));
      }
    }
    load(documents);
    Map<Node, List<Match>> matches = new TreeMap<>();
    Map<EntryRef, List<Mention>> givings = new HashMap<>();
    takings.forEach(
        (node, here) -> {
          List<Match> found = matches(here);
          found.forEach(match -> givings.put(match.giving.ref(), match.mentions));
          matches.put(node, found);
        });
    Map<EntryRef, List<Part>> given = given(givings);
    List<Edge> edges = new ArrayList<>();
    matches.forEach((node, found) -> edges.addAll(edges(node, found, given)));
    return edges;
  }

  private List<Match> matches(List<Here> takings) {
    List<Match> found = new ArrayList<>();
    for (Here here : takings) {
      Act taking = here.trail().act();
      Set<EntryRef> met = new HashSet<>();
      for (UUID document : new TreeSet<>(taking.documents())) {
        citing
            .getOrDefault(document, Map.of())
            .forEach(
                (ref, mentions) -> {
                  Act giving = mentions.getFirst().act();
                  if (met.add(ref) && joins(giving, taking)) {
                    found.add(new Match(giving, here, mentions));
                  }
                });
      }
    }
    return found;
  }

  private boolean joins(Act giving, Act taking) {
    return giving.stands()
        && giving.gives()
        && !giving.principal().equals(taking.principal())
        && !giving.time().isAfter(taking.time().plus(settings.clockTolerance()))
        && (giving.product() == null
            || taking.product() == null
            || giving.product().equals(taking.product()));
  }

  private List<Edge> edges(Node node, List<Match> matches, Map<EntryRef, List<Part>> given) {
    Set<UUID> parties = new HashSet<>();
    List<Edge> edges = new ArrayList<>();
    for (Match match : matches) {
      for (Part part : given.getOrDefault(match.giving.ref(), List.of())) {
        if (!part.node().group().equals(node.group())) {
          parties.add(match.giving.principal());
        }
      }
    }
    Map<String, Edge> once = new TreeMap<>();
    for (Match match : matches) {
      Act giving = match.giving;
      Act taking = match.here.trail().act();
      boolean sure =
          parties.size() == 1
              && giving.product() != null
              && giving.product().equals(taking.product())
              && Custody.agree(giving, taking)
              && match.here.certain();
      for (Part part : given.getOrDefault(giving.ref(), List.of())) {
        if (part.node().group().equals(node.group())) {
          continue;
        }
        List<EntryRef> via = Edge.refs(giving.ref(), taking.ref());
        Trail trail = match.here.trail();
        Edge edge =
            new Edge(
                part.node(),
                node,
                part.unit(),
                trail.unit(),
                part.witness(),
                trail.witness(),
                via,
                How.DOCUMENT,
                sure && part.certain(),
                part.kind() == UnitKind.ITEM,
                trail.quantity(),
                trail.uom());
        once.merge(
            part.node() + "/" + part.unit() + "/" + trail.unit() + "/" + via,
            edge,
            (a, b) -> a.certain() ? a : b);
      }
    }
    edges.addAll(once.values());
    return edges;
  }

  /** What was given in these events, contents of containers included. */
  private Map<EntryRef, List<Part>> given(Map<EntryRef, List<Mention>> givings)
      throws SQLException {
    Map<EntryRef, List<Part>> parts = new HashMap<>();
    List<Mention> containers = new ArrayList<>();
    givings.forEach(
        (ref, mentions) -> {
          for (Mention mention : mentions) {
            if (!handed(mention.role())) {
              continue;
            }
            if (store.holds(mention.unit())) {
              containers.add(mention);
            }
            if (mention.kind() == UnitKind.ITEM || mention.kind() == UnitKind.LOT) {
              parts.computeIfAbsent(ref, key -> new ArrayList<>()).add(links.part(mention));
            }
          }
        });
    for (Links.Content content : links.contents(containers)) {
      if (content.trail().role() == UnitRole.EPC
          && (content.kind() == UnitKind.ITEM || content.kind() == UnitKind.LOT)) {
        parts
            .computeIfAbsent(content.trail().act().ref(), key -> new ArrayList<>())
            .add(content.part());
      }
    }
    return parts;
  }

  private static boolean handed(UnitRole role) {
    return switch (role) {
      case EPC, CHILD, OUTPUT, PARENT -> true;
      case INPUT -> false;
    };
  }

  /** The joints that lead away from nodes: found as those into whatever was taken in. */
  List<Edge> outOf(Collection<Node> nodes) throws SQLException {
    Set<UUID> documents = new LinkedHashSet<>();
    for (Node node : nodes) {
      for (Here here : dossiers.history(node.group()).at(node)) {
        if (here.trail().gives()) {
          documents.addAll(here.trail().act().documents());
        }
      }
    }
    load(documents);
    Set<UUID> groups = new TreeSet<>();
    Set<EntryRef> takings = new HashSet<>();
    List<Mention> containers = new ArrayList<>();
    for (UUID document : documents) {
      for (List<Mention> mentions : citing.getOrDefault(document, Map.of()).values()) {
        if (!mentions.getFirst().act().stands() || !mentions.getFirst().act().takes()) {
          continue;
        }
        takings.add(mentions.getFirst().act().ref());
        for (Mention mention : mentions) {
          groups.add(dossiers.groupOf(mention.unit()));
          if (store.holds(mention.unit())) {
            containers.add(mention);
          }
        }
      }
    }
    for (Links.Content content : links.contents(containers)) {
      groups.add(content.place().node().group());
    }
    Set<Node> candidates = new TreeSet<>();
    for (History history : dossiers.load(groups).values()) {
      if (!history.carriesFlow()) {
        continue;
      }
      for (Trail trail : history.trails()) {
        if (takings.contains(trail.act().ref()) && trail.takes()) {
          history.placesOf(trail).stream().map(Place::node).forEach(candidates::add);
        }
      }
    }
    Set<Node> from = new HashSet<>(nodes);
    List<Edge> edges = new ArrayList<>();
    for (List<Edge> into : links.upstream(candidates).values()) {
      into.stream()
          .filter(edge -> edge.how() == How.DOCUMENT && from.contains(edge.from()))
          .forEach(edges::add);
    }
    return edges;
  }

  private void load(Set<UUID> documents) throws SQLException {
    Set<UUID> missing = new LinkedHashSet<>(documents);
    missing.removeAll(loaded);
    if (missing.isEmpty()) {
      return;
    }
    loaded.addAll(missing);
    List<Mention> mentions = store.ofDocuments(missing);
    dossiers.group(mentions.stream().map(Mention::unit).toList());
    for (Mention mention : mentions) {
      for (UUID document : mention.act().documents()) {
        if (missing.contains(document)) {
          citing
              .computeIfAbsent(document, key -> new TreeMap<>())
              .computeIfAbsent(mention.act().ref(), key -> new ArrayList<>())
              .add(mention);
        }
      }
    }
  }

  private record Match(Act giving, Here here, List<Mention> mentions) {}
}
