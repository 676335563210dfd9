package org.yuanliu.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.trace.Bench.events;
import static org.yuanliu.platform.trace.Bench.flows;
import static org.yuanliu.platform.trace.Told.made;
import static org.yuanliu.platform.trace.Told.observe;
import static org.yuanliu.platform.trace.Told.transform;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.YlVocabulary;

/** Where the rules of the walk end: at the tolerance, at an asset's turnover, at one party. */
final class WalkBordersTest {
  private static final String FARM = "urn:party:farm";
  private static final String FARM_AT_MARKET = "urn:operator:farm";
  private static final String OTHER = "urn:party:other";
  private static final String A = "urn:party:a";
  private static final String PAPER = "urn:doc:c";
  private static final String GOODS = "01234567";
  private static final String LORRY = "https://id.gs1.org/8004/6901234LORRY1";

  /** Hours, as the settings' defaults have them. */
  private static final double TOLERANCE = 24;

  private static final double OPEN_LOAD = 7 * 24;

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

  private static Told given(String id, String party, double hour, String lot) {
    return observe(id, party, hour, lot).step("shipping").paper(PAPER).goods(GOODS);
  }

  private static Told taken(double hour) {
    return Told.object("entry", A, hour, Action.ADD, "urn:lot:market")
        .step(YlVocabulary.STEP_MARKET_ENTRY)
        .paper(PAPER)
        .goods(GOODS);
  }

  @Test
  void goodsGivenLaterThanTheToleranceAfterTheTakingAreNotThose() {
    bench.store(
        taken(4),
        given("before", FARM, 3, "urn:lot:before"),
        given("within", FARM, 4 + TOLERANCE, "urn:lot:within"),
        given("past", FARM, 4 + TOLERANCE + 0.01, "urn:lot:past"));
    assertThat(flows(bench.backward("urn:lot:market")))
        .containsExactly(
            "urn:lot:before -> urn:lot:market DOCUMENT CERTAIN",
            "urn:lot:within -> urn:lot:market DOCUMENT CERTAIN");
    assertThat(flows(bench.forward("urn:lot:within"))).hasSize(1);
    assertThat(flows(bench.forward("urn:lot:past"))).isEmpty();
  }

  @Test
  void goodsThatSeveralPartiesGaveUnderOneDocumentArePossibleOnly() {
    bench.store(
        taken(4),
        given("mine", FARM, 3, "urn:lot:mine"),
        given("theirs", OTHER, 3, "urn:lot:theirs"));
    assertThat(flows(bench.backward("urn:lot:market")))
        .containsExactly(
            "urn:lot:mine -> urn:lot:market DOCUMENT POSSIBLE",
            "urn:lot:theirs -> urn:lot:market DOCUMENT POSSIBLE");
    assertThat(flows(bench.forward("urn:lot:mine")))
        .containsExactly("urn:lot:mine -> urn:lot:market DOCUMENT POSSIBLE");
  }

  @Test
  void aPartyThatGaveUnderTwoOfItsCodesIsOne() {
    bench.store(
        taken(4),
        given("mine", FARM, 3, "urn:lot:mine"),
        given("market", FARM_AT_MARKET, 3, "urn:lot:stall"));
    assertThat(flows(bench.backward("urn:lot:market")))
        .hasSize(2)
        .allMatch(flow -> flow.endsWith("DOCUMENT POSSIBLE"));

    bench.oneParty(FARM, FARM_AT_MARKET);
    assertThat(flows(bench.backward("urn:lot:market")))
        .containsExactly(
            "urn:lot:mine -> urn:lot:market DOCUMENT CERTAIN",
            "urn:lot:stall -> urn:lot:market DOCUMENT CERTAIN");
  }

  @Test
  void aPartyDoesNotGiveToItself() {
    bench.store(taken(4), given("mine", FARM_AT_MARKET, 3, "urn:lot:mine"));
    assertThat(flows(bench.backward("urn:lot:market"))).hasSize(1);

    bench.oneParty(A, FARM_AT_MARKET);
    assertThat(flows(bench.backward("urn:lot:market"))).isEmpty();
  }

  @Test
  void anAssetsOpenLoadEndsAtTheMoment() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 2, Action.ADD, LORRY, "urn:item:pig"),
        observe("last", FARM, 2 + OPEN_LOAD, LORRY),
        observe("past", FARM, 2 + OPEN_LOAD + 0.01, LORRY));
    assertThat(events(bench.backward("urn:item:pig")))
        .containsExactlyInAnyOrder("born", "load", "last");
  }

  /** An emptying of the lorry after that is another load's. */
  @Test
  void anEmptyingAfterTheTurnoverDoesNotProlongTheLoad() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 2, Action.ADD, LORRY, "urn:item:pig"),
        observe("day6", FARM, 2 + 6 * 24, LORRY),
        observe("past", FARM, 2 + OPEN_LOAD + 1, LORRY),
        Told.pack("empty", FARM, 2 + OPEN_LOAD + 2, Action.DELETE, LORRY));
    assertThat(events(bench.backward("urn:item:pig")))
        .containsExactlyInAnyOrder("born", "load", "day6");

    bench.clear();
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 2, Action.ADD, LORRY, "urn:item:pig"),
        Told.pack("empty", FARM, 2 + OPEN_LOAD, Action.DELETE, LORRY));
    assertThat(events(bench.backward("urn:item:pig")))
        .containsExactlyInAnyOrder("born", "load", "empty");
  }

  /** The later load has the lorry's later events read: they are still not the earlier load's. */
  @Test
  void betweenTwoLoadsTheLorryIsEmptyThoughNobodySaidSo() {
    double later = 2 + 10 * 24;
    bench.store(
        made("born", FARM, 1, "urn:item:pig1", "urn:item:pig2"),
        Told.pack("load1", FARM, 2, Action.ADD, LORRY, "urn:item:pig1"),
        observe("day6", FARM, 2 + 6 * 24, LORRY),
        observe("day8", FARM, 2 + 8 * 24, LORRY),
        Told.pack("empty", FARM, 2 + 9 * 24, Action.DELETE, LORRY),
        Told.pack("load2", FARM, later, Action.ADD, LORRY, "urn:item:pig2"),
        observe("drive2", FARM, later + 1, LORRY),
        Told.pack("unload2", FARM, later + 2, Action.DELETE, LORRY, "urn:item:pig2"),
        transform("cut", A, later + 3).in("urn:item:pig1", "urn:item:pig2").out("urn:lot:meat"));
    assertThat(events(bench.backward("urn:lot:meat")))
        .containsExactlyInAnyOrder("born", "load1", "day6", "load2", "drive2", "unload2", "cut");
  }

  @Test
  void aSightingElsewhereAfterTheTurnoverDoesNotProlongTheLoad() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 2, Action.ADD, LORRY, "urn:item:pig").at("urn:place:farm"),
        observe("past", FARM, 2 + OPEN_LOAD + 1, LORRY),
        observe("seen", A, 2 + OPEN_LOAD + 2, "urn:item:pig").at("urn:place:plant"));
    Trace trace = bench.backward("urn:item:pig");
    assertThat(events(trace)).containsExactlyInAnyOrder("born", "load", "seen");
    assertThat(Bench.event(trace, "seen").flags()).doesNotContain(Trace.Flag.IMPLIED_UNPACKING);
  }

  @Test
  void whatIsItselfUnloadedWasOnTheLorryUntilThen() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 2, Action.ADD, LORRY, "urn:item:pig"),
        observe("day8", FARM, 2 + 8 * 24, LORRY),
        Told.pack("unload", FARM, 2 + 9 * 24, Action.DELETE, LORRY, "urn:item:pig"));
    assertThat(events(bench.backward("urn:item:pig")))
        .containsExactlyInAnyOrder("born", "load", "day8", "unload");
  }
}
