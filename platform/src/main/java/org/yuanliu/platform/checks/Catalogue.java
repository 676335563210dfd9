package org.yuanliu.platform.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CheckKeys;
import org.yuanliu.industry.CheckRule;
import org.yuanliu.industry.Checks;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFacts;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.RefusingCounters;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryRef;
import tools.jackson.databind.JsonNode;

/** The packs in force as checks use them; made once for each set of packs. */
final class Catalogue implements FactCodec.Links {
  /** Some seconds of capture; whoever follows is seldom further behind and keeps up. */
  static final int MAX_AHEAD = 20_000;

  private static final EntryRef NOWHERE = new EntryRef(1, 0);

  private final PackSet packs;
  private final ZoneId zone;
  private final String digest;
  private final Map<String, Version> versions = new HashMap<>();
  private final Map<String, Map<String, Set<List<String>>>> keys = new HashMap<>();
  private final Map<String, Set<List<String>>> holders = new HashMap<>();
  private final Map<String, Set<String>> countedSteps = new HashMap<>();

  /** What was read before its entry was written; for the counters, and again for who follows. */
  private final Cache<Draft, Ahead> ahead =
      Caffeine.newBuilder().weakKeys().maximumSize(MAX_AHEAD).build();

  /** By link: the packs that look at events of it which another industry records. */
  private final Map<String, Set<String>> borrowers = new HashMap<>();

  /**
   * An event as it is read if its place is of that kind.
   *
   * @param known empty if it belongs to no link; its reference and record time are none yet
   */
  private record Ahead(@Nullable String nodeType, Optional<Known> known) {}

  /** One version of a pack with what reads and judges by it. */
  record Version(Pack pack, EventFacts reader, Checks checks, RefusingCounters counters) {}

  Catalogue(PackSet packs, CodeReader codes, ZoneId zone) {
    this.packs = requireNonNull(packs, "packs is null");
    this.zone = requireNonNull(zone, "zone is null");
    for (Pack pack : packs.all()) {
      Checks checks = new Checks(pack);
      RefusingCounters counters = new RefusingCounters(pack);
      versions.put(
          name(pack.id(), pack.version()),
          new Version(pack, new EventFacts(pack, codes, zone), checks, counters));
      count(pack, counters.links());
      Map<String, Set<List<String>>> ofLinks =
          keys.computeIfAbsent(pack.id(), k -> new HashMap<>());
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          ofLinks
              .computeIfAbsent(link.id(), k -> new LinkedHashSet<>())
              .addAll(checks.keys(link.id()));
          if (link.events().isEmpty()) {
            borrowers.computeIfAbsent(link.id(), k -> new LinkedHashSet<>()).add(pack.id());
          }
        }
      }
      Set<List<String>> held = holders.computeIfAbsent(pack.id(), k -> new LinkedHashSet<>());
      held.add(List.of(CheckKeys.PARTY));
      for (Check check : pack.checks().values()) {
        if (check.rule() instanceof CheckRule.Licence licence) {
          held.add(List.of(licence.of()));
        }
      }
    }
    this.digest = digest(packs);
  }

  /** Notes by which steps the events of counted links are known. */
  private void count(Pack pack, Set<String> counted) {
    for (Product product : pack.products()) {
      for (Link link : product.links()) {
        if (counted.contains(link.id())) {
          link.recognisedBy()
              .forEach(
                  by ->
                      countedSteps
                          .computeIfAbsent(pack.id(), id -> new HashSet<>())
                          .addAll(by.bizSteps()));
        }
      }
    }
  }

  PackSet packs() {
    return packs;
  }

  /** Changes with any text of any version. */
  String digest() {
    return digest;
  }

  ZoneId zone() {
    return zone;
  }

  /** Keys by which events of a link are asked for in any version of the pack. */
  Set<List<String>> keys(String pack, String link) {
    return keys.getOrDefault(pack, Map.of()).getOrDefault(link, Set.of());
  }

  /**
   * Other packs that have the event's link without events of their own: a pesticide's spraying,
   * told in its industry, is a step of the crop's too.
   */
  Set<String> borrowers(Known known) {
    Set<String> others =
        new LinkedHashSet<>(borrowers.getOrDefault(known.fact().link().id(), Set.of()));
    others.remove(known.pack());
    return others;
  }

  /** The version of another pack that was in force when the event happened. */
  Optional<Version> version(String pack, Known known) {
    LocalDate day = LocalDate.ofInstant(known.fact().eventTime(), zone);
    return packs.inForce(pack, day).map(p -> version(p.id(), p.version()));
  }

  /** Keys under which the holder of a document may stand, by pack. */
  Map<String, Set<List<String>>> holders() {
    return holders;
  }

  /** Whether an event with the step may be one that is counted because it may happen once. */
  boolean mayCount(@Nullable String bizStep, @Nullable String industry) {
    if (bizStep == null) {
      return false;
    }
    return industry == null
        ? countedSteps.values().stream().anyMatch(steps -> steps.contains(bizStep))
        : countedSteps.getOrDefault(industry, Set.of()).contains(bizStep);
  }

  Version version(String pack, int version) {
    return requireNonNull(versions.get(name(pack, version)), "no such version of " + pack);
  }

  /** A check by the version that judged; empty where that is no more. */
  Optional<Check> check(String pack, int version, String check) {
    Version known = versions.get(name(pack, version));
    return known == null ? Optional.empty() : Optional.ofNullable(known.pack().checks().get(check));
  }

  @Override
  public Link link(String pack, int version, @Nullable String product, String link) {
    for (Product candidate : version(pack, version).pack().products()) {
      if (product == null || candidate.id().equals(product)) {
        Optional<Link> found = candidate.link(link);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new IllegalStateException("the pack " + pack + " has lost its link " + link);
  }

  /** The version by which the event is judged: that of its industry on its day. */
  Optional<Version> judging(EpcisEvent event, @Nullable String industry) {
    LocalDate day = LocalDate.ofInstant(event.eventTime(), zone);
    Optional<Pack> named =
        industry == null
            ? Optional.empty()
            : packs.inForce(industry, day).or(() -> first(industry, day));
    if (named.isEmpty()) {
      String product =
          event
              .extension(YlVocabulary.NAMESPACE, YlVocabulary.PRODUCT)
              .filter(JsonNode::isString)
              .map(JsonNode::asString)
              .orElse(null);
      named =
          product == null
              ? Optional.empty()
              : packs.inForce(day).stream().filter(p -> p.product(product).isPresent()).findFirst();
    }
    return named.map(pack -> version(pack.id(), pack.version()));
  }

  /** What happened before the first version is read by it, for what came of it later. */
  private Optional<Pack> first(String industry, LocalDate day) {
    return packs.all().stream()
        .filter(pack -> pack.id().equals(industry))
        .reduce((newer, older) -> older)
        .filter(pack -> day.isBefore(pack.effectiveFrom()));
  }

  /**
   * Whether its version was in force when it happened: nobody breaks a rule before there is one.
   */
  boolean isJudged(Known known) {
    LocalDate day = LocalDate.ofInstant(known.fact().eventTime(), zone);
    return !day.isBefore(version(known.pack(), known.version()).pack().effectiveFrom());
  }

  /**
   * The event as one of a link; empty if it belongs to none.
   *
   * @param ref the event's reference among the facts
   */
  Optional<Read> read(
      EpcisEvent event, Draft draft, String ref, Instant recordTime, @Nullable String nodeType) {
    Optional<Version> judging = judging(event, draft.scope().industry());
    if (judging.isEmpty()) {
      return Optional.empty();
    }
    Version version = judging.get();
    return version
        .reader()
        .read(
            event,
            new EventFacts.Context(ref, recordTime, draft.principal(), place(event), nodeType))
        .map(fact -> new Read(version, fact));
  }

  /** An event as its pack's. */
  record Read(Version version, EventFact fact) {}

  /**
   * Reads ahead what is asked for once its place among others is known.
   *
   * @return the event as it is read, nowhere yet
   */
  Optional<Known> prepare(EpcisEvent event, Draft draft, @Nullable String nodeType) {
    Optional<Known> known = known(event, draft, NOWHERE, Instant.EPOCH, nodeType);
    ahead.put(draft, new Ahead(nodeType, known));
    return known;
  }

  /** As above, of an entry, by the codes that it names. */
  Optional<Known> known(
      EpcisEvent event, Draft draft, EntryRef ref, Instant recordTime, @Nullable String nodeType) {
    Ahead ready = ahead.getIfPresent(draft);
    if (ready != null && Objects.equals(ready.nodeType(), nodeType)) {
      return ready.known().map(known -> known.at(ref, recordTime));
    }
    String place = place(event);
    return read(event, draft, FactRefs.text(ref), recordTime, nodeType)
        .map(
            read ->
                new Known(
                    ref,
                    read.version().pack().id(),
                    read.version().pack().version(),
                    draft.id(),
                    FactKeys.event(draft.principal(), draft.id()),
                    access(draft),
                    place == null ? null : FactKeys.place(place),
                    JoinedFact.of(read.fact(), Map.of())));
  }

  static Known.Access access(Draft draft) {
    return new Known.Access(
        UnitKey.of(draft.reporter()).value(),
        UnitKey.of(draft.principal()).value(),
        draft.scope().named(),
        draft.scope().division(),
        draft.scope().industry());
  }

  /** Where the goods are after the event, else where it was seen. */
  static @Nullable String place(EpcisEvent event) {
    return event.bizLocation() != null ? event.bizLocation() : event.readPoint();
  }

  Set<UUID> keys(Known known) {
    return FactKeys.of(known, keys(known.pack(), known.fact().link().id()));
  }

  /** Of these keys those that are asked for when the event is judged. */
  Set<UUID> askedKeys(Known known) {
    return FactKeys.asked(known, version(known.pack(), known.version()).checks());
  }

  private static String name(String pack, int version) {
    return pack + " " + version;
  }

  private static String digest(PackSet packs) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Pack pack : packs.all()) {
        sha.update((name(pack.id(), pack.version()) + '\n' + pack.text() + '\n').getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
