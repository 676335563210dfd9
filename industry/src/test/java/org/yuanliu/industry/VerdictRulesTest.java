package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuanliu.industry.ChainSketch.ANIMAL;
import static org.yuanliu.industry.ChainSketch.DAY;
import static org.yuanliu.industry.ChainSketch.MEAT;
import static org.yuanliu.industry.ChainSketch.PRODUCT;
import static org.yuanliu.industry.Judging.PACKS;
import static org.yuanliu.industry.Judging.RULES;
import static org.yuanliu.industry.Judging.codes;
import static org.yuanliu.industry.Judging.finding;
import static org.yuanliu.industry.Judging.judge;
import static org.yuanliu.industry.Judging.refs;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yuanliu.industry.ChainFacts.How;
import org.yuanliu.industry.ChainFacts.TestResult;

class VerdictRulesTest {
  private final ChainSketch pork = ChainSketch.pork();
  private final ChainSketch vegetables = ChainSketch.vegetables();

  @Test
  void aWholeChainIsCompleteAndShowsWhatHeld() {
    Verdict verdict = judge(pork);
    assertThat(verdict.level()).isEqualTo(Level.COMPLETE);
    assertThat(codes(verdict))
        .containsOnly(
            "link_present",
            "documents_valid",
            "tests_passed",
            "quantities_balance",
            "clocks_agree");
    assertThat(refs(verdict, "link_present")).contains("born", "slaughtered", "entered", "receipt");
    assertThat(refs(verdict, "documents_valid"))
        .containsExactlyInAnyOrder(ANIMAL.ref(), PRODUCT.ref(), MEAT.ref());
    assertThat(judge(vegetables).level()).isEqualTo(Level.COMPLETE);
  }

  /** The trace may link every event of a lot to the one that made it, and none to each other. */
  @Test
  void aChainWhoseEventsAllFollowFromTheOneThatMadeTheLotIsAsComplete() {
    pork.links.clear();
    pork.follow("born", "sent").follow("born", "arrived").follow("born", "slaughtered");
    pork.follow("slaughtered", "sold").follow("sold", "entered").follow("sold", "tested");
    pork.follow("sold", "resold").follow("resold", "at-stall").follow("resold", "receipt");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.without("entered");
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(codes(judge(pork))).contains("missing_link");
  }

  @Test
  void aChainWithoutLinksIsJudgedAsOne() {
    pork.links.clear();
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.without("slaughtered");
    assertThat(codes(judge(pork))).contains("missing_link");
  }

  @Test
  void eachRequiredLinkIsMissed() {
    for (String ref : List.of("born", "sent", "arrived", "slaughtered", "entered", "at-stall")) {
      Verdict verdict = judge(ChainSketch.pork().without(ref));
      assertThat(verdict.level()).as("without %s", ref).isEqualTo(Level.INCOMPLETE);
      assertThat(codes(verdict)).as("without %s", ref).contains("missing_link");
    }
    for (String ref : List.of("cut", "entered", "at-stall")) {
      Verdict verdict = judge(ChainSketch.vegetables().without(ref));
      assertThat(verdict.level()).as("without %s", ref).isEqualTo(Level.INCOMPLETE);
      assertThat(codes(verdict)).as("without %s", ref).contains("missing_link");
    }
    for (String ref : List.of("tested", "sold")) {
      assertThat(judge(ChainSketch.pork().without(ref)).level()).isEqualTo(Level.COMPLETE);
    }
  }

  @Test
  void aLinkOfOneBranchDoesNotStandForAnother() {
    pork.pig("-2").follow("arrived-2", "slaughtered");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.without("sent-2");
    Verdict verdict = judge(pork);
    assertThat(verdict.level()).isEqualTo(Level.INCOMPLETE);
    assertThat(refs(verdict, "missing_link")).containsExactly("born-2");
  }

  @Test
  void anEntryToOneMarketIsNoneToAnother() {
    pork.step("passed", ChainSketch.YL + "BizStep-selling", 6, "second", "wholesale_market", "t1");
    pork.follow("tested", "passed").follow("passed", "at-stall");
    assertThat(refs(judge(pork), "missing_link")).contains("passed");
  }

  @Test
  void meatStraightFromTheSlaughterhouseNeedsNoWholesaleEntryButItsPapers() {
    pork.without("entered").without("tested").without("resold");
    pork.at("at-stall").units = Set.of("t1");
    pork.at("receipt").units = Set.of("t1", "t3");
    Verdict verdict = judge(pork);
    assertThat(codes(verdict)).doesNotContain("missing_link").contains("missing_document");
    assertThat(refs(verdict, "missing_document")).containsExactly("at-stall");
    pork.at("at-stall").citing(MEAT, PRODUCT);
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void whatIsStillAtTheWholesalerNeedsNoRetail() {
    pork.without("receipt").without("at-stall").without("resold");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void beingCarriedTellsNothingOfHowFarTheGoodsAre() {
    for (String gone : List.of("slaughtered", "sold", "entered", "tested", "resold")) {
      pork.without(gone);
    }
    pork.without("at-stall").without("receipt");
    assertThat(judge(pork).level()).as("an animal that arrived").isEqualTo(Level.COMPLETE);
    pork.step(
                "unloaded",
                ChainSketch.CBV + "BizStep-unloading",
                1,
                "house",
                "slaughterhouse",
                "pig")
            .eventType =
        "AggregationEvent";
    pork.follow("arrived", "unloaded");
    assertThat(judge(pork).level()).as("and was carried").isEqualTo(Level.COMPLETE);
  }

  /** From its entry on registration is asked for, and nothing that lies before. */
  @Test
  void aLiftThatWasInUseBeforeBeginsWithItsEntry() {
    ChainSketch lift = lift();
    assertThat(codes(judge(lift))).doesNotContain("missing_link");
    assertThat(judge(lift).level()).isEqualTo(Level.COMPLETE);
    lift.links.clear();
    assertThat(judge(lift).level()).as("nothing links its steps").isEqualTo(Level.COMPLETE);

    ChainSketch unregistered = lift().without("registered");
    assertThat(missing(judge(unregistered))).containsExactly("registration");
    ChainSketch unentered = lift().without("entered");
    assertThat(missing(judge(unentered))).contains("lift_manufacture", "installation");
  }

  /** Whose maker is known was not in use before: an entry spares it no inspection. */
  @Test
  void anEntryHidesNothingOfALiftThatWasMadeUnderTheLaw() {
    ChainSketch lift = lift();
    lift.step(
        "made", ChainSketch.CBV + "BizStep-commissioning", 0, "works", "lift_factory", "lift");
    lift.follow("made", "entered");
    assertThat(missing(judge(lift)))
        .containsExactly(
            "work_notice", "installation", "supervised_inspection", "putting_into_use");
  }

  private static ChainSketch lift() {
    ChainSketch lift = new ChainSketch();
    lift.product = "lift";
    lift.step(
        "entered", ChainSketch.YL + "BizStep-lift_in_use_entry", 1, "tower", "building", "lift");
    ChainFacts.DocumentRef certificate = ChainSketch.document("equipment_use_certificate", "R1");
    lift.step(
            "registered",
            ChainSketch.YL + "BizStep-use_registration",
            2,
            "tower",
            "building",
            "lift")
        .citing(certificate);
    lift.register(certificate, DAY.minusDays(1), null, null, null);
    lift.step("maintained", ChainSketch.YL + "BizStep-maintenance", 3, "tower", "building", "lift");
    return lift.follow("entered", "registered", "maintained");
  }

  /** The links that are missed, in their order. */
  private static List<String> missing(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> finding.code().equals("missing_link"))
        .map(finding -> finding.link())
        .toList();
  }

  @Test
  void afterItsEndNothingIsAskedForButWhatHadToComeBefore() {
    for (String gone : List.of("slaughtered", "sold", "entered", "tested", "resold")) {
      pork.without(gone);
    }
    pork.without("at-stall").without("receipt").without("arrived");
    pork.step(
        "died", ChainSketch.YL + "BizStep-harmless_disposal", 2, "house", "slaughterhouse", "pig");
    pork.follow("sent", "died");
    assertThat(judge(pork).level())
        .as("on its way to the slaughterhouse")
        .isEqualTo(Level.COMPLETE);
    pork.without("sent");
    assertThat(codes(judge(pork)))
        .as("at the slaughterhouse, though nobody sent it there")
        .contains("missing_link");
    pork.at("died").place = "farm";
    pork.at("died").nodeType = "breeding_farm";
    assertThat(judge(pork).level()).as("on its farm").isEqualTo(Level.COMPLETE);
    pork.without("born");
    assertThat(codes(judge(pork))).as("never born").contains("missing_link");
  }

  @Test
  void whatWasMadeOfGoodsBeforeTheirRestWasDestroyedIsStillAskedFor() {
    pork.step(
        "destroyed",
        ChainSketch.YL + "BizStep-harmless_disposal",
        5,
        "house",
        "slaughterhouse",
        "batch");
    pork.follow("slaughtered", "destroyed");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.without("entered");
    assertThat(codes(judge(pork))).contains("missing_link");
  }

  @Test
  void ofAChainThatTellsNothingEveryLinkIsAskedFor() {
    pork.steps.values().forEach(step -> step.bizStep = ChainSketch.CBV + "BizStep-storing");
    assertThat(codes(judge(pork))).contains("missing_link");
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
  }

  @Test
  void withinItsGraceAMissingLinkIsAwaitedAndStillNotComplete() {
    pork.without("at-stall");
    pork.asOf = pork.at("resold").time.plus(Duration.ofHours(24));
    pork.at("born").time = pork.at("resold").time;
    Finding awaited = finding(judge(pork), "missing_link");
    assertThat(awaited.message().zh()).contains("仍在规定的上报时间以内");
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
    pork.asOf = pork.asOf.plusSeconds(3600 * 24);
    assertThat(finding(judge(pork), "missing_link").message().zh()).contains("没有人报告");
  }

  @Test
  void aPlaceOfUnknownKindLeavesDoubt() {
    pork.at("receipt").nodeType = null;
    Verdict verdict = judge(pork);
    assertThat(refs(verdict, "place_unknown")).containsExactly("receipt");
    assertThat(verdict.level()).isEqualTo(Level.INCOMPLETE);
  }

  @Test
  void moreOutThanInIsOversoldBeyondTheTolerance() {
    pork.balances.set(0, ChainSketch.balance("t1", "100", "101"));
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.balances.set(0, ChainSketch.balance("t1", "100", "101.001"));
    assertThat(judge(pork).level()).isEqualTo(Level.PROBLEM);
    assertThat(refs(judge(pork), "oversold")).containsExactly("t1");
    pork.balances.set(0, ChainSketch.balance("t1", "0", "0.001"));
    assertThat(codes(judge(pork))).contains("oversold").doesNotContain("quantities_balance");
    pork.balances.clear();
    assertThat(codes(judge(pork))).contains("balance_unknown");
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
  }

  @Test
  void aFailedTestIsAProblemUntilALaboratoryOverrulesIt() {
    vegetables.tests.clear();
    vegetables.test("tested", "rapid_testing", TestResult.FAILED, 3, "v1");
    assertThat(judge(vegetables).level()).isEqualTo(Level.PROBLEM);
    assertThat(refs(judge(vegetables), "failed_test")).containsExactly("tested");
    vegetables.test("again", "rapid_testing", TestResult.PASSED, 4, "v1");
    assertThat(codes(judge(vegetables))).contains("failed_test");
    vegetables.test("before", "laboratory_testing", TestResult.PASSED, 3, "v1");
    vegetables.test("other", "laboratory_testing", TestResult.PASSED, 8, "v2");
    assertThat(codes(judge(vegetables))).contains("failed_test");
    vegetables.test("after", "laboratory_testing", TestResult.PASSED, 8, "v1");
    assertThat(judge(vegetables).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void aTestWithoutAResultLeavesDoubtUntilThereIsOne() {
    vegetables.test("open", "rapid_testing", TestResult.UNDECIDED, 4, "v1");
    assertThat(judge(vegetables).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(refs(judge(vegetables), "test_undecided")).containsExactly("open");
    vegetables.test("closed", "rapid_testing", TestResult.PASSED, 5, "v1");
    assertThat(judge(vegetables).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void clocksMayDisagreeByAQuarterOfAnHour() {
    Duration quarter = Duration.ofMinutes(15);
    ChainSketch inside = shiftedStall(quarter);
    assertThat(judge(inside).level()).isEqualTo(Level.COMPLETE);
    ChainSketch outside = shiftedStall(quarter.plusMillis(1));
    assertThat(judge(outside).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(refs(judge(outside), "clock_disagreement")).containsExactly("resold", "at-stall");
  }

  private static ChainSketch shiftedStall(Duration before) {
    ChainSketch chain = ChainSketch.pork();
    chain.links.removeIf(link -> link.toEventRef().equals("at-stall"));
    chain.at("at-stall").time = chain.at("resold").time.minus(before);
    chain.at("at-stall").reportedAfter = Duration.ofHours(1);
    return chain.follow("resold", "at-stall");
  }

  @Test
  void nothingIsRecordedBeforeItHappens() {
    pork.at("receipt").reportedAfter = Duration.ofMinutes(-15);
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.at("receipt").reportedAfter = Duration.ofMinutes(-16);
    assertThat(refs(judge(pork), "clock_disagreement")).containsExactly("receipt");
  }

  @Test
  void goodsOfUnknownOriginLeaveDoubt() {
    pork.unknownUpstream.add("t9");
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(refs(judge(pork), "unknown_upstream")).containsExactly("t9");
  }

  @Test
  void aLateReportHealsItsGap() {
    pork.at("entered").reportedAfter = Duration.ofHours(25);
    Verdict verdict = judge(pork);
    assertThat(verdict.level()).isEqualTo(Level.COMPLETE);
    assertThat(refs(verdict, "late_report")).containsExactly("entered");
    pork.at("entered").reportedAfter = Duration.ofHours(24);
    assertThat(codes(judge(pork))).doesNotContain("late_report");
    // All reported late and in order, there never was a gap between them.
    pork.steps.values().forEach(step -> step.reportedAfter = Duration.ofDays(3));
    assertThat(codes(judge(pork))).doesNotContain("late_report");
  }

  @Test
  void oneOfSeveralKnownBatchesIsCompleteIfEachOfThemIs() {
    mixedCounter();
    Verdict verdict = judge(pork);
    assertThat(refs(verdict, "inferred_attribution")).containsExactly("at-stall", "at-stall-2");
    assertThat(verdict.level()).isEqualTo(Level.COMPLETE);
    pork.without("entered-2");
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(codes(judge(pork))).contains("missing_link");
  }

  /** A second lot of the slaughter batch lies beside the first; the receipt may be of either. */
  private void mixedCounter() {
    String yl = ChainSketch.YL + "BizStep-";
    pork.step("sold-2", yl + "selling", 3, "house", "slaughterhouse", "batch", "u1");
    pork.step("entered-2", yl + "market_entry", 4, "wholesale", "wholesale_market", "u1")
        .citing(MEAT, PRODUCT);
    pork.step("resold-2", yl + "selling", 6, "wholesale", "wholesale_market", "u1", "u2");
    pork.step("at-stall-2", yl + "market_entry", 7, "market", "retail_market", "u2").citing(MEAT);
    pork.at("receipt").units = Set.of("t2", "u2", "t3");
    pork.follow("slaughtered", "sold-2", "entered-2", "resold-2", "at-stall-2");
    pork.links.removeIf(link -> link.toEventRef().equals("receipt"));
    pork.link("at-stall", "receipt", Certainty.POSSIBLE, How.INFERRED);
    pork.link("at-stall-2", "receipt", Certainty.POSSIBLE, How.INFERRED);
    pork.steps.values().stream()
        .filter(step -> !step.ref.equals("receipt"))
        .forEach(step -> step.certainty = Certainty.POSSIBLE);
  }

  @Test
  void whatOnlyMayBelongToTheChainLeavesDoubt() {
    pork.links.removeIf(link -> link.toEventRef().equals("entered"));
    pork.link("sold", "entered", Certainty.POSSIBLE, How.UNIT);
    for (String ref : List.of("born", "sent", "arrived", "slaughtered", "sold")) {
      pork.at(ref).certainty = Certainty.POSSIBLE;
    }
    Verdict verdict = judge(pork);
    assertThat(verdict.level()).isEqualTo(Level.INCOMPLETE);
    assertThat(codes(verdict)).contains("only_possible").doesNotContain("missing_link");
    assertThat(refs(verdict, "only_possible")).contains("slaughtered");
  }

  @Test
  void aChainThatWasCutLeavesDoubt() {
    pork.truncated = true;
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(codes(judge(pork))).contains("chain_truncated");
  }

  @Test
  void ofAnUnknownProductNothingIsSaidButWhatIsWrong() {
    for (String product : new String[] {null, "", "99999999", "胡萝卜汁"}) {
      pork.product = product;
      Verdict verdict = judge(pork);
      assertThat(verdict.level()).as("product %s", product).isEqualTo(Level.UNKNOWN);
      assertThat(codes(verdict)).contains("product_unknown");
    }
    pork.test("bad", "rapid_testing", TestResult.FAILED, 6, "t1");
    assertThat(judge(pork).level()).isEqualTo(Level.PROBLEM);
    assertThat(codes(judge(pork))).contains("product_unknown", "failed_test");
    Pack pack = PACKS.inForce("farm-products", DAY).orElseThrow();
    assertThat(codes(RULES.judge(pack, pork.facts()))).contains("product_unknown", "failed_test");
  }

  @Test
  void beforeAnyPackWasInForceNothingIsSaid() {
    ChainSketch old = new ChainSketch();
    old.product = "21113021";
    old.step(
        "receipt",
        ChainSketch.CBV + "BizStep-retail_selling",
        -24 * 365 * 10,
        "market",
        "retail_market",
        "t3");
    assertThat(judge(old).level()).isEqualTo(Level.UNKNOWN);
  }

  @Test
  void withoutRecordsNothingIsSaid() {
    ChainSketch nothing = new ChainSketch();
    nothing.product = "21113021";
    Verdict verdict = judge(nothing);
    assertThat(verdict.level()).isEqualTo(Level.UNKNOWN);
    assertThat(codes(verdict)).contains("no_records");
  }

  @Test
  void recordsThatCloseACircleAreStillJudged() {
    pork.links.clear();
    pork.follow("entered", "resold", "at-stall", "entered");
    pork.steps.keySet().retainAll(Set.of("entered", "resold", "at-stall"));
    assertThat(judge(pork).level()).isEqualTo(Level.INCOMPLETE);
    assertThat(codes(judge(pork))).contains("missing_link");
  }

  @Test
  void theGravestFindingComesFirst() {
    pork.truncated = true;
    pork.register(PRODUCT, DAY, DAY, "80", "90");
    assertThat(judge(pork).findings())
        .extracting(Finding::severity)
        .startsWith(Severity.PROBLEM, Severity.DOUBT)
        .endsWith(Severity.HELD);
  }

  @Test
  void anEventIsThereOnce() {
    ChainFacts facts = pork.facts();
    List<ChainFacts.StepFact> twice = List.of(facts.steps().get(0), facts.steps().get(0));
    assertThatThrownBy(
            () ->
                new ChainFacts(
                    null,
                    facts.asOf(),
                    twice,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false))
        .hasMessage("the event is there twice: born");
  }

  @Test
  void anOpenAlertLeavesNothingComplete() {
    Verdict complete =
        new Verdict(
            Level.COMPLETE,
            List.of(
                new Finding(
                    "link_present", Severity.HELD, List.of(), new Localized("有", "there"))));
    assertThat(VerdictRules.with(complete, List.of()).level()).isEqualTo(Level.COMPLETE);
    assertThat(VerdictRules.with(complete, List.of(alert(CheckLevel.WARN))).level())
        .isEqualTo(Level.COMPLETE);
    Verdict alerted = VerdictRules.with(complete, List.of(alert(CheckLevel.ALERT)));
    assertThat(alerted.level()).isEqualTo(Level.INCOMPLETE);
    assertThat(alerted.findings().getFirst().code()).isEqualTo("check:oversold");
    assertThat(VerdictRules.with(complete, List.of(alert(CheckLevel.REFUSE))).level())
        .isEqualTo(Level.INCOMPLETE);
  }

  private static CheckFinding alert(CheckLevel level) {
    return new CheckFinding(
        "oversold",
        level,
        Moment.RECORD,
        "1:7",
        "",
        List.of("1:7"),
        new Localized("多", "more"),
        "-");
  }
}
