package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact.UnitFact;

/** Checks that add up: balance, quota, once, permit. */
final class CounterChecks {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Check check;
  private final CheckFacts facts;
  private final CheckLimits limits;

  CounterChecks(Check check, CheckFacts facts, CheckLimits limits) {
    this.check = check;
    this.facts = facts;
    this.limits = limits;
  }

  /** Keys under which more went out than came in, or at the due time not as much. */
  List<String> balance(CheckRule.Balance rule, EventFact event) {
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      Tally in = tally(rule, "in", rule.in(), rule.key(), value, rule.period(), event);
      Tally out = tally(rule, "out", rule.out(), rule.key(), value, rule.period(), event);
      boolean fails =
          rule.exact()
              ? unequal(rule, in, out, event)
              : rule.out().containsKey(event.link().id())
                  && exceeds(out.upTo(event), in.total(event), rule.tolerancePercent());
      if (fails) {
        failed.add(value);
      }
    }
    return failed;
  }

  /** An exact balance is asked of the last event that came in, once it is due. */
  private boolean unequal(CheckRule.Balance rule, Tally in, Tally out, EventFact event) {
    boolean asked =
        rule.settle() == null
            ? rule.out().containsKey(event.link().id())
            : in.last(event).map(e -> e.ref().equals(event.ref())).orElse(false)
                && isDue(rule, event);
    if (!asked) {
      return false;
    }
    BigDecimal came = in.total(event);
    BigDecimal went = out.total(event);
    return exceeds(went, came, rule.tolerancePercent())
        || exceeds(came, went, rule.tolerancePercent());
  }

  /** What events of some links move within the event's period, under a value of the rule's key. */
  private Tally tally(
      CheckRule rule,
      String what,
      Map<String, Amount> amounts,
      List<String> key,
      String value,
      CheckPeriod period,
      EventFact event) {
    ZoneId zone = facts.zone();
    String own = period.of(event.eventTime(), zone);
    return facts
        .timeline(key, value)
        .tally(
            rule,
            what + own,
            one -> {
              Amount amount = amounts.get(one.link().id());
              return amount == null || !period.of(one.eventTime(), zone).equals(own)
                  ? Optional.empty()
                  : Optional.of(CheckAmounts.of(amount, one, unitsOf(key, one, value)));
            });
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
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      ZoneId zone = facts.zone();
      String own = rule.period().of(event.eventTime(), zone);
      Tally tally =
          facts
              .timeline(rule.key(), value)
              .tally(
                  rule,
                  own,
                  one ->
                      rule.period().of(one.eventTime(), zone).equals(own)
                          ? CounterMoves.of(rule, check, one, unitsOf(rule.key(), one, value))
                          : Optional.empty());
      if (tally.upTo(event).compareTo(limit.get()) > 0) {
        failed.add(value);
      }
    }
    return failed;
  }

  /** Keys under which it has happened too often up to the event. */
  List<String> once(CheckRule.Once rule, EventFact event) {
    Optional<BigDecimal> limit = limits.number(rule.limit(), event);
    if (limit.isEmpty()) {
      return List.of();
    }
    List<String> failed = new ArrayList<>();
    for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
      Tally tally =
          facts
              .timeline(rule.key(), value)
              .tally(rule, "", one -> CounterMoves.of(rule, check, one));
      if (tally.upTo(event).compareTo(limit.get()) > 0) {
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
    BigDecimal drawn =
        facts
            .citing(paper.ref())
            .tally(
                rule,
                "",
                one ->
                    one.isOf(check.links())
                        ? Optional.of(CheckAmounts.of(rule.amount(), one, List.of()))
                        : Optional.empty())
            .upTo(event);
    return !exceeds(drawn, paper.quantity(), rule.tolerancePercent());
  }

  private static List<UnitFact> unitsOf(List<String> key, EventFact event, String value) {
    return CheckKeyValues.of(key, event).getOrDefault(value, List.of());
  }

  private static boolean exceeds(BigDecimal amount, BigDecimal limit, BigDecimal tolerance) {
    return amount.multiply(HUNDRED).compareTo(limit.multiply(HUNDRED.add(tolerance))) > 0;
  }
}
