package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.History.Node;
import org.yuanliu.platform.trace.Trace.How;

/**
 * A flow between two nodes, with keys in place of codes.
 *
 * @param fromWitness an event whose body names {@code fromUnit}
 * @param mixes an item goes in and can no longer be told from others
 */
record Edge(
    Node from,
    Node to,
    UUID fromUnit,
    UUID toUnit,
    EntryRef fromWitness,
    EntryRef toWitness,
    List<EntryRef> via,
    How how,
    boolean certain,
    boolean mixes,
    @Nullable BigDecimal quantity,
    @Nullable String uom) {

  static final Comparator<Edge> ORDER =
      Comparator.comparing(Edge::from)
          .thenComparing(Edge::to)
          .thenComparing(Edge::how)
          .thenComparing(Edge::fromUnit)
          .thenComparing(Edge::toUnit)
          .thenComparing(edge -> edge.via().toString());

  /** Each once, in order. */
  static List<EntryRef> refs(EntryRef a, EntryRef b) {
    return a.equals(b) ? List.of(a) : a.compareTo(b) < 0 ? List.of(a, b) : List.of(b, a);
  }
}
