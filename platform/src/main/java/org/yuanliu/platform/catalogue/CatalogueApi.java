package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.Mandatory;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import org.yuanliu.platform.registry.Directory;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Registry;

/** Catalogues read and published; who is affected; what one is told oneself. */
@RestController
@RequestMapping("/api/v1/catalogue")
@Tag(name = "Catalogue", description = "产品目录 · Key and encouraged products")
final class CatalogueApi {
  private static final int MAX_PAGE = 500;

  /** More places than that one firm does not run. */
  private static final int MAX_PLACES = 200;

  /** The nation, a province, a city, a district. */
  private static final Pattern DIVISION = Pattern.compile("national|[0-9]{2}|[0-9]{4}|[0-9]{6}");

  private final Catalogue catalogue;
  private final Directory directory;
  private final Registry registry;
  private final PartyCodes partyCodes;

  CatalogueApi(Catalogue catalogue, Directory directory, Registry registry, PartyCodes partyCodes) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
  }

  /** What is published: the version's own number and day, and its whole list. */
  record NewVersion(
      int version, @Nullable LocalDate effectiveFrom, @Nullable List<Assessed> products) {}

  /** A catalogue's newest version, and where it has fallen behind those above it. */
  record Current(CatalogueVersion catalogue, List<Behind> behind) {}

  record Behind(String code, String zh, String en) {
    static Behind of(Detail detail) {
      return new Behind(detail.code(), detail.zh(), detail.en());
    }
  }

  /**
   * @param next id to ask for more after, or null
   */
  record Affected(List<Firm> firms, @Nullable String next) {}

  record Firm(String id, String name) {}

  /**
   * What a firm is told.
   *
   * @param links the links that are mandatory for it
   */
  record Notice(
      String industry,
      String product,
      Map<String, String> names,
      LocalDate mandatoryFrom,
      boolean inForce,
      String reason,
      List<Map<String, String>> links) {}

  @GetMapping
  @Operation(summary = "各级目录的最新一版 · The newest version of each catalogue")
  Map<String, Object> all(Caller caller) {
    caller.require(Permission.QUERY);
    return Map.of(
        "catalogues",
        catalogue.newest().values().stream()
            .map(
                version ->
                    new Current(
                        version,
                        catalogue.incompatibilities(version, version.effectiveFrom()).stream()
                            .map(Behind::of)
                            .toList()))
            .toList());
  }

  @GetMapping("/{division}")
  @Operation(summary = "一级目录的各版 · Every version of a catalogue, the newest first")
  Map<String, Object> versions(Caller caller, @PathVariable String division) {
    caller.require(Permission.QUERY);
    List<CatalogueVersion> versions = catalogue.versions(prefix(division));
    if (versions.isEmpty()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return Map.of("versions", versions);
  }

  @PutMapping("/{division}")
  @Operation(
      summary = "发布一版目录 · Publish a version",
      description =
          "A local catalogue may add products or be stricter than those above it, never drop or"
              + " loosen. New key products are announced 30 days ahead."
              + " 地方目录可以增加、从严，不得减少、放宽；新列入重点的产品须提前30天公布。")
  ResponseEntity<CatalogueVersion> publish(
      Caller caller, @PathVariable String division, @RequestBody NewVersion given) {
    LocalDate from = given.effectiveFrom();
    List<Assessed> products = given.products();
    if (from == null || products == null) {
      throw new ProblemException(
          StandardProblems.invalid(
              from == null ? "/effectiveFrom" : "/products",
              "value-missing",
              "此处必须填写。",
              "A value is needed here."));
    }
    CatalogueVersion version =
        new CatalogueVersion(prefix(division), given.version(), from, caller.name(), products);
    catalogue.publish(caller, version);
    return ResponseEntity.ok(version);
  }

  @GetMapping("/{division}/affected")
  @Operation(summary = "受影响的企业 · Firms whose links a product makes mandatory")
  Affected affected(
      Caller caller,
      @PathVariable String division,
      @RequestParam String industry,
      @RequestParam String product,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    caller.require(Permission.QUERY);
    String prefix = seen(caller, prefix(division));
    Set<String> kinds = catalogue.places(industry, product);
    if (kinds.isEmpty()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    List<String> ids = directory.atPlaces(kinds, prefix, after, limit);
    Map<String, Party> parties = registry.parties(ids);
    List<Firm> firms =
        ids.stream().map(id -> firm(id, parties.get(id))).flatMap(Optional::stream).toList();
    return new Affected(firms, ids.size() == limit ? ids.getLast() : null);
  }

  private Optional<Firm> firm(String id, @Nullable Party party) {
    return Optional.ofNullable(party)
        .map(known -> new Firm(id, known.publicName(catalogue.today())));
  }

  /** A department sees who is affected in its own divisions, a firm nobody but itself. */
  private static String seen(Caller caller, String asked) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> asked;
      case Viewer.Regulator(String party, String own, Set<String> industries) -> {
        if (!asked.startsWith(own) && !own.startsWith(asked)) {
          throw new ProblemException(StandardProblems.NOT_FOUND);
        }
        yield asked.length() > own.length() ? asked : own;
      }
      case Viewer.Enterprise enterprise -> throw new ProblemException(StandardProblems.FORBIDDEN);
      case Viewer.Consumer consumer -> throw new ProblemException(StandardProblems.FORBIDDEN);
      case Viewer.PublicPage page -> throw new ProblemException(StandardProblems.FORBIDDEN);
    };
  }

  @GetMapping("/notices")
  @Operation(summary = "本单位的告知 · What the caller's firm is told")
  Map<String, Object> notices(Caller caller) {
    caller.require(Permission.QUERY);
    List<Place> places = places(caller);
    Map<String, Notice> notices = new LinkedHashMap<>();
    for (Place place : places) {
      for (Assessed product : catalogue.announced(place.division())) {
        notice(product, place.nodeType())
            .ifPresent(notice -> notices.putIfAbsent(product.name() + place.nodeType(), notice));
      }
    }
    return Map.of("notices", List.copyOf(notices.values()));
  }

  private Optional<Notice> notice(Assessed assessed, @Nullable String kind) {
    Product product = catalogue.product(assessed).orElse(null);
    LocalDate from = assessed.mandatoryFrom();
    if (product == null || from == null || kind == null) {
      return Optional.empty();
    }
    List<Map<String, String>> links =
        product.links().stream()
            .filter(link -> Mandatory.isAsked(link) && link.nodeTypes().contains(kind))
            .map(link -> Map.of("id", link.id(), "zh", link.names().zh(), "en", link.names().en()))
            .toList();
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Notice(
                assessed.industry(),
                assessed.product(),
                Map.of("zh", product.names().zh(), "en", product.names().en()),
                from,
                !from.isAfter(catalogue.today()),
                assessed.reason(),
                links));
  }

  /** Places that the firm runs, and the markets it has a stall in. */
  private List<Place> places(Caller caller) {
    List<Place> places =
        new ArrayList<>(directory.placesOf(partyCodes.codesOf(caller.party()), MAX_PLACES));
    Party party = registry.party(caller.party()).orElse(null);
    if (party != null && !party.stalls().isEmpty()) {
      List<String> markets = party.stalls().stream().map(Party.Stall::market).toList();
      places.addAll(registry.places(markets).values());
      Set<String> codes = new LinkedHashSet<>();
      registry.parties(markets).values().forEach(market -> codes.addAll(market.codes()));
      places.addAll(directory.placesOf(codes, MAX_PLACES));
    }
    return places;
  }

  private static String prefix(String division) {
    if (!DIVISION.matcher(division).matches()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return division.equals("national") ? "" : division;
  }
}
