package org.yuanliu.platform.checks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.CheckKeyValues;
import org.yuanliu.industry.CheckKeys;
import org.yuanliu.industry.Checks;
import org.yuanliu.industry.EventFact;

/** What events are found by. Units and documents are the same in all industries. */
final class FactKeys {
  private static final List<String> UNIT = List.of(CheckKeys.UNIT);
  private static final List<String> PARENT = List.of(CheckKeys.PARENT);

  private FactKeys() {}

  static UUID unit(String unit) {
    return hash("unit\n" + unit);
  }

  /** Events that put something into it, or took something out. */
  static UUID container(String unit) {
    return hash("container\n" + unit);
  }

  static UUID document(DocumentRef document) {
    return hash("document\n" + document.type() + '\n' + document.number());
  }

  /** Whether a key is a unit's in all industries, {@link #unit}. */
  static boolean isUnit(List<String> key) {
    return key.equals(UNIT);
  }

  static UUID value(String pack, List<String> key, String value) {
    return isUnit(key) ? unit(value) : hash(pack + '\n' + String.join(",", key) + '\n' + value);
  }

  static UUID event(String principal, String id) {
    return hash(principal + '\n' + id);
  }

  static UUID place(String place) {
    return hash(place);
  }

  /** All keys of an event. */
  static Set<UUID> of(Known known, Set<List<String>> asked) {
    EventFact fact = known.fact();
    Set<UUID> keys = new LinkedHashSet<>();
    CheckKeyValues.of(UNIT, fact).keySet().forEach(unit -> keys.add(unit(unit)));
    CheckKeyValues.of(PARENT, fact).keySet().forEach(unit -> keys.add(container(unit)));
    fact.documents().forEach(document -> keys.add(document(document)));
    for (List<String> key : asked) {
      for (String value : CheckKeyValues.of(key, fact).keySet()) {
        keys.add(value(known.pack(), key, value));
      }
    }
    return keys;
  }

  /** The keys that are asked for when the event is judged, and others that it touches. */
  static Set<UUID> asked(Known known, Checks checks) {
    EventFact fact = known.fact();
    String link = fact.link().id();
    Set<UUID> keys = new LinkedHashSet<>();
    CheckKeyValues.of(UNIT, fact).keySet().forEach(unit -> keys.add(unit(unit)));
    if (checks.asksDownstream()) {
      CheckKeyValues.of(UNIT, fact).keySet().forEach(unit -> keys.add(container(unit)));
    }
    if (checks.asksDocuments(link)) {
      fact.documents().forEach(document -> keys.add(document(document)));
    }
    for (List<String> key : checks.askedKeys(link)) {
      for (String value : CheckKeyValues.of(key, fact).keySet()) {
        keys.add(value(known.pack(), key, value));
      }
    }
    return keys;
  }

  static UUID hash(String text) {
    return UnitKey.of(text).value();
  }
}
