package org.yuanliu.platform.portal;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.ChainFacts.StepFact;
import org.yuanliu.industry.Finding;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PublicField;
import org.yuanliu.industry.Severity;
import org.yuanliu.industry.Verdict;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.PublicView;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.packs.StepWords;
import org.yuanliu.platform.registry.TraceDocument;
import org.yuanliu.platform.trace.Certainty;
import org.yuanliu.platform.trace.Trace;
import org.yuanliu.platform.trace.Trace.TracedEvent;

/** Puts the events of a chain together into the stops of its line. */
final class StopsOf {
  private static final Localized UNNAMED_PARTY =
      new Localized("责任主体不公开", "a party that is not shown");

  private final Disclosure disclosure;
  private final Names.Lookup names;
  private final StepWords stepWords;
  private final TestWords testWords;
  private final Map<String, TraceDocument> documents;
  private final Map<String, StepFact> facts;
  private final @Nullable Pack pack;
  private final Set<PublicField> shown;
  private final List<Link> links;
  private final Function<TracedEvent, List<Link>> otherLinks;
  private final Set<String> badRefs;

  /**
   * @param facts the steps by event reference
   * @param pack the pack in force; null where none knows the product
   * @param links the product's links; empty where it is not known
   * @param otherLinks those of the product that an event itself names
   */
  StopsOf(
      Disclosure disclosure,
      Names.Lookup names,
      StepWords stepWords,
      TestWords testWords,
      Map<String, TraceDocument> documents,
      Map<String, StepFact> facts,
      @Nullable Pack pack,
      List<Link> links,
      Function<TracedEvent, List<Link>> otherLinks,
      Verdict verdict) {
    this.disclosure = disclosure;
    this.names = names;
    this.stepWords = stepWords;
    this.testWords = testWords;
    this.documents = documents;
    this.facts = facts;
    this.pack = pack;
    this.shown = pack == null ? EnumSet.allOf(PublicField.class) : pack.publicView();
    this.links = links;
    this.otherLinks = otherLinks;
    this.badRefs = new LinkedHashSet<>();
    for (Finding finding : verdict.findings()) {
      if (finding.severity() == Severity.PROBLEM) {
        badRefs.addAll(finding.refs());
      }
    }
  }

  /** What makes events one stop. */
  private record Key(String step, String party, @Nullable String place, Certainty certainty) {}

  List<Stop> stops(List<TracedEvent> events) {
    Map<Key, List<TracedEvent>> groups = new LinkedHashMap<>();
    events.stream()
        .sorted(
            Comparator.comparing((TracedEvent traced) -> traced.event().eventTime())
                .thenComparing(TracedEvent::ref))
        .forEach(
            traced ->
                groups
                    .computeIfAbsent(
                        new Key(
                            step(traced).zh(),
                            traced.principal(),
                            FactsGatherer.place(traced.event()).orElse(null),
                            traced.certainty()),
                        key -> new ArrayList<>())
                    .add(traced));
    List<Stop> stops = new ArrayList<>();
    groups.values().forEach(group -> stops.add(stop(stops.size(), group)));
    return stops;
  }

  private Stop stop(int index, List<TracedEvent> group) {
    TracedEvent first = group.getFirst();
    Set<Trace.Flag> flags = EnumSet.noneOf(Trace.Flag.class);
    Map<String, Stop.Paper> papers = new LinkedHashMap<>();
    Map<String, Stop.TestLine> tests = new LinkedHashMap<>();
    Standing weakest = Standing.DEVICE;
    boolean bad = false;
    for (TracedEvent traced : group) {
      PublicView view = disclosure.publicView(traced.event());
      flags.addAll(traced.flags());
      if (shown.contains(PublicField.DOCUMENTS)) {
        papers(view, traced)
            .forEach(paper -> papers.putIfAbsent(paper.type().zh() + paper.number(), paper));
      }
      if (shown.contains(PublicField.TESTS)) {
        test(view).ifPresent(line -> tests.putIfAbsent(line.item().zh() + line.passed(), line));
      }
      if (traced.standing().compareTo(weakest) > 0) {
        weakest = traced.standing();
      }
      bad |= badRefs.contains(traced.ref().toString());
    }
    PublicView view = disclosure.publicView(first.event());
    Localized party =
        shown.contains(PublicField.PARTY) ? names.party(first.principal()) : UNNAMED_PARTY;
    return new Stop(
        "stop-" + index,
        step(first),
        time(first),
        time(group.getLast()),
        group.size(),
        shown.contains(PublicField.PLACE)
            ? names.place(view.place(), view.division(), party)
            : null,
        party,
        List.copyOf(papers.values()),
        List.copyOf(tests.values()),
        weakest,
        first.certainty(),
        bad,
        Set.copyOf(flags),
        group.stream().limit(Stop.MAX_REFS).map(traced -> traced.ref().toString()).toList());
  }

  private static OffsetDateTime time(TracedEvent traced) {
    return traced.event().eventTime().atOffset(ZoneOffset.of(traced.event().timeZoneOffset()));
  }

  private List<Stop.Paper> papers(PublicView view, TracedEvent traced) {
    List<Stop.Paper> papers = new ArrayList<>();
    for (var cited : view.documents()) {
      if (cited.type() == null) {
        continue;
      }
      TraceDocument document = documents.get(cited.id());
      Localized type = type(cited.type());
      if (document == null) {
        papers.add(
            new Stop.Paper(type, lastPart(cited.id()), null, null, Stop.Paper.State.UNREGISTERED));
        continue;
      }
      boolean valid = document.validity().contains(time(traced).toLocalDate());
      papers.add(
          new Stop.Paper(
              type,
              document.number(),
              document.validity().to() == null ? null : document.validity().to().toString(),
              document.issuer(),
              valid ? Stop.Paper.State.VALID : Stop.Paper.State.EXPIRED));
    }
    return papers;
  }

  private Localized type(String uri) {
    if (pack != null) {
      for (var type : pack.documents().values()) {
        if (type.uri().equals(uri)) {
          return type.names();
        }
      }
    }
    return new Localized("单证", "document");
  }

  private Optional<Stop.TestLine> test(PublicView view) {
    PublicView.PublicTest test = view.test();
    if (test == null) {
      return Optional.empty();
    }
    Boolean passed =
        YlVocabulary.CONCLUSION_PASS.equals(test.conclusion())
            ? Boolean.TRUE
            : YlVocabulary.CONCLUSION_FAIL.equals(test.conclusion()) ? Boolean.FALSE : null;
    return Optional.of(new Stop.TestLine(testWords.item(test.item()), passed));
  }

  /** The link's name in the goods' pack, else in the event's own, else the vocabulary's word. */
  private Localized step(TracedEvent traced) {
    StepFact fact = facts.get(traced.ref().toString());
    if (fact == null) {
      return stepWords.of(traced.event().bizStep());
    }
    return Stream.concat(links.stream(), otherLinks.apply(traced).stream())
        .filter(link -> link.recognises(fact))
        .findFirst()
        .map(Link::names)
        .orElseGet(() -> stepWords.of(traced.event().bizStep()));
  }

  private static String lastPart(String id) {
    return id.substring(Math.max(id.lastIndexOf(':'), id.lastIndexOf('/')) + 1);
  }
}
