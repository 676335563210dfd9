package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a regulator asks of each sentence of a pack: where does it stand? */
class PackSourcesTest {
  private static final PackSet PACKS = PackLoader.bundled();

  @Test
  void everyProductLinkDocumentAndCheckNamesItsSource() {
    Set<String> without = new TreeSet<>();
    for (Pack pack : PACKS.all()) {
      pack.documents().values().stream()
          .filter(document -> isBlank(document.source()))
          .forEach(document -> without.add(pack.id() + " document " + document.id()));
      pack.checks().values().stream()
          .filter(check -> isBlank(check.source()))
          .forEach(check -> without.add(pack.id() + " check " + check.id()));
      for (Product product : pack.products()) {
        if (isBlank(product.source())) {
          without.add(pack.id() + " product " + product.id());
        }
        product.links().stream()
            .filter(link -> isBlank(link.source()))
            .forEach(link -> without.add(pack.id() + " link " + link.id()));
      }
      if (pack.retention() == null || isBlank(pack.retention().source())) {
        without.add(pack.id() + " retention");
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyKindOfRuleIsAtWorkInSomePack() {
    Set<String> kinds =
        Set.of(CheckRule.class.getPermittedSubclasses()).stream()
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    Set<String> used =
        PACKS.all().stream()
            .flatMap(pack -> pack.checks().values().stream())
            .map(check -> check.rule().getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertThat(used).isEqualTo(kinds);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
