package org.yuanliu.platform.portal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.SourceOrDestination;
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
    GROWN,
    MADE,
    KEPT,
    GIVEN,
    TAKEN,
    USED
  }

  private static final ChainFacts.How UNIT = ChainFacts.How.UNIT;
  private static final String RECEIVING = "https://ref.gs1.org/cbv/BizStep-receiving";
  private static final String INSPECTING = "https://ref.gs1.org/cbv/BizStep-inspecting";
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
      growing(life);
      List<List<TracedEvent>> stages = passesOn(life) ? byTime(life) : byStage(life);
      handovers(life).forEach(pair -> add(links, seen, pair.get(0), pair.get(1), UNIT, doubtful));
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

  /**
   * Whether somebody had the unit in his hands and gave it on under the same code, as every dealer
   * does with a pack of a drug. Then made, given, taken, used is no order: it is taken and given
   * again and again.
   */
  private static boolean passesOn(Map<Stage, List<TracedEvent>> life) {
    Set<String> givers = new HashSet<>();
    life.getOrDefault(Stage.GIVEN, List.of()).stream()
        .filter(event -> SHIPPING.equals(event.event().bizStep()))
        .forEach(event -> givers.add(event.principal()));
    List<TracedEvent> taken = life.getOrDefault(Stage.TAKEN, List.of());
    return givers.size() > 1
        || taken.stream().anyMatch(event -> givers.contains(event.principal()))
        || taken.stream().anyMatch(ChainLinks::looksOnly);
  }

  /** An inspection by somebody else: it neither gives nor takes. */
  private static boolean looksOnly(TracedEvent event) {
    return INSPECTING.equals(event.event().bizStep());
  }

  /**
   * What a crop's grower did to it before he brought it in: he alone can have, and his records tell
   * of both. Anything else that seems to come before the making has a wrong clock.
   */
  private static void growing(Map<Stage, List<TracedEvent>> life) {
    List<TracedEvent> made = life.getOrDefault(Stage.MADE, List.of());
    List<TracedEvent> taken = life.getOrDefault(Stage.TAKEN, List.of());
    List<TracedEvent> grown =
        taken.stream()
            .filter(event -> event.event().sources().isEmpty())
            .filter(event -> made.stream().anyMatch(making -> isBefore(event, making)))
            .toList();
    if (!grown.isEmpty()) {
      life.put(Stage.GROWN, grown);
      taken.removeAll(grown);
      if (taken.isEmpty()) {
        life.remove(Stage.TAKEN);
      }
    }
  }

  /**
   * Made, given, taken, used; before it was given, what its maker did with it: into his own store,
   * out of it, a look.
   */
  private static List<List<TracedEvent>> byStage(Map<Stage, List<TracedEvent>> life) {
    Set<String> makers = new HashSet<>();
    life.getOrDefault(Stage.MADE, List.of()).forEach(event -> makers.add(event.principal()));
    List<TracedEvent> taken = life.getOrDefault(Stage.TAKEN, List.of());
    List<TracedEvent> kept =
        life.getOrDefault(Stage.GIVEN, List.of()).stream()
            .map(event -> event.event().eventTime())
            .min(Comparator.naturalOrder())
            .map(
                given ->
                    taken.stream()
                        .filter(event -> makers.contains(event.principal()))
                        .filter(event -> !RECEIVING.equals(event.event().bizStep()))
                        .filter(event -> event.event().eventTime().isBefore(given))
                        .toList())
            .orElse(List.of());
    if (!kept.isEmpty()) {
      life.put(Stage.KEPT, kept);
      taken.removeAll(kept);
      if (taken.isEmpty()) {
        life.remove(Stage.TAKEN);
      }
    }
    return List.copyOf(life.values());
  }

  private static boolean isBefore(TracedEvent event, TracedEvent making) {
    return making.event().type() == EventType.OBJECT_EVENT
        && !RECEIVING.equals(event.event().bizStep())
        && event.principal().equals(making.principal())
        && event.event().eventTime().isBefore(making.event().eventTime());
  }

  /** Made first, used up last, and in between as the clocks say. */
  private static List<List<TracedEvent>> byTime(Map<Stage, List<TracedEvent>> life) {
    List<List<TracedEvent>> layers = new ArrayList<>();
    if (life.containsKey(Stage.GROWN)) {
      layers.add(life.get(Stage.GROWN));
    }
    if (life.containsKey(Stage.MADE)) {
      layers.add(life.get(Stage.MADE));
    }
    List<TracedEvent> moves = new ArrayList<>(life.getOrDefault(Stage.GIVEN, List.of()));
    moves.addAll(life.getOrDefault(Stage.TAKEN, List.of()));
    moves.sort(
        Comparator.comparing((TracedEvent event) -> event.event().eventTime())
            .thenComparing(TracedEvent::ref));
    moves.forEach(event -> layers.add(List.of(event)));
    if (life.containsKey(Stage.USED)) {
      layers.add(life.get(Stage.USED));
    }
    return layers;
  }

  /** Given to somebody by name, who took it in once: that order holds whatever the clocks say. */
  private static List<List<TracedEvent>> handovers(Map<Stage, List<TracedEvent>> life) {
    List<List<TracedEvent>> pairs = new ArrayList<>();
    for (TracedEvent given : life.getOrDefault(Stage.GIVEN, List.of())) {
      for (SourceOrDestination to : given.event().destinations()) {
        List<TracedEvent> taken =
            life.getOrDefault(Stage.TAKEN, List.of()).stream()
                .filter(event -> RECEIVING.equals(event.event().bizStep()))
                .filter(event -> event.principal().equals(to.id()))
                .toList();
        if (taken.size() == 1) {
          pairs.add(List.of(given, taken.getFirst()));
        }
      }
    }
    return pairs;
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
