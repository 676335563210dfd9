package org.yuanliu.platform.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuanliu.industry.Mandatory;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Presence;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.catalogue.Assessed.ListName;
import org.yuanliu.platform.problem.Problem.Detail;

/** What a catalogue may say, at its limits and past them. */
class CatalogueRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
  private static final LocalDate SOON = TODAY.plusDays(CatalogueRules.NOTICE_DAYS);
  private static final PackSet PACKS = PackLoader.bundled();

  private static Assessed key(String product, LocalDate from) {
    return new Assessed("farm-products", product, ListName.KEY, 5, 4, 4, "量大", from);
  }

  private static Assessed encouraged(String product) {
    return new Assessed("farm-products", product, ListName.ENCOURAGED, 4, 4, 3, "量大", null);
  }

  private static CatalogueVersion version(String division, int number, Assessed... products) {
    return new CatalogueVersion(division, number, TODAY, "operator", List.of(products));
  }

  private static List<String> codes(List<Detail> faults) {
    return faults.stream().map(Detail::code).toList();
  }

  private static List<String> faults(Assessed... products) {
    return codes(CatalogueRules.faults(version("", 1, products), null, List.of(), PACKS, TODAY));
  }

  @Test
  void aVersionIsSoundByItself() {
    assertThat(faults(key("pork", SOON), encouraged("vegetables"))).isEmpty();
    assertThat(faults(key("pork", SOON), encouraged("pork"))).containsExactly("product-twice");
    assertThat(faults(encouraged("dragon"))).containsExactly("product-unknown");
    assertThat(faults(new Assessed("farm-products", "pork", ListName.KEY, 6, 0, 1, " ", null)))
        .containsExactlyInAnyOrder(
            "score-out-of-range", "score-out-of-range", "reason-missing", "date-missing");
    assertThat(
            faults(new Assessed("farm-products", "pork", ListName.ENCOURAGED, 1, 5, 1, "x", SOON)))
        .containsExactly("date-not-due");
  }

  @Test
  void firmsAreToldAMonthBefore() {
    assertThat(faults(key("pork", SOON))).isEmpty();
    assertThat(faults(key("pork", SOON.minusDays(1)))).containsExactly("notice-too-short");
    CatalogueVersion before = version("", 1, key("pork", TODAY.plusDays(10)));
    CatalogueVersion same = version("", 2, key("pork", TODAY.plusDays(10)));
    CatalogueVersion sooner = version("", 2, key("pork", TODAY.plusDays(9)));
    assertThat(CatalogueRules.faults(same, before, List.of(), PACKS, TODAY)).isEmpty();
    assertThat(codes(CatalogueRules.faults(sooner, before, List.of(), PACKS, TODAY)))
        .containsExactly("notice-too-short");
  }

  @Test
  void aLocalCatalogueMayAddAndBeStricterNeverDropOrLoosen() {
    CatalogueVersion nation = version("", 1, key("pork", SOON), encouraged("vegetables"));
    assertThat(
            CatalogueRules.incompatibilities(
                version(
                    "6101",
                    1,
                    key("pork", SOON.minusDays(1)),
                    key("vegetables", SOON),
                    encouraged("fruit")),
                nation))
        .isEmpty();
    assertThat(
            codes(
                CatalogueRules.incompatibilities(
                    version("6101", 1, key("pork", SOON.plusDays(1))), nation)))
        .containsExactly("date-loosened", "product-dropped");
    assertThat(
            codes(
                CatalogueRules.incompatibilities(
                    version("6101", 1, encouraged("pork"), encouraged("vegetables")), nation)))
        .containsExactly("list-loosened");
    Assessed milder = new Assessed("farm-products", "pork", ListName.KEY, 5, 4, 3, "x", SOON);
    assertThat(
            codes(
                CatalogueRules.incompatibilities(
                    version("6101", 1, milder, encouraged("vegetables")), nation)))
        .containsExactly("score-loosened");
  }

  @Test
  void theLinksOfAKeyProductAreMandatoryAtTheirPlaces() {
    Product pork =
        PACKS.inForce("farm-products", TODAY).orElseThrow().products().stream()
            .filter(product -> product.id().equals("pork"))
            .findFirst()
            .orElseThrow();
    assertThat(pork.link("retail_sale").orElseThrow().presence())
        .isEqualTo(new Presence.Optional());
    Product asked = Mandatory.of(pork);
    assertThat(asked.link("retail_sale").orElseThrow().presence())
        .isEqualTo(new Presence.WhenPassing(pork.link("retail_sale").orElseThrow().nodeTypes()));
    // What was asked for before stays as strict as it was.
    assertThat(asked.link("breeding").orElseThrow().presence()).isEqualTo(new Presence.Always());
    PackSet others = Mandatory.of(PACKS, "food", java.util.Set.of("pork"));
    assertThat(
            others.inForce("farm-products", TODAY).orElseThrow().products().stream()
                .filter(product -> product.id().equals("pork"))
                .findFirst()
                .orElseThrow())
        .isEqualTo(pork);
  }
}
