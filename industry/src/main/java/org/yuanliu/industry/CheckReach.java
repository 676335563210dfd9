package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact.UnitFact;

/**
 * How far one check looks: which events it asks for by which keys, and for which events a change of
 * one may change what it finds. Whoever keeps findings finds by it what to judge again.
 */
final class CheckReach {
  private final Check check;
  private final Set<String> reads;
  private final Set<String> elements;

  CheckReach(Check check) {
    this.check = requireNonNull(check, "check is null");
    this.reads = linksRead(check);
    this.elements = elementsRead(check.rule());
  }

  /** Whether events of the link are looked at, judged ones among them. */
  boolean reads(String link) {
    return reads.isEmpty() || reads.contains(link);
  }

  /** Keys by which events of the link are found, beside the unit. */
  Set<List<String>> keys(String link) {
    Set<List<String>> keys = asked(link);
    if (reads(link)) {
      switch (check.rule()) {
        case CheckRule.Licence rule -> keys.add(List.of(rule.of()));
        case CheckRule.Quota rule -> byHolder(rule.limit(), keys);
        case CheckRule.Yield rule -> {
          byHolder(rule.min(), keys);
          byHolder(rule.max(), keys);
        }
        case CheckRule.Balance ignored -> {}
        case CheckRule.Once ignored -> {}
        case CheckRule.Interval ignored -> {}
        case CheckRule.Sequence ignored -> {}
        case CheckRule.State ignored -> {}
        case CheckRule.Deadline ignored -> {}
        case CheckRule.Holds ignored -> {}
        case CheckRule.Expiry ignored -> {}
        case CheckRule.Permit ignored -> {}
        case CheckRule.ColdChain ignored -> {}
        case CheckRule.Upstream ignored -> {}
      }
    }
    return keys;
  }

  /**
   * Keys by which events are asked for when one of the link is judged; the others serve to find
   * what a document has changed.
   */
  Set<List<String>> asked(String link) {
    Set<List<String>> keys = new LinkedHashSet<>();
    if (reads(link)) {
      switch (check.rule()) {
        case CheckRule.Balance rule -> keys.add(rule.key());
        case CheckRule.Quota rule -> keys.add(rule.key());
        case CheckRule.Once rule -> keys.add(rule.key());
        case CheckRule.Interval rule -> keys.add(rule.key());
        case CheckRule.Sequence rule -> keys.add(rule.key());
        case CheckRule.State rule -> keys.add(rule.key());
        case CheckRule.Deadline rule -> keys.add(rule.key());
        case CheckRule.Licence ignored -> {}
        case CheckRule.Yield ignored -> {}
        case CheckRule.Holds ignored -> {}
        case CheckRule.Expiry ignored -> {}
        case CheckRule.Permit ignored -> {}
        case CheckRule.ColdChain ignored -> {}
        case CheckRule.Upstream ignored -> {}
      }
    }
    keys.remove(List.<String>of());
    keys.remove(CheckKeys.BY_UNIT);
    return keys;
  }

  /** Whether events of the link are added up by the documents that they cite. */
  boolean asksDocuments(String link) {
    return check.rule() instanceof CheckRule.Permit && check.links().contains(link);
  }

  /** Whether what was made of the units of an event may be looked for. */
  boolean asksDownstream() {
    return check.rule() instanceof CheckRule.Upstream;
  }

  /** What a party's documents allow is found again by the party. */
  private static void byHolder(@Nullable Limit<?> limit, Set<List<String>> keys) {
    if (limit instanceof Limit.OfDocument<?>) {
      keys.add(List.of(CheckKeys.PARTY));
    }
  }

  /** Whether a change of an event of the link may change what the check finds for another event. */
  boolean mayTouch(String link) {
    return !elements.isEmpty()
        || switch (check.rule()) {
          case CheckRule.Balance rule ->
              rule.in().containsKey(link) || rule.out().containsKey(link);
          case CheckRule.Quota ignored -> reads(link);
          case CheckRule.Once ignored -> reads(link);
          case CheckRule.Sequence ignored -> reads(link);
          case CheckRule.State rule -> rule.last().contains(link);
          case CheckRule.Interval ignored -> reads(link);
          case CheckRule.Deadline rule -> rule.followedBy().contains(link);
          case CheckRule.Permit ignored -> check.links().contains(link);
          // What it was made of and packed into, whatever the link is called.
          case CheckRule.Upstream ignored -> true;
          case CheckRule.ColdChain rule -> !rule.from().isEmpty();
          case CheckRule.Expiry ignored -> false;
          case CheckRule.Holds ignored -> false;
          case CheckRule.Yield ignored -> false;
          case CheckRule.Licence ignored -> false;
        };
  }

  /** Adds events for which the check may find something else now that this one is there or gone. */
  void touched(EventFact changed, CheckFacts facts, Map<String, EventFact> into) {
    ZoneId zone = facts.zone();
    switch (check.rule()) {
      case CheckRule.Balance rule -> balance(rule, changed, facts, into);
      case CheckRule.Quota rule -> {
        if (reads(changed.link().id())) {
          for (EventFact other : after(rule.key(), check.links(), changed, facts)) {
            if (samePeriod(rule.period(), other, changed, zone)) {
              into.put(other.ref(), other);
            }
          }
        }
      }
      case CheckRule.Once rule -> later(rule.key(), changed, facts, into);
      case CheckRule.Sequence rule -> later(rule.key(), changed, facts, into);
      case CheckRule.State rule -> {
        if (changed.isOf(rule.last())) {
          later(rule.key(), changed, facts, into);
        }
      }
      case CheckRule.Interval rule -> interval(rule, changed, facts, into);
      case CheckRule.Deadline rule -> {
        if (changed.isOf(rule.followedBy())) {
          put(sharing(rule.key(), check.links(), changed, facts), into);
        }
      }
      case CheckRule.Permit ignored -> {
        if (changed.isOf(check.links())) {
          for (DocumentRef document : changed.documents()) {
            put(facts.citing(document).after(check.links(), changed), into);
          }
        }
      }
      case CheckRule.Upstream rule -> upstream(rule, changed, facts, into);
      case CheckRule.ColdChain rule -> {
        if (!rule.from().isEmpty()) {
          later(CheckKeys.BY_UNIT, changed, facts, into);
        }
      }
      case CheckRule.Expiry ignored -> {}
      case CheckRule.Holds ignored -> {}
      case CheckRule.Yield ignored -> {}
      case CheckRule.Licence ignored -> {}
    }
    if (elements.stream().anyMatch(element -> changed.value(element).isPresent())) {
      put(after(CheckKeys.BY_UNIT, check.links(), changed, facts), into);
    }
  }

  private void balance(
      CheckRule.Balance rule, EventFact changed, CheckFacts facts, Map<String, EventFact> into) {
    boolean in = rule.in().containsKey(changed.link().id());
    boolean out = rule.out().containsKey(changed.link().id());
    if (!in && !out) {
      return;
    }
    Set<String> asked = new LinkedHashSet<>();
    if (!rule.exact() || rule.settle() == null) {
      asked.addAll(rule.out().keySet());
    }
    if (rule.exact()) {
      asked.addAll(rule.in().keySet());
    }
    List<EventFact> reached =
        in || rule.exact()
            ? sharing(rule.key(), asked, changed, facts)
            : after(rule.key(), asked, changed, facts);
    for (EventFact other : reached) {
      if (samePeriod(rule.period(), other, changed, facts.zone())) {
        into.put(other.ref(), other);
      }
    }
  }

  private void interval(
      CheckRule.Interval rule, EventFact changed, CheckFacts facts, Map<String, EventFact> into) {
    if (changed.isOf(rule.since())) {
      later(rule.key(), changed, facts, into);
    }
    if (rule.recurring() && reads(changed.link().id())) {
      // The last before it was the one to be followed, or is so again.
      for (String value : CheckKeyValues.of(rule.key(), changed).keySet()) {
        facts
            .timeline(rule.key(), value)
            .lastBefore(rule.since(), changed)
            .ifPresent(other -> into.put(other.ref(), other));
      }
    }
  }

  private void upstream(
      CheckRule.Upstream rule, EventFact changed, CheckFacts facts, Map<String, EventFact> into) {
    // What something was made of, and what it was packed into, lead to where it came from.
    boolean joins =
        changed.units().stream()
            .anyMatch(unit -> unit.role() == UnitRole.INPUT || unit.role() == UnitRole.PARENT);
    boolean looked = changed.isOf(rule.links());
    if (!joins && !looked) {
      return;
    }
    put(sharing(CheckKeys.BY_UNIT, check.links(), changed, facts), into);
    for (UnitFact unit : changed.goods()) {
      if (looked || unit.role() == UnitRole.OUTPUT || unit.role() == UnitRole.CHILD) {
        facts.downstream(unit.unit()).stream()
            .filter(other -> other.isOf(check.links()) && !other.ref().equals(changed.ref()))
            .forEach(other -> into.put(other.ref(), other));
      }
    }
  }

  private void later(
      List<String> key, EventFact changed, CheckFacts facts, Map<String, EventFact> into) {
    if (reads(changed.link().id())) {
      put(after(key, check.links(), changed, facts), into);
    }
  }

  private static List<EventFact> sharing(
      List<String> key, Set<String> links, EventFact changed, CheckFacts facts) {
    List<EventFact> found = new ArrayList<>();
    for (String value : CheckKeyValues.of(key, changed).keySet()) {
      for (EventFact other : facts.timeline(key, value).events(links)) {
        if (!other.ref().equals(changed.ref())) {
          found.add(other);
        }
      }
    }
    return found;
  }

  private static void put(Collection<EventFact> events, Map<String, EventFact> into) {
    events.forEach(event -> into.put(event.ref(), event));
  }

  private static List<EventFact> after(
      List<String> key, Set<String> links, EventFact changed, CheckFacts facts) {
    List<EventFact> found = new ArrayList<>();
    for (String value : CheckKeyValues.of(key, changed).keySet()) {
      found.addAll(facts.timeline(key, value).after(links, changed));
    }
    return found;
  }

  private static boolean samePeriod(
      CheckPeriod period, EventFact one, EventFact other, ZoneId zone) {
    return period.of(one.eventTime(), zone).equals(period.of(other.eventTime(), zone));
  }

  /** Links whose events the check looks at; empty for all of the unit. */
  static Set<String> linksRead(Check check) {
    Set<String> links = new LinkedHashSet<>(check.links());
    switch (check.rule()) {
      case CheckRule.Balance rule -> {
        links.addAll(rule.in().keySet());
        links.addAll(rule.out().keySet());
      }
      case CheckRule.Quota rule -> links.addAll(rule.minus().keySet());
      case CheckRule.Once rule -> links.addAll(rule.back());
      case CheckRule.Interval rule -> {
        links.addAll(rule.since());
        links.addAll(rule.ends());
      }
      case CheckRule.Sequence rule -> {
        links.addAll(rule.after().keySet());
        rule.after().values().forEach(links::addAll);
      }
      case CheckRule.State rule -> links.addAll(rule.last());
      case CheckRule.Deadline rule -> links.addAll(rule.followedBy());
      case CheckRule.Upstream rule -> links.addAll(rule.links());
      case CheckRule.Expiry ignored -> links.clear();
      case CheckRule.ColdChain ignored -> links.clear();
      case CheckRule.Permit ignored -> {}
      case CheckRule.Holds ignored -> {}
      case CheckRule.Yield ignored -> {}
      case CheckRule.Licence ignored -> {}
    }
    return links;
  }

  /** Elements that an earlier event of the same unit may have said. */
  private static Set<String> elementsRead(CheckRule rule) {
    Set<String> elements = new LinkedHashSet<>();
    switch (rule) {
      case CheckRule.Balance balance -> of(balance.settle(), elements);
      case CheckRule.Yield yields -> {
        of(yields.min(), elements);
        of(yields.max(), elements);
      }
      case CheckRule.Quota quota -> of(quota.limit(), elements);
      case CheckRule.Expiry expiry -> {
        elements.add(expiry.of());
        of(expiry.plus(), elements);
        of(expiry.left(), elements);
      }
      case CheckRule.Interval interval -> {
        of(interval.min(), elements);
        of(interval.max(), elements);
      }
      case CheckRule.Once once -> of(once.limit(), elements);
      case CheckRule.ColdChain cold -> {
        of(cold.min(), elements);
        of(cold.max(), elements);
      }
      case CheckRule.Licence licence -> {
        if (licence.scope() != null) {
          elements.add(licence.scope());
        }
      }
      case CheckRule.Deadline deadline -> of(deadline.within(), elements);
      case CheckRule.Holds ignored -> {}
      case CheckRule.Sequence ignored -> {}
      case CheckRule.State ignored -> {}
      case CheckRule.Permit ignored -> {}
      case CheckRule.Upstream ignored -> {}
    }
    return elements;
  }

  private static void of(@Nullable Limit<?> limit, Set<String> elements) {
    switch (limit) {
      case null -> {}
      case Limit.Fixed<?> ignored -> {}
      case Limit.OfDocument<?> ignored -> {}
      case Limit.OfElement<?> of -> elements.add(of.element());
      case Limit.Table<?> table -> elements.add(table.element());
    }
  }

  /** One for each check of the pack. */
  static Map<String, CheckReach> of(Pack pack) {
    Map<String, CheckReach> reaches = new LinkedHashMap<>();
    pack.checks().forEach((id, check) -> reaches.put(id, new CheckReach(check)));
    return reaches;
  }
}
