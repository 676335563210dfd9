package org.yuanliu.platform.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;

/** All that a demonstration says, read back from its bytes. */
final class History {
  /**
   * @param order in which it is sent, from 0
   */
  record Told(int order, int wave, String reporter, EpcisEvent event) {
    String principal() {
      return text(YlVocabulary.PRINCIPAL, reporter);
    }

    String text(String localName, String otherwise) {
      return event
          .extension(YlVocabulary.NAMESPACE, localName)
          .map(node -> node.asString())
          .orElse(otherwise);
    }

    boolean is(String step) {
      return step.equals(event.bizStep());
    }

    boolean inferred() {
      return text(YlVocabulary.ATTRIBUTION, "").equals(YlVocabulary.ATTRIBUTION_INFERRED);
    }

    List<UnitMention> units(UnitRole role) {
      return event.units().stream().filter(unit -> unit.role() == role).toList();
    }

    /** Quantity of a unit in this event, whatever its role. */
    BigDecimal quantity() {
      return event.units().stream()
          .map(unit -> unit.quantity() == null ? BigDecimal.ONE : unit.quantity())
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  final DemoEvents demo;
  final List<Told> told = new ArrayList<>();
  final List<Paper> papers = new ArrayList<>();
  final Map<String, Paper> paperById = new HashMap<>();
  final Map<String, List<Told>> byUnit = new LinkedHashMap<>();

  private History(DemoOptions options) {
    demo = new DemoEvents(options);
    DocumentReader reader = new DocumentReader(Limits.DEFAULT);
    demo.waves()
        .forEach(
            wave -> {
              papers.addAll(wave.papers());
              for (DemoDocument document : wave.documents()) {
                for (EpcisEvent event : read(reader, document)) {
                  told.add(new Told(told.size(), wave.number(), document.reporter(), event));
                }
              }
            });
    papers.forEach(paper -> paperById.put(paper.id(), paper));
    for (Told one : told) {
      one.event().units().stream()
          .map(UnitMention::canonical)
          .distinct()
          .forEach(unit -> byUnit.computeIfAbsent(unit, u -> new ArrayList<>()).add(one));
    }
  }

  static History of(DemoOptions options) {
    return new History(options);
  }

  /** The events that name a unit, in the order of sending. */
  List<Told> of(String unit) {
    return byUnit.getOrDefault(unit, List.of());
  }

  private static List<EpcisEvent> read(DocumentReader reader, DemoDocument document) {
    return switch (reader.readDocument(document.json())) {
      case ReadResult.Accepted accepted -> accepted.events();
      case ReadResult.Refused refused -> throw new AssertionError(refused.violations());
    };
  }
}
