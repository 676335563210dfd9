package org.yuanliu.platform.opendata;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Target;

/**
 * What tests look for, in the words that the pack itself has: whatever else stands in an event is
 * free text, which could name somebody, and counts as other. Words of one English name are one.
 */
final class TestItems {
  private final Map<String, Localized> names = new LinkedHashMap<>();

  /** Ids by what an event may say. */
  private final Map<String, String> said = new LinkedHashMap<>();

  private TestItems() {}

  static TestItems of(Pack pack) {
    TestItems items = new TestItems();
    pack.products().stream()
        .flatMap(product -> product.links().stream())
        .flatMap(link -> link.elements().values().stream())
        .filter(TestItems::isItem)
        .map(element -> pack.codeLists().get(String.valueOf(element.codeList())))
        .distinct()
        .forEach(items::add);
    return items;
  }

  private static boolean isItem(Element element) {
    return element.codeList() != null
        && element.becomes() instanceof Target.Extension(boolean ilmd, String name, String member)
        && name.equals(YlVocabulary.NAMESPACE + YlVocabulary.TEST_RESULT)
        && member.equals(YlVocabulary.NAMESPACE + YlVocabulary.TEST_ITEM);
  }

  private void add(@Nullable CodeList list) {
    if (list == null) {
      return;
    }
    Map<String, String> byName = new LinkedHashMap<>();
    for (CodeList.Word word : list.words().values()) {
      String id = byName.computeIfAbsent(word.names().en(), name -> word.code());
      names.putIfAbsent(id, word.names());
      for (String text : new String[] {word.code(), word.names().zh(), word.names().en()}) {
        said.putIfAbsent(text.toLowerCase(Locale.ROOT), id);
      }
    }
  }

  /** By id. */
  Map<String, Localized> names() {
    return names;
  }

  /** The id of what an event says was looked for. */
  String id(@Nullable String text) {
    return text == null
        ? DataSets.OTHER
        : said.getOrDefault(text.strip().toLowerCase(Locale.ROOT), DataSets.OTHER);
  }
}
