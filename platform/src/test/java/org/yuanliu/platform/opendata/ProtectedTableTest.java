package org.yuanliu.platform.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.opendata.ProtectedTable.Figure;

/**
 * What can be worked out from a table by whoever has all of it and reckons: every sum and
 * difference of figures is tried, and each that is a sum of places is held to the threshold.
 */
class ProtectedTableTest {
  private static final Threshold OPEN = new Threshold(5, 15);
  private static final int TABLES = 400;

  /** More figures than this would take too long to combine in all ways. */
  private static final int MAX_COMBINED = 9;

  @Test
  void tellsAFigureAtTheThresholdAndNoneBelow() {
    assertThat(OPEN.protects(amounts(10, 10, 10, 10))).isFalse();
    assertThat(OPEN.protects(amounts(10, 10, 10, 10, 10))).isTrue();
    assertThat(OPEN.protects(amounts(10, 10, 10, 10, 0))).isFalse();
    // The third and smaller make 15 of the largest's 100, or do not.
    assertThat(OPEN.protects(amounts(100, 50, 5, 5, 5))).isTrue();
    assertThat(OPEN.protects(amounts(100, 50, 5, 5, 4))).isFalse();
    assertThat(Threshold.ofStatistics().protects(amounts(10, 10))).isFalse();
    assertThat(Threshold.ofStatistics().protects(amounts(10, 10, 10))).isTrue();
  }

  @Test
  void withholdsTheNeighbourOfWhatIsWithheld() {
    // Six firms in one county, one in the other: the city is told, and neither of the two.
    List<Share> shares = firms("610113", 6, 10);
    shares.addAll(firms("610104", 1, 10));
    List<Figure> figures = ProtectedTable.of(shares, false, OPEN).figures();
    assertThat(figures)
        .containsExactly(
            told("", 70, 7),
            told("61", 70, 7),
            told("6101", 70, 7),
            withheld("610104"),
            withheld("610113"));
  }

  @Test
  void withholdsEverythingWhereTheWholeIsTooFew() {
    assertThat(ProtectedTable.of(firms("610113", 4, 10), false, OPEN).figures())
        .containsExactly(withheld(""), withheld("61"), withheld("6101"), withheld("610113"));
  }

  /** Two counties of two firms: together they are four, so a third county goes with them. */
  @Test
  void withholdsAsManyAsItTakes() {
    List<Share> shares = firms("610102", 2, 10);
    shares.addAll(firms("610103", 2, 10));
    shares.addAll(firms("610104", 7, 10));
    shares.addAll(firms("610111", 9, 10));
    assertThat(ProtectedTable.of(shares, false, OPEN).figures())
        .contains(
            withheld("610102"), withheld("610103"), withheld("610104"), told("610111", 90, 9));
  }

  @Test
  void countsASubjectOnceWhereverItIs() {
    List<Share> shares = firms("610113", 6, 1);
    shares.addAll(firms("610104", 6, 1));
    assertThat(ProtectedTable.of(shares, true, OPEN).figures())
        .contains(told("", 12, 12), told("610113", 6, 6));
    UUID both = UUID.randomUUID();
    shares.add(new Share("", "610113", both, BigDecimal.ONE));
    shares.add(new Share("", "610104", both, BigDecimal.ONE));
    assertThat(ProtectedTable.of(shares, true, OPEN).figures())
        .contains(told("", 13, 13), told("610113", 7, 7), told("610104", 7, 7));
  }

  @Test
  void noSumOrDifferenceOfFiguresTellsOfTooFew() {
    Random random = new Random(6101);
    int withheld = 0;
    int combined = 0;
    for (int table = 0; table < TABLES; table++) {
      List<Share> shares = town(random);
      ProtectedTable made = ProtectedTable.of(shares, false, OPEN);
      withheld += made.withheld().size();
      combined += attack(made.figures(), shares, OPEN, Set.of());
      assertThat(made.isSafe(OPEN)).isTrue();
    }
    assertThat(withheld).as("places withheld in all").isGreaterThan(TABLES);
    assertThat(combined).as("sums of places that were worked out").isGreaterThan(10_000);
  }

  /** Whoever has the open table too, and that of his own part at the lower threshold. */
  @Test
  void figuresOfOnesPartTellNothingOfTheOthers() {
    Random random = new Random(4401);
    Threshold own = Threshold.ofStatistics();
    int guarded = 0;
    for (int table = 0; table < TABLES; table++) {
      List<Share> shares = town(random);
      ProtectedTable open = ProtectedTable.of(shares, false, OPEN);
      String root = List.of("61", "6101", "6102", "610101").get(random.nextInt(4));
      DivisionTree rest =
          new DivisionTree(
              "", shares.stream().filter(s -> !s.division().startsWith(root)).toList(), false);
      Map<UUID, BigDecimal> outside = ProtectedTable.leftBeside(root, open.withheld(), rest);
      guarded += outside.isEmpty() || own.protects(outside.values()) ? 0 : 1;
      List<Figure> both = new ArrayList<>(open.figures());
      ProtectedTable.within(root, shares, false, own, outside).figures().stream()
          .filter(figure -> figure.value() != null)
          .forEach(
              figure -> {
                both.removeIf(other -> other.place().equals(figure.place()));
                both.add(figure);
              });
      attack(both, shares, own, Set.of());
    }
    assertThat(guarded).as("times that the others had to be guarded").isGreaterThan(10);
  }

  /**
   * Combines the told figures with the factors -1, 0 and 1. Where that leaves each county once or
   * not at all, it is what these counties have together.
   *
   * @return how many such sums there were
   */
  private static int attack(
      List<Figure> figures, List<Share> shares, Threshold threshold, Set<String> ignored) {
    List<String> counties =
        new ArrayList<>(new TreeSet<>(shares.stream().map(Share::division).toList()));
    List<String> told =
        figures.stream()
            .filter(figure -> figure.value() != null && !ignored.contains(figure.place()))
            .map(Figure::place)
            .limit(MAX_COMBINED)
            .toList();
    int sums = 0;
    int ways = (int) Math.pow(3, told.size());
    for (int way = 1; way < ways; way++) {
      int[] times = new int[counties.size()];
      int rest = way;
      for (String place : told) {
        int factor = rest % 3 - 1;
        rest /= 3;
        for (int county = 0; county < times.length; county++) {
          times[county] += counties.get(county).startsWith(place) ? factor : 0;
        }
      }
      Set<String> left = new HashSet<>();
      boolean isSum = true;
      for (int county = 0; county < times.length; county++) {
        isSum &= times[county] == 0 || times[county] == 1;
        if (times[county] == 1) {
          left.add(counties.get(county));
        }
      }
      if (isSum && !left.isEmpty()) {
        sums++;
        Map<UUID, BigDecimal> parts = new HashMap<>();
        shares.stream()
            .filter(share -> left.contains(share.division()))
            .forEach(share -> parts.merge(share.subject(), share.amount(), BigDecimal::add));
        assertThat(threshold.protects(parts.values()))
            .as("%s is worked out from %s: %s", left, figures, parts.values())
            .isTrue();
      }
    }
    return sums;
  }

  /** Two provinces, some cities and counties, with few firms in each and some very large. */
  private static List<Share> town(Random random) {
    List<Share> shares = new ArrayList<>();
    List<UUID> firms = new ArrayList<>();
    for (int firm = 0; firm < 14; firm++) {
      firms.add(new UUID(random.nextLong(), random.nextLong()));
    }
    for (String county : List.of("610101", "610102", "610103", "610201", "610202", "440101")) {
      int here = random.nextInt(9);
      for (int firm = 0; firm < here; firm++) {
        int amount = random.nextInt(5) == 0 ? 1_000 : 1 + random.nextInt(60);
        shares.add(
            new Share(
                "", county, firms.get(random.nextInt(firms.size())), BigDecimal.valueOf(amount)));
      }
    }
    return merged(shares);
  }

  private static List<Share> merged(Collection<Share> shares) {
    Map<String, Share> by = new HashMap<>();
    shares.forEach(
        share ->
            by.merge(
                share.division() + share.subject(),
                share,
                (one, other) ->
                    new Share(
                        "", one.division(), one.subject(), one.amount().add(other.amount()))));
    return new ArrayList<>(by.values());
  }

  private static List<Share> firms(String county, int count, long amount) {
    List<Share> shares = new ArrayList<>();
    for (int firm = 0; firm < count; firm++) {
      shares.add(new Share("", county, UUID.randomUUID(), BigDecimal.valueOf(amount)));
    }
    return shares;
  }

  private static Figure told(String place, long value, int subjects) {
    return new Figure(place, BigDecimal.valueOf(value), subjects);
  }

  private static Figure withheld(String place) {
    return new Figure(place, null, null);
  }

  private static List<BigDecimal> amounts(long... amounts) {
    List<BigDecimal> list = new ArrayList<>();
    for (long amount : amounts) {
      list.add(BigDecimal.valueOf(amount));
    }
    return list;
  }
}
