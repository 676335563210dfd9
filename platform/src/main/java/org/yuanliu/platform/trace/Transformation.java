package org.yuanliu.platform.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.History.Node;
import org.yuanliu.platform.trace.Trace.How;

/**
 * One transformation: an event, or all events that share a transformationID of one principal. What
 * went in by any of them is in what came out by any of them.
 */
record Transformation(List<Part> inputs, List<Part> outputs) {

  /** The flows that end at a node. */
  List<Edge> into(Node node) {
    return edges(inputs, outputs.stream().filter(part -> part.node.equals(node)).toList());
  }

  List<Edge> outOf(Node node) {
    return edges(inputs.stream().filter(part -> part.node.equals(node)).toList(), outputs);
  }

  private List<Edge> edges(List<Part> from, List<Part> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return List.of();
    }
    boolean inferred =
        inputs.stream().anyMatch(Part::inferred) || outputs.stream().anyMatch(Part::inferred);
    boolean several = groups(inputs).size() > 1;
    boolean oneOutput = groups(outputs).size() == 1;
    Map<String, Edge> edges = new TreeMap<>();
    for (Part in : from) {
      for (Part out : to) {
        if (in.node.group().equals(out.node.group())
            || in.kind == UnitKind.ASSET
            || out.kind == UnitKind.ASSET) {
          continue;
        }
        List<EntryRef> via = Edge.refs(in.act.ref(), out.act.ref());
        Edge edge =
            new Edge(
                in.node,
                out.node,
                in.unit,
                out.unit,
                in.witness,
                out.witness,
                via,
                inferred ? How.INFERRED : How.TRANSFORMATION,
                in.certain && !inferred,
                in.kind == UnitKind.ITEM && (out.kind != UnitKind.ITEM || several),
                oneOutput && in.stated != null ? in.stated.quantity() : null,
                oneOutput && in.stated != null ? in.stated.uom() : null);
        edges.merge(
            in.unit + "/" + in.node + "/" + out.unit + "/" + out.node + "/" + via,
            edge,
            (a, b) -> a.certain() ? a : b);
      }
    }
    return new ArrayList<>(edges.values());
  }

  private static Set<UUID> groups(List<Part> parts) {
    return parts.stream()
        .filter(part -> part.kind != UnitKind.ASSET)
        .map(part -> part.node.group())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * A unit that went in or came out.
   *
   * @param stated where it is named with its quantity; null for what lay in a container
   */
  record Part(
      Act act,
      UUID unit,
      EntryRef witness,
      Node node,
      UnitKind kind,
      boolean certain,
      @Nullable Mention stated) {
    boolean inferred() {
      return act.is(Act.INFERRED);
    }
  }
}
