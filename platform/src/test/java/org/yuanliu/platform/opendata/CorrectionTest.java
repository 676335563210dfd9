package org.yuanliu.platform.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.opendata.ProtectedTable.Figure;

/** Two versions held against each other tell no more of one subject than either does. */
class CorrectionTest {
  private static final Threshold OPEN = new Threshold(5, 15);
  private static final String COUNTY = "610113";

  @Test
  void aLateReportOfFourWaitsAndOneOfFiveIsTaken() {
    List<Share> before = firms(8);
    assertThat(next(before, changed(before, 4))).isEqualTo(before);
    List<Share> five = changed(before, 5);
    assertThat(next(before, five)).isEqualTo(five);
  }

  @Test
  void aLateReportOfOneLargeFirmWaitsHoweverManySmallOnesThereAre() {
    List<Share> before = firms(8);
    List<Share> now = changed(before, 7);
    Share large = now.getFirst();
    now.set(
        0, new Share("", COUNTY, large.subject(), large.amount().add(BigDecimal.valueOf(1_000))));
    assertThat(next(before, now)).isEqualTo(before);
  }

  @Test
  void whatWasToldIsToldAgainAndWhatWasWithheldStaysSo() {
    List<Share> before = firms(8);
    before.add(new Share("", "610104", UUID.randomUUID(), BigDecimal.TEN));
    Set<String> withheld = ProtectedTable.of(before, false, OPEN).withheld();
    assertThat(withheld).containsExactly("610104", COUNTY);
    List<Share> now = new ArrayList<>(before);
    // The small county is large by now: it would be told if it had not been withheld before.
    for (int firm = 0; firm < 6; firm++) {
      now.add(new Share("", "610104", UUID.randomUUID(), BigDecimal.TEN));
    }
    List<Share> next = Correction.of(before, now, Map.of("", withheld), false, OPEN);
    assertThat(next).hasSize(15);
    assertThat(ProtectedTable.again(next, false, OPEN, withheld).orElseThrow().withheld())
        .containsExactly("610104", COUNTY);
  }

  /** Every figure of two versions, and what they differ by. */
  @Test
  void theDifferenceOfTwoVersionsTellsOfNoneByItself() {
    Random random = new Random(11);
    int taken = 0;
    for (int round = 0; round < 500; round++) {
      List<Share> before = new ArrayList<>();
      for (String county : List.of("610101", "610102", "610103", "610201")) {
        for (int firm = random.nextInt(10); firm > 0; firm--) {
          before.add(share(county, random));
        }
      }
      List<Share> now = new ArrayList<>();
      int of = 1 + random.nextInt(3);
      for (Share share : before) {
        now.add(
            random.nextInt(of) > 0
                ? share
                : new Share(
                    "",
                    share.division(),
                    share.subject(),
                    share.amount().add(BigDecimal.valueOf(random.nextInt(60)))));
      }
      for (int firm = random.nextInt(8); firm > 0; firm--) {
        now.add(share("610103", random));
      }
      ProtectedTable first = ProtectedTable.of(before, false, OPEN);
      List<Share> next = Correction.of(before, now, Map.of("", first.withheld()), false, OPEN);
      ProtectedTable second =
          ProtectedTable.again(next, false, OPEN, first.withheld()).orElseThrow();
      for (Figure figure : second.figures()) {
        Map<UUID, BigDecimal> differences = differences(figure.place(), before, next);
        if (figure.value() != null && !differences.isEmpty()) {
          taken++;
          assertThat(OPEN.protects(differences.values()))
              .as("%s differs by %s", figure.place(), differences.values())
              .isTrue();
        }
      }
    }
    assertThat(taken).isGreaterThan(100);
  }

  private static Map<UUID, BigDecimal> differences(
      String place, List<Share> before, List<Share> after) {
    Map<UUID, BigDecimal> all = new HashMap<>();
    after.stream()
        .filter(share -> share.division().startsWith(place))
        .forEach(share -> all.merge(share.subject(), share.amount(), BigDecimal::add));
    before.stream()
        .filter(share -> share.division().startsWith(place))
        .forEach(share -> all.merge(share.subject(), share.amount().negate(), BigDecimal::add));
    all.values().removeIf(difference -> difference.signum() == 0);
    return all;
  }

  private static Share share(String county, Random random) {
    return new Share(
        "",
        county,
        new UUID(random.nextLong(), random.nextLong()),
        BigDecimal.valueOf(1 + random.nextInt(40)));
  }

  private static List<Share> next(List<Share> before, List<Share> now) {
    return Correction.of(before, now, Map.of("", Set.of()), false, OPEN);
  }

  private static List<Share> firms(int count) {
    List<Share> shares = new ArrayList<>();
    for (int firm = 0; firm < count; firm++) {
      shares.add(new Share("", COUNTY, new UUID(firm, 0), BigDecimal.TEN));
    }
    return shares;
  }

  private static List<Share> changed(List<Share> shares, int count) {
    List<Share> changed = new ArrayList<>(shares);
    for (int firm = 0; firm < count; firm++) {
      Share share = shares.get(firm);
      changed.set(
          firm, new Share("", COUNTY, share.subject(), share.amount().add(BigDecimal.valueOf(5))));
    }
    return changed;
  }
}
