package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All versions of all packs; an event is judged by the version in force on its day. */
public final class PackSet {
  private final Map<String, List<Pack>> newestFirst;

  private PackSet(Map<String, List<Pack>> newestFirst) {
    this.newestFirst = newestFirst;
  }

  /**
   * The set of these packs.
   *
   * @throws IllegalArgumentException if one version is there twice, or a later version of a pack
   *     does not take effect later than the one before
   */
  public static PackSet of(List<Pack> packs) {
    Set<String> seen = new HashSet<>();
    for (Pack pack : packs) {
      if (!seen.add(pack.id() + " " + pack.version())) {
        throw new IllegalArgumentException(
            "version " + pack.version() + " of the pack " + pack.id() + " is there twice");
      }
    }
    Map<String, List<Pack>> byId =
        packs.stream()
            .sorted(Comparator.comparingInt(Pack::version).reversed())
            .collect(
                Collectors.groupingBy(Pack::id, TreeMap::new, Collectors.toUnmodifiableList()));
    for (List<Pack> versions : byId.values()) {
      for (int i = 1; i < versions.size(); i++) {
        Pack later = versions.get(i - 1);
        if (!later.effectiveFrom().isAfter(versions.get(i).effectiveFrom())) {
          throw new IllegalArgumentException(
              "version "
                  + later.version()
                  + " of the pack "
                  + later.id()
                  + " takes effect no later than the version before it");
        }
      }
    }
    return new PackSet(byId);
  }

  /**
   * The version of a pack in force on a day; empty before the first, or if there is no such pack.
   */
  public Optional<Pack> inForce(String id, LocalDate day) {
    requireNonNull(id, "id is null");
    requireNonNull(day, "day is null");
    return newestFirst.getOrDefault(id, List.of()).stream()
        .filter(pack -> !pack.effectiveFrom().isAfter(day))
        .findFirst()
        .filter(pack -> pack.effectiveTo() == null || !day.isAfter(pack.effectiveTo()));
  }

  /** The packs in force on a day, in the order of their ids. */
  public List<Pack> inForce(LocalDate day) {
    return newestFirst.keySet().stream().flatMap(id -> inForce(id, day).stream()).toList();
  }

  /** Every version of every pack, by id, the newest first. */
  public List<Pack> all() {
    return newestFirst.values().stream().flatMap(List::stream).toList();
  }
}
