package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.yuanliu.industry.EventFact.Reading;

/**
 * Judges events by the checks of one pack. Every judgement is a function of the facts and nothing
 * else: judged again when late records or corrections are known, findings go and come by
 * themselves.
 */
public final class Checks {
  private final Pack pack;
  private final Map<String, CheckReach> reaches;

  /** Checks that judge events of a link, or that a term begins for with them. */
  private final Map<String, List<Check>> byLink = new HashMap<>();

  private final Map<String, Reach> reach = new HashMap<>();
  private final boolean asksDownstream;

  /**
   * How far the checks look with an event of a link.
   *
   * @param asked keys by which events are asked for when it is judged
   * @param touching by check: those that may find something else for other events
   */
  private record Reach(
      Set<List<String>> asked, boolean asksDocuments, Map<String, CheckReach> touching) {}

  public Checks(Pack pack) {
    this.pack = requireNonNull(pack, "pack is null");
    this.reaches = CheckReach.of(pack);
    for (Check check : pack.checks().values()) {
      Set<String> links = new LinkedHashSet<>(check.links());
      if (check.rule() instanceof CheckRule.Interval interval && interval.recurring()) {
        links.addAll(interval.since());
      }
      links.forEach(link -> byLink.computeIfAbsent(link, l -> new ArrayList<>()).add(check));
    }
    this.asksDownstream = reaches.values().stream().anyMatch(CheckReach::asksDownstream);
    for (Product product : pack.products()) {
      product.links().forEach(link -> reach.computeIfAbsent(link.id(), this::reachOf));
    }
  }

  private Reach reach(String link) {
    Reach known = reach.get(link);
    return known == null ? reachOf(link) : known;
  }

  private Reach reachOf(String link) {
    Set<List<String>> asked = new LinkedHashSet<>();
    boolean documents = false;
    Map<String, CheckReach> touching = new LinkedHashMap<>();
    for (Map.Entry<String, CheckReach> one : reaches.entrySet()) {
      asked.addAll(one.getValue().asked(link));
      documents |= one.getValue().asksDocuments(link);
      if (one.getValue().mayTouch(link)) {
        touching.put(one.getKey(), one.getValue());
      }
    }
    return new Reach(Collections.unmodifiableSet(asked), documents, touching);
  }

  /** What speaks against an act that has not happened yet; nothing of it is stored. */
  public List<CheckFinding> ask(EventFact event, CheckFacts facts) {
    return judge(event, facts, check -> check.moment() == Moment.ASK);
  }

  /** What speaks against a recorded event, by all that is known now. */
  public List<CheckFinding> judge(EventFact event, CheckFacts facts) {
    return judge(event, facts, check -> true);
  }

  /** The same by some checks only. */
  public List<CheckFinding> judge(EventFact event, CheckFacts facts, Set<String> checks) {
    return judge(event, facts, check -> checks.contains(check.id()));
  }

  /** The checks that an event has to do with, as one that is judged or that starts a term. */
  public List<Check> about(EventFact event) {
    return byLink.getOrDefault(event.link().id(), List.of()).stream()
        .filter(check -> concerns(check, event))
        .toList();
  }

  /**
   * Keys by which events of a link are found, beside the unit alone: what {@link
   * CheckFacts#timeline} has to find quickly, and what a document's change is looked up by.
   */
  public Set<List<String>> keys(String link) {
    Set<List<String>> keys = new LinkedHashSet<>();
    reaches.values().forEach(one -> keys.addAll(one.keys(link)));
    return keys;
  }

  /** Of these keys those that are asked for when an event of the link comes. */
  public Set<List<String>> askedKeys(String link) {
    return reach(link).asked();
  }

  /** Whether events are asked for by the documents that an event of the link cites. */
  public boolean asksDocuments(String link) {
    return reach(link).asksDocuments();
  }

  /** Whether what was made of an event's units may be asked for. */
  public boolean asksDownstream() {
    return asksDownstream;
  }

  /**
   * Other events for which something else may be found now that this one is known, or is void: they
   * are to be judged again, each by the checks that are named.
   *
   * @return ids of checks by reference of the event
   */
  public Map<String, Set<String>> touched(EventFact changed, CheckFacts facts) {
    Map<String, Set<String>> checks = new LinkedHashMap<>();
    Map<String, EventFact> events = new LinkedHashMap<>();
    reach(changed.link().id())
        .touching()
        .forEach(
            (check, one) -> {
              events.clear();
              one.touched(changed, facts, events);
              events.remove(changed.ref());
              events
                  .keySet()
                  .forEach(
                      ref -> checks.computeIfAbsent(ref, r -> new LinkedHashSet<>()).add(check));
            });
    return checks;
  }

  /** Whether one of the checks has terms that may be others now that it is judged again. */
  public boolean haveTerms(Set<String> checks) {
    return checks.stream()
        .map(pack.checks()::get)
        .anyMatch(
            check ->
                check != null
                    && (check.rule() instanceof CheckRule.Interval
                        || check.rule() instanceof CheckRule.Deadline
                        || check.rule() instanceof CheckRule.Balance));
  }

  /** When the passing of time alone may change what is found for an event. */
  public List<Instant> dueTimes(EventFact event, CheckFacts facts) {
    CheckLimits limits = new CheckLimits(pack, facts);
    List<Instant> times = new ArrayList<>();
    for (Check check : about(event)) {
      TimeChecks time = new TimeChecks(check.links(), facts, limits);
      Optional<Instant> due =
          switch (check.rule()) {
            case CheckRule.Interval rule -> time.due(rule, event);
            case CheckRule.Deadline rule ->
                rule.followedBy().isEmpty() ? Optional.empty() : time.due(rule, event);
            case CheckRule.Balance rule -> new CounterChecks(check, facts, limits).due(rule, event);
            case CheckRule.Upstream ignored -> Optional.of(ChainChecks.due(event));
            case CheckRule.Holds ignored -> Optional.empty();
            case CheckRule.Yield ignored -> Optional.empty();
            case CheckRule.Quota ignored -> Optional.empty();
            case CheckRule.Expiry ignored -> Optional.empty();
            case CheckRule.Sequence ignored -> Optional.empty();
            case CheckRule.State ignored -> Optional.empty();
            case CheckRule.Once ignored -> Optional.empty();
            case CheckRule.Permit ignored -> Optional.empty();
            case CheckRule.ColdChain ignored -> Optional.empty();
            case CheckRule.Licence ignored -> Optional.empty();
          };
      due.ifPresent(times::add);
    }
    return times;
  }

  private List<CheckFinding> judge(EventFact event, CheckFacts facts, Predicate<Check> asked) {
    requireNonNull(event, "event is null");
    requireNonNull(facts, "facts is null");
    CheckLimits limits = new CheckLimits(pack, facts);
    List<CheckFinding> findings = new ArrayList<>();
    Map<String, Object> variables = Map.of();
    for (Check check : about(event)) {
      if (!asked.test(check)) {
        continue;
      }
      if (variables.isEmpty()
          && (check.when() != null || check.rule() instanceof CheckRule.Holds)) {
        variables = variables(event);
      }
      if (check.when() != null && check.when().evaluate(variables) != Expression.Outcome.TRUE) {
        continue;
      }
      for (String key : failed(check, event, facts, limits, variables)) {
        findings.add(
            new CheckFinding(
                check.id(),
                check.level(),
                check.moment(),
                event.ref(),
                key,
                key.isEmpty() ? List.of(event.ref()) : List.of(event.ref(), key),
                check.message(),
                check.source()));
      }
    }
    return findings;
  }

  private static boolean concerns(Check check, EventFact event) {
    return check.products().isEmpty()
        || (event.product() != null && check.products().contains(event.product()));
  }

  /** The keys under which the check fails; an empty text is the event as a whole. */
  private List<String> failed(
      Check check,
      EventFact event,
      CheckFacts facts,
      CheckLimits limits,
      Map<String, Object> variables) {
    CounterChecks counters = new CounterChecks(check, facts, limits);
    TimeChecks times = new TimeChecks(check.links(), facts, limits);
    ChainChecks chain = new ChainChecks(pack, facts, limits);
    return switch (check.rule()) {
      case CheckRule.Holds(Expression expression) ->
          switch (expression.evaluate(variables)) {
            case TRUE, NOT_APPLICABLE -> List.of();
            // An expression that breaks off proved nothing.
            case FALSE, BROKEN -> List.of("");
          };
      case CheckRule.Balance rule -> counters.balance(rule, event);
      case CheckRule.Quota rule -> counters.quota(rule, event);
      case CheckRule.Once rule -> counters.once(rule, event);
      case CheckRule.Permit rule -> counters.permit(rule, event);
      case CheckRule.Expiry rule -> times.expiry(rule, event);
      case CheckRule.Interval rule -> times.interval(rule, event);
      case CheckRule.Deadline rule -> times.deadline(rule, event);
      case CheckRule.Sequence rule -> chain.sequence(rule, event);
      case CheckRule.State rule -> chain.state(rule, event);
      case CheckRule.Upstream rule -> chain.upstream(rule, event);
      case CheckRule.Yield rule -> whole(chain.yields(rule, event));
      case CheckRule.ColdChain rule -> whole(chain.coldChain(rule, event));
      case CheckRule.Licence rule -> whole(chain.licence(rule, event));
    };
  }

  private static List<String> whole(boolean holds) {
    return holds ? List.of() : List.of("");
  }

  /** What an expression can ask for. */
  static Map<String, Object> variables(EventFact event) {
    Map<String, Object> variables = new LinkedHashMap<>();
    event.values().forEach((id, value) -> variables.put(id, plain(value)));
    variables.put("given", List.copyOf(event.values().keySet()));
    variables.put("event_time", event.eventTime());
    variables.put("record_time", event.recordTime());
    variables.put("link", event.link().id());
    variables.put("product", event.product() == null ? "" : event.product());
    variables.put("place_kind", event.nodeType() == null ? "" : event.nodeType());
    variables.put(
        "documents", event.documents().stream().map(ref -> kind(ref.type())).distinct().toList());
    variables.put("unit_count", (long) event.goods().size());
    return variables;
  }

  /** The word that ends a document type's URI, without what all of them begin with. */
  private static String kind(String type) {
    String word = type.substring(type.lastIndexOf('/') + 1);
    return word.startsWith("BTT-") ? word.substring("BTT-".length()) : word;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case java.math.BigDecimal number -> number.doubleValue();
      case Reading reading -> reading.value().doubleValue();
      case List<?> list -> list.stream().map(Checks::plain).toList();
      default -> value;
    };
  }
}
