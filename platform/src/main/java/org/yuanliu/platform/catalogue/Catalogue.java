package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.industry.Mandatory;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.catalogue.Assessed.ListName;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * The catalogues of key and encouraged products. What applies at a place is the strictest of what
 * the catalogues of the nation, its province, city and district say.
 */
@Service
public final class Catalogue {
  private static final String HASH = "SHA-256";

  private final CatalogueStore store;
  private final Packs packs;
  private final Journal journal;
  private final Clock clock;
  private final ServerSettings server;

  Catalogue(
      CatalogueStore store, Packs packs, Journal journal, Clock clock, ServerSettings server) {
    this.store = requireNonNull(store, "store is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.server = requireNonNull(server, "server is null");
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), server.zone());
  }

  /**
   * Publishes a version.
   *
   * @throws ProblemException 403 outside one's division, 409 where the version is another, 422 with
   *     everything that is wrong with it; nothing has changed then
   */
  void publish(Caller caller, CatalogueVersion version) {
    requireOwn(caller, version.division());
    List<CatalogueVersion> versions = store.versions(version.division());
    CatalogueVersion newest = versions.isEmpty() ? null : versions.getFirst();
    boolean known = versions.stream().anyMatch(v -> v.equals(version));
    if (known) {
      return;
    }
    int due = newest == null ? 1 : newest.version() + 1;
    if (version.version() != due) {
      throw new ProblemException(
          Problem.of(
              "catalogue-version-taken",
              409,
              "下一版应为第" + due + "版，请刷新后重试。",
              "Version " + due + " is the next; look again and repeat."));
    }
    LocalDate today = today();
    boolean early =
        version.effectiveFrom().isBefore(today)
            || (newest != null && !version.effectiveFrom().isAfter(newest.effectiveFrom()));
    if (early) {
      throw wrong(
          List.of(
              new Detail(
                  "effective-too-early",
                  "/effectiveFrom",
                  "生效日期不能早于今天，并须晚于上一版的生效日期。",
                  "It takes effect today at the earliest, and later than the version before.")));
    }
    List<Detail> faults =
        CatalogueRules.faults(
            version,
            newest,
            above(version.division(), version.effectiveFrom()),
            packs.current(),
            today);
    if (!faults.isEmpty()) {
      throw wrong(faults);
    }
    append(caller, version);
  }

  private static ProblemException wrong(List<Detail> faults) {
    return new ProblemException(
        new Problem(
            "catalogue-wrong",
            422,
            "目录不符合要求，未作任何改动。",
            "The catalogue is not what it must be; nothing has changed.",
            faults));
  }

  private List<CatalogueVersion> above(String division, LocalDate day) {
    return store.inForce(division, day).stream()
        .filter(higher -> !higher.division().equals(division))
        .toList();
  }

  /** Where a local catalogue has fallen behind those above it, which may have changed since. */
  List<Detail> incompatibilities(CatalogueVersion local, LocalDate day) {
    return above(local.division(), day).stream()
        .flatMap(higher -> CatalogueRules.incompatibilities(local, higher).stream())
        .toList();
  }

  private static void requireOwn(Caller caller, String division) {
    caller.require(Permission.ADMINISTER);
    boolean may =
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator(String party, String prefix, Set<String> industries) ->
              division.startsWith(prefix);
          case Viewer.Enterprise enterprise -> false;
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        };
    if (!may) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
  }

  private void append(Caller caller, CatalogueVersion version) {
    byte[] body = CatalogueStore.JSON.writeValueAsBytes(version);
    byte[] digest = sha256(body);
    String id = "urn:yuanliu:catalogue:" + version.division() + ":" + version.version();
    Draft draft =
        new Draft(
            EntryKind.CATALOGUE,
            new Identity(UnitKey.of(id).value(), digest),
            caller.party(),
            caller.party(),
            id,
            digest,
            HASH,
            caller.standing(),
            new Scope(null, null, Set.of()),
            Hot.NONE,
            body,
            version);
    switch (journal.append(new Submission(UUID.randomUUID(), List.of(draft)))) {
      case Outcome.Committed ignored -> {}
      case Outcome.Conflicted ignored ->
          throw new ProblemException(
              Problem.of(
                  "catalogue-version-taken",
                  409,
                  "这一版刚被他人发布，请刷新后重试。",
                  "Somebody published this version a moment ago; look again and repeat."));
    }
  }

  /**
   * What is on the lists at a place, from the version in force on a day: each product as strictly
   * as any of its catalogues has it, what weighs most first.
   *
   * @param division of the place; empty for the nation's list alone
   */
  public List<Assessed> products(String division, LocalDate day) {
    return strictest(store.inForce(division, day));
  }

  private static List<Assessed> strictest(List<CatalogueVersion> versions) {
    Map<String, Assessed> products = new LinkedHashMap<>();
    versions.stream()
        .flatMap(version -> version.products().stream())
        .forEach(product -> products.merge(product.name(), product, Catalogue::stricter));
    return products.values().stream()
        .sorted(Comparator.comparingInt(Assessed::score).reversed().thenComparing(Assessed::name))
        .toList();
  }

  private static Assessed stricter(Assessed one, Assessed other) {
    if (one.list() != other.list()) {
      return one.list() == ListName.KEY ? one : other;
    }
    if (!Objects.equals(one.mandatoryFrom(), other.mandatoryFrom())) {
      LocalDate own = one.mandatoryFrom();
      LocalDate theirs = other.mandatoryFrom();
      return theirs == null || (own != null && own.isBefore(theirs)) ? one : other;
    }
    return one.score() >= other.score() ? one : other;
  }

  /**
   * The packs by which a chain is judged that began on a day: links of what was on the key list by
   * then are mandatory, what began before is judged as it was.
   *
   * @param division where the goods are; null where nobody knows: then by the nation's list
   */
  public PackSet enforced(PackSet set, LocalDate began, @Nullable String division) {
    Map<String, Set<String>> key = new HashMap<>();
    products(division == null ? "" : division, began).stream()
        .filter(product -> product.isKeyOn(began))
        .forEach(
            product ->
                key.merge(
                    product.industry(),
                    Set.of(product.product()),
                    (a, b) ->
                        java.util.stream.Stream.concat(a.stream(), b.stream())
                            .collect(Collectors.toSet())));
    PackSet result = set;
    for (Map.Entry<String, Set<String>> pack : key.entrySet()) {
      result = Mandatory.of(result, pack.getKey(), pack.getValue());
    }
    return result;
  }

  /**
   * Since or from when a product's links are mandatory at a place; null if they are not on the
   * list.
   */
  public @Nullable LocalDate mandatoryFrom(String industry, String product, String division) {
    return announced(division).stream()
        .filter(p -> p.industry().equals(industry) && p.product().equals(product))
        .map(Assessed::mandatoryFrom)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Kinds of place at which a product's links become mandatory. */
  Set<String> places(String industry, String productId) {
    return packs.current().inForce(industry, today()).stream()
        .flatMap(pack -> pack.products().stream())
        .filter(product -> product.id().equals(productId))
        .flatMap(product -> product.links().stream())
        .filter(Mandatory::isAsked)
        .flatMap(link -> link.nodeTypes().stream())
        .collect(Collectors.toSet());
  }

  /** The product as its pack has it today. */
  java.util.Optional<Product> product(Assessed assessed) {
    return packs.current().inForce(assessed.industry(), today()).stream()
        .map(Pack::products)
        .flatMap(List::stream)
        .filter(product -> product.id().equals(assessed.product()))
        .findFirst();
  }

  /** The newest version of each catalogue, by division, those to come included. */
  Map<String, CatalogueVersion> newest() {
    Map<String, CatalogueVersion> newest = new TreeMap<>();
    store.inForce(null, LocalDate.of(9999, 12, 31)).forEach(v -> newest.put(v.division(), v));
    return newest;
  }

  List<CatalogueVersion> versions(String division) {
    return store.versions(division);
  }

  /**
   * Products that are or will be mandatory at a place, those of versions to come included: firms
   * are told when it is published, not when it takes effect.
   */
  List<Assessed> announced(String division) {
    return strictest(
            newest().values().stream()
                .filter(version -> division.startsWith(version.division()))
                .toList())
        .stream()
        .filter(product -> product.list() == ListName.KEY)
        .toList();
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance(HASH).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + HASH, e);
    }
  }
}
