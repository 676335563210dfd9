package org.yuanliu.platform.portal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts;
import org.yuanliu.industry.ChainFacts.LinkFact;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.trace.Trace;
import org.yuanliu.platform.trace.Trace.TracedEvent;

/**
 * Which event's goods went into which event. Within one unit's history the order is the one that
 * the records themselves say, whatever the clocks say: made, given, taken or kept, used up.
 */
final class ChainLinks {
  /** Where in a unit's life an event stands. */
  private enum Stage {
    MADE,
    GIVEN,
    TAKEN,
    USED
  }

  private static final String SHIPPING = "https://ref.gs1.org/cbv/BizStep-shipping";
  private static final String LOADING = "https://ref.gs1.org/cbv/BizStep-loading";
  private static final String DEPARTING = "https://ref.gs1.org/cbv/BizStep-departing";

  private ChainLinks() {}

  /**
   * @param doubtful references of the events that only possibly belong to the chain
   */
  static List<LinkFact> of(Trace trace, Set<String> doubtful) {
    Map<EntryRef, TracedEvent> byRef = new HashMap<>();
    trace.events().forEach(event -> byRef.put(event.ref(), event));
    Map<String, Map<Stage, List<TracedEvent>>> lives = lives(trace);
    List<LinkFact> links = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Map<Stage, List<TracedEvent>> life : lives.values()) {
      List<List<TracedEvent>> stages = List.copyOf(life.values());
      for (int i = 1; i < stages.size(); i++) {
        for (TracedEvent from : stages.get(i - 1)) {
          for (TracedEvent to : stages.get(i)) {
            ChainFacts.How how =
                to.standing() == Standing.INFERRED ? ChainFacts.How.INFERRED : ChainFacts.How.UNIT;
            add(links, seen, from, to, how, doubtful);
          }
        }
      }
    }
    for (Trace.Flow flow : trace.flows()) {
      TracedEvent from = byRef.get(flow.via().getFirst());
      TracedEvent to = byRef.get(flow.via().getLast());
      if (from == null || to == null || from.ref().equals(to.ref())) {
        continue;
      }
      switch (flow.how()) {
        case DOCUMENT -> add(links, seen, from, to, ChainFacts.How.DOCUMENT, doubtful);
        case INFERRED -> add(links, seen, from, to, ChainFacts.How.INFERRED, doubtful);
        case TRANSFORMATION -> add(links, seen, from, to, ChainFacts.How.TRANSFORMATION, doubtful);
        case CUSTODY, EQUIVALENT -> add(links, seen, from, to, ChainFacts.How.UNIT, doubtful);
      }
    }
    return links;
  }

  private static void add(
      List<LinkFact> links,
      Set<String> seen,
      TracedEvent from,
      TracedEvent to,
      ChainFacts.How how,
      Set<String> doubtful) {
    if (from.ref().equals(to.ref()) || !seen.add(from.ref() + ">" + to.ref())) {
      return;
    }
    boolean possible =
        doubtful.contains(from.ref().toString()) || doubtful.contains(to.ref().toString());
    links.add(
        new LinkFact(
            from.ref().toString(),
            from.event().eventTime(),
            to.ref().toString(),
            to.event().eventTime(),
            true,
            possible
                ? org.yuanliu.industry.Certainty.POSSIBLE
                : org.yuanliu.industry.Certainty.CERTAIN,
            how));
  }

  /** Each unit's events by stage, in the order of the stages. */
  private static Map<String, Map<Stage, List<TracedEvent>>> lives(Trace trace) {
    Set<String> units = new HashSet<>();
    trace.units().forEach(unit -> units.add(unit.uri()));
    Map<String, Map<Stage, List<TracedEvent>>> lives = new LinkedHashMap<>();
    for (TracedEvent traced : trace.events()) {
      for (UnitMention mention : traced.event().units()) {
        if (units.contains(mention.canonical()) && mention.role() != UnitRole.PARENT) {
          List<TracedEvent> stage =
              lives
                  .computeIfAbsent(mention.canonical(), unit -> new TreeMap<>())
                  .computeIfAbsent(stage(traced, mention), s -> new ArrayList<>());
          // A pig named twice in one event is still one event.
          if (stage.isEmpty() || !stage.getLast().ref().equals(traced.ref())) {
            stage.add(traced);
          }
        }
      }
    }
    return lives;
  }

  private static Stage stage(TracedEvent traced, UnitMention mention) {
    if (mention.role() == UnitRole.OUTPUT) {
      return Stage.MADE;
    }
    if (mention.role() == UnitRole.INPUT) {
      return Stage.USED;
    }
    if (traced.event().type() == EventType.OBJECT_EVENT) {
      if (traced.event().action() == Action.ADD) {
        return Stage.MADE;
      }
      if (traced.event().action() == Action.DELETE) {
        return Stage.USED;
      }
    }
    String step = traced.event().bizStep();
    return SHIPPING.equals(step) || LOADING.equals(step) || DEPARTING.equals(step)
        ? Stage.GIVEN
        : Stage.TAKEN;
  }
}
