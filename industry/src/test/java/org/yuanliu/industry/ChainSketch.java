package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yuanliu.industry.ChainFacts.BalanceFact;
import org.yuanliu.industry.ChainFacts.DocumentFact;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.ChainFacts.How;
import org.yuanliu.industry.ChainFacts.LinkFact;
import org.yuanliu.industry.ChainFacts.StepFact;
import org.yuanliu.industry.ChainFacts.TestFact;
import org.yuanliu.industry.ChainFacts.TestResult;

/** Facts that a test can change before it has them judged. A complete chain to begin with. */
final class ChainSketch {
  static final String YL = "https://yuanliu.org/ns/";
  static final String CBV = "https://ref.gs1.org/cbv/";
  static final LocalDate DAY = LocalDate.parse("2026-11-20");

  /** Midnight at the beginning of {@link #DAY} in Shanghai. */
  static final Instant MIDNIGHT = Instant.parse("2026-11-19T16:00:00Z");

  /** A step that can be changed. */
  static final class Step {
    final String ref;
    String bizStep;
    String eventType = "ObjectEvent";
    Instant time;
    Duration reportedAfter = Duration.ofMinutes(5);
    String place;
    String nodeType;
    Set<String> units;
    List<DocumentRef> documents = List.of();
    Certainty certainty = Certainty.CERTAIN;

    Step(String ref) {
      this.ref = ref;
    }

    Step citing(DocumentRef... refs) {
      documents = List.of(refs);
      return this;
    }

    StepFact fact() {
      return new StepFact(
          ref,
          bizStep,
          eventType,
          null,
          time,
          time.plus(reportedAfter),
          place,
          "party of " + place,
          nodeType,
          units,
          documents,
          Standing.DECLARED,
          certainty);
    }
  }

  String product;
  Instant asOf = MIDNIGHT.plus(Duration.ofDays(10));
  final Map<String, Step> steps = new LinkedHashMap<>();
  final Map<DocumentRef, DocumentFact> documents = new LinkedHashMap<>();
  final List<TestFact> tests = new ArrayList<>();
  final List<BalanceFact> balances = new ArrayList<>();
  final List<LinkFact> links = new ArrayList<>();
  final List<String> unknownUpstream = new ArrayList<>();
  boolean truncated;

  static final DocumentRef ANIMAL = document("animal_quarantine_certificate", "A1");
  static final DocumentRef PRODUCT = document("product_quarantine_certificate", "P1");
  static final DocumentRef MEAT = document("meat_inspection_certificate", "M1");
  static final DocumentRef COMMITMENT = document("commitment_certificate", "C1");

  /** A pig's way to a receipt, by a wholesale market. */
  static ChainSketch pork() {
    ChainSketch chain = new ChainSketch();
    chain.product = "21113021";
    chain.pig("");
    chain
        .step("slaughtered", yl("slaughtering"), 2, "house", "slaughterhouse", "pig", "batch")
        .citing(MEAT, PRODUCT);
    chain.steps.get("slaughtered").eventType = "TransformationEvent";
    chain.step("sold", yl("selling"), 3, "house", "slaughterhouse", "batch", "t1");
    chain
        .step("entered", yl("market_entry"), 4, "wholesale", "wholesale_market", "t1")
        .citing(MEAT, PRODUCT);
    chain.step("tested", yl("rapid_testing"), 5, "wholesale", "wholesale_market", "t1");
    chain.step("resold", yl("selling"), 6, "wholesale", "wholesale_market", "t1", "t2");
    chain.step("at-stall", yl("market_entry"), 7, "market", "retail_market", "t2").citing(MEAT);
    chain.step("receipt", cbv("retail_selling"), 9, "market", "retail_market", "t2", "t3");
    chain.follow("arrived", "slaughtered", "sold", "entered", "tested", "resold", "at-stall");
    chain.follow("at-stall", "receipt");
    chain.register(ANIMAL, DAY.minusDays(1), DAY, "1", "1");
    chain.register(PRODUCT, DAY, DAY.plusDays(2), "80", "80");
    chain.register(MEAT, DAY, null, null, null);
    chain.test("tested", "rapid_testing", TestResult.PASSED, 5, "t1");
    chain.balances.add(balance("t1", "80", "80"));
    chain.balances.add(balance("t2", "40", "0.5"));
    return chain;
  }

  /** Vegetables by a wholesale market to a receipt, joined by the commitment certificate. */
  static ChainSketch vegetables() {
    ChainSketch chain = new ChainSketch();
    chain.product = "01211011";
    chain.step("cut", cbv("commissioning"), -8, "base", "planting_base", "crop").citing(COMMITMENT);
    chain.step("sent", cbv("shipping"), -6, "base", "planting_base", "crop").citing(COMMITMENT);
    chain
        .step("entered", yl("market_entry"), 2, "wholesale", "wholesale_market", "v1")
        .citing(COMMITMENT);
    chain.step("tested", yl("rapid_testing"), 3, "wholesale", "wholesale_market", "v1");
    chain.step("resold", yl("selling"), 4, "wholesale", "wholesale_market", "v1", "v2");
    chain.step("at-stall", yl("market_entry"), 5, "market", "retail_market", "v2");
    chain.step("receipt", cbv("retail_selling"), 9, "market", "retail_market", "v2", "v3");
    chain.follow("cut", "sent", "entered", "tested", "resold", "at-stall", "receipt");
    chain.register(COMMITMENT, DAY.minusDays(1), DAY.plusDays(6), "30", "30");
    chain.test("tested", "rapid_testing", TestResult.PASSED, 3, "v1");
    chain.balances.add(balance("v1", "30", "30"));
    return chain;
  }

  /** Breeding, dispatch and arrival of one more pig, its names ending so. */
  ChainSketch pig(String suffix) {
    String farm = "farm" + suffix;
    String pig = "pig" + suffix;
    step("born" + suffix, cbv("commissioning"), -180 * 24, farm, "breeding_farm", pig);
    step("sent" + suffix, cbv("shipping"), -10, farm, "breeding_farm", pig).citing(ANIMAL);
    step("arrived" + suffix, cbv("receiving"), -7, "house", "slaughterhouse", pig).citing(ANIMAL);
    follow("born" + suffix, "sent" + suffix, "arrived" + suffix);
    return this;
  }

  Step step(String ref, String bizStep, int hour, String place, String nodeType, String... units) {
    Step step = new Step(ref);
    step.bizStep = bizStep;
    step.time = MIDNIGHT.plus(Duration.ofHours(hour));
    step.place = place;
    step.nodeType = nodeType;
    step.units = Set.of(units);
    steps.put(ref, step);
    return step;
  }

  Step at(String ref) {
    return steps.get(ref);
  }

  /** Links each step to the next. */
  ChainSketch follow(String... refs) {
    for (int i = 1; i < refs.length; i++) {
      link(refs[i - 1], refs[i], Certainty.CERTAIN, How.UNIT);
    }
    return this;
  }

  ChainSketch link(String from, String to, Certainty certainty, How how) {
    links.add(
        new LinkFact(from, steps.get(from).time, to, steps.get(to).time, true, certainty, how));
    return this;
  }

  /** Takes a step out and joins what came before it to what came after. */
  ChainSketch without(String ref) {
    steps.remove(ref);
    List<LinkFact> before = links.stream().filter(l -> l.toEventRef().equals(ref)).toList();
    List<LinkFact> after = links.stream().filter(l -> l.fromEventRef().equals(ref)).toList();
    links.removeAll(before);
    links.removeAll(after);
    for (LinkFact from : before) {
      for (LinkFact to : after) {
        link(from.fromEventRef(), to.toEventRef(), Certainty.CERTAIN, How.UNIT);
      }
    }
    return this;
  }

  ChainSketch register(
      DocumentRef ref, LocalDate from, LocalDate to, String covered, String drawn) {
    documents.put(
        ref,
        new DocumentFact(ref, from, to, decimal(covered), "KGM", decimal(drawn), List.of(), true));
    return this;
  }

  ChainSketch test(String ref, String step, TestResult result, int hour, String... units) {
    Instant time = MIDNIGHT.plus(Duration.ofHours(hour));
    tests.add(new TestFact(ref, yl(step), Set.of(units), result, time));
    return this;
  }

  static BalanceFact balance(String unit, String in, String out) {
    return new BalanceFact(unit, "holder of " + unit, "KGM", decimal(in), decimal(out));
  }

  static DocumentRef document(String type, String number) {
    return new DocumentRef(YL + "BTT-" + type, number);
  }

  ChainFacts facts() {
    return new ChainFacts(
        product,
        asOf,
        steps.values().stream().map(Step::fact).toList(),
        List.copyOf(documents.values()),
        tests,
        balances,
        links,
        unknownUpstream,
        truncated);
  }

  private static String yl(String step) {
    return YL + "BizStep-" + step;
  }

  private static String cbv(String step) {
    return CBV + "BizStep-" + step;
  }

  private static BigDecimal decimal(String number) {
    return number == null ? null : new BigDecimal(number);
  }
}
