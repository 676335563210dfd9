package org.yuanliu.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.trace.Bench.event;
import static org.yuanliu.platform.trace.Bench.events;
import static org.yuanliu.platform.trace.Bench.flows;
import static org.yuanliu.platform.trace.Bench.unit;
import static org.yuanliu.platform.trace.Bench.units;
import static org.yuanliu.platform.trace.Told.made;
import static org.yuanliu.platform.trace.Told.observe;
import static org.yuanliu.platform.trace.Told.transform;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.trace.Trace.Flag;

/** Each rule of the walk on the smallest history that shows it. */
final class WalkRulesTest {
  private static final String FARM = "urn:party:farm";
  private static final String PLANT = "urn:party:plant";
  private static final String A = "urn:party:a";
  private static final String B = "urn:party:b";
  private static final String MARKET = "urn:party:market";

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

  @Test
  void whatIsUnknownGivesNothing() {
    Trace trace = bench.backward("urn:item:nothing");
    assertThat(trace.units()).isEmpty();
    assertThat(trace.events()).isEmpty();
    assertThat(trace.roots()).containsExactly("urn:item:nothing");
    assertThat(trace.truncated()).isFalse();
  }

  @Test
  void transformationLeadsFromInputsToOutputs() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        transform("cut", FARM, 2).in("urn:item:pig").out("urn:lot:meat", "urn:lot:offal"));
    assertThat(flows(bench.backward("urn:lot:meat")))
        .containsExactly("urn:item:pig -> urn:lot:meat TRANSFORMATION CERTAIN SAME_BATCH");
    assertThat(units(bench.backward("urn:lot:meat")))
        .containsExactly("urn:item:pig", "urn:lot:meat");
    Trace forward = bench.forward("urn:item:pig");
    assertThat(flows(forward))
        .containsExactly(
            "urn:item:pig -> urn:lot:meat TRANSFORMATION CERTAIN SAME_BATCH",
            "urn:item:pig -> urn:lot:offal TRANSFORMATION CERTAIN SAME_BATCH");
    assertThat(unit(forward, "urn:lot:meat").depth()).isEqualTo(1);
    assertThat(unit(bench.backward("urn:lot:meat"), "urn:item:pig").depth()).isEqualTo(-1);
  }

  @Test
  void partsOfOneTransformationMeet() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        transform("in", FARM, 2).part("urn:t:1").in("urn:item:pig"),
        transform("out", FARM, 3).part("urn:t:1").out("urn:lot:meat"),
        // Another party's transformation of the same name is another one.
        transform("other", A, 3).part("urn:t:1").out("urn:lot:alien"));
    assertThat(flows(bench.backward("urn:lot:meat")))
        .containsExactly("urn:item:pig -> urn:lot:meat TRANSFORMATION CERTAIN SAME_BATCH");
    assertThat(bench.backward("urn:lot:meat").flows().getFirst().via()).hasSize(2);
    assertThat(flows(bench.backward("urn:lot:alien"))).isEmpty();
    assertThat(units(bench.forward("urn:item:pig")))
        .containsExactly("urn:item:pig", "urn:lot:meat");
  }

  @Test
  void containmentSharesEventsButIsNoFlow() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig1", "urn:item:pig2"),
        Told.pack("load", FARM, 2, Action.ADD, "urn:item:crate", "urn:item:pig1", "urn:item:pig2"),
        Told.pack("stack", FARM, 3, Action.ADD, "urn:item:pallet", "urn:item:crate"),
        observe("drive", FARM, 4, "urn:item:pallet").step("transporting"),
        Told.pack("unstack", FARM, 5, Action.DELETE, "urn:item:pallet", "urn:item:crate"),
        observe("later", FARM, 6, "urn:item:pallet").step("transporting"),
        observe("crateOnly", FARM, 7, "urn:item:crate").step("storing"),
        Told.pack("unload", FARM, 8, Action.DELETE, "urn:item:crate"),
        observe("empty", FARM, 9, "urn:item:crate").step("storing"));
    Trace trace = bench.backward("urn:item:pig1");
    assertThat(trace.flows()).isEmpty();
    assertThat(units(trace)).containsExactly("urn:item:pig1");
    assertThat(events(trace))
        .containsExactlyInAnyOrder(
            "born", "load", "stack", "drive", "unstack", "crateOnly", "unload");
    assertThat(event(trace, "drive").shared()).isTrue();
    assertThat(event(trace, "load").shared()).isFalse();
  }

  @Test
  void childSeenElsewhereEndsTheStayAndIsFlagged() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig").at("urn:place:farm"),
        Told.pack("load", FARM, 2, Action.ADD, "urn:item:crate", "urn:item:pig")
            .at("urn:place:farm"),
        observe("arrives", PLANT, 5, "urn:item:pig").at("urn:place:plant"),
        observe("crate", PLANT, 6, "urn:item:crate").at("urn:place:farm"));
    Trace trace = bench.backward("urn:item:pig");
    assertThat(events(trace)).containsExactlyInAnyOrder("born", "load", "arrives");
    assertThat(event(trace, "arrives").flags()).contains(Flag.IMPLIED_UNPACKING);
    assertThat(event(trace, "born").flags()).doesNotContain(Flag.IMPLIED_UNPACKING);
  }

  @Test
  void anotherPartysClockIsTrustedWithinTheToleranceOnly() {
    bench.store(
        made("born", FARM, 50, "urn:item:pig"),
        Told.pack("load", FARM, 100, Action.ADD, "urn:item:crate", "urn:item:pig"),
        Told.pack("unload", FARM, 110, Action.DELETE, "urn:item:crate", "urn:item:pig"),
        observe("own", FARM, 111, "urn:item:crate"),
        observe("before", PLANT, 76, "urn:item:crate"),
        observe("tooEarly", PLANT, 75.99, "urn:item:crate"),
        observe("after", PLANT, 134, "urn:item:crate"),
        observe("tooLate", PLANT, 134.01, "urn:item:crate"));
    Trace trace = bench.backward("urn:item:pig");
    assertThat(events(trace))
        .containsExactlyInAnyOrder("born", "load", "unload", "before", "after");
    assertThat(event(trace, "before").certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(event(trace, "unload").certainty()).isEqualTo(Certainty.CERTAIN);
  }

  @Test
  void aDeleteWhoseClockIsBehindStillEndsTheStay() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 10, Action.ADD, "urn:item:crate", "urn:item:pig"),
        Told.pack("unload", FARM, 8, Action.DELETE, "urn:item:crate", "urn:item:pig"),
        observe("next", FARM, 20, "urn:item:crate"));
    Trace trace = bench.backward("urn:item:pig");
    assertThat(events(trace)).containsExactlyInAnyOrder("born", "load", "unload");
    assertThat(event(trace, "unload").flags()).contains(Flag.CLOCKS_DISAGREE);
  }

  @Test
  void assetsDoNotLinkOneLoadWithTheNext() {
    String lorry = "https://id.gs1.org/8004/6901234LORRY1";
    bench.store(
        made("born1", FARM, 1, "urn:item:pig1"),
        made("born2", FARM, 1, "urn:item:pig2"),
        Told.pack("load1", FARM, 2, Action.ADD, lorry, "urn:item:pig1"),
        observe("drive1", FARM, 3, lorry).step("transporting"),
        Told.pack("unload1", FARM, 4, Action.DELETE, lorry),
        Told.pack("load2", FARM, 5, Action.ADD, lorry, "urn:item:pig2"),
        observe("drive2", FARM, 6, lorry).step("transporting"),
        Told.pack("unload2", FARM, 6.5, Action.DELETE, lorry, "urn:item:pig2"),
        // The lorry named as input and output, as some do with crates, links nothing either.
        transform("kill", PLANT, 7).in("urn:item:pig1", lorry).out("urn:lot:meat", lorry));
    assertThat(events(bench.backward("urn:item:pig1")))
        .containsExactlyInAnyOrder("born1", "load1", "drive1", "unload1");
    assertThat(units(bench.backward("urn:lot:meat")))
        .containsExactly("urn:item:pig1", "urn:lot:meat");
    assertThat(flows(bench.forward(lorry))).isEmpty();
  }

  @Test
  void whatNobodyUnloadedFromAnAssetIsGoneAfterAWhile() {
    String lorry = "https://id.gs1.org/8004/6901234LORRY1";
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        Told.pack("load", FARM, 2, Action.ADD, lorry, "urn:item:pig"),
        observe("day6", FARM, 2 + 6 * 24, lorry),
        observe("day8", FARM, 2 + 8 * 24, lorry));
    assertThat(events(bench.backward("urn:item:pig")))
        .containsExactlyInAnyOrder("born", "load", "day6");
  }

  @Test
  void contentsOfAnInputAreInputs() {
    bench.store(
        made("grow", FARM, 1, "urn:item:apple"),
        Told.pack("box", FARM, 2, Action.ADD, "urn:item:box", "urn:item:apple"),
        transform("press", FARM, 3).in("urn:item:box").out("urn:lot:juice"));
    assertThat(flows(bench.backward("urn:lot:juice")))
        .containsExactly(
            "urn:item:apple -> urn:lot:juice TRANSFORMATION CERTAIN SAME_BATCH",
            "urn:item:box -> urn:lot:juice TRANSFORMATION CERTAIN SAME_BATCH");
    assertThat(flows(bench.forward("urn:item:apple")))
        .containsExactly("urn:item:apple -> urn:lot:juice TRANSFORMATION CERTAIN SAME_BATCH");
    assertThat(event(bench.forward("urn:item:apple"), "press").shared()).isFalse();
  }

  @Test
  void lotsAreFollowedAlongCustody() {
    bench.store(
        made("harvest", FARM, 1, "urn:lot:leek"),
        observe("toA", FARM, 2, "urn:lot:leek").step("shipping").to(A),
        observe("toB", FARM, 2.5, "urn:lot:leek").step("shipping").to(B),
        observe("atA", A, 3, "urn:lot:leek").step("receiving").from(FARM),
        observe("atB", B, 3, "urn:lot:leek").step("receiving").from(FARM),
        transform("soupA", A, 4).in("urn:lot:leek").out("urn:lot:soupA"),
        transform("soupB", B, 4).in("urn:lot:leek").out("urn:lot:soupB"));
    Trace trace = bench.backward("urn:lot:soupB");
    assertThat(flows(trace))
        .containsExactly(
            "urn:lot:leek -> urn:lot:leek CUSTODY CERTAIN",
            "urn:lot:leek -> urn:lot:soupB TRANSFORMATION CERTAIN");
    assertThat(events(trace)).containsExactlyInAnyOrder("harvest", "toB", "atB", "soupB");
    assertThat(units(bench.forward("urn:lot:leek")))
        .containsExactly("urn:lot:leek", "urn:lot:soupA", "urn:lot:soupB");
    assertThat(event(trace, "toB").flags()).containsExactly(Flag.CONFIRMED);
    assertThat(event(trace, "toB").standing()).isEqualTo(Standing.COUNTERPARTY);
    assertThat(event(trace, "harvest").standing()).isEqualTo(Standing.DECLARED);
  }

  @Test
  void custodyIsTakenFromPapersAndPlacesToo() {
    bench.store(
        made("harvest", FARM, 1, "urn:lot:leek"),
        observe("ship1", FARM, 2, "urn:lot:leek").step("shipping").paper("urn:doc:1"),
        observe("ship2", FARM, 2, "urn:lot:leek").step("shipping").toPlace("urn:place:b"),
        observe("atA", A, 3, "urn:lot:leek").step("receiving").paper("urn:doc:1"),
        observe("atB", B, 3, "urn:lot:leek").step("receiving").at("urn:place:b"),
        transform("soupA", A, 4).in("urn:lot:leek").out("urn:lot:soupA"));
    Trace trace = bench.backward("urn:lot:soupA");
    assertThat(flows(trace))
        .containsExactly(
            "urn:lot:leek -> urn:lot:leek CUSTODY CERTAIN",
            "urn:lot:leek -> urn:lot:soupA TRANSFORMATION CERTAIN");
    assertThat(trace.flows().stream().filter(f -> f.how() == Trace.How.CUSTODY).findFirst())
        .get()
        .satisfies(flow -> assertThat(flow.via()).hasSize(2));
  }

  @Test
  void whereCustodyCannotTellTheStepIsPossibleAndSoIsWhatLiesBeyond() {
    bench.store(
        made("seed", FARM, 0, "urn:lot:seed"),
        transform("grow", FARM, 1).in("urn:lot:seed").out("urn:lot:leek"),
        observe("ship", FARM, 2, "urn:lot:leek").step("shipping"),
        observe("atA", A, 3, "urn:lot:leek").step("receiving"),
        transform("soup", A, 4).in("urn:lot:leek").out("urn:lot:soup"));
    assertThat(flows(bench.backward("urn:lot:soup")))
        .containsExactly(
            "urn:lot:leek -> urn:lot:leek CUSTODY POSSIBLE",
            "urn:lot:leek -> urn:lot:soup TRANSFORMATION CERTAIN",
            "urn:lot:seed -> urn:lot:leek TRANSFORMATION POSSIBLE");
    Trace trace = bench.backward("urn:lot:soup");
    assertThat(unit(trace, "urn:lot:seed").certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(event(trace, "grow").certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(event(trace, "atA").certainty()).isEqualTo(Certainty.CERTAIN);
  }

  @Test
  void testByAnotherBelongsToWhomeverHasTheLot() {
    bench.store(
        made("harvest", FARM, 1, "urn:lot:leek").at("urn:place:farm"),
        observe("ship", FARM, 2, "urn:lot:leek").step("shipping").to(A),
        observe("atA", A, 3, "urn:lot:leek").step("receiving").at("urn:place:market"),
        observe("test", MARKET, 4, "urn:lot:leek")
            .step(YlVocabulary.STEP_RAPID_TESTING)
            .at("urn:place:market"),
        transform("soup", A, 5).in("urn:lot:leek").out("urn:lot:soup"));
    Trace trace = bench.backward("urn:lot:soup");
    assertThat(events(trace)).containsExactlyInAnyOrder("harvest", "ship", "atA", "test", "soup");
    assertThat(event(trace, "test").certainty()).isEqualTo(Certainty.CERTAIN);
  }

  @Test
  void aSaleUnderATraceCodeJoinsSellerAndBuyer() {
    bench.store(
        made("harvest", A, 1, "urn:lot:batch"),
        transform("sale", A, 2)
            .step(YlVocabulary.STEP_SELLING)
            .in("urn:lot:batch")
            .out("urn:lot:code")
            .from(A)
            .to(B),
        observe("entry", B, 3, "urn:lot:code").step(YlVocabulary.STEP_MARKET_ENTRY),
        transform("retail", B, 4).step("retail_selling").in("urn:lot:code").out("urn:lot:receipt"));
    Trace trace = bench.backward("urn:lot:receipt");
    assertThat(flows(trace))
        .containsExactly(
            "urn:lot:batch -> urn:lot:code TRANSFORMATION CERTAIN",
            "urn:lot:code -> urn:lot:code CUSTODY CERTAIN",
            "urn:lot:code -> urn:lot:receipt TRANSFORMATION CERTAIN");
    assertThat(trace.units()).noneMatch(Trace.TracedUnit::unknownUpstream);
    assertThat(trace.parties().stream().map(Trace.TracedParty::uri))
        .containsExactlyInAnyOrder(A, B);
  }

  @Test
  void aSharedDocumentJoinsCompatibleGoods() {
    bench.store(
        made("cut", FARM, 1, "urn:lot:farmBatch"),
        observe("ship", FARM, 2, "urn:lot:farmBatch")
            .step("shipping")
            .paper("urn:doc:c")
            .goods("01234567"),
        Told.object("entry", A, 4, Action.ADD, "urn:lot:marketBatch")
            .step(YlVocabulary.STEP_MARKET_ENTRY)
            .paper("urn:doc:c")
            .goods("01234567"),
        Told.object("unknown", B, 4, Action.ADD, "urn:lot:unknown")
            .step(YlVocabulary.STEP_MARKET_ENTRY)
            .paper("urn:doc:c"),
        Told.object("other", B, 4, Action.ADD, "urn:lot:other")
            .step(YlVocabulary.STEP_MARKET_ENTRY)
            .paper("urn:doc:c")
            .goods("07654321"));
    assertThat(flows(bench.backward("urn:lot:marketBatch")))
        .containsExactly("urn:lot:farmBatch -> urn:lot:marketBatch DOCUMENT CERTAIN");
    assertThat(flows(bench.backward("urn:lot:unknown")))
        .containsExactly("urn:lot:farmBatch -> urn:lot:unknown DOCUMENT POSSIBLE");
    Trace other = bench.backward("urn:lot:other");
    assertThat(flows(other)).isEmpty();
    assertThat(unit(other, "urn:lot:other").unknownUpstream()).isTrue();
    assertThat(flows(bench.forward("urn:lot:farmBatch")))
        .containsExactly(
            "urn:lot:farmBatch -> urn:lot:marketBatch DOCUMENT CERTAIN",
            "urn:lot:farmBatch -> urn:lot:unknown DOCUMENT POSSIBLE");
  }

  @Test
  void whatHasAnotherUpstreamIsNotJoinedByDocument() {
    bench.store(
        made("cut", FARM, 1, "urn:lot:farmBatch"),
        observe("ship", FARM, 2, "urn:lot:farmBatch")
            .step("shipping")
            .paper("urn:doc:c")
            .goods("1"),
        transform("sale", A, 3).in("urn:lot:x").out("urn:lot:code").to(B),
        observe("entry", B, 4, "urn:lot:code").step("receiving").paper("urn:doc:c").goods("1"));
    assertThat(flows(bench.backward("urn:lot:code")))
        .containsExactly(
            "urn:lot:code -> urn:lot:code CUSTODY CERTAIN",
            "urn:lot:x -> urn:lot:code TRANSFORMATION CERTAIN");
  }

  @Test
  void inferredAttributionIsOneOfThese() {
    bench.store(
        made("a", A, 1, "urn:lot:a"),
        made("b", A, 1, "urn:lot:b"),
        transform("sell", A, 2).guessed().in("urn:lot:a", "urn:lot:b").out("urn:lot:receipt"));
    assertThat(flows(bench.backward("urn:lot:receipt")))
        .containsExactly(
            "urn:lot:a -> urn:lot:receipt INFERRED POSSIBLE",
            "urn:lot:b -> urn:lot:receipt INFERRED POSSIBLE");
  }

  @Test
  void anItemIsLostInItsBatchFromThereDownstream() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig", "urn:item:pig2"),
        transform("skin", FARM, 2).in("urn:item:pig").out("urn:item:carcass"),
        transform("cut", FARM, 3).in("urn:item:carcass", "urn:item:pig2").out("urn:lot:meat"),
        transform("pack", FARM, 4).in("urn:lot:meat").out("urn:lot:receipt"));
    assertThat(flows(bench.forward("urn:item:pig")))
        .containsExactly(
            "urn:item:carcass -> urn:lot:meat TRANSFORMATION CERTAIN SAME_BATCH",
            "urn:item:pig -> urn:item:carcass TRANSFORMATION CERTAIN",
            "urn:lot:meat -> urn:lot:receipt TRANSFORMATION CERTAIN SAME_BATCH");
  }

  @Test
  void clocksThatDisagreeBreakNoExplicitLink() {
    bench.store(
        made("harvest", FARM, 5, "urn:lot:leek"),
        observe("ship", FARM, 6, "urn:lot:leek").step("shipping").to(A),
        observe("atA", A, 4, "urn:lot:leek").step("receiving").from(FARM),
        transform("soup", A, 7).in("urn:lot:leek").out("urn:lot:soup"));
    Trace trace = bench.backward("urn:lot:soup");
    assertThat(flows(trace))
        .containsExactly(
            "urn:lot:leek -> urn:lot:leek CUSTODY CERTAIN",
            "urn:lot:leek -> urn:lot:soup TRANSFORMATION CERTAIN");
    assertThat(event(trace, "ship").flags()).contains(Flag.CLOCKS_DISAGREE);
    assertThat(event(trace, "atA").flags()).contains(Flag.CLOCKS_DISAGREE);
    assertThat(event(trace, "soup").flags()).doesNotContain(Flag.CLOCKS_DISAGREE);
  }

  @Test
  void clocksMayDifferByTheThreshold() {
    bench.store(
        made("harvest", FARM, 1, "urn:lot:leek"),
        observe("ship", FARM, 6, "urn:lot:leek").step("shipping").to(A),
        observe("atA", A, 5.75, "urn:lot:leek").step("receiving").from(FARM));
    assertThat(event(bench.backward("urn:lot:leek"), "atA").flags())
        .doesNotContain(Flag.CLOCKS_DISAGREE);
    bench.clear();
    bench.store(
        made("harvest", FARM, 1, "urn:lot:leek"),
        observe("ship", FARM, 6, "urn:lot:leek").step("shipping").to(A),
        observe("atA", A, 5.749, "urn:lot:leek").step("receiving").from(FARM));
    assertThat(event(bench.backward("urn:lot:leek"), "atA").flags()).contains(Flag.CLOCKS_DISAGREE);
  }

  @Test
  void aUseBeforeTheMakingIsFlagged() {
    bench.store(
        transform("cut", FARM, 9).in("urn:item:pig").out("urn:lot:meat"),
        transform("sell", FARM, 7).in("urn:lot:meat").out("urn:lot:receipt"));
    Trace trace = bench.backward("urn:lot:receipt");
    assertThat(event(trace, "sell").flags()).contains(Flag.CLOCKS_DISAGREE);
    assertThat(event(trace, "cut").flags()).contains(Flag.CLOCKS_DISAGREE);
  }

  @Test
  void lateReportsAreFlagged() {
    bench.store(
        made("harvest", FARM, 1, "urn:lot:leek"),
        observe("ship", FARM, 2, "urn:lot:leek").step("shipping").to(A).recorded(72),
        observe("atA", A, 4, "urn:lot:leek").step("receiving").from(FARM));
    Trace trace = bench.backward("urn:lot:leek");
    assertThat(event(trace, "ship").flags()).contains(Flag.LATE);
    assertThat(event(trace, "atA").flags()).doesNotContain(Flag.LATE);
  }

  @Test
  void codesOfOneThingAreOne() {
    bench
        .store(
            made("old", FARM, 1, "urn:item:oldCode"),
            transform("use", FARM, 2).in("urn:item:newCode").out("urn:lot:meat"))
        .same("urn:item:oldCode", "urn:item:newCode");
    Trace trace = bench.backward("urn:lot:meat");
    assertThat(units(trace))
        .containsExactly("urn:item:newCode", "urn:item:oldCode", "urn:lot:meat");
    assertThat(events(trace)).containsExactlyInAnyOrder("old", "use");
    assertThat(trace.flows().stream().map(Trace.Flow::how))
        .containsExactlyInAnyOrder(Trace.How.TRANSFORMATION, Trace.How.EQUIVALENT);
    assertThat(bench.backward("urn:item:newCode").roots())
        .containsExactlyInAnyOrder("urn:item:newCode", "urn:item:oldCode");
  }

  @Test
  void whatIsDeclaredInErrorIsOutAndItsCorrectionIsFollowed() {
    Told wrong = transform("wrong", FARM, 2).in("urn:item:pig1").out("urn:lot:meat");
    bench.store(
        made("born", FARM, 1, "urn:item:pig1", "urn:item:pig2"),
        wrong,
        wrong.error("right"),
        transform("right", FARM, 2).in("urn:item:pig2").out("urn:lot:meat"));
    assertThat(flows(bench.backward("urn:lot:meat")))
        .containsExactly("urn:item:pig2 -> urn:lot:meat TRANSFORMATION CERTAIN SAME_BATCH");
    Trace pig1 = bench.forward("urn:item:pig1");
    assertThat(flows(pig1)).isEmpty();
    assertThat(events(pig1)).containsExactlyInAnyOrder("born", "right");
  }

  @Test
  void anErrorDeclarationOfAnotherPartyTakesNothingBack() {
    bench.store(
        transform("cut", FARM, 2).in("urn:item:pig1").out("urn:lot:meat"),
        transform("cut", A, 2).in("urn:item:pig1").out("urn:lot:meat").error());
    assertThat(flows(bench.backward("urn:lot:meat"))).hasSize(1);
  }

  /** One holder made it, the other has it from somebody who tells nothing: both orders of keys. */
  @Test
  void oneHolderWhoDoesNotTellWhenceIsEnoughAndOneWhomTheWalkDoesNotMeetHasNoSay() {
    for (List<String> who : List.of(List.of(A, B), List.of(B, A))) {
      bench.clear();
      bench.store(
          made("made", who.getFirst(), 1, "urn:lot:leek"),
          observe("entry", who.getLast(), 2, "urn:lot:leek")
              .step("receiving")
              .from("urn:party:stranger"),
          transform("soup", who.getFirst(), 3).in("urn:lot:leek").out("urn:lot:soup"),
          transform("stew", who.getLast(), 3).in("urn:lot:leek").out("urn:lot:stew"));
      assertThat(unit(bench.backward("urn:lot:leek"), "urn:lot:leek").unknownUpstream())
          .as("made by %s", who.getFirst())
          .isTrue();
      assertThat(unit(bench.backward("urn:lot:soup"), "urn:lot:leek").unknownUpstream()).isFalse();
      assertThat(unit(bench.backward("urn:lot:stew"), "urn:lot:leek").unknownUpstream()).isTrue();
    }
  }

  @Test
  void unknownUpstreamIsSaid() {
    bench.store(
        observe("entry", A, 1, "urn:lot:leek").step("receiving"),
        made("own", A, 1, "urn:lot:own"),
        transform("soup", A, 2)
            .in("urn:lot:leek", "urn:lot:own", "urn:item:salt")
            .out("urn:lot:soup"));
    Trace trace = bench.backward("urn:lot:soup");
    assertThat(unit(trace, "urn:lot:leek").unknownUpstream()).isTrue();
    assertThat(unit(trace, "urn:item:salt").unknownUpstream()).isTrue();
    assertThat(unit(trace, "urn:lot:own").unknownUpstream()).isFalse();
    assertThat(unit(trace, "urn:lot:soup").unknownUpstream()).isFalse();
  }

  @Test
  void whoMayNotSeeAnEventSeesNothingBeyondIt() {
    bench.store(
        made("born", FARM, 1, "urn:item:pig"),
        transform("cut", FARM, 2).in("urn:item:pig").out("urn:lot:meat"),
        observe("ship", FARM, 3, "urn:lot:meat").step("shipping").to(A),
        observe("atA", A, 4, "urn:lot:meat").step("receiving").from(FARM),
        transform("sellB", A, 5).in("urn:lot:meat").out("urn:lot:code").to(B),
        observe("atB", B, 6, "urn:lot:code").step("receiving").from(A));
    Trace trace =
        bench
            .tracer()
            .trace(
                new TraceRequest(
                    List.of("urn:lot:code"),
                    Direction.BACKWARD,
                    TraceLimits.DEFAULT,
                    Bench.enterprise(B),
                    null));
    assertThat(events(trace)).containsExactlyInAnyOrder("sellB", "atB");
    assertThat(units(trace)).containsExactly("urn:lot:code", "urn:lot:meat");
    assertThat(trace.truncated()).isFalse();
    assertThat(
            bench
                .tracer()
                .trace(
                    new TraceRequest(
                        List.of("urn:item:pig"),
                        Direction.BOTH,
                        TraceLimits.DEFAULT,
                        Bench.enterprise(B),
                        null))
                .units())
        .isEmpty();
  }

  @Test
  void codesOfOnePartyAreOneHolder() {
    String aAtMarket = "urn:operator:a";
    bench.store(
        made("made", FARM, 1, "urn:lot:1"),
        observe("ship", FARM, 2, "urn:lot:1").step("shipping").to(aAtMarket),
        observe("in", A, 3, "urn:lot:1").step("receiving").from(FARM),
        observe("out", aAtMarket, 4, "urn:lot:1").step("shipping").to(B),
        observe("atB", B, 5, "urn:lot:1").step("receiving").from(A));
    // Not known to be one, they are three, and what the farm sent to one the other took in.
    assertThat(flows(bench.backward("urn:lot:1")))
        .hasSize(4)
        .anyMatch(flow -> flow.endsWith("CUSTODY CERTAIN"));
    assertThat(event(bench.backward("urn:lot:1"), "in").flags()).doesNotContain(Flag.CONFIRMED);

    bench.oneParty(A, aAtMarket);
    Trace trace = bench.backward("urn:lot:1");
    assertThat(flows(trace))
        .containsExactly(
            "urn:lot:1 -> urn:lot:1 CUSTODY CERTAIN", "urn:lot:1 -> urn:lot:1 CUSTODY CERTAIN");
    assertThat(event(trace, "in").flags()).containsExactly(Flag.CONFIRMED);
    assertThat(event(trace, "atB").flags()).containsExactly(Flag.CONFIRMED);
  }

  @Test
  void classesOfGoodsAreNotFollowed() {
    String water = "https://id.gs1.org/01/06901234567892";
    bench.store(
        transform("juice1", A, 1).in("urn:lot:apple", water).out("urn:lot:juice1"),
        transform("well", B, 1).in("urn:lot:rain").out(water));
    assertThat(units(bench.backward("urn:lot:juice1")))
        .containsExactly(water, "urn:lot:apple", "urn:lot:juice1");
  }
}
