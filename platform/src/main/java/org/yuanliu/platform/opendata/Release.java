package org.yuanliu.platform.opendata;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;
import tools.jackson.databind.json.JsonMapper;

/**
 * A published version of a set in a period, as it is given out and never changed.
 *
 * @param set industry/name
 * @param entries of the journal that it rests on
 * @param minSubjects subjects in each figure, at least
 */
record Release(
    String set,
    Localized industry,
    Localized title,
    Localized unit,
    String period,
    int version,
    Instant published,
    long entries,
    int minSubjects,
    int dominancePercent,
    String licence,
    String publisher,
    List<Cell> cells) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  Release {
    cells = List.copyOf(cells);
  }

  /**
   * A figure.
   *
   * @param category id of a product or kind of test; empty where the set has none
   * @param division leading digits of the division code; empty for the nation
   * @param value null where it is withheld
   */
  record Cell(
      String category,
      @Nullable Localized categoryNames,
      String division,
      String divisionName,
      @Nullable BigDecimal value,
      @Nullable Integer subjects,
      boolean withheld) {}

  String json() {
    return JSON.writeValueAsString(this);
  }

  static Release read(String json) {
    return JSON.readValue(json, Release.class);
  }

  /** The places that are withheld, by category; each category is named. */
  Map<String, Set<String>> withheld() {
    Map<String, Set<String>> withheld = new HashMap<>();
    for (Cell cell : cells) {
      Set<String> places = withheld.computeIfAbsent(cell.category(), key -> new HashSet<>());
      if (cell.withheld()) {
        places.add(cell.division());
      }
    }
    return withheld;
  }
}
