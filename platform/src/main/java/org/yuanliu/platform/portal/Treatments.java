package org.yuanliu.platform.portal;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkStage;
import org.yuanliu.industry.Pack;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.Trace;
import org.yuanliu.platform.trace.Trace.TracedEvent;

/**
 * The events of a chain that put something on or into goods: sprayed a crop, fed or treated an
 * animal. What they name is what was used up, not the goods; and the way of what was used up is
 * part of the goods' history, but not a branch of their origin that the goods' links are asked of.
 */
final class Treatments {
  private final Set<EntryRef> events;

  private Treatments(Set<EntryRef> events) {
    this.events = events;
  }

  /**
   * By the links of all packs: a transformation at a link where something is used treats its
   * outputs with its inputs.
   */
  static Treatments of(Trace trace, Collection<Pack> packs, Names.Lookup names) {
    List<Link> uses =
        packs.stream()
            .flatMap(pack -> pack.products().stream())
            .flatMap(product -> product.links().stream())
            .filter(link -> link.stage() == LinkStage.USE)
            .distinct()
            .toList();
    return new Treatments(
        trace.events().stream()
            .filter(traced -> traced.event().type() == EventType.TRANSFORMATION_EVENT)
            .filter(traced -> uses.stream().anyMatch(link -> isAt(link, traced.event(), names)))
            .map(TracedEvent::ref)
            .collect(Collectors.toSet()));
  }

  private static boolean isAt(Link link, EpcisEvent event, Names.Lookup names) {
    @Nullable String nodeType =
        FactsGatherer.place(event)
            .flatMap(names::registered)
            .map(place -> place.nodeType())
            .orElse(null);
    return link.recognises(event.bizStep(), event.type().term(), event.disposition(), nodeType);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Whether the event names something else than these units, which it only treated. */
  boolean treats(TracedEvent traced, Set<String> units) {
    return events.contains(traced.ref())
        && traced.event().units().stream()
            .noneMatch(unit -> unit.role() == UnitRole.INPUT && units.contains(unit.canonical()));
  }

  /** The chain of the goods alone, without the ways of what they were treated with. */
  Trace without(Trace trace) {
    if (events.isEmpty()) {
      return trace;
    }
    Set<String> goods = upstream(trace, trace.roots(), true);
    List<String> used =
        trace.flows().stream()
            .filter(flow -> goods.contains(flow.to()) && isTreatment(flow))
            .map(Trace.Flow::from)
            .toList();
    Set<String> dropped = upstream(trace, used, false);
    dropped.removeAll(goods);
    return new Trace(
        trace.roots(),
        trace.units().stream().filter(unit -> !dropped.contains(unit.uri())).toList(),
        trace.events().stream().filter(traced -> isKept(traced, goods, dropped)).toList(),
        trace.flows().stream().filter(flow -> !dropped.contains(flow.from())).toList(),
        trace.parties(),
        trace.truncated(),
        trace.next());
  }

  private boolean isTreatment(Trace.Flow flow) {
    return flow.how() == Trace.How.TRANSFORMATION && flow.via().stream().anyMatch(events::contains);
  }

  private static boolean isKept(TracedEvent traced, Set<String> goods, Set<String> dropped) {
    List<String> units = traced.event().units().stream().map(UnitMention::canonical).toList();
    return units.stream().anyMatch(goods::contains) || units.stream().noneMatch(dropped::contains);
  }

  /** The units and what they came from. */
  private Set<String> upstream(Trace trace, Collection<String> from, boolean goodsOnly) {
    Set<String> reached = new HashSet<>(from);
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      String unit = open.remove();
      trace.flows().stream()
          .filter(flow -> flow.to().equals(unit) && !(goodsOnly && isTreatment(flow)))
          .map(Trace.Flow::from)
          .filter(reached::add)
          .forEach(open::add);
    }
    return reached;
  }
}
