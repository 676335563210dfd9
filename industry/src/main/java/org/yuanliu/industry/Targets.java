package org.yuanliu.industry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words for what an element becomes. */
final class Targets {
  static final String ILMD = "ilmd";
  static final String EXTENSION = "extension";
  private static final String SENSOR = "sensor.";
  private static final Map<String, Target> PLAIN = plain();

  /** Measurement types that packs use so far; GS1 Web Vocabulary. */
  private static final Set<String> MEASURES =
      Set.of(
          "Temperature",
          "RelativeHumidity",
          "AbsoluteHumidity",
          "Pressure",
          "Mass",
          "Volume",
          "Illuminance",
          "Speed",
          "Time",
          "MassConcentration",
          "VolumeFraction",
          "Dimensionless");

  private Targets() {}

  private static Map<String, Target> plain() {
    Map<String, Target> targets = new LinkedHashMap<>();
    for (Target.Member member : Target.Member.values()) {
      targets.put(member.id(), new Target.Single(member));
    }
    for (Target.UnitList list : Target.UnitList.values()) {
      targets.put(list.id(), new Target.Units(list));
    }
    targets.put("bizTransaction", new Target.BizTransaction());
    for (String type : new String[] {"owning_party", "possessing_party", "location"}) {
      targets.put("source." + type, new Target.Transfer(true, type));
      targets.put("destination." + type, new Target.Transfer(false, type));
    }
    targets.put("none", new Target.None());
    return Map.copyOf(targets);
  }

  /** Every word. */
  static Set<String> words() {
    Set<String> words = new TreeSet<>(PLAIN.keySet());
    words.add(ILMD);
    words.add(EXTENSION);
    MEASURES.forEach(measure -> words.add(SENSOR + measure));
    return words;
  }

  /**
   * @param word one of {@link #words}
   * @param name full name of the extension field
   * @param member full name of its member, or an empty text
   * @param field of the sensor report
   */
  static Target of(String word, String name, String member, String field) {
    Target plain = PLAIN.get(word);
    if (plain != null) {
      return plain;
    }
    if (word.startsWith(SENSOR)) {
      return new Target.Sensor(word.substring(SENSOR.length()), field);
    }
    return new Target.Extension(word.equals(ILMD), name, member);
  }

  static boolean isExtension(String word) {
    return word.equals(ILMD) || word.equals(EXTENSION);
  }

  static boolean isSensor(String word) {
    return word.startsWith(SENSOR);
  }
}
