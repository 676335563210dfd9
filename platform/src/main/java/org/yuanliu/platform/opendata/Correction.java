package org.yuanliu.platform.opendata;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a later version takes over of what changed. The difference of two versions is a figure like
 * any other: a late report of one firm would stand in it by itself. So a county's change is taken
 * over only where enough subjects changed, and else stays as it was told until more have.
 */
final class Correction {
  private Correction() {}

  /**
   * @param before the parts behind the version that is there
   * @param now the parts as they are
   * @param withheld the places that that version withholds, by category
   * @return the parts behind the next version; those of before where nothing is taken over
   */
  static List<Share> of(
      Collection<Share> before,
      Collection<Share> now,
      Map<String, Set<String>> withheld,
      boolean counts,
      Threshold threshold) {
    Map<String, List<Share>> old = byCategory(before);
    Map<String, List<Share>> changed = byCategory(now);
    List<Share> next = new ArrayList<>();
    Set<String> categories = new TreeSet<>(old.keySet());
    categories.addAll(changed.keySet());
    for (String category : categories) {
      List<Share> was = old.getOrDefault(category, List.of());
      List<Share> taken = counties(was, changed.getOrDefault(category, List.of()), threshold);
      boolean safe =
          withheld.containsKey(category)
              ? ProtectedTable.again(taken, counts, threshold, withheld.get(category)).isPresent()
              : !was.isEmpty() || isToldWhole(taken, counts, threshold);
      next.addAll(safe ? taken : was);
    }
    return next;
  }

  /** A category that was not there before. */
  private static boolean isToldWhole(List<Share> taken, boolean counts, Threshold threshold) {
    Optional<ProtectedTable> table = ProtectedTable.again(taken, counts, threshold, Set.of());
    return table.isPresent();
  }

  private static List<Share> counties(List<Share> was, List<Share> is, Threshold threshold) {
    SortedMap<String, Map<UUID, BigDecimal>> old = byCounty(was);
    SortedMap<String, Map<UUID, BigDecimal>> now = byCounty(is);
    String category = was.isEmpty() ? is.getFirst().category() : was.getFirst().category();
    List<Share> next = new ArrayList<>();
    Set<String> counties = new TreeSet<>(old.keySet());
    counties.addAll(now.keySet());
    for (String county : counties) {
      Map<UUID, BigDecimal> before = old.getOrDefault(county, Map.of());
      Map<UUID, BigDecimal> after = now.getOrDefault(county, Map.of());
      Map<UUID, BigDecimal> differences = new HashMap<>(after);
      before.forEach(
          (subject, amount) -> differences.merge(subject, amount.negate(), BigDecimal::add));
      boolean taken = threshold.protects(differences.values());
      (taken ? after : before)
          .forEach((subject, amount) -> next.add(new Share(category, county, subject, amount)));
    }
    return next;
  }

  private static Map<String, List<Share>> byCategory(Collection<Share> shares) {
    Map<String, List<Share>> by = new HashMap<>();
    shares.forEach(s -> by.computeIfAbsent(s.category(), key -> new ArrayList<>()).add(s));
    return by;
  }

  private static SortedMap<String, Map<UUID, BigDecimal>> byCounty(List<Share> shares) {
    SortedMap<String, Map<UUID, BigDecimal>> by = new TreeMap<>();
    shares.forEach(
        s ->
            by.computeIfAbsent(s.division(), key -> new HashMap<>())
                .merge(s.subject(), s.amount(), BigDecimal::add));
    return by;
  }
}
