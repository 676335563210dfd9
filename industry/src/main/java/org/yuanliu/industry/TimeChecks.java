package org.yuanliu.industry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yuanliu.industry.EventFact.UnitFact;

/** Checks about time: expiry, interval, deadline. */
final class TimeChecks {
  private final Set<String> links;
  private final CheckFacts facts;
  private final CheckLimits limits;

  TimeChecks(Set<String> links, CheckFacts facts, CheckLimits limits) {
    this.links = links;
    this.facts = facts;
    this.limits = limits;
  }

  /** Units whose day has passed; the event's own day counts for all of them. */
  List<String> expiry(CheckRule.Expiry rule, EventFact event) {
    Optional<Object> own = event.value(rule.of());
    if (own.isPresent() || event.goods().isEmpty()) {
      return expired(rule, event, own) ? List.of("") : List.of();
    }
    List<String> failed = new ArrayList<>();
    for (UnitFact unit : event.units()) {
      Optional<Object> said = limits.earlier(rule.of(), event, unit.unit());
      // What carries the goods has no such day, unless it said so.
      boolean counts = said.isPresent() || event.goods().contains(unit);
      if (counts && expired(rule, event, said)) {
        failed.add(unit.unit());
      }
    }
    return failed;
  }

  private boolean expired(CheckRule.Expiry rule, EventFact event, Optional<Object> said) {
    if (said.isEmpty() || !(said.get() instanceof Instant day)) {
      return rule.required();
    }
    Instant end = limits.span(rule.plus(), event).map(s -> s.after(day, facts.zone())).orElse(day);
    Instant needed =
        limits
            .span(rule.left(), event)
            .map(s -> s.after(event.eventTime(), facts.zone()))
            .orElse(event.eventTime());
    // A day lasts until its midnight.
    return day(needed).isAfter(day(end));
  }

  private LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, facts.zone());
  }

  /** Keys under which too little or too much time has passed. */
  List<String> interval(CheckRule.Interval rule, EventFact event) {
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      boolean fails =
          (event.isOf(links) && wrongSince(rule, event, value))
              || (rule.recurring() && overdue(rule, event, value));
      if (fails) {
        failed.add(value);
      }
    }
    return failed;
  }

  private boolean wrongSince(CheckRule.Interval rule, EventFact event, String value) {
    Timeline timeline = facts.timeline(rule.key(), value);
    Optional<EventFact> last = timeline.lastBefore(rule.since(), event);
    if (last.isEmpty()) {
      return rule.required();
    }
    Optional<Span> max = span(rule.max(), event, last.get());
    Instant from = last.get().eventTime();
    return tooSoon(rule, event, last.get(), timeline)
        || max.map(s -> event.eventTime().isAfter(s.after(from, facts.zone()))).orElse(false);
  }

  /**
   * Whether the least time since an earlier event is not over. Where each says its own, all count:
   * a drug of three days does not end the thirty of the one before.
   */
  private boolean tooSoon(
      CheckRule.Interval rule, EventFact event, EventFact last, Timeline timeline) {
    return switch (rule.min()) {
      case null -> false;
      case Limit.Fixed<Span>(Span min) -> isBefore(event, last, min);
      case Limit.OfElement<Span> ignored -> anyTooSoon(rule, event, timeline);
      case Limit.OfDocument<Span> ignored -> anyTooSoon(rule, event, timeline);
      case Limit.Table<Span> ignored -> anyTooSoon(rule, event, timeline);
    };
  }

  private boolean anyTooSoon(CheckRule.Interval rule, EventFact event, Timeline timeline) {
    // What the earlier event says of the interval goes first: the drug tells its withdrawal period.
    return timeline.before(rule.since(), event).stream()
        .anyMatch(
            earlier ->
                span(rule.min(), earlier, event)
                    .map(min -> isBefore(event, earlier, min))
                    .orElse(false));
  }

  private boolean isBefore(EventFact event, EventFact earlier, Span min) {
    return event.eventTime().isBefore(min.after(earlier.eventTime(), facts.zone()));
  }

  private Optional<Span> span(
      @org.jspecify.annotations.Nullable Limit<Span> limit, EventFact first, EventFact second) {
    Optional<Span> span = limits.span(limit, first);
    return span.isPresent() ? span : limits.span(limit, second);
  }

  /** Whether nothing has followed this event in time, and now it is too late. */
  private boolean overdue(CheckRule.Interval rule, EventFact event, String value) {
    if (!event.isOf(rule.since())) {
      return false;
    }
    Optional<Instant> due =
        limits.span(rule.max(), event).map(s -> s.after(event.eventTime(), facts.zone()));
    if (due.isEmpty() || !facts.now().isAfter(due.get())) {
      return false;
    }
    Set<String> next = new LinkedHashSet<>(links);
    next.addAll(rule.ends());
    next.addAll(rule.since());
    // The last one is asked; a late successor is found late by itself.
    return !facts.timeline(rule.key(), value).hasAfter(next, event);
  }

  /** When the next must have come. */
  Optional<Instant> due(CheckRule.Interval rule, EventFact event) {
    return rule.recurring() && event.isOf(rule.since())
        ? limits.span(rule.max(), event).map(s -> s.after(event.eventTime(), facts.zone()))
        : Optional.empty();
  }

  /** Keys under which the report, or what must follow, came late or is overdue. */
  List<String> deadline(CheckRule.Deadline rule, EventFact event) {
    Optional<Instant> due = due(rule, event);
    if (due.isEmpty()) {
      return List.of();
    }
    if (rule.followedBy().isEmpty()) {
      return event.recordTime().isAfter(due.get()) ? List.of("") : List.of();
    }
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      Optional<EventFact> next =
          facts.timeline(rule.key(), value).events(rule.followedBy()).stream()
              .filter(other -> !other.ref().equals(event.ref()))
              .filter(other -> rule.orBefore() || !other.eventTime().isBefore(event.eventTime()))
              .min(Comparator.comparing(EventFact::eventTime));
      boolean late =
          next.map(other -> other.eventTime().isAfter(due.get()))
              .orElse(facts.now().isAfter(due.get()));
      if (late) {
        failed.add(value);
      }
    }
    return failed;
  }

  /** By when the report or what must follow is due. */
  Optional<Instant> due(CheckRule.Deadline rule, EventFact event) {
    if (rule.dayOfNextMonth() > 0) {
      LocalDate month = day(event.eventTime()).withDayOfMonth(1).plusMonths(1);
      LocalDate last = month.withDayOfMonth(Math.min(rule.dayOfNextMonth(), month.lengthOfMonth()));
      return Optional.of(last.plusDays(1).atStartOfDay(facts.zone()).toInstant().minusNanos(1));
    }
    return limits.span(rule.within(), event).map(s -> s.after(event.eventTime(), facts.zone()));
  }
}
