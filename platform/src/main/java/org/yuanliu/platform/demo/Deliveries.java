package org.yuanliu.platform.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies with whom on a day, in the order in which it came. */
final class Deliveries {
  private final Map<Actor, List<Lot>> lots = new HashMap<>();

  void add(Actor holder, Lot lot) {
    lots.computeIfAbsent(holder, ignored -> new ArrayList<>()).add(lot);
  }

  List<Lot> of(Actor holder) {
    return lots.getOrDefault(holder, List.of());
  }
}
