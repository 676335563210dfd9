package org.yuanliu.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.trace.Told.observe;
import static org.yuanliu.platform.trace.Told.transform;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.trace.DocumentDraws.Draw;
import org.yuanliu.platform.trace.UnitBalances.Balance;

/** What was sold against what came in, and what was drawn on a certificate. */
final class QuantityTest {
  private static final String FARM = "urn:party:farm";
  private static final String A = "urn:party:a";
  private static final String B = "urn:party:b";
  private static final String PAPER = "urn:doc:1";

  private static Bench bench;

  @BeforeAll
  static void open() {
    bench = new Bench();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @BeforeEach
  void clear() {
    bench.clear();
  }

  private static Told entry(String id, String party, String lot, String kg) {
    return Told.object(id, party, 2, Action.ADD)
        .amount(UnitRole.EPC, lot, kg)
        .step(YlVocabulary.STEP_MARKET_ENTRY)
        .paper(PAPER);
  }

  private static List<Balance> balances() {
    return bench.balances().forVerdict(List.of("urn:lot:1")).getOrDefault("urn:lot:1", List.of());
  }

  private static Told sale(String id, String party, String from, String kg, String to) {
    return transform(id, party, 3)
        .step(YlVocabulary.STEP_SELLING)
        .amount(UnitRole.INPUT, from, kg)
        .amount(UnitRole.OUTPUT, to, kg);
  }

  @Test
  void sellingMoreThanCameIsOverdrawn() {
    bench.store(
        entry("e", A, "urn:lot:1", "100"),
        sale("s1", A, "urn:lot:1", "60.5", "urn:lot:c1"),
        sale("s2", A, "urn:lot:1", "39.5", "urn:lot:c2"));
    assertThat(bench.balances().forVerdict(List.of("urn:lot:1", "urn:lot:none")))
        .containsOnlyKeys("urn:lot:1");
    assertThat(balances()).singleElement().matches(balance -> !balance.overdrawn());
    bench.store(sale("s3", A, "urn:lot:1", "0.001", "urn:lot:c3"));
    assertThat(balances()).anyMatch(Balance::overdrawn);
    assertThat(balances())
        .singleElement()
        .satisfies(
            balance -> {
              assertThat(balance.holder()).isEqualTo(UnitIndex.key(A));
              assertThat(balance.uom()).isEqualTo("KGM");
              assertThat(balance.in()).isEqualByComparingTo("100");
              assertThat(balance.out()).isEqualByComparingTo("100.001");
            });
  }

  @Test
  void whatWasDeclaredInErrorDoesNotCount() {
    Told wrong = sale("s2", A, "urn:lot:1", "50", "urn:lot:c2");
    bench.store(
        entry("e", A, "urn:lot:1", "100"), sale("s1", A, "urn:lot:1", "60", "urn:lot:c1"), wrong);
    assertThat(balances()).anyMatch(Balance::overdrawn);
    bench.store(wrong.error());
    assertThat(balances()).isNotEmpty().noneMatch(Balance::overdrawn);
  }

  @Test
  void eachHolderHasHisOwnBalance() {
    bench.store(
        observe("ship", FARM, 1).amount(UnitRole.EPC, "urn:lot:1", "30").step("shipping").to(A),
        Told.object("made", FARM, 0, Action.ADD)
            .amount(UnitRole.EPC, "urn:lot:1", "100")
            .step("commissioning"),
        observe("atA", A, 2).amount(UnitRole.EPC, "urn:lot:1", "30").step("receiving").from(FARM),
        sale("s", A, "urn:lot:1", "31", "urn:lot:c"));
    assertThat(balances()).anyMatch(Balance::overdrawn);
    assertThat(balances())
        .filteredOn(Balance::overdrawn)
        .extracting(Balance::holder)
        .containsExactly(UnitIndex.key(A));
  }

  @Test
  void goodsThatCiteTheirCertificateAllTheWayCountOnce() {
    bench.store(
        observe("ship", FARM, 1)
            .amount(UnitRole.EPC, "urn:lot:1", "100")
            .step("shipping")
            .paper(PAPER),
        entry("e", A, "urn:lot:2", "100"),
        sale("s", A, "urn:lot:2", "100", "urn:lot:c").paper(PAPER).to(B),
        observe("e2", B, 4)
            .amount(UnitRole.EPC, "urn:lot:c", "100")
            .step(YlVocabulary.STEP_MARKET_ENTRY)
            .paper(PAPER));
    assertThat(bench.draws().drawn(List.of(PAPER, "urn:doc:none")))
        .containsOnlyKeys(PAPER)
        .containsEntry(PAPER, List.of(new Draw("KGM", new BigDecimal("100"), 1)));
  }

  @Test
  void whatTheInspectorCondemnedDrawsNothing() {
    Told slaughter =
        transform("slaughter", A, 1)
            .in("urn:item:pig1", "urn:item:pig2")
            .amount(UnitRole.OUTPUT, "urn:lot:meat", "150")
            .amount(UnitRole.OUTPUT, "urn:lot:condemned", "70")
            .paper(PAPER);
    bench.store(slaughter, entry("e", B, "urn:lot:meat", "150"));
    assertThat(bench.draws().drawn(List.of(PAPER)))
        .containsEntry(PAPER, List.of(new Draw("KGM", new BigDecimal("220"), 2)));
    Told disposal =
        Told.object("disposal", A, 2, Action.DELETE)
            .amount(UnitRole.EPC, "urn:lot:condemned", "70")
            .step("https://yuanliu.org/ns/BizStep-harmless_disposal");
    bench.store(disposal);
    assertThat(bench.draws().drawn(List.of(PAPER)).get(PAPER))
        .singleElement()
        .satisfies(draw -> assertThat(draw.quantity()).isEqualByComparingTo("150"));
    bench.store(disposal.error());
    assertThat(bench.draws().drawn(List.of(PAPER)).get(PAPER))
        .singleElement()
        .satisfies(draw -> assertThat(draw.quantity()).isEqualByComparingTo("220"));
  }

  @Test
  void oneCertificateAtTwoMarketsIsDrawnTwice() {
    bench.store(entry("e1", A, "urn:lot:1", "100"), entry("e2", B, "urn:lot:2", "80"));
    assertThat(bench.draws().drawn(List.of(PAPER)))
        .containsEntry(PAPER, List.of(new Draw("KGM", new BigDecimal("180"), 2)));
  }

  @Test
  void theSameBatchPassedOnCountsOnceAndSplitCountsTogether() {
    bench.store(
        observe("a", A, 1)
            .amount(UnitRole.EPC, "urn:lot:1", "60")
            .step("receiving")
            .from(FARM)
            .paper(PAPER),
        observe("again", A, 2)
            .amount(UnitRole.EPC, "urn:lot:1", "60")
            .step("receiving")
            .from(FARM)
            .paper(PAPER),
        observe("b", B, 1)
            .amount(UnitRole.EPC, "urn:lot:1", "40")
            .step("receiving")
            .from(FARM)
            .paper(PAPER),
        observe("c", "urn:party:c", 3)
            .amount(UnitRole.EPC, "urn:lot:1", "40")
            .step("receiving")
            .from(B)
            .paper(PAPER),
        observe("test", "urn:party:d", 3)
            .amount(UnitRole.EPC, "urn:lot:1", "40")
            .step("inspecting")
            .paper(PAPER));
    assertThat(bench.draws().drawn(List.of(PAPER)))
        .containsEntry(PAPER, List.of(new Draw("KGM", new BigDecimal("100"), 2)));
  }

  @Test
  void animalsCountByTheHead() {
    bench.store(
        observe("ship", FARM, 1, "urn:item:pig1", "urn:item:pig2").step("shipping").paper(PAPER),
        observe("arrive", A, 2, "urn:item:pig1", "urn:item:pig2", "urn:item:pig3")
            .step("receiving")
            .paper(PAPER));
    assertThat(bench.draws().drawn(List.of(PAPER)))
        .containsEntry(PAPER, List.of(new Draw(null, new BigDecimal("3"), 3)));
  }
}
