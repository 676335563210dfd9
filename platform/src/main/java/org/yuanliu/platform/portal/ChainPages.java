package org.yuanliu.platform.portal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.Level;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts;
import org.yuanliu.industry.ChainFacts.StepFact;
import org.yuanliu.industry.CheckFinding;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.PublicField;
import org.yuanliu.industry.Verdict;
import org.yuanliu.industry.VerdictRules;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.PublicView;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.catalogue.Catalogue;
import org.yuanliu.platform.checks.OpenAlerts;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.packs.StepWords;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Registry;
import org.yuanliu.platform.registry.TraceDocument;
import org.yuanliu.platform.trace.Direction;
import org.yuanliu.platform.trace.Trace;
import org.yuanliu.platform.trace.Trace.TracedEvent;
import org.yuanliu.platform.trace.TraceLimits;
import org.yuanliu.platform.trace.TraceRequest;
import org.yuanliu.platform.trace.Tracer;

/**
 * Puts a code's page together. The walk sees the whole chain, for a verdict on half of it would be
 * wrong; what leaves here has gone through {@link Disclosure#publicView}.
 */
@Service
class ChainPages {
  /** Districts named on a page; a batch that went everywhere is told by their number. */
  private static final int MAX_DISTRICTS = 12;

  private static final int FORWARD_EVENTS = 400;
  private static final int FORWARD_DEPTH = 6;

  private final Tracer tracer;
  private final FactsGatherer facts;
  private final Names names;
  private final Registry registry;
  private final Disclosure disclosure;
  private final Packs packs;
  private final StepWords stepWords;
  private final Catalogue catalogue;
  private final VerdictRules rules;
  private final OpenAlerts alerts;
  private final Journal journal;
  private final PortalSettings settings;
  private final ZoneId zone;
  private final Clock clock;
  private volatile @Nullable Tested tested;

  ChainPages(
      Tracer tracer,
      FactsGatherer facts,
      Names names,
      Registry registry,
      Disclosure disclosure,
      Packs packs,
      StepWords stepWords,
      Catalogue catalogue,
      VerdictRules rules,
      OpenAlerts alerts,
      Journal journal,
      PortalSettings settings,
      ServerSettings server,
      Clock clock) {
    this.tracer = requireNonNull(tracer, "tracer is null");
    this.facts = requireNonNull(facts, "facts is null");
    this.names = requireNonNull(names, "names is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.stepWords = requireNonNull(stepWords, "stepWords is null");
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.alerts = requireNonNull(alerts, "alerts is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.zone = server.zone();
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The page; empty where no record names the code. */
  Optional<TracePage> page(Code code) {
    Instant now = clock.instant();
    TraceLimits limits = new TraceLimits(settings.depth(), settings.events(), settings.timeMs());
    Trace upstream = walk(code, Direction.BACKWARD, limits);
    Trace downstream =
        walk(
            code,
            Direction.FORWARD,
            new TraceLimits(FORWARD_DEPTH, FORWARD_EVENTS, settings.timeMs()));
    Trace trace = withGivings(upstream, downstream);
    return trace.events().isEmpty()
        ? Optional.empty()
        : Optional.of(page(code, trace, downstream, now));
  }

  /**
   * What came before, and who sent the goods off to somebody who has not said yet that he has them:
   * once he has, that handover is in what came before. Where nothing came before, whatever names
   * the code: somebody used it up, or sent it off without a word of where he had it from.
   */
  private static Trace withGivings(Trace upstream, Trace downstream) {
    Set<String> roots = new HashSet<>(upstream.roots());
    Set<EntryRef> known = new HashSet<>();
    upstream.events().forEach(traced -> known.add(traced.ref()));
    List<TracedEvent> events = new ArrayList<>(upstream.events());
    downstream.events().stream()
        .filter(traced -> !known.contains(traced.ref()))
        .filter(traced -> known.isEmpty() ? names(traced, roots) : gives(traced, roots))
        .forEach(events::add);
    return new Trace(
        upstream.roots(),
        upstream.units(),
        events,
        upstream.flows(),
        upstream.parties(),
        upstream.truncated(),
        upstream.next());
  }

  private static boolean names(TracedEvent traced, Set<String> units) {
    return traced.event().units().stream().anyMatch(unit -> units.contains(unit.canonical()));
  }

  private static boolean gives(TracedEvent traced, Set<String> units) {
    return traced.event().units().stream()
        .anyMatch(unit -> unit.role() == UnitRole.EPC && units.contains(unit.canonical()));
  }

  private TracePage page(Code code, Trace trace, Trace forward, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Names.Lookup lookup = lookup(trace, today);
    Treatments treatments = Treatments.of(trace, packs.current().inForce(today), lookup);
    // A lorry is no goods, whatever it carried.
    ProductSeen product =
        code.level() == Level.ASSET ? new ProductSeen(null, null) : product(trace, treatments);
    Trace goods = treatments.without(trace);
    ChainFacts chain = facts.gather(goods, product.code(), now);
    Verdict verdict = withAlerts(rules.judge(asked(chain, today), chain), trace);
    Optional<KnownProduct> known = known(product.code(), today);
    Map<String, StepFact> steps =
        (treatments.isEmpty() ? chain.steps() : facts.steps(trace))
            .stream().collect(Collectors.toMap(StepFact::eventRef, Function.identity()));
    List<Link> links = known.map(k -> k.product().links()).orElse(List.of());
    List<Stop> stops =
        new StopsOf(
                disclosure,
                lookup,
                stepWords,
                testWords(),
                cited(trace),
                steps,
                known.map(KnownProduct::pack).orElse(null),
                links,
                traced -> links(traced, today),
                verdict)
            .stops(trace.events());
    // Where explosives or rare earths lie is not for the public.
    boolean placesWithheld =
        known.map(k -> !k.pack().publicView().contains(PublicField.PLACE)).orElse(false);
    return new TracePage(
        code.plain(),
        code.grouped(),
        new Localized(code.scheme().zhName(), code.scheme().enName()),
        product.name(known, english(product, trace)),
        verdict,
        links,
        stops,
        PartyFlow.draw(trace, lookup),
        placesWithheld ? List.of() : downstream(forward, trace, today),
        placesWithheld,
        now,
        journal.head());
  }

  /** The words of the packs that are loaded; they seldom change, and a page has to be quick. */
  private TestWords testWords() {
    PackSet loaded = packs.current();
    Tested known = tested;
    if (known == null || known.packs() != loaded) {
      known = new Tested(loaded, TestWords.of(loaded.all()));
      tested = known;
    }
    return known.words();
  }

  private record Tested(PackSet packs, TestWords words) {}

  /**
   * What the packs' checks find on the chain now counts as much as what its links lack. They follow
   * the journal: until they have come to the newest record of this page, nobody knows what they
   * will say. What others record meanwhile is no matter of it.
   */
  private Verdict withAlerts(Verdict verdict, Trace trace) {
    List<EntryRef> events = trace.events().stream().map(Trace.TracedEvent::ref).toList();
    boolean judged = alerts.areJudged(events);
    List<CheckFinding> found =
        alerts.of(
            events, trace.units().stream().map(Trace.TracedUnit::uri).collect(Collectors.toSet()));
    Verdict with = found.isEmpty() ? verdict : VerdictRules.with(verdict, found);
    return judged ? with : VerdictRules.pending(with);
  }

  /** The packs, stricter for what was on the key catalogue when the chain began. */
  private PackSet asked(ChainFacts chain, LocalDate today) {
    LocalDate began =
        chain.steps().stream()
            .map(StepFact::eventTime)
            .min(Comparator.naturalOrder())
            .map(first -> LocalDate.ofInstant(first, zone))
            .orElse(today);
    String division =
        chain.steps().stream()
            .max(Comparator.comparing(StepFact::eventTime))
            .map(StepFact::placeRef)
            .flatMap(registry::place)
            .map(Place::division)
            .orElse(null);
    return catalogue.enforced(packs.current(), began, division);
  }

  private Trace walk(Code code, Direction direction, TraceLimits limits) {
    return tracer.trace(
        new TraceRequest(
            List.of(code.canonical()), direction, limits, new Viewer.PublicPage(), null));
  }

  private Names.Lookup lookup(Trace trace, LocalDate day) {
    Set<String> parties = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (TracedEvent traced : trace.events()) {
      parties.add(traced.principal());
      FactsGatherer.place(traced.event()).ifPresent(places::add);
    }
    return names.lookup(parties, places, day);
  }

  private Map<String, TraceDocument> cited(Trace trace) {
    Set<String> ids = new HashSet<>();
    trace
        .events()
        .forEach(
            traced ->
                disclosure.publicView(traced.event()).documents().forEach(d -> ids.add(d.id())));
    return registry.documents(ids);
  }

  /** What the records call the goods. */
  private record ProductSeen(@Nullable String code, @Nullable String words) {
    @Nullable Localized name(Optional<KnownProduct> known, Optional<String> english) {
      if (words != null) {
        String kind = known.map(k -> k.product().names().en()).orElse(words);
        return new Localized(words, english.orElse(kind));
      }
      return known.map(k -> k.product().names()).orElse(null);
    }
  }

  private record KnownProduct(Pack pack, Product product) {}

  /**
   * The English of what the records call the goods, as a registered product of the chain has it.
   */
  private Optional<String> english(ProductSeen seen, Trace trace) {
    return seen.words() == null
        ? Optional.empty()
        : names.english(
            seen.words(),
            Stream.concat(
                Stream.ofNullable(seen.code()),
                trace.events().stream()
                    .flatMap(traced -> traced.event().units().stream())
                    .map(UnitMention::canonical)));
  }

  /**
   * The product as the record nearest to the code names it: the one that made it, else the last.
   */
  private ProductSeen product(Trace trace, Treatments treatments) {
    Set<String> roots = new HashSet<>(trace.roots());
    return trace.events().stream()
        .filter(traced -> !treatments.treats(traced, roots))
        .filter(
            traced ->
                traced.event().units().stream().anyMatch(unit -> roots.contains(unit.canonical())))
        .sorted(
            Comparator.comparing((TracedEvent traced) -> !makes(traced, roots))
                .thenComparing(traced -> traced.event().eventTime(), Comparator.reverseOrder()))
        .map(traced -> disclosure.publicView(traced.event()))
        .filter(view -> view.product() != null || view.productName() != null)
        .map(view -> new ProductSeen(view.product(), view.productName()))
        .findFirst()
        .orElse(new ProductSeen(null, null));
  }

  private static boolean makes(TracedEvent traced, Set<String> roots) {
    for (UnitMention unit : traced.event().units()) {
      boolean made =
          unit.role() == UnitRole.OUTPUT
              || (unit.role() == UnitRole.EPC && traced.event().action() == Action.ADD);
      if (made && roots.contains(unit.canonical())) {
        return true;
      }
    }
    return false;
  }

  private Optional<KnownProduct> known(@Nullable String productCode, LocalDate day) {
    for (Pack pack : packs.current().inForce(day)) {
      Optional<Product> product = pack.product(productCode);
      if (product.isPresent()) {
        return Optional.of(new KnownProduct(pack, product.get()));
      }
    }
    return Optional.empty();
  }

  /** Of the product that the event names: what the goods were made of or treated with. */
  private List<Link> links(TracedEvent traced, LocalDate day) {
    return known(disclosure.publicView(traced.event()).product(), day)
        .map(known -> known.product().links())
        .orElse(List.of());
  }

  /** Counties that the goods reached; no names, no numbers of anyone. */
  private List<Localized> downstream(Trace trace, Trace upstream, LocalDate day) {
    Set<String> known =
        upstream.events().stream().map(e -> e.ref().toString()).collect(Collectors.toSet());
    List<TracedEvent> later =
        trace.events().stream().filter(e -> !known.contains(e.ref().toString())).toList();
    Names.Lookup lookup = lookup(trace, day);
    Map<String, Localized> counties = new HashMap<>();
    for (TracedEvent traced : later) {
      PublicView view = disclosure.publicView(traced.event());
      String division =
          lookup.registered(view.place()).map(place -> place.division()).orElse(view.division());
      lookup.county(division).ifPresent(county -> counties.putIfAbsent(county.zh(), county));
    }
    return counties.values().stream()
        .sorted(Comparator.comparing(Localized::zh))
        .limit(MAX_DISTRICTS)
        .toList();
  }
}
