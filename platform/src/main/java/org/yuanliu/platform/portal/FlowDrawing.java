package org.yuanliu.platform.portal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;

/**
 * The small drawing of the flow: parties as stations in rows from the sources (top) to the shelf
 * (bottom), lines between them as wide as the quantity, dashed where only possible.
 *
 * @param height of the drawing in its own units; its width is always {@link #WIDTH}
 */
record FlowDrawing(int height, List<Station> stations, List<Line> lines) {
  /** About a phone's width in CSS pixels, so that the letters come out at their size there. */
  static final int WIDTH = 360;

  private static final int ROW_HEIGHT = 84;
  private static final int TOP = 22;
  private static final int BOTTOM = 46;

  /** More stations side by side can't carry names on a phone; the rest is told as "and n more". */
  static final int MAX_IN_ROW = 3;

  private static final double THINNEST = 2;
  private static final double WIDEST = 11;

  /**
   * @param more how many further parties of the same row this station stands for
   */
  record Station(Localized name, int x, int y, boolean here, boolean unknown, int more) {}

  record Line(String path, double width, boolean possible) {}

  /** A party on the way: nodes of the graph to draw. */
  record Party(String id, Localized name, boolean unknown) {}

  /** Goods that went from one party to another. */
  record Handover(String from, String to, @Nullable BigDecimal quantity, boolean possible) {}

  /**
   * Lays out a graph of parties.
   *
   * @param here id of the party where the code is now
   */
  static FlowDrawing of(List<Party> parties, List<Handover> handovers, String here) {
    Map<String, Integer> rows = rows(parties, handovers);
    Map<Integer, List<Party>> byRow = new LinkedHashMap<>();
    int last = 0;
    for (Party party : parties) {
      int row = rows.getOrDefault(party.id(), 0);
      byRow.computeIfAbsent(row, r -> new ArrayList<>()).add(party);
      last = Math.max(last, row);
    }
    Map<String, Station> stations = new LinkedHashMap<>();
    List<Station> drawn = new ArrayList<>();
    byRow.forEach(
        (row, members) -> {
          int shown = Math.min(members.size(), MAX_IN_ROW);
          for (int i = 0; i < members.size(); i++) {
            int slot = Math.min(i, shown - 1);
            Party party = members.get(i);
            int more = slot == shown - 1 ? members.size() - shown : 0;
            Station station =
                new Station(
                    party.name(),
                    WIDTH * (2 * slot + 1) / (2 * shown),
                    TOP + row * ROW_HEIGHT,
                    party.id().equals(here),
                    party.unknown(),
                    more);
            stations.put(party.id(), station);
            if (i == slot) {
              drawn.add(station);
            }
          }
        });
    return new FlowDrawing(
        TOP + last * ROW_HEIGHT + BOTTOM, List.copyOf(drawn), lines(handovers, stations));
  }

  private static List<Line> lines(List<Handover> handovers, Map<String, Station> stations) {
    double most =
        handovers.stream()
            .filter(h -> h.quantity() != null)
            .mapToDouble(h -> h.quantity().doubleValue())
            .max()
            .orElse(0);
    List<Line> lines = new ArrayList<>();
    for (Handover handover : handovers) {
      Station from = stations.get(handover.from());
      Station to = stations.get(handover.to());
      if (from == null || to == null || from.y() >= to.y()) {
        continue;
      }
      int middle = (from.y() + to.y()) / 2 + 14;
      String path =
          "M%d %d C%d %d %d %d %d %d"
              .formatted(from.x(), from.y(), from.x(), middle, to.x(), middle, to.x(), to.y());
      lines.add(new Line(path, width(handover.quantity(), most), handover.possible()));
    }
    return List.copyOf(lines);
  }

  private static double width(@Nullable BigDecimal quantity, double most) {
    if (quantity == null || most <= 0) {
      return THINNEST + 1;
    }
    double share = Math.sqrt(Math.max(0, quantity.doubleValue()) / most);
    return Math.round((THINNEST + (WIDEST - THINNEST) * share) * 10) / 10.0;
  }

  /**
   * The row of each party: one below the lowest of those it has goods from. Rounds are bounded by
   * the number of parties, so a circle (goods that came back) ends too.
   */
  private static Map<String, Integer> rows(List<Party> parties, List<Handover> handovers) {
    Map<String, Integer> rows = new HashMap<>();
    parties.forEach(party -> rows.put(party.id(), 0));
    int deepest = parties.size() - 1;
    boolean moved = true;
    for (int round = 0; round < parties.size() && moved; round++) {
      moved = false;
      for (Handover handover : handovers) {
        Integer from = rows.get(handover.from());
        Integer to = rows.get(handover.to());
        if (from != null && to != null && to <= from && from < deepest) {
          rows.put(handover.to(), from + 1);
          moved = true;
        }
      }
    }
    return rows;
  }
}
