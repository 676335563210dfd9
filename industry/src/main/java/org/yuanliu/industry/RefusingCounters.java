package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact.UnitFact;

/**
 * The checks of a pack that count and refuse, as counters that are moved when a record is stored:
 * what may happen once, quotas, what a document covers, and what goes out of what came in. They see
 * nothing but the event, registered documents and what was said of its units before, so that they
 * can be kept where records are stored.
 */
public final class RefusingCounters {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Pack pack;
  private final List<Check> counting;
  private final Set<String> elements;

  public RefusingCounters(Pack pack) {
    this.pack = requireNonNull(pack, "pack is null");
    this.counting = pack.checks().values().stream().filter(RefusingCounters::counts).toList();
    this.elements = elementsOf(counting);
  }

  /** What an element was said to be for a unit, by the last record that said it. */
  public interface Said {
    Optional<BigDecimal> of(String element, String unit);
  }

  private static boolean counts(Check check) {
    boolean refuses = check.level() == CheckLevel.REFUSE;
    return switch (check.rule()) {
      case CheckRule.Once ignored -> true;
      case CheckRule.Quota ignored -> refuses;
      case CheckRule.Permit ignored -> refuses;
      case CheckRule.Balance rule -> refuses && !rule.exact();
      case CheckRule.Yield ignored -> false;
      case CheckRule.Expiry ignored -> false;
      case CheckRule.Interval ignored -> false;
      case CheckRule.Sequence ignored -> false;
      case CheckRule.State ignored -> false;
      case CheckRule.ColdChain ignored -> false;
      case CheckRule.Upstream ignored -> false;
      case CheckRule.Licence ignored -> false;
      case CheckRule.Deadline ignored -> false;
      case CheckRule.Holds ignored -> false;
    };
  }

  /** Links whose events move a counter, or say how far one may go. */
  public Set<String> links() {
    Set<String> links = new LinkedHashSet<>();
    for (Check check : counting) {
      links.addAll(CheckReach.linksRead(check));
    }
    for (Product product : pack.products()) {
      for (Link link : product.links()) {
        if (link.elements().keySet().stream().anyMatch(elements::contains)) {
          links.add(link.id());
        }
      }
    }
    return links;
  }

  /** Elements that say how far a counter may go. */
  public Set<String> elements() {
    return elements;
  }

  private static Set<String> elementsOf(List<Check> checks) {
    Set<String> elements = new LinkedHashSet<>();
    for (Check check : checks) {
      if (limit(check.rule()) instanceof Limit.OfElement<BigDecimal> of) {
        elements.add(of.element());
      }
    }
    return Collections.unmodifiableSet(elements);
  }

  /** The documents that say how far the event may move its counters. */
  public Set<DocumentRef> documents(EventFact event) {
    Set<DocumentRef> documents = new LinkedHashSet<>();
    for (Check check : counting) {
      String kind = document(check.rule());
      DocumentType type = kind == null ? null : pack.documents().get(kind);
      if (type != null && event.isOf(check.links())) {
        event.documents().stream()
            .filter(ref -> ref.type().equals(type.uri()))
            .forEach(documents::add);
      }
    }
    return documents;
  }

  private static @Nullable String document(CheckRule rule) {
    if (rule instanceof CheckRule.Permit permit) {
      return permit.document();
    }
    return limit(rule) instanceof Limit.OfDocument<BigDecimal>(String document) ? document : null;
  }

  /** Which of them an earlier record of the event's units may have said. */
  public Set<String> asked(EventFact event) {
    Set<String> asked = new LinkedHashSet<>();
    for (Check check : counting) {
      if (limit(check.rule()) instanceof Limit.OfElement<BigDecimal> of
          && event.isOf(check.links())
          && event.value(of.element()).isEmpty()) {
        asked.add(of.element());
      }
    }
    return asked;
  }

  private static @Nullable Limit<BigDecimal> limit(CheckRule rule) {
    if (rule instanceof CheckRule.Once once) {
      return once.limit();
    }
    return rule instanceof CheckRule.Quota quota ? quota.limit() : null;
  }

  /**
   * What the event moves.
   *
   * @param facts for documents and the zone
   */
  public List<CounterMove> moves(EventFact event, CheckFacts facts, Said said) {
    List<CounterMove> moves = new ArrayList<>();
    for (Check check : counting) {
      boolean concerns =
          check.products().isEmpty()
              || (event.product() != null && check.products().contains(event.product()));
      if (concerns) {
        add(check, event, facts, said, moves);
      }
    }
    return moves;
  }

  private void add(
      Check check, EventFact event, CheckFacts facts, Said said, List<CounterMove> into) {
    boolean judged =
        event.isOf(check.links())
            && (check.when() == null
                || check.when().evaluate(Checks.variables(event)) == Expression.Outcome.TRUE);
    if (check.rule() instanceof CheckRule.Permit rule) {
      permit(rule, check, event, facts, judged, into);
    } else if (check.rule() instanceof CheckRule.Balance rule) {
      balance(rule, check, event, facts.zone(), judged, into);
    } else {
      Limit<BigDecimal> limit = limit(check.rule());
      BigDecimal most = judged && limit != null ? limit(limit, event, facts, said) : null;
      if (check.rule() instanceof CheckRule.Once rule) {
        once(rule, check, event, most, into);
      } else if (check.rule() instanceof CheckRule.Quota rule) {
        quota(rule, check, event, facts.zone(), most, into);
      }
    }
  }

  private static void once(
      CheckRule.Once rule,
      Check check,
      EventFact event,
      @Nullable BigDecimal limit,
      List<CounterMove> into) {
    CounterMoves.of(rule, check, event)
        .ifPresent(
            delta -> {
              for (String value : CheckKeyValues.of(rule.key(), event).keySet()) {
                into.add(new CounterMove("once", check.id(), value, "", delta, limit));
              }
            });
  }

  private static void quota(
      CheckRule.Quota rule,
      Check check,
      EventFact event,
      ZoneId zone,
      @Nullable BigDecimal limit,
      List<CounterMove> into) {
    String period = rule.period().of(event.eventTime(), zone);
    CheckKeyValues.of(rule.key(), event)
        .forEach(
            (value, units) ->
                CounterMoves.of(rule, check, event, units)
                    .ifPresent(
                        delta ->
                            into.add(
                                new CounterMove(
                                    "quota", check.id(), value, period, delta, limit))));
  }

  private void permit(
      CheckRule.Permit rule,
      Check check,
      EventFact event,
      CheckFacts facts,
      boolean judged,
      List<CounterMove> into) {
    if (!event.isOf(check.links())) {
      return;
    }
    BigDecimal drawn = CheckAmounts.of(rule.amount(), event, List.of());
    for (DocumentRef cited : new CheckLimits(pack, facts).cited(rule.document(), event)) {
      BigDecimal covered = facts.paper(cited).map(PaperFact::quantity).orElse(null);
      BigDecimal limit =
          judged && covered != null ? percent(covered, rule.tolerancePercent()) : null;
      into.add(new CounterMove("permit", check.id(), cited.ref(), "", drawn, limit));
    }
  }

  private static void balance(
      CheckRule.Balance rule,
      Check check,
      EventFact event,
      ZoneId zone,
      boolean judged,
      List<CounterMove> into) {
    Amount out = rule.out().get(event.link().id());
    Amount in = rule.in().get(event.link().id());
    if (out == null && in == null) {
      return;
    }
    String period = rule.period().of(event.eventTime(), zone);
    BigDecimal limit = judged && out != null ? BigDecimal.ZERO : null;
    CheckKeyValues.of(rule.key(), event)
        .forEach(
            (value, units) -> {
              BigDecimal went = out == null ? BigDecimal.ZERO : CheckAmounts.of(out, event, units);
              BigDecimal came = in == null ? BigDecimal.ZERO : CheckAmounts.of(in, event, units);
              BigDecimal delta = went.subtract(percent(came, rule.tolerancePercent()));
              into.add(new CounterMove("balance", check.id(), value, period, delta, limit));
            });
  }

  private @Nullable BigDecimal limit(
      Limit<BigDecimal> limit, EventFact event, CheckFacts facts, Said said) {
    if (limit instanceof Limit.OfElement<BigDecimal>(String element, Span.@Nullable Unit ignored)) {
      Optional<BigDecimal> own = event.value(element).map(CheckAmounts::number);
      if (own.isPresent()) {
        return own.get();
      }
      for (UnitFact one : event.units()) {
        Optional<BigDecimal> before = said.of(element, one.unit());
        if (before.isPresent()) {
          return before.get();
        }
      }
      return null;
    }
    return new CheckLimits(pack, facts).number(limit, event).orElse(null);
  }

  /** What an event says of how far a counter of its units may go, by element. */
  public Map<String, BigDecimal> says(EventFact event) {
    Map<String, BigDecimal> says = new LinkedHashMap<>();
    for (String element : elements) {
      event.value(element).ifPresent(value -> says.put(element, CheckAmounts.number(value)));
    }
    return says;
  }

  private static BigDecimal percent(BigDecimal amount, BigDecimal tolerance) {
    return amount.multiply(HUNDRED.add(tolerance)).divide(HUNDRED);
  }
}
