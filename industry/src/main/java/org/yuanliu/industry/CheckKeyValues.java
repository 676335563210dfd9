package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.EventFact.UnitFact;

/** The values that an event has under a key: under {@code unit} one for each of its units. */
public final class CheckKeyValues {
  /** Between the parts of a value; no code and no word of a code list has it. */
  private static final String BETWEEN = "\u001f";

  private CheckKeyValues() {}

  /**
   * The values, each with the units that it stands for (empty where the key does not ask for
   * units). An event that lacks a part of the key has no value.
   */
  public static Map<String, List<UnitFact>> of(List<String> key, EventFact event) {
    Map<String, List<UnitFact>> values = new LinkedHashMap<>();
    values.put("", List.of());
    for (String part : key) {
      Map<String, List<UnitFact>> longer = new LinkedHashMap<>();
      Map<String, List<UnitFact>> more = part(part, event);
      values.forEach(
          (value, units) ->
              more.forEach(
                  (next, nextUnits) ->
                      longer.put(
                          value.isEmpty() ? next : value + BETWEEN + next,
                          nextUnits.isEmpty() ? units : nextUnits)));
      values = longer;
    }
    return values;
  }

  /** A value made of parts. */
  public static String value(List<String> parts) {
    return String.join(BETWEEN, parts);
  }

  /** The parts that a value was made of. */
  public static List<String> parts(String value) {
    return List.of(value.split(BETWEEN, -1));
  }

  /** Whether the event has the value under the key. */
  public static boolean has(List<String> key, EventFact event, String value) {
    return of(key, event).containsKey(value);
  }

  private static Map<String, List<UnitFact>> part(String part, EventFact event) {
    Map<String, List<UnitFact>> values = new LinkedHashMap<>();
    if (part.equals(CheckKeys.UNIT) && !event.values().containsKey(part)) {
      for (UnitFact unit : event.goods()) {
        values.computeIfAbsent(unit.unit(), u -> new ArrayList<>()).add(unit);
      }
    } else if (part.equals(CheckKeys.PARENT) && !event.values().containsKey(part)) {
      event.units().stream()
          .filter(unit -> unit.role() == UnitRole.PARENT)
          .forEach(unit -> values.put(unit.unit(), List.of()));
    } else {
      for (String text : texts(part, event)) {
        values.put(text, List.of());
      }
    }
    return values;
  }

  /** An element with several values counts under each. */
  private static Set<String> texts(String part, EventFact event) {
    Set<String> texts = new LinkedHashSet<>();
    event
        .named(part)
        .ifPresent(
            value -> {
              if (value instanceof List<?> list) {
                list.forEach(item -> texts.add(EventFact.text(item)));
              } else {
                texts.add(EventFact.text(value));
              }
            });
    return texts;
  }
}
