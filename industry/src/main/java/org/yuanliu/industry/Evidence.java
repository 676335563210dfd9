package org.yuanliu.industry;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yuanliu.industry.ChainFacts.StepFact;
import org.yuanliu.industry.ChainFacts.TestFact;
import org.yuanliu.industry.ChainFacts.TestResult;

/** Whether a step shows what its link requires. */
final class Evidence {
  private final Pack pack;
  private final Product product;
  private final ChainFacts facts;
  private final Chain chain;

  Evidence(Pack pack, Product product, ChainFacts facts, Chain chain) {
    this.pack = pack;
    this.product = product;
    this.facts = facts;
    this.chain = chain;
  }

  boolean shows(StepFact step, Requirement requirement) {
    return switch (requirement) {
      case Requirement.Document(String id) -> cites(step, id);
      case Requirement.PassedTest(String id) -> {
        TestMethod method = pack.tests().get(id);
        yield method != null
            && facts.tests().stream().anyMatch(test -> isPassed(test, method, step));
      }
      case Requirement.CameThrough(String id) -> cameThrough(step, id);
      case Requirement.AnyOf(List<Requirement> choices) ->
          choices.stream().anyMatch(choice -> shows(step, choice));
    };
  }

  /**
   * Whether the step is let pass on the strength of documents of this type: a link that it belongs
   * to asks for one, and nothing else stands for it. Where goods came through a link that looked at
   * their papers, the papers are only mentioned.
   */
  boolean relies(StepFact step, String documentUri) {
    return relies(recognising(product, step), pack, step, documentUri);
  }

  /** Whether the step is one of the product's own links. */
  boolean knows(StepFact step) {
    return !recognising(product, step).isEmpty();
  }

  /** As above, by the links of a pack whatever the product: that of what the goods were made of. */
  static boolean reliesIn(Pack pack, StepFact step, String documentUri) {
    return pack.products().stream()
        .anyMatch(
            other ->
                recognising(other, step).stream()
                    .anyMatch(link -> reliesIn(link, pack, documentUri)));
  }

  private static boolean reliesIn(Link link, Pack pack, String documentUri) {
    List<Requirement> about =
        link.requirements().stream().filter(r -> names(r, pack, documentUri)).toList();
    return about.isEmpty()
        ? takes(link, pack, documentUri)
        : about.stream().anyMatch(requirement -> !(requirement instanceof Requirement.AnyOf));
  }

  private static List<Link> recognising(Product product, StepFact step) {
    return product.links().stream().filter(link -> link.recognises(step)).toList();
  }

  private boolean relies(List<Link> links, Pack pack, StepFact step, String documentUri) {
    for (Link link : links) {
      List<Requirement> about =
          link.requirements().stream().filter(r -> names(r, pack, documentUri)).toList();
      boolean relies =
          about.isEmpty()
              ? takes(link, pack, documentUri)
              : about.stream().anyMatch(requirement -> relies(step, requirement, documentUri));
      if (relies) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Requirement requirement, Pack pack, String documentUri) {
    return switch (requirement) {
      case Requirement.Document(String id) -> isOf(pack, id, documentUri);
      case Requirement.PassedTest ignored -> false;
      case Requirement.CameThrough ignored -> false;
      case Requirement.AnyOf(List<Requirement> choices) ->
          choices.stream().anyMatch(choice -> names(choice, pack, documentUri));
    };
  }

  /**
   * Whether the link takes such a document down as that by which it is done. Controls speak of
   * papers that they look at, give back or issue.
   */
  private static boolean takes(Link link, Pack pack, String documentUri) {
    return link.stage() != LinkStage.CONTROL
        && link.elements().values().stream()
            .map(Element::document)
            .anyMatch(id -> id != null && isOf(pack, id, documentUri));
  }

  private static boolean isOf(Pack pack, String id, String documentUri) {
    DocumentType type = pack.documents().get(id);
    return type != null && type.uri().equals(documentUri);
  }

  /** What a reader may be told that the requirement asks for. */
  Stream<Localized> names(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Document(String id) ->
          Stream.ofNullable(pack.documents().get(id)).map(DocumentType::names);
      case Requirement.PassedTest(String id) ->
          Stream.ofNullable(pack.tests().get(id)).map(TestMethod::names);
      case Requirement.CameThrough(String id) ->
          product.links().stream().filter(link -> link.id().equals(id)).map(Link::names);
      case Requirement.AnyOf(List<Requirement> choices) -> choices.stream().flatMap(this::names);
    };
  }

  private boolean relies(StepFact step, Requirement requirement, String documentUri) {
    return switch (requirement) {
      case Requirement.Document(String id) -> isOf(pack, id, documentUri);
      case Requirement.PassedTest ignored -> false;
      case Requirement.CameThrough ignored -> false;
      case Requirement.AnyOf(List<Requirement> choices) ->
          choices.stream().anyMatch(choice -> relies(step, choice, documentUri))
              && choices.stream()
                  .noneMatch(
                      choice -> choice instanceof Requirement.CameThrough && shows(step, choice));
    };
  }

  private boolean cites(StepFact step, String id) {
    DocumentType type = pack.documents().get(id);
    return type != null && step.documents().stream().anyMatch(ref -> ref.type().equals(type.uri()));
  }

  private boolean isPassed(TestFact test, TestMethod method, StepFact step) {
    return test.result() == TestResult.PASSED
        && test.unitRefs().stream().anyMatch(step.unitRefs()::contains)
        && TestRules.isBy(test, method, pack.tests());
  }

  private boolean cameThrough(StepFact step, String id) {
    Set<StepFact> through =
        chain.withSameUnits(
            product.links().stream()
                .filter(link -> link.id().equals(id))
                .flatMap(link -> chain.steps().stream().filter(link::recognises))
                .toList());
    Set<String> before = chain.withUpstream(step);
    return through.stream()
        .anyMatch(
            other ->
                !other.equals(step)
                    && (before.contains(other.eventRef()) || chain.isIsolated(step)));
  }
}
