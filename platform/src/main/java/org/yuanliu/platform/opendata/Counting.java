package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFacts;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Statistic;
import org.yuanliu.industry.TestMethod;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Registry;
import tools.jackson.databind.JsonNode;

/**
 * What an event adds to which figures, by the version of its pack that was in force on its day.
 * Made once for each set of packs.
 */
final class Counting {
  /** Ends of the categories of tests. */
  static final String PASSED = "/pass";

  static final String FAILED = "/fail";

  /** Changes with what is counted: the view is then made anew. */
  private static final byte FORM = 2;

  private final PackSet packs;
  private final Registry registry;
  private final ZoneId zone;
  private final String digest;
  private final Map<String, Version> versions = new HashMap<>();

  private record Version(EventFacts reader, List<DataSet> sets, TestItems items) {}

  Counting(PackSet packs, CodeReader codes, Registry registry, ZoneId zone) {
    this.packs = requireNonNull(packs, "packs is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.zone = requireNonNull(zone, "zone is null");
    for (Pack pack : packs.all()) {
      versions.put(
          name(pack),
          new Version(new EventFacts(pack, codes, zone), DataSets.of(pack), TestItems.of(pack)));
    }
    this.digest = digest(packs);
  }

  PackSet packs() {
    return packs;
  }

  /** Changes with any text of any version. */
  String digest() {
    return digest;
  }

  /**
   * A part of a figure.
   *
   * @param set id of the set
   */
  record Part(String set, String period, Share share) {}

  /** What the event of an entry adds; nothing where no pack is its. */
  List<Part> parts(Entry entry, EpcisEvent event) {
    String industry = entry.draft().scope().industry();
    LocalDate day = LocalDate.ofInstant(event.eventTime(), zone);
    Optional<Pack> pack = industry == null ? Optional.empty() : packs.inForce(industry, day);
    if (pack.isEmpty()) {
      return List.of();
    }
    Version version = requireNonNull(versions.get(name(pack.get())), "version of a pack");
    String division = division(entry.draft().scope().division());
    UUID subject = UnitKey.of(entry.draft().principal()).value();
    EventFact fact = fact(version, entry, event).orElse(null);
    List<Part> parts = new ArrayList<>();
    for (DataSet set : version.sets()) {
      String category = category(set, pack.get(), version.items(), fact, event);
      BigDecimal amount = amount(set, fact);
      if (category != null && amount.signum() > 0) {
        parts.add(
            new Part(
                set.id(),
                set.rhythm().periodOf(day),
                new Share(
                    category,
                    set.byDivision() ? division : DivisionTree.NOWHERE,
                    subject,
                    amount)));
      }
    }
    return parts;
  }

  private Optional<EventFact> fact(Version version, Entry entry, EpcisEvent event) {
    String place = event.bizLocation() != null ? event.bizLocation() : event.readPoint();
    String kind = place == null ? null : registry.place(place).map(Place::nodeType).orElse(null);
    return version
        .reader()
        .read(
            event,
            new EventFacts.Context(
                entry.ref().toString(),
                entry.recordTime(),
                entry.draft().principal(),
                place,
                kind));
  }

  /** Null where the event is not of the set. */
  private static @Nullable String category(
      DataSet set, Pack pack, TestItems items, @Nullable EventFact fact, EpcisEvent event) {
    return switch (set.measure()) {
      case SUBJECTS -> "";
      case TESTS -> conclusion(pack, items, event).orElse(null);
      case RECALLS -> Recalls.isOne(event) ? product(fact) : null;
      case AMOUNT -> {
        Statistic statistic = requireNonNull(set.statistic(), "statistic of a set");
        if (fact == null || !statistic.links().contains(fact.link().id())) {
          yield null;
        }
        yield set.byCategory() ? product(fact) : "";
      }
    };
  }

  private static String product(@Nullable EventFact fact) {
    String product = fact == null ? null : fact.product();
    return product == null ? DataSets.OTHER : product;
  }

  private static BigDecimal amount(DataSet set, @Nullable EventFact fact) {
    return switch (set.measure()) {
      case SUBJECTS, TESTS, RECALLS -> BigDecimal.ONE;
      case AMOUNT ->
          fact == null
              ? BigDecimal.ZERO
              : requireNonNull(set.statistic(), "statistic of a set").amount(fact);
    };
  }

  /** A kind of test that the pack knows, and what was looked for in the pack's own words. */
  private static Optional<String> conclusion(Pack pack, TestItems items, EpcisEvent event) {
    Optional<String> conclusion = result(event, YlVocabulary.TEST_CONCLUSION);
    String step = event.bizStep();
    if (conclusion.isEmpty() || step == null) {
      return Optional.empty();
    }
    String end =
        conclusion.get().equals(YlVocabulary.CONCLUSION_PASS)
            ? PASSED
            : conclusion.get().equals(YlVocabulary.CONCLUSION_FAIL) ? FAILED : "";
    return end.isEmpty()
        ? Optional.empty()
        : pack.tests().values().stream()
            .filter(test -> test.bizSteps().contains(step))
            .map(test -> test(test, items.id(result(event, YlVocabulary.TEST_ITEM).orElse(null))))
            .map(id -> id + end)
            .findFirst();
  }

  /** The category of a kind of test for an item, without its end. */
  static String test(TestMethod test, String item) {
    return test.id() + "/" + item;
  }

  private static Optional<String> result(EpcisEvent event, String member) {
    return event
        .extension(YlVocabulary.NAMESPACE, YlVocabulary.TEST_RESULT)
        .map(result -> result.path(YlVocabulary.PREFIX + ":" + member))
        .filter(JsonNode::isString)
        .map(JsonNode::asString);
  }

  private static String division(@Nullable String division) {
    return division == null || division.length() < DivisionTree.DIGITS
        ? DivisionTree.NOWHERE
        : division.substring(0, DivisionTree.DIGITS);
  }

  private static String name(Pack pack) {
    return pack.id() + " " + pack.version();
  }

  private static String digest(PackSet packs) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(FORM);
      for (Pack pack : packs.all()) {
        sha256.update(pack.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        sha256.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
