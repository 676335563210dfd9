package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the way of some goods, from their sources to where they are: all that a
 * verdict rests on. Whoever gathers it decides nothing; what it can't find it leaves out or says
 * so.
 *
 * @param productCode goods code (GB/T 7635.1, 8 digits) or a category term; null if not known
 * @param asOf the moment of judging, for grace periods
 * @param steps the events upstream of the goods and their own, in any order; no step that is only
 *     downstream of them
 * @param documents every document cited by a step that is registered
 * @param tests every test of a unit of the chain
 * @param balances what came in and went out, for each unit and holder of the chain
 * @param links which event's goods went into which event. An event of the chain that has goods from
 *     an earlier one is the end of such a link: the rules take a step that is the end of none for
 *     the start of a branch, and ask of each branch that it has the required links. A step without
 *     any link belongs to all branches
 * @param unknownUpstreamUnits units that were used or sold and that no event brought in
 * @param truncated whether a limit cut the search for the chain
 */
public record ChainFacts(
    @Nullable String productCode,
    Instant asOf,
    List<StepFact> steps,
    List<DocumentFact> documents,
    List<TestFact> tests,
    List<BalanceFact> balances,
    List<LinkFact> links,
    List<String> unknownUpstreamUnits,
    boolean truncated) {

  public ChainFacts {
    requireNonNull(asOf, "asOf is null");
    steps = List.copyOf(steps);
    documents = List.copyOf(documents);
    tests = List.copyOf(tests);
    balances = List.copyOf(balances);
    links = List.copyOf(links);
    unknownUpstreamUnits = List.copyOf(unknownUpstreamUnits);
    Set<String> refs = new HashSet<>();
    for (StepFact step : steps) {
      if (!refs.add(step.eventRef())) {
        throw new IllegalArgumentException("the event is there twice: " + step.eventRef());
      }
    }
  }

  /** A document by its type (a URI) and number, as an event cites it. */
  public record DocumentRef(String type, String number) {
    public DocumentRef {
      requireNonNull(type, "type is null");
      requireNonNull(number, "number is null");
    }

    /** How findings refer to the document: its type, a space, its number. */
    public String ref() {
      return type + " " + number;
    }
  }

  /**
   * One event.
   *
   * @param eventRef the event's reference, unique among the steps
   * @param bizStep business step URI; null if the event has none
   * @param eventType EPCIS name of the type, {@code ObjectEvent} for instance
   * @param disposition disposition URI; null if the event has none
   * @param recordTime when the platform stored it
   * @param placeRef where; null if not known
   * @param partyRef who answers for it; null if not known
   * @param nodeType what kind of place it is, as the pack calls it; null if not known
   * @param unitRefs the units of the event
   * @param documents what it cites
   */
  public record StepFact(
      String eventRef,
      @Nullable String bizStep,
      String eventType,
      @Nullable String disposition,
      Instant eventTime,
      Instant recordTime,
      @Nullable String placeRef,
      @Nullable String partyRef,
      @Nullable String nodeType,
      Set<String> unitRefs,
      List<DocumentRef> documents,
      Standing standing,
      Certainty certainty) {
    public StepFact {
      requireNonNull(eventRef, "eventRef is null");
      requireNonNull(eventType, "eventType is null");
      requireNonNull(eventTime, "eventTime is null");
      requireNonNull(recordTime, "recordTime is null");
      unitRefs = Set.copyOf(unitRefs);
      documents = List.copyOf(documents);
      requireNonNull(standing, "standing is null");
      requireNonNull(certainty, "certainty is null");
    }
  }

  /**
   * One document that is registered, its content as printed.
   *
   * @param validFrom first day of validity; null if it names none
   * @param validTo last day of validity; null if it names none
   * @param coveredQuantity for how much it is good; null if it names none
   * @param uom unit of both quantities (UN/ECE Recommendation 20, {@code KGM}); null if counted
   * @param drawnQuantity how much all holders have drawn on it, over all markets; null if not known
   * @param usedAt when goods moved or were let in on its strength; the steps of links that require
   *     it need not be repeated here
   * @param verifiedByAuthority whether the issuing authority has confirmed it
   */
  public record DocumentFact(
      DocumentRef ref,
      @Nullable LocalDate validFrom,
      @Nullable LocalDate validTo,
      @Nullable BigDecimal coveredQuantity,
      @Nullable String uom,
      @Nullable BigDecimal drawnQuantity,
      List<Instant> usedAt,
      boolean verifiedByAuthority) {
    public DocumentFact {
      requireNonNull(ref, "ref is null");
      usedAt = List.copyOf(usedAt);
    }
  }

  /** What a test said. */
  public enum TestResult {
    PASSED,
    FAILED,
    /** Not decided, or not told. */
    UNDECIDED
  }

  /**
   * One test of one or more units.
   *
   * @param eventRef the event that reports it
   * @param bizStep the business step that tells the method, as the pack's {@code tests} name it;
   *     null if not known
   * @param unitRefs the units that the sample stands for
   */
  public record TestFact(
      String eventRef,
      @Nullable String bizStep,
      Set<String> unitRefs,
      TestResult result,
      Instant time) {
    public TestFact {
      requireNonNull(eventRef, "eventRef is null");
      unitRefs = Set.copyOf(unitRefs);
      requireNonNull(result, "result is null");
      requireNonNull(time, "time is null");
    }
  }

  /**
   * What a holder received and passed on of a unit, in one unit of measure.
   *
   * @param uom UN/ECE Recommendation 20, {@code KGM}; null if counted
   */
  public record BalanceFact(
      String unitRef, String holderRef, @Nullable String uom, BigDecimal in, BigDecimal out) {
    public BalanceFact {
      requireNonNull(unitRef, "unitRef is null");
      requireNonNull(holderRef, "holderRef is null");
      requireNonNull(in, "in is null");
      requireNonNull(out, "out is null");
    }
  }

  /** How it is known that goods went from one event into another. */
  public enum How {
    /** Both name the unit, or units registered as the same. */
    UNIT,
    /** Both cite the same document and the goods fit. */
    DOCUMENT,
    /** One made the unit from the other's. */
    TRANSFORMATION,
    /**
     * The units were mixed or lay side by side: it is one of those named, all of which are here.
     */
    INFERRED
  }

  /**
   * Goods of one event went into another.
   *
   * @param fromEventRef the earlier event
   * @param toEventRef the later event
   * @param explicit whether the records themselves say so, whatever the clocks say
   */
  public record LinkFact(
      String fromEventRef,
      Instant fromTime,
      String toEventRef,
      Instant toTime,
      boolean explicit,
      Certainty certainty,
      How how) {
    public LinkFact {
      requireNonNull(fromEventRef, "fromEventRef is null");
      requireNonNull(fromTime, "fromTime is null");
      requireNonNull(toEventRef, "toEventRef is null");
      requireNonNull(toTime, "toTime is null");
      requireNonNull(certainty, "certainty is null");
      requireNonNull(how, "how is null");
    }
  }
}
