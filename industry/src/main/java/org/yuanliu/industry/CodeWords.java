package org.yuanliu.industry;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.Reading.Unreadable;
import org.yuanliu.codes.Refusal;
import org.yuanliu.codes.Scheme;

/** What is said of codes on forms: which are due, and why one is none of them. */
final class CodeWords {
  /** Reasons named at most: a text may have the form of many codes. */
  private static final int MAX_REASONS = 3;

  /** What is due where an element names no schemes. */
  private static final Map<ElementType, Localized> DUE =
      Map.of(
          ElementType.PARTY,
          new Localized(
              "主体的编码，如统一社会信用代码、经营者主体码", "a party's code, as the unified social credit code"),
          ElementType.PLACE,
          new Localized(
              "场所的编码，如备案的节点码、位置码（GLN）", "a place's code: a registered node code or a GLN"),
          ElementType.UNIT,
          new Localized("追溯单元的编码", "a code of an item, a batch or a logistic unit"));

  private CodeWords() {}

  /** Which codes an element takes that names no schemes; empty where it takes none at all. */
  static Optional<Localized> dueByKind(Element element) {
    return element.schemes().isEmpty()
        ? Optional.ofNullable(DUE.get(element.type()))
        : Optional.empty();
  }

  private static Localized due(Element element) {
    Optional<Localized> byKind = dueByKind(element);
    if (byKind.isPresent()) {
      return byKind.get();
    }
    return new Localized(
        element.schemes().stream().sorted().map(Scheme::zhName).collect(Collectors.joining("、")),
        element.schemes().stream().sorted().map(Scheme::enName).collect(Collectors.joining(", ")));
  }

  /** Why what was entered is not what is due. */
  static Localized notDue(Element element, Reading reading) {
    Localized why =
        switch (reading) {
          case Found(Code code) -> is(List.of(code));
          case Ambiguous(List<Code> choices) -> is(choices);
          case Unreadable(List<Refusal> refusals) -> because(element.schemes(), refusals);
        };
    Localized due = due(element);
    return new Localized(
        "不是这里要的编码：应为" + due.zh() + "。" + why.zh(),
        "This is not the code that is due here: " + due.en() + "." + why.en());
  }

  /** A good code, but of something else. */
  private static Localized is(List<Code> codes) {
    Set<Scheme> schemes = EnumSet.noneOf(Scheme.class);
    codes.forEach(code -> schemes.add(code.scheme()));
    return new Localized(
        schemes.stream().map(Scheme::zhName).collect(Collectors.joining("、", "填的是", "。")),
        schemes.stream()
            .map(Scheme::enName)
            .collect(Collectors.joining(", ", " What was entered is: ", ".")));
  }

  /** What is wrong with it as one of the codes that are due; if it looks like none, as any. */
  private static Localized because(Set<Scheme> schemes, List<Refusal> refusals) {
    List<Refusal> ours =
        refusals.stream()
            .filter(refusal -> refusal.scheme() != null && schemes.contains(refusal.scheme()))
            .toList();
    List<Refusal> told = (ours.isEmpty() ? refusals : ours).stream().limit(MAX_REASONS).toList();
    Set<String> zh = new LinkedHashSet<>();
    Set<String> en = new LinkedHashSet<>();
    told.forEach(refusal -> zh.add(refusal.zh()));
    told.forEach(refusal -> en.add(refusal.en()));
    return new Localized(
        zh.stream().collect(Collectors.joining("；", "", "。")),
        en.stream().collect(Collectors.joining("; ", " ", ".")));
  }
}
