package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yuanliu.industry.CheckKeyValues;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFact.UnitFact;

/**
 * An event by the codes that it names, and as checks see it: each unit under one of its codes,
 * whichever of them the event names.
 *
 * @param own the event as it was written
 * @param heads by a code that it names the one under which the unit stands, where that is another
 * @param fact what checks see; {@code own} where there is no such code
 */
record JoinedFact(EventFact own, Map<String, String> heads, EventFact fact) {
  JoinedFact {
    requireNonNull(own, "own is null");
    heads = Map.copyOf(heads);
    requireNonNull(fact, "fact is null");
  }

  static JoinedFact of(EventFact own, Map<String, String> heads) {
    return new JoinedFact(own, heads, heads.isEmpty() ? own : joined(own, heads));
  }

  /** As the codes stand now; they have to be loaded. */
  static JoinedFact of(EventFact own, Equivalents equivalents) {
    return equivalents.any() ? of(own, equivalents.heads(codes(own))) : of(own, Map.of());
  }

  /** The units' codes as the event names them. */
  static Set<String> codes(EventFact own) {
    Set<String> codes = new LinkedHashSet<>();
    own.units().forEach(unit -> codes.add(unit.unit()));
    return codes;
  }

  /** The code by which the event names a unit; of several the first. */
  String own(String head) {
    if (heads.isEmpty()) {
      return head;
    }
    for (UnitFact unit : own.units()) {
      if (heads.getOrDefault(unit.unit(), unit.unit()).equals(head)) {
        return unit.unit();
      }
    }
    return head;
  }

  /** A value of a key of checks, with the codes that the event names. */
  String ownKey(String key) {
    if (heads.isEmpty()) {
      return key;
    }
    return CheckKeyValues.value(CheckKeyValues.parts(key).stream().map(this::own).toList());
  }

  private static EventFact joined(EventFact own, Map<String, String> heads) {
    Map<String, Object> values = new LinkedHashMap<>();
    own.values().forEach((element, value) -> values.put(element, joined(value, heads)));
    return new EventFact(
        own.ref(),
        own.link(),
        own.product(),
        own.eventTime(),
        own.recordTime(),
        own.party(),
        own.place(),
        own.nodeType(),
        own.source(),
        own.destination(),
        units(own.units(), heads),
        own.documents(),
        values);
  }

  /** What an event names by two of its codes, with the same amount, it names once. */
  private static List<UnitFact> units(Collection<UnitFact> units, Map<String, String> heads) {
    List<UnitFact> joined = new ArrayList<>();
    Map<UnitFact, Set<String>> codes = new HashMap<>();
    for (UnitFact unit : units) {
      String code = unit.unit();
      UnitFact one = new UnitFact(unit.role(), heads.getOrDefault(code, code), unit.quantity());
      Set<String> named = codes.computeIfAbsent(one, u -> new HashSet<>());
      if (named.isEmpty() || named.contains(code)) {
        joined.add(one);
      }
      named.add(code);
    }
    return joined;
  }

  private static Object joined(Object value, Map<String, String> heads) {
    return switch (value) {
      case String text -> heads.getOrDefault(text, text);
      case List<?> list -> list.stream().map(item -> joined(item, heads)).distinct().toList();
      default -> value;
    };
  }
}
