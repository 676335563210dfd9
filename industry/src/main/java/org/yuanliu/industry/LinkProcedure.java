package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The operating procedure (操作规程) of a link: what the pack says, and where it says nothing what
 * follows from the same data as the form, so that no link is without one.
 */
public final class LinkProcedure {
  private LinkProcedure() {}

  /** Step by step. */
  public static List<Localized> of(Pack pack, Link link) {
    if (!link.procedure().isEmpty()) {
      return link.procedure();
    }
    List<Localized> steps = new ArrayList<>();
    List<Element> required = link.elements().values().stream().filter(Element::required).toList();
    papers(pack, required, steps);
    enter(required, steps);
    refusing(pack, link, steps);
    return List.copyOf(steps);
  }

  private static void papers(Pack pack, List<Element> required, List<Localized> steps) {
    List<Localized> papers =
        required.stream()
            .map(Element::document)
            .filter(Objects::nonNull)
            .map(pack.documents()::get)
            .filter(Objects::nonNull)
            .map(DocumentType::names)
            .distinct()
            .toList();
    if (!papers.isEmpty()) {
      steps.add(
          new Localized("查验并留存" + zh(papers) + "。", "Examine and keep the " + en(papers) + "."));
    }
  }

  private static void enter(List<Element> required, List<Localized> steps) {
    List<Localized> units =
        required.stream()
            .filter(element -> element.type() == ElementType.UNIT)
            .map(Element::names)
            .toList();
    if (!units.isEmpty()) {
      steps.add(new Localized("扫描或录入" + zh(units) + "。", "Scan or enter: " + en(units) + "."));
    }
    List<Localized> others =
        required.stream()
            .filter(element -> element.type() != ElementType.UNIT && element.document() == null)
            .map(Element::names)
            .toList();
    if (!others.isEmpty()) {
      steps.add(new Localized("如实填写" + zh(others) + "。", "State truly: " + en(others) + "."));
    }
  }

  private static void refusing(Pack pack, Link link, List<Localized> steps) {
    pack.checks().values().stream()
        .filter(check -> check.level() == CheckLevel.REFUSE && check.links().contains(link.id()))
        .map(Check::message)
        .forEach(
            message ->
                steps.add(
                    new Localized("事前核对：" + message.zh(), "Check beforehand: " + message.en())));
  }

  private static String zh(List<Localized> names) {
    return String.join("、", names.stream().map(Localized::zh).toList());
  }

  private static String en(List<Localized> names) {
    return String.join(", ", names.stream().map(Localized::en).toList());
  }
}
