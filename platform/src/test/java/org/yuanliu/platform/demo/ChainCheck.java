package org.yuanliu.platform.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.platform.demo.History.Told;

/**
 * What is wrong with a chain, found the long way: by the conventions of docs/architecture.md and
 * nothing of the platform's own tracing and rules.
 */
final class ChainCheck {
  private static final String CBV = "https://ref.gs1.org/cbv/BizStep-";
  static final String COMMISSIONING = CBV + "commissioning";
  static final String SHIPPING = CBV + "shipping";
  static final String RECEIVING = CBV + "receiving";
  static final String RETAIL_SELLING = CBV + "retail_selling";

  private final History history;
  private final Map<String, BigDecimal> drawn = new HashMap<>();
  private final List<Told> shipped;

  ChainCheck(History history) {
    this.history = history;
    this.shipped = history.told.stream().filter(told -> told.is(SHIPPING)).toList();
    // Drawn on a document is what its first takers took in on it.
    for (Told told : history.told) {
      if (told.is(YlVocabulary.STEP_MARKET_ENTRY) || told.is(RECEIVING)) {
        for (BizTransaction cited : told.event().bizTransactions()) {
          drawn.merge(cited.id(), told.quantity(), BigDecimal::add);
        }
      }
    }
  }

  /** Everything wrong with what came before a unit. */
  Set<FindingCode> wrongWith(String unit) {
    Set<FindingCode> wrong = EnumSet.noneOf(FindingCode.class);
    Set<String> seen = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(unit));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(upstream(next, wrong));
      }
    }
    return wrong;
  }

  private Set<String> upstream(String unit, Set<FindingCode> wrong) {
    List<Told> makers = makers(unit);
    Set<String> upstream = new LinkedHashSet<>();
    if (makers.isEmpty()) {
      wrong.add(FindingCode.UNKNOWN_UPSTREAM);
    }
    for (Told maker : makers) {
      for (UnitMention input : maker.units(UnitRole.INPUT)) {
        upstream.add(input.canonical());
        history.of(input.canonical()).forEach(before -> compareClocks(input, before, maker, wrong));
      }
      if (maker.is(YlVocabulary.STEP_MARKET_ENTRY)) {
        upstream.addAll(joinedByDocument(maker));
      }
    }
    checkPapers(unit, wrong);
    checkTests(unit, wrong);
    checkEntry(unit, makers, wrong);
    if (isOversold(unit)) {
      wrong.add(FindingCode.OVERSOLD);
    }
    return upstream;
  }

  /** Events from which a unit comes. */
  private List<Told> makers(String unit) {
    return history.of(unit).stream()
        .filter(
            told ->
                told.units(UnitRole.OUTPUT).stream().anyMatch(u -> u.canonical().equals(unit))
                    || told.event().action() == org.yuanliu.epcis.Action.ADD
                        && told.units(UnitRole.EPC).stream()
                            .anyMatch(u -> u.canonical().equals(unit)))
        .toList();
  }

  private Set<String> joinedByDocument(Told entry) {
    Set<String> cited = papers(entry);
    return shipped.stream()
        .filter(told -> papers(told).stream().anyMatch(cited::contains))
        .filter(told -> told.text("product", "").equals(entry.text("product", "-")))
        .flatMap(told -> told.event().units().stream())
        .map(UnitMention::canonical)
        .collect(Collectors.toSet());
  }

  private static Set<String> papers(Told told) {
    return told.event().bizTransactions().stream()
        .map(BizTransaction::id)
        .collect(Collectors.toSet());
  }

  private void compareClocks(UnitMention unit, Told before, Told maker, Set<FindingCode> wrong) {
    boolean brings =
        before.event().transformationId() == null
            && (before.units(UnitRole.OUTPUT).stream()
                    .anyMatch(u -> u.canonical().equals(unit.canonical()))
                || before.is(YlVocabulary.STEP_MARKET_ENTRY)
                || before.is(RECEIVING));
    Duration tolerance = Duration.ofMinutes(5);
    if (brings && before.event().eventTime().isAfter(maker.event().eventTime().plus(tolerance))) {
      wrong.add(FindingCode.CLOCK_DISAGREEMENT);
    }
    if (before.order() > maker.order() && before.wave() > maker.wave() && brings) {
      wrong.add(FindingCode.LATE_REPORT);
    }
    Instant made =
        makers(unit.canonical()).stream()
            .map(t -> t.event().eventTime())
            .findFirst()
            .orElse(Instant.MIN);
    if (brings && made.isAfter(before.event().eventTime().plus(tolerance))) {
      wrong.add(FindingCode.CLOCK_DISAGREEMENT);
    }
  }

  private void checkPapers(String unit, Set<FindingCode> wrong) {
    for (Told told : history.of(unit)) {
      if (told.is(RETAIL_SELLING)) {
        continue;
      }
      for (String id : papers(told)) {
        Paper paper = history.paperById.get(id);
        if (paper == null) {
          wrong.add(FindingCode.DOCUMENT_UNREGISTERED);
          continue;
        }
        LocalDate day = LocalDate.ofInstant(told.event().eventTime(), DemoOptions.OFFSET);
        if (day.isBefore(paper.validFrom()) || day.isAfter(paper.validTo())) {
          wrong.add(FindingCode.DOCUMENT_EXPIRED);
        }
        if (drawn.getOrDefault(id, BigDecimal.ZERO).compareTo(paper.quantity()) > 0) {
          wrong.add(FindingCode.DOCUMENT_OVERDRAWN);
        }
      }
    }
  }

  private void checkTests(String unit, Set<FindingCode> wrong) {
    for (Told told : history.of(unit)) {
      if (told.is(YlVocabulary.STEP_RAPID_TESTING)) {
        String conclusion =
            told.event()
                .extension(YlVocabulary.NAMESPACE, YlVocabulary.TEST_RESULT)
                .orElseThrow()
                .get("yl:conclusion")
                .asString();
        if (!conclusion.equals(YlVocabulary.CONCLUSION_PASS)) {
          wrong.add(FindingCode.FAILED_TEST);
        }
      }
    }
  }

  /** Whoever bought to sell or to cook says that it came in. */
  private void checkEntry(String unit, List<Told> makers, Set<FindingCode> wrong) {
    boolean bought = makers.stream().anyMatch(told -> told.is(YlVocabulary.STEP_SELLING));
    boolean entered =
        history.of(unit).stream()
            .anyMatch(told -> told.is(YlVocabulary.STEP_MARKET_ENTRY) || told.is(RECEIVING));
    boolean used =
        history.of(unit).stream()
            .anyMatch(
                told ->
                    !told.units(UnitRole.INPUT).isEmpty()
                        && told.units(UnitRole.INPUT).stream()
                            .anyMatch(u -> u.canonical().equals(unit)));
    if (bought && used && !entered) {
      wrong.add(FindingCode.MISSING_LINK);
    }
  }

  /**
   * Sold for certain from this lot more than it held; a heap counts in {@link ConservationTest}.
   */
  private boolean isOversold(String unit) {
    BigDecimal in = BigDecimal.ZERO;
    BigDecimal out = BigDecimal.ZERO;
    for (Told told : history.of(unit)) {
      for (UnitMention mention : told.event().units()) {
        if (!mention.canonical().equals(unit) || mention.quantity() == null) {
          continue;
        }
        if (mention.role() == UnitRole.OUTPUT) {
          in = in.add(mention.quantity());
        } else if (mention.role() == UnitRole.INPUT) {
          out = out.add(mention.quantity());
        } else if (told.event().action() == org.yuanliu.epcis.Action.ADD) {
          in = in.add(mention.quantity());
        }
      }
    }
    return in.signum() > 0 && out.compareTo(in) > 0;
  }
}
