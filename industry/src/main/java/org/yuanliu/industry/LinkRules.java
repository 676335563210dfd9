package org.yuanliu.industry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.ChainFacts.How;
import org.yuanliu.industry.ChainFacts.LinkFact;
import org.yuanliu.industry.ChainFacts.StepFact;

/**
 * Whether each required link is there on each branch, and shows what it must show. Asked for are
 * the links up to the furthest that the goods have reached: what is still at the wholesaler's has
 * not been sold to anybody.
 */
final class LinkRules {
  /** Goods are carried and kept anywhere: that does not tell how far along they are. */
  private static final Set<LinkStage> ANYWHERE = EnumSet.of(LinkStage.TRANSPORT, LinkStage.STORAGE);

  /**
   * What is at the place of such a link has come there by it; what is used up there need not be.
   */
  private static final Set<LinkStage> BRINGS =
      EnumSet.of(LinkStage.SOURCE, LinkStage.TRADE, LinkStage.TRANSPORT, LinkStage.STORAGE);

  private final Product product;
  private final ChainFacts facts;
  private final Chain chain;
  private final Evidence evidence;
  private final List<Source> sources;

  LinkRules(Product product, ChainFacts facts, Chain chain, Evidence evidence) {
    this.product = product;
    this.facts = facts;
    this.chain = chain;
    this.evidence = evidence;
    this.sources = sources(product, chain);
  }

  /** A link that goods begin with, and the steps on the branches that have it. */
  private record Source(int index, Set<String> branch, boolean everywhere) {
    boolean covers(StepFact step) {
      return everywhere || branch.contains(step.eventRef());
    }
  }

  /** Links that goods begin with: those of the stage, and those that take them on. */
  private static List<Source> sources(Product product, Chain chain) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < product.links().size(); i++) {
      Link link = product.links().get(i);
      if (link.stage() == LinkStage.SOURCE) {
        List<StepFact> steps = chain.steps().stream().filter(link::recognises).toList();
        if (!steps.isEmpty()) {
          sources.add(
              new Source(i, chain.onBranchWith(steps), steps.stream().anyMatch(chain::isIsolated)));
        }
      }
    }
    return sources;
  }

  /**
   * Whether the step's branch was taken on after the link, and no other source of it is known: of a
   * lift that was in use before anybody kept its records nobody asks who made it.
   */
  private boolean takenOnAfter(int link, StepFact step) {
    OptionalInt first =
        sources.stream().filter(source -> source.covers(step)).mapToInt(Source::index).min();
    return first.isPresent()
        && first.getAsInt() > link
        && product.links().get(first.getAsInt()).presence() instanceof Presence.TakesOn;
  }

  List<Finding> judge() {
    List<Finding> findings = new ArrayList<>();
    if (facts.steps().isEmpty()) {
      return findings;
    }
    int furthest = furthestLink();
    for (int i = 0; i < product.links().size(); i++) {
      Link link = product.links().get(i);
      List<StepFact> recognised = chain.steps().stream().filter(link::recognises).toList();
      if (i <= furthest || !recognised.isEmpty()) {
        findings.addAll(presence(i, recognised));
      }
      for (Requirement requirement : link.requirements()) {
        findings.addAll(shown(link, requirement, recognised));
      }
      findings.addAll(late(link, recognised));
    }
    findings.addAll(unknownPlaces());
    List<String> alternatives =
        facts.links().stream()
            .filter(link -> link.how() == How.INFERRED)
            .map(LinkFact::fromEventRef)
            .toList();
    if (!alternatives.isEmpty()) {
      findings.add(
          FindingCode.INFERRED_ATTRIBUTION.finding(alternatives, Messages.inferredAttribution()));
    }
    return findings;
  }

  /** If no step is recognised nothing tells how far the goods are, and all links are asked for. */
  private int furthestLink() {
    int told =
        last(link -> !ANYWHERE.contains(link.stage()) && link.stage() != LinkStage.DESTRUCTION)
            .orElse(-1);
    int ended = endedAt();
    return told >= 0 || ended >= 0
        ? Math.max(told, ended)
        : last(link -> true).orElse(product.links().size() - 1);
  }

  /**
   * How far goods had come that were destroyed. The end can come anywhere, and nothing follows it:
   * what tells is its place, which they had to reach first. -1 if they were not destroyed.
   */
  private int endedAt() {
    int furthest = -1;
    for (Link link : product.links()) {
      if (link.stage() == LinkStage.DESTRUCTION) {
        for (StepFact step : chain.steps()) {
          if (link.recognises(step)) {
            furthest = Math.max(furthest, reachedBy(step.nodeType()));
          }
        }
      }
    }
    return furthest;
  }

  /** The last link that goods have behind them which are at such a place; their source at least. */
  private int reachedBy(@Nullable String nodeType) {
    for (int i = 0; i < product.links().size(); i++) {
      Link link = product.links().get(i);
      if (nodeType != null
          && link.nodeTypes().contains(nodeType)
          && link.stage() != LinkStage.DESTRUCTION
          && !(link.presence() instanceof Presence.AsNeeded)) {
        return BRINGS.contains(link.stage()) ? i : Math.max(0, i - 1);
      }
    }
    return 0;
  }

  /** The last of these links that a step is recognised by. */
  private OptionalInt last(Predicate<Link> wanted) {
    for (int i = product.links().size() - 1; i >= 0; i--) {
      Link link = product.links().get(i);
      if (wanted.test(link) && chain.steps().stream().anyMatch(link::recognises)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * A step that may belong to a link of a place whose kind nobody knows: silence would be a guess.
   */
  private List<Finding> unknownPlaces() {
    Set<String> steps =
        product.links().stream()
            .flatMap(link -> link.recognisedBy().stream())
            // A lorry on its way is at no place that could tell anything.
            .filter(criterion -> !criterion.nodeTypes().isEmpty())
            .flatMap(criterion -> criterion.bizSteps().stream())
            .collect(Collectors.toSet());
    List<String> unknown =
        chain.steps().stream()
            .filter(step -> step.nodeType() == null)
            .filter(step -> step.bizStep() != null && steps.contains(step.bizStep()))
            .map(StepFact::eventRef)
            .toList();
    return unknown.isEmpty()
        ? List.of()
        : List.of(FindingCode.PLACE_UNKNOWN.finding(unknown, Messages.placeUnknown()));
  }

  private List<Finding> presence(int index, List<StepFact> recognised) {
    Link link = product.links().get(index);
    return switch (link.presence()) {
      case Presence.Always() -> {
        Collection<StepFact> starts = chain.starts().isEmpty() ? chain.steps() : chain.starts();
        List<StepFact> asked = starts.stream().filter(s -> !takenOnAfter(index, s)).toList();
        yield presence(link, recognised, asked, chain.starts().isEmpty());
      }
      case Presence.WhenPassing(Set<String> nodeTypes) -> whenPassing(link, recognised, nodeTypes);
      case Presence.Optional(), Presence.AsNeeded(), Presence.TakesOn() ->
          findings(link, new Coverage(List.of(), List.of()), recognised);
    };
  }

  /**
   * Each place of the kind asks for the link by itself: an entry to one market is none to another.
   */
  private List<Finding> whenPassing(Link link, List<StepFact> recognised, Set<String> nodeTypes) {
    Map<String, List<StepFact>> passedByPlace = new LinkedHashMap<>();
    for (StepFact step : chain.steps()) {
      if (step.nodeType() != null && nodeTypes.contains(step.nodeType())) {
        String place = Objects.requireNonNullElse(step.placeRef(), "");
        passedByPlace.computeIfAbsent(place, ref -> new ArrayList<>()).add(step);
      }
    }
    List<StepFact> lacking = new ArrayList<>();
    List<StepFact> unsure = new ArrayList<>();
    List<StepFact> there = new ArrayList<>();
    passedByPlace.forEach(
        (place, passed) -> {
          List<StepFact> here =
              recognised.stream()
                  .filter(s -> place.equals(Objects.requireNonNullElse(s.placeRef(), "")))
                  .toList();
          Set<String> reaching = chain.withUpstream(passed);
          // The branches that come through here, and whatever happened here beside the link itself.
          Set<StepFact> asked = new LinkedHashSet<>();
          chain.starts().stream().filter(s -> reaching.contains(s.eventRef())).forEach(asked::add);
          asked.addAll(passed);
          boolean any = !here.isEmpty();
          asked.removeIf(step -> any && chain.isIsolated(step));
          Coverage coverage = coverage(here, asked, false);
          lacking.addAll(coverage.lacking());
          unsure.addAll(coverage.unsure());
          there.addAll(here);
        });
    return findings(link, new Coverage(lacking, unsure), there);
  }

  private List<Finding> presence(
      Link link, List<StepFact> recognised, Collection<StepFact> asked, boolean oneBranch) {
    return findings(link, coverage(recognised, asked, oneBranch), recognised);
  }

  /** Which of the asked steps lack the link, and which have it only possibly. */
  private record Coverage(List<StepFact> lacking, List<StepFact> unsure) {}

  private Coverage coverage(
      List<StepFact> recognised, Collection<StepFact> asked, boolean oneBranch) {
    List<StepFact> sure = recognised.stream().filter(chain::isAttributable).toList();
    Set<String> surely = chain.onBranchWith(sure);
    Set<String> possibly = chain.onBranchWith(recognised);
    boolean surelyAll = oneBranch ? !sure.isEmpty() : sure.stream().anyMatch(chain::isIsolated);
    boolean possiblyAll =
        oneBranch ? !recognised.isEmpty() : recognised.stream().anyMatch(chain::isIsolated);
    List<StepFact> lacking = new ArrayList<>();
    List<StepFact> unsure = new ArrayList<>();
    for (StepFact step : asked) {
      if (surelyAll || surely.contains(step.eventRef())) {
        continue;
      }
      (possiblyAll || possibly.contains(step.eventRef()) ? unsure : lacking).add(step);
    }
    return new Coverage(lacking, unsure);
  }

  private List<Finding> findings(Link link, Coverage coverage, List<StepFact> recognised) {
    List<Finding> findings = new ArrayList<>();
    if (!coverage.lacking().isEmpty()) {
      boolean awaited =
          coverage.lacking().stream()
              .allMatch(
                  step ->
                      Duration.between(step.eventTime(), facts.asOf()).compareTo(link.grace())
                          <= 0);
      findings.add(
          FindingCode.MISSING_LINK.finding(
              refs(coverage.lacking()),
              awaited ? Messages.awaitedLink(link.names()) : Messages.missingLink(link.names()),
              link));
    }
    if (!coverage.unsure().isEmpty()) {
      findings.add(
          FindingCode.ONLY_POSSIBLE.finding(
              refs(recognised), Messages.onlyPossible(link.names()), link));
    }
    if (findings.isEmpty() && !recognised.isEmpty()) {
      findings.add(
          FindingCode.LINK_PRESENT.finding(
              refs(recognised), Messages.linkPresent(link.names()), link));
    }
    return findings;
  }

  private List<Finding> shown(Link link, Requirement requirement, List<StepFact> recognised) {
    List<StepFact> lacking =
        recognised.stream().filter(step -> !evidence.shows(step, requirement)).toList();
    if (lacking.isEmpty()) {
      return List.of();
    }
    FindingCode code =
        requirement instanceof Requirement.PassedTest
            ? FindingCode.MISSING_TEST
            : FindingCode.MISSING_DOCUMENT;
    return List.of(
        code.finding(
            refs(lacking), Messages.notShown(link.names(), evidence.names(requirement).toList())));
  }

  /** Late is what came after its grace and after the report of what followed: there was a gap. */
  private List<Finding> late(Link link, List<StepFact> recognised) {
    if (link.presence() instanceof Presence.TakesOn) {
      // Whatever was told of it before was told before it was taken on.
      return List.of();
    }
    List<String> late =
        recognised.stream().filter(step -> isLate(link, step)).map(StepFact::eventRef).toList();
    return late.isEmpty()
        ? List.of()
        : List.of(FindingCode.LATE_REPORT.finding(late, Messages.lateReport(link.names())));
  }

  private boolean isLate(Link link, StepFact step) {
    return Duration.between(step.eventTime(), step.recordTime()).compareTo(link.grace()) > 0
        && chain.next(step).anyMatch(next -> next.recordTime().isBefore(step.recordTime()));
  }

  private static List<String> refs(Collection<StepFact> steps) {
    return steps.stream().map(StepFact::eventRef).toList();
  }
}
