package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact.UnitFact;

/** Checks that add up: balance, quota, once, permit. */
final class CounterChecks {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Set<String> links;
  private final CheckFacts facts;
  private final CheckLimits limits;

  /**
   * @param links the check's own links
   */
  CounterChecks(Set<String> links, CheckFacts facts, CheckLimits limits) {
    this.links = links;
    this.facts = facts;
    this.limits = limits;
  }

  /** Keys under which more went out than came in, or at the due time not as much. */
  List<String> balance(CheckRule.Balance rule, EventFact event) {
    List<String> failed = new ArrayList<>();
    Set<String> all = new LinkedHashSet<>(rule.in().keySet());
    all.addAll(rule.out().keySet());
    CheckKeyValues.of(rule.key(), event)
        .keySet()
        .forEach(
            value -> {
              List<EventFact> known = inPeriod(all, rule.key(), value, rule.period(), event);
              boolean fails =
                  rule.exact()
                      ? unequal(rule, known, value, event)
                      : rule.out().containsKey(event.link().id())
                          && exceeds(
                              sum(known, rule.out(), rule.key(), value, event),
                              sum(known, rule.in(), rule.key(), value, null),
                              rule.tolerancePercent());
              if (fails) {
                failed.add(value);
              }
            });
    return failed;
  }

  /** An exact balance is asked of the last event that came in, once it is due. */
  private boolean unequal(
      CheckRule.Balance rule, List<EventFact> known, String value, EventFact event) {
    Optional<EventFact> last =
        known.stream().filter(e -> e.isOf(rule.in().keySet())).max(EventFact.BY_TIME);
    boolean asked =
        rule.settle() == null
            ? rule.out().containsKey(event.link().id())
            : last.map(e -> e.ref().equals(event.ref())).orElse(false) && isDue(rule, event);
    if (!asked) {
      return false;
    }
    BigDecimal in = sum(known, rule.in(), rule.key(), value, null);
    BigDecimal out = sum(known, rule.out(), rule.key(), value, null);
    return exceeds(out, in, rule.tolerancePercent()) || exceeds(in, out, rule.tolerancePercent());
  }

  private boolean isDue(CheckRule.Balance rule, EventFact event) {
    return due(rule, event).map(due -> facts.now().isAfter(due)).orElse(false);
  }

  /** When an exact balance must be reached. */
  Optional<Instant> due(CheckRule.Balance rule, EventFact event) {
    return limits.span(rule.settle(), event).map(s -> s.after(event.eventTime(), facts.zone()));
  }

  /** Keys under which the sum up to the event is above the limit. */
  List<String> quota(CheckRule.Quota rule, EventFact event) {
    Optional<BigDecimal> limit = limits.number(rule.limit(), event);
    if (limit.isEmpty()) {
      return List.of();
    }
    Set<String> all = new LinkedHashSet<>(links);
    all.addAll(rule.minus().keySet());
    List<String> failed = new ArrayList<>();
    CheckKeyValues.of(rule.key(), event)
        .keySet()
        .forEach(
            value -> {
              List<EventFact> known = inPeriod(all, rule.key(), value, rule.period(), event);
              BigDecimal total = BigDecimal.ZERO;
              for (EventFact one : upTo(known, event)) {
                List<UnitFact> units = unitsOf(rule.key(), one, value);
                Amount minus = rule.minus().get(one.link().id());
                total =
                    minus == null
                        ? total.add(CheckAmounts.of(rule.amount(), one, units))
                        : total.subtract(CheckAmounts.of(minus, one, units));
              }
              if (total.compareTo(limit.get()) > 0) {
                failed.add(value);
              }
            });
    return failed;
  }

  /** Keys under which it has happened too often up to the event. */
  List<String> once(CheckRule.Once rule, EventFact event) {
    Optional<BigDecimal> limit = limits.number(rule.limit(), event);
    if (limit.isEmpty()) {
      return List.of();
    }
    Set<String> all = new LinkedHashSet<>(links);
    all.addAll(rule.back());
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      long net = 0;
      for (EventFact one : upTo(facts.events(all, rule.key(), value), event)) {
        net += rule.back().contains(one.link().id()) ? -1 : 1;
      }
      if (BigDecimal.valueOf(net).compareTo(limit.get()) > 0) {
        failed.add(value);
      }
    }
    return failed;
  }

  /** The documents that do not carry the event; a single empty text where none is cited. */
  List<String> permit(CheckRule.Permit rule, EventFact event) {
    List<DocumentRef> cited = limits.cited(rule.document(), event);
    if (cited.isEmpty()) {
      return rule.required() ? List.of("") : List.of();
    }
    List<String> failed = new ArrayList<>();
    for (DocumentRef ref : cited) {
      Optional<PaperFact> paper = facts.paper(ref);
      if (paper.isEmpty() || !carries(rule, paper.get(), event)) {
        failed.add(ref.ref());
      }
    }
    return failed;
  }

  private boolean carries(CheckRule.Permit rule, PaperFact paper, EventFact event) {
    if (!paper.isValidOn(LocalDate.ofInstant(event.eventTime(), facts.zone()))) {
      return false;
    }
    if (rule.subject() != null) {
      Optional<Object> whose = event.named(rule.subject());
      if (whose.isEmpty() || !EventFact.text(whose.get()).equals(paper.subject())) {
        return false;
      }
    }
    if (paper.quantity() == null) {
      return true;
    }
    BigDecimal drawn = BigDecimal.ZERO;
    for (EventFact one : upTo(facts.citing(links, paper.ref()), event)) {
      drawn = drawn.add(CheckAmounts.of(rule.amount(), one, List.of()));
    }
    return !exceeds(drawn, paper.quantity(), rule.tolerancePercent());
  }

  private List<EventFact> inPeriod(
      Set<String> of, List<String> key, String value, CheckPeriod period, EventFact event) {
    String own = period.of(event.eventTime(), facts.zone());
    List<EventFact> known = new ArrayList<>(facts.events(of, key, value));
    if (known.stream().noneMatch(one -> one.ref().equals(event.ref()))) {
      known.add(event);
    }
    return known.stream()
        .filter(one -> period.of(one.eventTime(), facts.zone()).equals(own))
        .toList();
  }

  /** The event and what happened before it: of several that exceed, the later ones do. */
  private static List<EventFact> upTo(List<EventFact> known, EventFact event) {
    List<EventFact> before =
        new ArrayList<>(
            known.stream().filter(one -> EventFact.BY_TIME.compare(one, event) < 0).toList());
    before.removeIf(one -> one.ref().equals(event.ref()));
    before.add(event);
    before.sort(EventFact.BY_TIME);
    return before;
  }

  private static BigDecimal sum(
      List<EventFact> known,
      Map<String, Amount> amounts,
      List<String> key,
      String value,
      @Nullable EventFact upTo) {
    BigDecimal sum = BigDecimal.ZERO;
    for (EventFact one : upTo == null ? known : upTo(known, upTo)) {
      Amount amount = amounts.get(one.link().id());
      if (amount != null) {
        sum = sum.add(CheckAmounts.of(amount, one, unitsOf(key, one, value)));
      }
    }
    return sum;
  }

  private static List<UnitFact> unitsOf(List<String> key, EventFact event, String value) {
    return CheckKeyValues.of(key, event).getOrDefault(value, List.of());
  }

  private static boolean exceeds(BigDecimal amount, BigDecimal limit, BigDecimal tolerance) {
    return amount.multiply(HUNDRED).compareTo(limit.multiply(HUNDRED.add(tolerance))) > 0;
  }
}
