package org.yuanliu.platform.opendata;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The parts of one category, added up by subject for the nation, its provinces, cities and
 * counties: each is the sum of what lies in it. Nothing else in a set adds up to anything, so that
 * what can be told from a table can be told along this tree alone.
 */
final class DivisionTree {
  /** Of a county. */
  static final int DIGITS = 6;

  static final String NATION = "";

  /** No division begins with 00 (GB/T 2260): a place of its own under the nation. */
  static final String NOWHERE = "000000";

  private static final int LEVEL_DIGITS = 2;

  private final String root;
  private final boolean counts;
  private final SortedMap<String, Map<UUID, BigDecimal>> nodes = new TreeMap<>();

  /**
   * @param root digits that what is added up lies under
   * @param counts whether subjects are counted, so that one who is in two counties is one in both
   *     together; else amounts are added
   */
  DivisionTree(String root, Collection<Share> shares, boolean counts) {
    this.root = root;
    this.counts = counts;
    for (Share share : shares) {
      if (share.division().startsWith(root) && share.amount().signum() > 0) {
        for (String node : path(root, share.division())) {
          add(nodes.computeIfAbsent(node, key -> new HashMap<>()), share.subject(), share.amount());
        }
      }
    }
  }

  private void add(Map<UUID, BigDecimal> parts, UUID subject, BigDecimal amount) {
    if (counts) {
      parts.put(subject, BigDecimal.ONE);
    } else {
      parts.merge(subject, amount, BigDecimal::add);
    }
  }

  /** From the root down to the place itself. */
  static List<String> path(String root, String division) {
    List<String> path = new ArrayList<>();
    for (int digits = root.length(); digits <= division.length(); digits += LEVEL_DIGITS) {
      path.add(division.substring(0, digits));
    }
    return path;
  }

  String root() {
    return root;
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Every place that has a part, above before below. */
  Collection<String> all() {
    return nodes.keySet();
  }

  Map<UUID, BigDecimal> parts(String node) {
    return nodes.getOrDefault(node, Map.of());
  }

  BigDecimal sum(String node) {
    return parts(node).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The places right below. */
  List<String> below(String node) {
    return nodes.tailMap(node).keySet().stream()
        .takeWhile(one -> one.startsWith(node))
        .filter(one -> one.length() == node.length() + LEVEL_DIGITS)
        .toList();
  }

  /** The place and everything in it. */
  List<String> within(String node) {
    return nodes.tailMap(node).keySet().stream().takeWhile(one -> one.startsWith(node)).toList();
  }

  /** What several places have together, and somebody elsewhere besides. */
  Map<UUID, BigDecimal> together(Collection<String> places, Map<UUID, BigDecimal> besides) {
    Map<UUID, BigDecimal> all = new HashMap<>(besides);
    places.forEach(place -> parts(place).forEach((subject, amount) -> add(all, subject, amount)));
    return all;
  }

  /** Where the place above ends; the nation has none. */
  static String above(String node) {
    return node.substring(0, Math.max(0, node.length() - LEVEL_DIGITS));
  }
}
