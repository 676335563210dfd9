package org.yuanliu.platform.portal;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.ChainFacts;
import org.yuanliu.industry.ChainFacts.DocumentFact;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.ChainFacts.StepFact;
import org.yuanliu.industry.ChainFacts.TestFact;
import org.yuanliu.industry.ChainFacts.TestResult;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.PublicView;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Registry;
import org.yuanliu.platform.registry.TraceDocument;
import org.yuanliu.platform.retention.RemovedRecords;
import org.yuanliu.platform.trace.Certainty;
import org.yuanliu.platform.trace.DocumentDraws;
import org.yuanliu.platform.trace.Trace;
import org.yuanliu.platform.trace.Trace.TracedEvent;
import org.yuanliu.platform.trace.UnitBalances;

/**
 * Gathers what a verdict rests on from the walk, the registry and the quantities; decides nothing.
 */
@Component
final class FactsGatherer {
  private final Registry registry;

  /** UN/ECE Recommendation 20: piece, each, head. */
  private static final Set<String> PIECES = Set.of("H87", "EA", "HEA");

  private final UnitBalances unitBalances;
  private final DocumentDraws documentDraws;
  private final Disclosure disclosure;
  private final RemovedRecords removed;

  FactsGatherer(
      Registry registry,
      UnitBalances unitBalances,
      DocumentDraws documentDraws,
      Disclosure disclosure,
      RemovedRecords removed) {
    this.registry = requireNonNull(registry, "registry is null");
    this.unitBalances = requireNonNull(unitBalances, "unitBalances is null");
    this.documentDraws = requireNonNull(documentDraws, "documentDraws is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.removed = requireNonNull(removed, "removed is null");
  }

  ChainFacts gather(Trace trace, @Nullable String productCode, Instant asOf) {
    List<StepFact> steps = steps(trace);
    List<TestFact> tests = new ArrayList<>();
    Set<DocumentRef> cited = new HashSet<>();
    steps.forEach(step -> cited.addAll(step.documents()));
    trace.events().forEach(traced -> test(traced).ifPresent(tests::add));
    return new ChainFacts(
        productCode,
        asOf,
        steps,
        documents(cited),
        tests,
        balances(trace),
        ChainLinks.of(
            trace,
            steps.stream()
                .filter(step -> step.certainty() == org.yuanliu.industry.Certainty.POSSIBLE)
                .map(StepFact::eventRef)
                .collect(Collectors.toSet())),
        unknown(trace),
        trace.truncated());
  }

  /** Where nothing says whence; what retention has dropped is no gap. */
  private List<String> unknown(Trace trace) {
    List<String> units =
        trace.units().stream()
            .filter(Trace.TracedUnit::unknownUpstream)
            .map(Trace.TracedUnit::uri)
            .toList();
    Set<String> gone = removed.of(units).keySet();
    return units.stream().filter(unit -> !gone.contains(unit)).toList();
  }

  List<StepFact> steps(Trace trace) {
    Map<String, Place> places =
        registry.places(
            trace.events().stream()
                .map(traced -> place(traced.event()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()));
    Set<String> settled = settled(trace);
    return trace.events().stream().map(traced -> step(traced, places, settled)).toList();
  }

  private static StepFact step(TracedEvent traced, Map<String, Place> places, Set<String> settled) {
    EpcisEvent event = traced.event();
    String place = place(event).orElse(null);
    Place registered = place == null ? null : places.get(place);
    return new StepFact(
        traced.ref().toString(),
        event.bizStep(),
        event.type().term(),
        event.disposition(),
        event.eventTime(),
        traced.recordTime(),
        place,
        traced.principal(),
        registered == null ? null : registered.nodeType(),
        event.units().stream().map(UnitMention::canonical).collect(Collectors.toSet()),
        event.bizTransactions().stream()
            .filter(transaction -> transaction.type() != null)
            .map(
                transaction ->
                    new DocumentRef(requireNonNull(transaction.type()), transaction.id()))
            .toList(),
        standing(traced),
        traced.certainty() == Certainty.CERTAIN
                || traced.event().units().stream()
                    .anyMatch(unit -> settled.contains(unit.canonical()))
            ? org.yuanliu.industry.Certainty.CERTAIN
            : org.yuanliu.industry.Certainty.POSSIBLE);
  }

  /**
   * Units that belong to the chain as far as a verdict is concerned: reached by steps that are
   * certain, or that say "one of these" and name them all. If every candidate's way is there, then
   * so is that of whichever it was.
   */
  private static Set<String> settled(Trace trace) {
    Set<String> settled = new HashSet<>(trace.roots());
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Trace.Flow flow : trace.flows()) {
        boolean holds = flow.sure() || flow.how() == Trace.How.INFERRED;
        if (holds && settled.contains(flow.to()) && settled.add(flow.from())) {
          grew = true;
        }
      }
    }
    return settled;
  }

  private static org.yuanliu.industry.Standing standing(TracedEvent traced) {
    return switch (traced.standing()) {
      case DEVICE -> org.yuanliu.industry.Standing.SIGNED_BY_DEVICE;
      case COUNTERPARTY -> org.yuanliu.industry.Standing.CONFIRMED_BY_COUNTERPARTY;
      case AUTHORITY -> org.yuanliu.industry.Standing.VERIFIED_BY_AUTHORITY;
      case DECLARED -> org.yuanliu.industry.Standing.DECLARED;
      case INFERRED -> org.yuanliu.industry.Standing.INFERRED;
    };
  }

  private Optional<TestFact> test(TracedEvent traced) {
    PublicView.PublicTest test = disclosure.publicView(traced.event()).test();
    if (test == null) {
      return Optional.empty();
    }
    TestResult result =
        YlVocabulary.CONCLUSION_PASS.equals(test.conclusion())
            ? TestResult.PASSED
            : YlVocabulary.CONCLUSION_FAIL.equals(test.conclusion())
                ? TestResult.FAILED
                : TestResult.UNDECIDED;
    return Optional.of(
        new TestFact(
            traced.ref().toString(),
            traced.event().bizStep(),
            traced.event().units().stream().map(UnitMention::canonical).collect(Collectors.toSet()),
            result,
            traced.event().eventTime()));
  }

  private List<DocumentFact> documents(Set<DocumentRef> cited) {
    Set<String> ids = cited.stream().map(DocumentRef::number).collect(Collectors.toSet());
    Map<String, TraceDocument> registered = registry.documents(ids);
    Map<String, List<DocumentDraws.Draw>> draws = documentDraws.drawn(registered.keySet());
    List<DocumentFact> facts = new ArrayList<>();
    for (DocumentRef ref : cited) {
      TraceDocument document = registered.get(ref.number());
      if (document != null) {
        facts.add(
            new DocumentFact(
                ref,
                document.validity().from(),
                document.validity().to(),
                document.quantity(),
                document.uom(),
                drawn(draws.getOrDefault(ref.number(), List.of()), document.uom()),
                List.of(),
                document.verifiedBy() != null));
      }
    }
    return facts;
  }

  /** In the document's own unit of measure; items where it counts pieces. */
  private static BigDecimal drawn(List<DocumentDraws.Draw> draws, @Nullable String uom) {
    for (DocumentDraws.Draw draw : draws) {
      if (Objects.equals(draw.uom(), uom) || (draw.uom() == null && PIECES.contains(uom))) {
        return draw.quantity();
      }
    }
    return BigDecimal.ZERO;
  }

  private List<ChainFacts.BalanceFact> balances(Trace trace) {
    Set<String> units =
        trace.units().stream().map(Trace.TracedUnit::uri).collect(Collectors.toSet());
    List<ChainFacts.BalanceFact> facts = new ArrayList<>();
    unitBalances
        .forVerdict(units)
        .forEach(
            (unit, balances) ->
                balances.forEach(
                    b ->
                        facts.add(
                            new ChainFacts.BalanceFact(
                                unit, b.holder().toString(), b.uom(), b.in(), b.out()))));
    return facts;
  }

  /** Where the goods are after the event, else where it was seen. */
  static Optional<String> place(EpcisEvent event) {
    return Optional.ofNullable(
        event.bizLocation() != null ? event.bizLocation() : event.readPoint());
  }
}
