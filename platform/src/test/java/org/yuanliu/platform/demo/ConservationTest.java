package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.demo.History.Told;

/** Nothing comes from nowhere and nothing is lost, to the gram. */
final class ConservationTest {
  private final History history =
      History.of(new DemoOptions(0.05, LocalDateTime.of(2026, 11, 20, 23, 0), 1));

  private final Map<String, BigDecimal> in = new HashMap<>();
  private final Map<String, BigDecimal> out = new HashMap<>();

  /** What was sold from heaps, by the lots that lay on them. */
  private final Map<Set<String>, BigDecimal> heaps = new HashMap<>();

  ConservationTest() {
    for (Told told : history.told) {
      if (told.inferred()) {
        Set<String> heap = new HashSet<>();
        told.units(UnitRole.INPUT).forEach(unit -> heap.add(unit.canonical()));
        heaps.merge(heap, told.units(UnitRole.OUTPUT).getFirst().quantity(), BigDecimal::add);
      }
      for (UnitMention unit : told.event().units()) {
        if (unit.quantity() == null) {
          continue;
        }
        boolean made =
            unit.role() == UnitRole.OUTPUT
                || (unit.role() == UnitRole.EPC && told.event().action() == Action.ADD);
        if (made) {
          in.merge(unit.canonical(), unit.quantity(), BigDecimal::add);
        } else if (unit.role() == UnitRole.INPUT) {
          out.merge(unit.canonical(), unit.quantity(), BigDecimal::add);
        } else if (told.event().action() == Action.DELETE) {
          out.merge(unit.canonical(), unit.quantity(), BigDecimal::add);
        }
      }
    }
  }

  @Test
  void whatTransformationsGiveIsWhatTheyTook() {
    for (Told told : history.told) {
      List<UnitMention> inputs = told.units(UnitRole.INPUT);
      if (!inputs.isEmpty() && inputs.stream().allMatch(unit -> unit.quantity() != null)) {
        assertThat(sum(inputs)).isEqualByComparingTo(sum(told.units(UnitRole.OUTPUT)));
      }
    }
  }

  @Test
  void noLotGivesMoreThanItHasAndAllIsSold() {
    Map<String, BigDecimal> wrong = new HashMap<>();
    Set<String> mixed = new HashSet<>();
    heaps.keySet().forEach(mixed::addAll);
    int sold = 0;
    for (Map.Entry<String, BigDecimal> lot : in.entrySet()) {
      BigDecimal rest = lot.getValue().subtract(out.getOrDefault(lot.getKey(), BigDecimal.ZERO));
      if (!mixed.contains(lot.getKey()) && rest.signum() < 0) {
        wrong.put(lot.getKey(), rest);
      }
      if (rest.signum() == 0) {
        sold++;
      }
    }

    // The one that is oversold on purpose, by 15 kg.
    assertThat(wrong).hasSize(1);
    assertThat(wrong.values().iterator().next()).isEqualByComparingTo("-15");
    assertThat(sold).isGreaterThan(100);
  }

  @Test
  void heapsBalanceTogether() {
    assertThat(heaps).isNotEmpty();
    heaps.forEach(
        (heap, soldTogether) -> {
          BigDecimal had = BigDecimal.ZERO;
          BigDecimal soldAlone = BigDecimal.ZERO;
          for (String lot : heap) {
            had = had.add(in.get(lot));
            soldAlone = soldAlone.add(out.getOrDefault(lot, BigDecimal.ZERO));
          }
          assertThat(soldAlone.add(soldTogether)).isEqualByComparingTo(had);
        });
  }

  @Test
  void lotsOfAClosedDayAreSoldOut() {
    // Receipts and what went to the canteen are the ends; everything else has gone on.
    List<String> left = new ArrayList<>();
    Set<String> mixed = new HashSet<>();
    heaps.keySet().forEach(mixed::addAll);
    for (String lot : in.keySet()) {
      List<Told> told = history.of(lot);
      boolean end =
          told.stream()
              .anyMatch(
                  t ->
                      t.is(ChainCheck.RETAIL_SELLING)
                              && t.units(UnitRole.OUTPUT).stream()
                                  .anyMatch(u -> u.canonical().equals(lot))
                          || t.is(YlVocabulary.STEP_SAMPLE_KEEPING)
                          || t.is(ChainCheck.SHIPPING));
      if (!end
          && !mixed.contains(lot)
          && in.get(lot).compareTo(out.getOrDefault(lot, BigDecimal.ZERO)) > 0) {
        left.add(lot);
      }
    }
    assertThat(left).isEmpty();
  }

  @Test
  void pigsThatArriveAreSlaughteredOrDisposedOf() {
    Set<String> arrived = tags(ChainCheck.RECEIVING, UnitRole.EPC);
    Set<String> gone = tags(YlVocabulary.STEP_SLAUGHTERING, UnitRole.INPUT);
    Set<String> dead = tags(YlVocabulary.STEP_HARMLESS_DISPOSAL, UnitRole.EPC);

    assertThat(Collections.disjoint(gone, dead)).isTrue();
    gone.addAll(dead);
    // At eleven in the evening tomorrow's pigs rest at the slaughterhouse.
    assertThat(arrived).containsAll(gone);
    arrived.removeAll(gone);
    assertThat(arrived).hasSizeLessThanOrEqualTo(3);
  }

  private Set<String> tags(String step, UnitRole role) {
    Set<String> tags = new HashSet<>();
    for (Told told : history.told) {
      if (told.is(step)) {
        told.units(role).stream()
            .map(UnitMention::canonical)
            .filter(uri -> uri.startsWith("urn:yuanliu:eartag:"))
            .forEach(tags::add);
      }
    }
    return tags;
  }

  private static BigDecimal sum(List<UnitMention> units) {
    return units.stream().map(UnitMention::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
