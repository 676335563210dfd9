package org.yuanliu.industry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.EventFact.Reading;
import org.yuanliu.industry.EventFact.UnitFact;

/**
 * Checks about what came before and who acts: sequence, state, upstream, yield, cold chain,
 * licence.
 */
final class ChainChecks {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Digits of a yield: a ten-thousandth of a percent. */
  private static final int SCALE = 6;

  private final Pack pack;
  private final CheckFacts facts;
  private final CheckLimits limits;

  ChainChecks(Pack pack, CheckFacts facts, CheckLimits limits) {
    this.pack = pack;
    this.facts = facts;
    this.limits = limits;
  }

  List<String> sequence(CheckRule.Sequence rule, EventFact event) {
    Set<String> allowed = rule.after().get(event.link().id());
    if (allowed == null) {
      return List.of();
    }
    // What is named only as a predecessor counts as one too.
    Set<String> named = new java.util.LinkedHashSet<>(rule.after().keySet());
    rule.after().values().forEach(named::addAll);
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      String before =
          last(named, rule.key(), value, event)
              .map(other -> other.link().id())
              .orElse(CheckRule.Sequence.START);
      if (!allowed.contains(before)) {
        failed.add(value);
      }
    }
    return failed;
  }

  List<String> state(CheckRule.State rule, EventFact event) {
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      Optional<EventFact> last = last(rule.last(), rule.key(), value, event);
      if (last.isEmpty() ? rule.required() : !agrees(rule, last.get(), event)) {
        failed.add(value);
      }
    }
    return failed;
  }

  private static boolean agrees(CheckRule.State rule, EventFact last, EventFact event) {
    Optional<String> said = last.named(rule.element()).map(EventFact::text);
    if (said.isEmpty()) {
      return !rule.required();
    }
    if (rule.equalTo() != null) {
      return event.named(rule.equalTo()).map(EventFact::text).equals(said);
    }
    return rule.is().contains(said.get());
  }

  private Optional<EventFact> last(
      Set<String> links, List<String> key, String value, EventFact event) {
    return facts.timeline(key, value).lastBefore(links, event);
  }

  /** Units that came through none of the links, once the time for reports is over. */
  List<String> upstream(CheckRule.Upstream rule, EventFact event) {
    if (!facts.now().isAfter(due(event))) {
      return List.of();
    }
    List<String> failed = new ArrayList<>();
    for (UnitFact unit : event.goods()) {
      if (unit.role() == org.yuanliu.epcis.UnitRole.OUTPUT) {
        continue;
      }
      boolean came =
          facts.timeline(CheckKeys.BY_UNIT, unit.unit()).has(rule.links())
              || facts.upstream(unit.unit()).stream().anyMatch(other -> other.isOf(rule.links()));
      if (!came && !failed.contains(unit.unit())) {
        failed.add(unit.unit());
      }
    }
    return failed;
  }

  /** When a missing upstream begins to count. */
  static Instant due(EventFact event) {
    return event.eventTime().plus(event.link().grace());
  }

  boolean yields(CheckRule.Yield rule, EventFact event) {
    BigDecimal input = CheckAmounts.of(rule.input(), event, List.of());
    BigDecimal output = CheckAmounts.of(rule.output(), event, List.of());
    if (input.signum() == 0) {
      return output.signum() == 0;
    }
    BigDecimal percent = output.multiply(HUNDRED).divide(input, SCALE, RoundingMode.HALF_UP);
    return limits.number(rule.min(), event).map(min -> percent.compareTo(min) >= 0).orElse(true)
        && limits.number(rule.max(), event).map(max -> percent.compareTo(max) <= 0).orElse(true);
  }

  boolean coldChain(CheckRule.ColdChain rule, EventFact event) {
    Instant start = rule.from().isEmpty() ? null : start(rule.from(), event);
    List<Reading> readings = new ArrayList<>(readings(rule.measure(), event));
    if (start != null) {
      for (UnitFact unit : event.units()) {
        facts.timeline(CheckKeys.BY_UNIT, unit.unit()).events(Set.of()).stream()
            .filter(other -> !other.ref().equals(event.ref()))
            .filter(other -> !other.eventTime().isBefore(start))
            .filter(other -> !other.eventTime().isAfter(event.eventTime()))
            .forEach(other -> readings.addAll(readings(rule.measure(), other)));
      }
    }
    if (readings.isEmpty()) {
      return !rule.required();
    }
    List<Reading> sorted =
        readings.stream().distinct().sorted(Comparator.comparing(Reading::time)).toList();
    Optional<BigDecimal> min = limits.number(rule.min(), event);
    Optional<BigDecimal> max = limits.number(rule.max(), event);
    boolean inRange =
        sorted.stream()
            .allMatch(
                r ->
                    min.map(m -> r.value().compareTo(m) >= 0).orElse(true)
                        && max.map(m -> r.value().compareTo(m) <= 0).orElse(true));
    return inRange && isCovered(rule.gap(), sorted, start, event.eventTime());
  }

  private boolean isCovered(
      @Nullable Span gap, List<Reading> readings, @Nullable Instant start, Instant end) {
    if (gap == null) {
      return true;
    }
    Instant last = start == null ? readings.getFirst().time() : start;
    for (Reading reading : readings) {
      if (reading.time().isAfter(gap.after(last, facts.zone()))) {
        return false;
      }
      last = reading.time().isAfter(last) ? reading.time() : last;
    }
    return start == null || !end.isAfter(gap.after(last, facts.zone()));
  }

  private @Nullable Instant start(Set<String> from, EventFact event) {
    Instant start = null;
    for (UnitFact unit : event.goods()) {
      Instant began =
          last(from, CheckKeys.BY_UNIT, unit.unit(), event).map(EventFact::eventTime).orElse(null);
      if (began != null && (start == null || began.isBefore(start))) {
        start = began;
      }
    }
    return start;
  }

  private static List<Reading> readings(String measure, EventFact event) {
    List<Reading> readings = new ArrayList<>();
    for (Element element : event.link().elements().values()) {
      if (element.becomes() instanceof Target.Sensor sensor && sensor.measure().equals(measure)) {
        event.value(element.id()).ifPresent(value -> add(readings, value, event.eventTime()));
      }
    }
    return readings;
  }

  private static void add(List<Reading> readings, Object value, Instant time) {
    switch (value) {
      case List<?> list -> list.forEach(item -> add(readings, item, time));
      case Reading reading -> readings.add(reading);
      default -> readings.add(new Reading(time, CheckAmounts.number(value)));
    }
  }

  boolean licence(CheckRule.Licence rule, EventFact event) {
    DocumentType type = pack.documents().get(rule.document());
    Optional<Object> whose = event.named(rule.of());
    if (type == null || whose.isEmpty()) {
      return false;
    }
    LocalDate day = LocalDate.ofInstant(event.eventTime(), facts.zone());
    Predicate<PaperFact> covers = covers(rule.scope(), event);
    return facts.papersOf(EventFact.text(whose.get()), type.uri()).stream()
        .filter(paper -> paper.isValidOn(day))
        .anyMatch(covers);
  }

  /**
   * Whether a licence is good for the value of an element. A yes-or-no asks by its own name, and
   * only where it is yes.
   */
  private Predicate<PaperFact> covers(@Nullable String scope, EventFact event) {
    if (scope == null) {
      return paper -> true;
    }
    Optional<Object> value = limits.value(scope, event);
    boolean yesOrNo =
        event.link().element(scope).map(e -> e.type() == ElementType.BOOLEAN).orElse(false);
    if (yesOrNo) {
      boolean asked = value.equals(Optional.of(true));
      return paper -> !asked || paper.scope().contains(scope);
    }
    return paper -> value.map(EventFact::text).map(text -> names(paper, text)).orElse(false);
  }

  /** A place is written on a licence by its bare code too. */
  private static boolean names(PaperFact paper, String text) {
    int bare = Math.max(text.lastIndexOf(':'), text.lastIndexOf('/')) + 1;
    return paper.scope().contains(text) || paper.scope().contains(text.substring(bare));
  }
}
