package org.yuanliu.platform.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.platform.catalogue.Assessed.ListName;
import org.yuanliu.platform.problem.Problem.Detail;

/** What a version of a catalogue must be, by itself and beside those above it. */
final class CatalogueRules {
  /** All products of all packs are fewer than a hundred. */
  static final int MAX_PRODUCTS = 1_000;

  /** A paragraph. */
  static final int MAX_REASON = 1_000;

  static final int MIN_SCORE = 1;
  static final int MAX_SCORE = 5;

  /** Days that firms are told beforehand: a month, in which a small one can prepare. */
  static final int NOTICE_DAYS = 30;

  private CatalogueRules() {}

  /**
   * Everything that is wrong with a version.
   *
   * @param before the version in force until then; null if it is the first
   * @param above catalogues of the divisions around this one in force then, the nation's first
   * @param today on which firms are told
   */
  static List<Detail> faults(
      CatalogueVersion version,
      @Nullable CatalogueVersion before,
      List<CatalogueVersion> above,
      PackSet packs,
      LocalDate today) {
    List<Detail> faults = new ArrayList<>();
    if (version.products().size() > MAX_PRODUCTS) {
      faults.add(
          new Detail(
              "too-many-products",
              "/products",
              "最多列" + MAX_PRODUCTS + "个产品。",
              "There is room for " + MAX_PRODUCTS + " products."));
      return faults;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < version.products().size(); i++) {
      Assessed product = version.products().get(i);
      String at = "/products/" + i;
      own(product, at, version.effectiveFrom(), packs, faults);
      if (!seen.add(product.name())) {
        faults.add(new Detail("product-twice", at, "同一产品列了两次。", "The product is there twice."));
      }
      notice(product, at, before, today, faults);
    }
    above.forEach(higher -> faults.addAll(incompatibilities(version, higher)));
    return faults;
  }

  private static void own(
      Assessed product, String at, LocalDate day, PackSet packs, List<Detail> faults) {
    Optional<Pack> pack = packs.inForce(product.industry(), day);
    boolean known =
        pack.isPresent()
            && pack.get().products().stream().anyMatch(p -> p.id().equals(product.product()));
    if (!known) {
      faults.add(
          new Detail(
              "product-unknown",
              at + "/product",
              "行业包里没有这个产品：" + product.name(),
              "No pack in force then has this product: " + product.name()));
    }
    score(product.importance(), at + "/importance", faults);
    score(product.probability(), at + "/probability", faults);
    score(product.severity(), at + "/severity", faults);
    if (product.reason().isBlank() || product.reason().length() > MAX_REASON) {
      faults.add(
          new Detail(
              "reason-missing",
              at + "/reason",
              "请写明评估依据，不超过" + MAX_REASON + "字。",
              "Say what the assessment rests on, in at most " + MAX_REASON + " characters."));
    }
    boolean key = product.list() == ListName.KEY;
    if (key != (product.mandatoryFrom() != null)) {
      faults.add(
          key
              ? new Detail(
                  "date-missing",
                  at + "/mandatoryFrom",
                  "重点产品要写明从哪天起必须追溯。",
                  "A key product has a day from which its links are mandatory.")
              : new Detail(
                  "date-not-due",
                  at + "/mandatoryFrom",
                  "鼓励产品没有强制日期。",
                  "An encouraged product has no such day."));
    }
  }

  private static void score(int value, String at, List<Detail> faults) {
    if (value < MIN_SCORE || value > MAX_SCORE) {
      faults.add(
          new Detail("score-out-of-range", at, "评分应在1到5之间。", "A score lies between 1 and 5."));
    }
  }

  /** What becomes mandatory, or earlier so than was said, has to be told a month before. */
  private static void notice(
      Assessed product,
      String at,
      @Nullable CatalogueVersion before,
      LocalDate today,
      List<Detail> faults) {
    LocalDate from = product.mandatoryFrom();
    if (from == null) {
      return;
    }
    LocalDate told =
        before == null ? null : before.product(product).map(Assessed::mandatoryFrom).orElse(null);
    boolean earlier = told == null || from.isBefore(told);
    if (earlier && from.isBefore(today.plusDays(NOTICE_DAYS))) {
      faults.add(
          new Detail(
              "notice-too-short",
              at + "/mandatoryFrom",
              "须至少提前" + NOTICE_DAYS + "天告知企业。",
              "Firms are told at least " + NOTICE_DAYS + " days beforehand."));
    }
  }

  /**
   * Where a local catalogue drops or loosens what a higher one says. It may add products, move them
   * to the key list, set an earlier day or a higher score.
   */
  static List<Detail> incompatibilities(CatalogueVersion local, CatalogueVersion higher) {
    List<Detail> faults = new ArrayList<>();
    for (Assessed theirs : higher.products()) {
      Assessed ours = local.product(theirs).orElse(null);
      if (ours == null) {
        faults.add(loose("product-dropped", theirs, "少了上级目录的产品", "drops a product of"));
      } else if (theirs.list() == ListName.KEY && ours.list() != ListName.KEY) {
        faults.add(loose("list-loosened", theirs, "把重点产品降为鼓励", "loosens a key product of"));
      } else if (isLater(ours.mandatoryFrom(), theirs.mandatoryFrom())) {
        faults.add(loose("date-loosened", theirs, "强制日期晚于上级目录", "sets a later day than"));
      } else if (ours.score() < theirs.score()) {
        faults.add(loose("score-loosened", theirs, "评分低于上级目录", "scores lower than"));
      }
    }
    return faults;
  }

  private static boolean isLater(@Nullable LocalDate ours, @Nullable LocalDate theirs) {
    return theirs != null && (ours == null || ours.isAfter(theirs));
  }

  private static Detail loose(String code, Assessed product, String zh, String en) {
    return new Detail(
        code,
        "/products",
        zh + "：" + product.name(),
        "The local catalogue " + en + " the one above: " + product.name());
  }
}
