package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact.UnitFact;

/** Finds out what a limit is for an event. Empty means that nothing limits it. */
final class CheckLimits {
  private final Pack pack;
  private final CheckFacts facts;

  CheckLimits(Pack pack, CheckFacts facts) {
    this.pack = pack;
    this.facts = facts;
  }

  Optional<BigDecimal> number(@Nullable Limit<BigDecimal> limit, EventFact event) {
    return switch (limit) {
      case null -> Optional.empty();
      case Limit.Fixed<BigDecimal>(BigDecimal value) -> Optional.of(value);
      case Limit.OfElement<BigDecimal> of -> value(of.element(), event).map(CheckAmounts::number);
      case Limit.OfDocument<BigDecimal>(String document) -> Optional.of(covered(document, event));
      case Limit.Table<BigDecimal> table -> Optional.ofNullable(of(table, event));
    };
  }

  Optional<Span> span(@Nullable Limit<Span> limit, EventFact event) {
    return switch (limit) {
      case null -> Optional.empty();
      case Limit.Fixed<Span>(Span value) -> Optional.of(value);
      case Limit.OfElement<Span>(String element, Span.@Nullable Unit unit) ->
          value(element, event)
              .map(
                  value ->
                      new Span(
                          CheckAmounts.number(value).intValue(),
                          unit == null ? Span.Unit.DAY : unit));
      case Limit.OfDocument<Span> ignored -> Optional.empty();
      case Limit.Table<Span> table -> Optional.ofNullable(of(table, event));
    };
  }

  private <T> @Nullable T of(Limit.Table<T> table, EventFact event) {
    Optional<String> value = value(table.element(), event).map(EventFact::text);
    T chosen = value.isPresent() ? table.values().get(value.get()) : null;
    return chosen == null ? table.otherwise() : chosen;
  }

  /** What the event says, else what an earlier one of its units said last. */
  Optional<Object> value(String element, EventFact event) {
    Optional<Object> own = event.named(element);
    if (own.isPresent()) {
      return own;
    }
    for (UnitFact unit : event.units()) {
      Optional<Object> earlier = earlier(element, event, unit.unit());
      if (earlier.isPresent()) {
        return earlier;
      }
    }
    return Optional.empty();
  }

  /** What the last event of the unit before this one said; of other units nothing is taken. */
  Optional<Object> earlier(String element, EventFact event, String unit) {
    return facts.timeline(CheckKeys.BY_UNIT, unit).said(element, event);
  }

  /** The quantity of the cited documents of the kind, else of those that the party holds. */
  private BigDecimal covered(String document, EventFact event) {
    DocumentType type = pack.documents().get(document);
    if (type == null) {
      return BigDecimal.ZERO;
    }
    LocalDate day = LocalDate.ofInstant(event.eventTime(), facts.zone());
    List<PaperFact> papers =
        event.documents().stream()
            .filter(ref -> ref.type().equals(type.uri()))
            .flatMap(ref -> facts.paper(ref).stream())
            .toList();
    if (papers.isEmpty() && event.party() != null) {
      papers = facts.papersOf(event.party(), type.uri());
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (PaperFact paper : papers) {
      if (paper.quantity() != null && paper.isValidOn(day)) {
        sum = sum.add(paper.quantity());
      }
    }
    return sum;
  }

  /** The documents of a kind that the event cites. */
  List<DocumentRef> cited(String document, EventFact event) {
    DocumentType type = pack.documents().get(document);
    return type == null
        ? List.of()
        : event.documents().stream().filter(ref -> ref.type().equals(type.uri())).toList();
  }
}
