package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.Statistic;
import org.yuanliu.industry.TestMethod;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.opendata.DataSet.Measure;
import org.yuanliu.platform.packs.Packs;

/** The sets that the packs in force make. */
@Component
class DataSets {
  /** What every industry has: how many record. */
  static final String SUBJECTS = "subjects";

  /** What every industry has whose pack knows tests. */
  static final String TESTS = "tests";

  /** What every industry has whose pack knows recalls. */
  static final String RECALLS = "recalls";

  /** Where an event names no product of its pack. */
  static final String OTHER = "other";

  private static final Localized OTHER_NAMES = new Localized("其他", "Other");

  private final Packs packs;
  private final ServerSettings server;
  private final Clock clock;

  DataSets(Packs packs, ServerSettings server, Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Of every pack in force today, in the order of their ids. */
  List<DataSet> all() {
    return packs.current().inForce(today()).stream().flatMap(pack -> of(pack).stream()).toList();
  }

  Optional<DataSet> find(String industry, String name) {
    return packs.current().inForce(industry, today()).stream()
        .flatMap(pack -> of(pack).stream())
        .filter(set -> set.name().equals(name))
        .findFirst();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), server.zone());
  }

  /**
   * What a pack's version makes. A statistic that adds up the same as one before it, of a link that
   * both count, is left out: the difference of the two would be a figure that nobody looked at.
   */
  static List<DataSet> of(Pack pack) {
    List<DataSet> sets = new ArrayList<>();
    List<Statistic> taken = new ArrayList<>();
    for (Statistic statistic : pack.statistics().values()) {
      boolean overlaps =
          taken.stream()
              .anyMatch(
                  other ->
                      other.sum().equals(statistic.sum())
                          && other.links().stream().anyMatch(statistic.links()::contains));
      boolean isOurs = Set.of(SUBJECTS, TESTS, RECALLS).contains(statistic.id());
      if (!overlaps && !isOurs) {
        taken.add(statistic);
        sets.add(set(pack, statistic));
      }
    }
    sets.add(
        new DataSet(
            pack.id(),
            SUBJECTS,
            Measure.SUBJECTS,
            null,
            pack.names(),
            new Localized("上报主体数", "Reporting subjects"),
            new Localized("家", "subjects"),
            Rhythm.MONTH,
            false,
            true));
    if (!pack.tests().isEmpty()) {
      sets.add(
          new DataSet(
              pack.id(),
              TESTS,
              Measure.TESTS,
              null,
              pack.names(),
              new Localized("检测批次（按项目和结论）", "Tests by item and conclusion"),
              new Localized("批次", "tests"),
              Rhythm.MONTH,
              true,
              true));
    }
    if (knowsRecalls(pack)) {
      sets.add(
          new DataSet(
              pack.id(),
              RECALLS,
              Measure.RECALLS,
              null,
              pack.names(),
              new Localized("召回", "Recalls"),
              new Localized("次", "recalls"),
              // Few: in a month there would be nothing that may be told.
              Rhythm.YEAR,
              true,
              true));
    }
    return List.copyOf(sets);
  }

  private static boolean knowsRecalls(Pack pack) {
    return pack.products().stream()
        .flatMap(product -> product.links().stream())
        .flatMap(link -> link.events().stream())
        .anyMatch(template -> Recalls.STEP.equals(template.bizStep()));
  }

  /** Figures of single firms and places are for those in charge: here divisions stand for them. */
  private static DataSet set(Pack pack, Statistic statistic) {
    List<String> by = statistic.by();
    return new DataSet(
        pack.id(),
        statistic.id(),
        Measure.AMOUNT,
        statistic,
        pack.names(),
        statistic.names(),
        unit(pack, statistic),
        Rhythm.of(by),
        by.contains("product"),
        by.contains("division") || by.contains("party") || by.contains("place"));
  }

  private static Localized unit(Pack pack, Statistic statistic) {
    return switch (statistic.sum()) {
      case Statistic.EVENTS -> new Localized("次", "times");
      case Statistic.UNITS -> new Localized("件（头、只、瓶）", "items");
      case Statistic.QUANTITY -> new Localized("千克或升", "kg or l");
      default ->
          pack.products().stream()
              .flatMap(product -> product.links().stream())
              .filter(link -> statistic.links().contains(link.id()))
              .flatMap(link -> link.element(statistic.sum()).stream())
              .findFirst()
              .map(DataSets::unit)
              .orElse(new Localized("次", "times"));
    };
  }

  private static Localized unit(Element element) {
    String uom = element.uom();
    return uom == null ? element.names() : UNITS.getOrDefault(uom, new Localized(uom, uom));
  }

  private static final Map<String, Localized> UNITS =
      Map.of(
          "KGM", new Localized("千克", "kg"),
          "GRM", new Localized("克", "g"),
          "TNE", new Localized("吨", "t"),
          "LTR", new Localized("升", "l"),
          "MTR", new Localized("米", "m"),
          "MTQ", new Localized("立方米", "m³"));

  /** The names of a set's categories, by id. */
  Map<String, Localized> categories(DataSet set) {
    Map<String, Localized> names = new TreeMap<>();
    packs
        .current()
        .inForce(set.industry(), today())
        .ifPresent(
            pack -> {
              if (set.measure() == Measure.TESTS) {
                Map<String, Localized> items = new TreeMap<>(TestItems.of(pack).names());
                items.put(OTHER, OTHER_NAMES);
                pack.tests().values().forEach(test -> conclusions(test, items, names));
              } else {
                for (Product product : pack.products()) {
                  names.put(product.id(), product.names());
                }
                names.put(OTHER, OTHER_NAMES);
              }
            });
    return names;
  }

  private static void conclusions(
      TestMethod test, Map<String, Localized> items, Map<String, Localized> names) {
    items.forEach(
        (item, said) -> {
          String zh = said.zh() + "，" + test.names().zh();
          String en = said.en() + ", " + test.names().en();
          String id = Counting.test(test, item);
          names.put(id + Counting.PASSED, new Localized(zh + "：是", en + ": yes"));
          names.put(id + Counting.FAILED, new Localized(zh + "：否", en + ": no"));
        });
  }
}
