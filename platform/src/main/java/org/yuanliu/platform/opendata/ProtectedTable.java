package org.yuanliu.platform.opendata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one category, with those withheld that would tell about one subject, and as many
 * others as it takes that the withheld ones can't be had as what is left of a total.
 *
 * <p>Where a place is withheld, so is everything in it. All that a reader can then work out beyond
 * the figures themselves is, for each place that is told, what its withheld parts make together;
 * that sum is held to the same threshold as a figure. A tree with these two properties tells
 * nothing else: each sum of withheld places stands in one equation, and has at least two unknowns.
 */
final class ProtectedTable {
  /** Grams and millilitres, where kilograms and litres are told. */
  private static final int DECIMALS = 3;

  private final DivisionTree tree;
  private final NavigableSet<String> withheld;

  private ProtectedTable(DivisionTree tree, NavigableSet<String> withheld) {
    this.tree = tree;
    this.withheld = withheld;
  }

  /**
   * A figure.
   *
   * @param place leading digits of divisions; empty for the nation
   * @param value null where it is withheld, and then so is the number of subjects
   */
  record Figure(String place, @Nullable BigDecimal value, @Nullable Integer subjects) {}

  /** What may be told of the whole. */
  static ProtectedTable of(Collection<Share> shares, boolean counts, Threshold threshold) {
    return within(DivisionTree.NATION, shares, counts, threshold, Map.of());
  }

  /**
   * What may be told of a part.
   *
   * @param root the part
   * @param outside parts of those elsewhere whose sum would be known to who knows that of the root:
   *     what others were told leaves the two together
   */
  static ProtectedTable within(
      String root,
      Collection<Share> shares,
      boolean counts,
      Threshold threshold,
      Map<UUID, BigDecimal> outside) {
    DivisionTree tree = new DivisionTree(root, shares, counts);
    NavigableSet<String> withheld = new TreeSet<>();
    if (!tree.isEmpty()) {
      boolean tellsOthers = !outside.isEmpty() && !threshold.protects(outside.values());
      if (!threshold.protects(tree.parts(root).values())) {
        withheld.addAll(tree.all());
      } else if (tellsOthers) {
        protect(tree, root, threshold, outside, withheld);
        withheld.add(root);
      } else {
        protect(tree, root, threshold, Map.of(), withheld);
      }
    }
    return new ProtectedTable(tree, withheld);
  }

  /**
   * Of a place whose sum is known, together with what lies besides: what of it is to be withheld.
   */
  private static void protect(
      DivisionTree tree,
      String place,
      Threshold threshold,
      Map<UUID, BigDecimal> besides,
      NavigableSet<String> withheld) {
    List<String> open = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    for (String part : tree.below(place)) {
      (threshold.protects(tree.parts(part).values()) ? open : hidden).add(part);
    }
    open.sort(Comparator.comparing(tree::sum).thenComparing(Comparator.naturalOrder()));
    while (!open.isEmpty()
        && !(hidden.isEmpty() && besides.isEmpty())
        && !threshold.protects(tree.together(hidden, besides).values())) {
      hidden.add(open.removeFirst());
    }
    hidden.forEach(part -> withheld.addAll(tree.within(part)));
    open.forEach(part -> protect(tree, part, threshold, Map.of(), withheld));
  }

  /**
   * The same places told and withheld as in an earlier version, with other parts behind them: else
   * what the one tells could be taken from what the other does. Empty where that would tell too
   * much. A place that is new is told, unless it lies in one that is withheld.
   */
  static Optional<ProtectedTable> again(
      Collection<Share> shares, boolean counts, Threshold threshold, Set<String> withheldBefore) {
    DivisionTree tree = new DivisionTree(DivisionTree.NATION, shares, counts);
    NavigableSet<String> withheld = new TreeSet<>();
    for (String place : tree.all()) {
      boolean inside = !place.isEmpty() && withheld.contains(DivisionTree.above(place));
      if (inside || withheldBefore.contains(place)) {
        withheld.add(place);
      }
    }
    ProtectedTable table = new ProtectedTable(tree, withheld);
    return table.isSafe(threshold) ? Optional.of(table) : Optional.empty();
  }

  /** Whether every figure, and every sum of withheld ones that is known, may be told. */
  boolean isSafe(Threshold threshold) {
    for (String place : tree.all()) {
      if (!withheld.contains(place)) {
        List<String> hidden = tree.below(place).stream().filter(withheld::contains).toList();
        if (!threshold.protects(tree.parts(place).values())
            || (!hidden.isEmpty()
                && !threshold.protects(tree.together(hidden, Map.of()).values()))) {
          return false;
        }
      }
    }
    return true;
  }

  Set<String> withheld() {
    return withheld;
  }

  /** Whether it lies in a place that is withheld. */
  boolean isInside(String place) {
    return !place.isEmpty() && withheld.contains(DivisionTree.above(place));
  }

  /** In the order of the divisions. */
  List<Figure> figures() {
    return tree.all().stream()
        .map(
            place ->
                withheld.contains(place)
                    ? new Figure(place, null, null)
                    : new Figure(place, plain(tree.sum(place)), tree.parts(place).size()))
        .toList();
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * What others were told leaves a place and those beside it together, though the place itself was
   * withheld: the parts of all but that place. Nothing where the place was told, or nothing above
   * it.
   *
   * @param withheld from the others; what lies in such a place may be left out
   * @param rest everything but what lies in the place
   */
  static Map<UUID, BigDecimal> leftBeside(String place, Set<String> withheld, DivisionTree rest) {
    for (String within : DivisionTree.path(DivisionTree.NATION, place)) {
      if (withheld.contains(within)) {
        return within.isEmpty()
            ? Map.of()
            : rest.together(
                rest.below(DivisionTree.above(within)).stream().filter(withheld::contains).toList(),
                Map.of());
      }
    }
    return Map.of();
  }
}
