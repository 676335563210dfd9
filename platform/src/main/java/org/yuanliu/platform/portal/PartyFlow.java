package org.yuanliu.platform.portal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.trace.Certainty;
import org.yuanliu.platform.trace.Trace;
import org.yuanliu.platform.trace.Trace.TracedEvent;

/** From the units' ways to the way from party to party, which the drawing shows. */
final class PartyFlow {
  private static final Set<String> LOOKING =
      Set.of(
          YlVocabulary.STEP_RAPID_TESTING,
          YlVocabulary.STEP_SAMPLE_KEEPING,
          "https://ref.gs1.org/cbv/BizStep-inspecting",
          "https://ref.gs1.org/cbv/BizStep-sampling");

  private PartyFlow() {}

  static FlowDrawing draw(Trace trace, Names.Lookup names) {
    Map<String, Boolean> traced = new LinkedHashMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    for (Trace.TracedUnit unit : trace.units()) {
      traced.put(unit.uri(), unit.certainty() == Certainty.POSSIBLE);
      if (unit.unknownUpstream()) {
        unknown.add(unit.uri());
      }
    }
    List<TracedEvent> inOrder =
        trace.events().stream()
            .filter(event -> !event.shared())
            .sorted(
                Comparator.comparing((TracedEvent event) -> event.event().eventTime())
                    .thenComparing(TracedEvent::ref))
            .toList();
    Map<String, FlowDrawing.Party> parties = new LinkedHashMap<>();
    Map<String, String> holder = new LinkedHashMap<>();
    Map<String, FlowDrawing.Handover> handovers = new LinkedHashMap<>();
    Map<String, Set<String>> upstream = new LinkedHashMap<>();
    // Made first, then the rest by time: a clock that is off must not turn an arrow round.
    for (boolean making : new boolean[] {true, false}) {
      for (TracedEvent event : inOrder) {
        if (onlyLooks(event)) {
          continue;
        }
        for (UnitMention mention : event.event().units()) {
          Boolean possible = traced.get(mention.canonical());
          if (possible == null || making != (mention.role() == UnitRole.OUTPUT)) {
            continue;
          }
          String party = event.principal();
          parties.putIfAbsent(party, new FlowDrawing.Party(party, names.party(party), false));
          if (unknown.contains(mention.canonical())) {
            parties.put(party, new FlowDrawing.Party(party, names.party(party), true));
          }
          String before = holder.put(mention.canonical(), party);
          if (before != null && !before.equals(party) && goesOn(upstream, before, party)) {
            handovers.merge(
                before + "\n" + party,
                new FlowDrawing.Handover(before, party, mention.quantity(), possible),
                PartyFlow::together);
          }
        }
      }
    }
    List<FlowDrawing.Party> ordered = new ArrayList<>(parties.values());
    String here =
        trace.roots().stream()
            .map(holder::get)
            .filter(party -> party != null)
            .findFirst()
            .orElse(ordered.isEmpty() ? "" : ordered.getLast().id());
    return FlowDrawing.of(ordered, List.copyOf(handovers.values()), here);
  }

  /** A test or an inspection by somebody else does not move the goods into his hands. */
  private static boolean onlyLooks(TracedEvent event) {
    return event.event().bizStep() != null && LOOKING.contains(event.event().bizStep());
  }

  /** Goods that come back would turn the drawing into a circle: the way back is not drawn. */
  private static boolean goesOn(Map<String, Set<String>> upstream, String from, String to) {
    Set<String> above = upstream.computeIfAbsent(from, party -> new LinkedHashSet<>());
    if (above.contains(to)) {
      return false;
    }
    Set<String> gained = new LinkedHashSet<>(above);
    gained.add(from);
    upstream.computeIfAbsent(to, party -> new LinkedHashSet<>()).addAll(gained);
    // Whoever has goods from there has them from all above it, too.
    upstream.values().stream()
        .filter(others -> others.contains(to))
        .forEach(others -> others.addAll(gained));
    return true;
  }

  private static FlowDrawing.Handover together(FlowDrawing.Handover a, FlowDrawing.Handover b) {
    BigDecimal sum =
        a.quantity() == null
            ? b.quantity()
            : b.quantity() == null ? a.quantity() : a.quantity().add(b.quantity());
    return new FlowDrawing.Handover(a.from(), a.to(), sum, a.possible() && b.possible());
  }
}
