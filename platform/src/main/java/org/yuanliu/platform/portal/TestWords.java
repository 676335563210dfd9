package org.yuanliu.platform.portal;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Target;

/**
 * What was tested and how, in both languages, by the code lists that the packs give these elements.
 * What is in no list stands as it was sent, in either language: a guess at what was tested would be
 * worse.
 */
final class TestWords {
  private static final Localized TEST = new Localized("检测", "test");

  /** Several items in one text. */
  private static final Pattern BETWEEN = Pattern.compile("[、，,;；]\\s*");

  /** 附件A1 of a technical rule. */
  private static final Pattern ANNEX = Pattern.compile("\\s*附[件录]\\s*(?=[A-Z0-9])");

  private static final String RESULT = YlVocabulary.NAMESPACE + "testResult";

  private final Map<String, Localized> words;

  private TestWords(Map<String, Localized> words) {
    this.words = Map.copyOf(words);
  }

  static TestWords of(Collection<Pack> packs) {
    Map<String, Localized> words = new HashMap<>();
    for (Pack pack : packs) {
      pack.products().stream()
          .flatMap(product -> product.links().stream())
          .flatMap(link -> link.elements().values().stream())
          .filter(TestWords::isOfTest)
          .map(element -> pack.codeLists().get(String.valueOf(element.codeList())))
          .filter(Objects::nonNull)
          .distinct()
          .flatMap(list -> list.words().values().stream())
          .map(CodeList.Word::names)
          .forEach(
              names -> {
                words.putIfAbsent(names.zh(), names);
                words.putIfAbsent(names.en(), names);
              });
    }
    return new TestWords(words);
  }

  private static boolean isOfTest(Element element) {
    return element.becomes() instanceof Target.Extension extension
        && extension.name().equals(RESULT);
  }

  /**
   * @param item as sent; null where the record names none
   */
  Localized item(@Nullable String item) {
    return item == null || item.isBlank() ? TEST : words(item);
  }

  /** Each of the items that a text names; its own words where they are in no list. */
  Localized words(String text) {
    Localized whole = words.get(text.strip());
    if (whole != null) {
      return whole;
    }
    String[] parts = BETWEEN.split(text.strip());
    return new Localized(
        parts.length == 1 ? text : joined(parts, "、", Localized::zh, false),
        joined(parts, ", ", Localized::en, true));
  }

  private String joined(
      String[] parts, String between, Function<Localized, String> language, boolean english) {
    return Arrays.stream(parts)
        .map(
            part -> {
              Localized known = words.get(part);
              return known != null
                  ? language.apply(known)
                  : english ? ANNEX.matcher(part).replaceAll(" annex ").strip() : part;
            })
        .collect(Collectors.joining(between));
  }
}
