package org.yuanliu.platform.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.Certainty;
import org.yuanliu.industry.ChainFacts;
import org.yuanliu.industry.ChainFacts.BalanceFact;
import org.yuanliu.industry.ChainFacts.DocumentFact;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.ChainFacts.How;
import org.yuanliu.industry.ChainFacts.LinkFact;
import org.yuanliu.industry.ChainFacts.StepFact;
import org.yuanliu.industry.ChainFacts.TestFact;
import org.yuanliu.industry.ChainFacts.TestResult;
import org.yuanliu.industry.Standing;
import org.yuanliu.platform.demo.History.Told;

/** Gathers what a verdict rests on straight from the events, without the platform's tracing. */
final class ToldFacts {
  private final History history;
  private final Instant asOf;
  private final Map<String, String> nodeTypes = new HashMap<>();
  private final Map<String, BigDecimal> drawn = new HashMap<>();

  ToldFacts(History history, Instant asOf) {
    this.history = history;
    this.asOf = asOf;
    history
        .demo
        .cast()
        .withPlace()
        .forEach(actor -> nodeTypes.put(actor.place(), actor.kind().nodeType()));
    for (Told told : history.told) {
      if (told.is(YlVocabulary.STEP_MARKET_ENTRY) || told.is(ChainCheck.RECEIVING)) {
        for (BizTransaction cited : told.event().bizTransactions()) {
          drawn.merge(cited.id(), told.quantity(), BigDecimal::add);
        }
      }
    }
  }

  ChainFacts of(String unit) {
    Gathering gathering = new Gathering();
    gathering.follow(unit);
    return gathering.facts(unit);
  }

  private final class Gathering {
    private final Map<Integer, Told> steps = new LinkedHashMap<>();
    private final Set<LinkFact> links = new LinkedHashSet<>();
    private final Set<String> units = new LinkedHashSet<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<BalanceFact> balances = new ArrayList<>();

    void follow(String root) {
      List<String> open = new ArrayList<>(List.of(root));
      while (!open.isEmpty()) {
        String unit = open.removeLast();
        if (!units.add(unit)) {
          continue;
        }
        List<Told> makers = new ArrayList<>();
        List<Told> others = new ArrayList<>();
        BigDecimal in = BigDecimal.ZERO;
        BigDecimal out = BigDecimal.ZERO;
        for (Told told : history.of(unit)) {
          UnitMention mention = mention(told, unit);
          BigDecimal quantity = Objects.requireNonNullElse(mention.quantity(), BigDecimal.ZERO);
          if (mention.role() == UnitRole.INPUT) {
            out = out.add(quantity);
            continue;
          }
          boolean makes =
              mention.role() == UnitRole.OUTPUT
                  || (mention.role() == UnitRole.EPC && told.event().action() == Action.ADD);
          (makes ? makers : others).add(told);
          in = makes ? in.add(quantity) : in;
          steps.put(told.order(), told);
        }
        if (makers.isEmpty()) {
          unknown.add(unit);
        } else {
          balances.add(new BalanceFact(unit, "holder", "KGM", in, out));
        }
        for (Told maker : makers) {
          others.forEach(other -> link(maker, other, How.UNIT));
          open.addAll(before(maker));
        }
      }
      consumers();
    }

    private List<String> before(Told maker) {
      List<String> before = new ArrayList<>();
      maker.units(UnitRole.INPUT).forEach(input -> before.add(input.canonical()));
      if (maker.is(YlVocabulary.STEP_MARKET_ENTRY)) {
        for (Told shipped : history.told) {
          if (shipped.is(ChainCheck.SHIPPING)
              && shipped.event().bizTransactions().stream()
                  .anyMatch(maker.event().bizTransactions()::contains)) {
            link(shipped, maker, How.DOCUMENT);
            before.add(shipped.event().units().getFirst().canonical());
          }
        }
      }
      return before;
    }

    private void consumers() {
      for (Told consumer : List.copyOf(steps.values())) {
        for (UnitMention input : consumer.units(UnitRole.INPUT)) {
          How how = consumer.inferred() ? How.INFERRED : How.TRANSFORMATION;
          history.of(input.canonical()).stream()
              .filter(told -> steps.containsKey(told.order()) && told != consumer)
              .filter(told -> mention(told, input.canonical()).role() != UnitRole.INPUT)
              .forEach(told -> link(told, consumer, how));
        }
      }
    }

    private void link(Told from, Told to, How how) {
      links.add(
          new LinkFact(
              ref(from),
              from.event().eventTime(),
              ref(to),
              to.event().eventTime(),
              true,
              how == How.INFERRED ? Certainty.POSSIBLE : Certainty.CERTAIN,
              how));
    }

    ChainFacts facts(String root) {
      List<TestFact> tests = new ArrayList<>();
      Set<Paper> papers = new LinkedHashSet<>();
      for (Told told : steps.values()) {
        told.event()
            .bizTransactions()
            .forEach(cited -> papers.add(history.paperById.get(cited.id())));
        if (told.is(YlVocabulary.STEP_RAPID_TESTING)) {
          tests.add(
              new TestFact(
                  ref(told),
                  told.event().bizStep(),
                  unitsOf(told),
                  told.event().body().at("/yl:testResult/yl:conclusion").asString().equals("pass")
                      ? TestResult.PASSED
                      : TestResult.FAILED,
                  told.event().eventTime()));
        }
      }
      return new ChainFacts(
          history.of(root).getFirst().text(YlVocabulary.PRODUCT, ""),
          asOf,
          steps.values().stream().map(this::step).toList(),
          papers.stream().map(this::document).toList(),
          tests,
          balances,
          List.copyOf(links),
          unknown,
          false);
    }

    private StepFact step(Told told) {
      String place =
          told.event().bizLocation() == null
              ? told.event().readPoint()
              : told.event().bizLocation();
      return new StepFact(
          ref(told),
          told.event().bizStep(),
          told.event().type().term(),
          told.event().disposition(),
          told.event().eventTime(),
          asOf.plus(Duration.ofMillis(told.wave())),
          place,
          told.principal(),
          nodeTypes.get(place),
          unitsOf(told),
          told.event().bizTransactions().stream()
              .map(cited -> ref(history.paperById.get(cited.id())))
              .toList(),
          told.inferred() ? Standing.INFERRED : Standing.DECLARED,
          Certainty.CERTAIN);
    }

    private DocumentFact document(Paper paper) {
      return new DocumentFact(
          ref(paper),
          paper.validFrom(),
          paper.validTo(),
          paper.quantity(),
          paper.uom(),
          drawn.getOrDefault(paper.id(), BigDecimal.ZERO),
          List.of(),
          paper.verifiedBy() != null);
    }
  }

  private static UnitMention mention(Told told, String unit) {
    return told.event().units().stream()
        .filter(mention -> mention.canonical().equals(unit))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> unitsOf(Told told) {
    return told.event().units().stream().map(UnitMention::canonical).collect(Collectors.toSet());
  }

  private static DocumentRef ref(Paper paper) {
    return new DocumentRef(paper.kind().uri(), paper.number());
  }

  private static String ref(Told told) {
    return Integer.toString(told.order());
  }
}
