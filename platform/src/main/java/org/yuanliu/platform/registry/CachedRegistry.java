package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.PartyDivisions;
import org.yuanliu.platform.registry.RegistryStore.MandateRow;
import org.yuanliu.platform.registry.RegistryStore.Revised;

/** The registry behind a bounded cache that never gives out what a change has overtaken. */
@Component
class CachedRegistry implements Registry, PartyCodes, PartyDivisions {
  /**
   * With several servers on one database, what another one changed is seen after so long at the
   * latest; in one server it is seen at once (see {@link RegistryFreshness}).
   */
  private static final Duration MAX_AGE = Duration.ofSeconds(30);

  /** Codes of one unit: a lift has three. A bound against a chain of mistakes. */
  private static final int MAX_EQUIVALENCE_STEPS = 16;

  private final RegistryStore store;
  private final RegistryFreshness freshness;
  private final ZoneId zone;
  private final Cache<String, Tagged> cache;

  CachedRegistry(
      RegistryStore store,
      RegistryFreshness freshness,
      RegistrySettings settings,
      ServerSettings server) {
    this.store = requireNonNull(store, "store is null");
    this.freshness = requireNonNull(freshness, "freshness is null");
    this.zone = requireNonNull(server.zone(), "zone is null");
    this.cache =
        Caffeine.newBuilder().maximumSize(settings.cacheSize()).expireAfterWrite(MAX_AGE).build();
  }

  /**
   * @param value what stands, or absence
   * @param readAt version of the registry just before it was read
   */
  private record Tagged(Optional<Object> value, long readAt) {}

  @Override
  public Optional<Party> party(String code) {
    return Optional.ofNullable(parties(List.of(code)).get(code));
  }

  @Override
  public Map<String, Party> parties(Collection<String> codes) {
    return get(codes, Party.class, Keys::party, store::parties);
  }

  /** What a key of a code leads to. */
  private record Lead(UUID party) {}

  @Override
  public Map<UUID, UUID> partyKeys(Collection<UUID> keys) {
    Map<String, Lead> leads =
        get(
            keys.stream().map(UUID::toString).toList(),
            Lead.class,
            key -> Keys.party(UUID.fromString(key)),
            this::leads);
    Map<UUID, UUID> result = new HashMap<>();
    leads.forEach(
        (key, lead) -> {
          if (!key.equals(lead.party().toString())) {
            result.put(UUID.fromString(key), lead.party());
          }
        });
    return result;
  }

  private Map<String, Lead> leads(Collection<String> keys) {
    Map<String, Lead> leads = new HashMap<>();
    store
        .partyIds(keys.stream().map(UUID::fromString).toList())
        .forEach((key, id) -> leads.put(key.toString(), new Lead(UnitKey.of(id).value())));
    return leads;
  }

  @Override
  public Optional<Place> place(String id) {
    return Optional.ofNullable(places(List.of(id)).get(id));
  }

  @Override
  public Map<String, Place> places(Collection<String> ids) {
    return get(ids, Place.class, Keys::place, missing -> values(store.places(missing)));
  }

  @Override
  public Optional<Product> product(String code) {
    return Optional.ofNullable(
        get(List.of(code), Product.class, Keys::product, some -> values(store.products(some)))
            .get(code));
  }

  @Override
  public Map<String, TraceDocument> documents(Collection<String> ids) {
    return get(ids, TraceDocument.class, Keys::document, store::documents);
  }

  @Override
  public boolean mandated(String reporter, String principal, @Nullable String bizStep, Instant at) {
    if (reporter.equals(principal)) {
      return true;
    }
    Set<String> reporterCodes = codesOf(reporter);
    if (reporterCodes.contains(principal)) {
      return true;
    }
    LocalDate day = LocalDate.ofInstant(at, zone);
    Set<String> principalCodes = codesOf(principal);
    Map<String, MandateList> mandates =
        get(principalCodes, MandateList.class, Keys::mandates, this::mandateLists);
    for (MandateList list : mandates.values()) {
      for (MandateRow row : list.rows()) {
        if (reporterCodes.contains(row.mandate().reporter()) && covers(row, bizStep, day, at)) {
          return true;
        }
      }
    }
    return false;
  }

  private record MandateList(List<MandateRow> rows) {}

  private Map<String, MandateList> mandateLists(Collection<String> principals) {
    Map<String, MandateList> lists = new HashMap<>();
    store.mandatesOf(principals).forEach((code, rows) -> lists.put(code, new MandateList(rows)));
    return lists;
  }

  private static boolean covers(
      MandateRow row, @Nullable String bizStep, LocalDate day, Instant at) {
    Mandate mandate = row.mandate();
    boolean step =
        mandate.bizSteps().isEmpty() || (bizStep != null && mandate.bizSteps().contains(bizStep));
    boolean inForce = row.revokedFrom() == null || at.isBefore(row.revokedFrom());
    return step && inForce && row.waitsFor() == null && mandate.period().contains(day);
  }

  @Override
  public Set<String> codesOf(String party) {
    Optional<Party> known = party(party);
    if (known.isEmpty()) {
      return Set.of(party);
    }
    Set<String> codes = new HashSet<>(known.get().codes());
    codes.add(party);
    return codes;
  }

  @Override
  public Optional<String> divisionOf(String party) {
    return party(party).map(Party::division);
  }

  @Override
  public Map<UUID, Set<UUID>> equivalents(Collection<UUID> units) {
    if (units.isEmpty() || !anyEquivalence()) {
      return Map.of();
    }
    Map<UUID, Set<UUID>> edges = new HashMap<>();
    Collection<UUID> frontier = Set.copyOf(units);
    for (int step = 0; step < MAX_EQUIVALENCE_STEPS && !frontier.isEmpty(); step++) {
      Map<UUID, Set<UUID>> found = store.neighbours(frontier);
      edges.putAll(found);
      Set<UUID> next = new HashSet<>();
      found.values().forEach(next::addAll);
      next.removeAll(edges.keySet());
      frontier = next;
    }
    Map<UUID, Set<UUID>> result = new HashMap<>();
    for (UUID unit : Set.copyOf(units)) {
      Set<UUID> component = component(edges, unit);
      if (!component.isEmpty()) {
        result.put(unit, component);
      }
    }
    return result;
  }

  /** Everything that leads to the unit, without itself. */
  private static Set<UUID> component(Map<UUID, Set<UUID>> edges, UUID unit) {
    Set<UUID> reached = new HashSet<>(Set.of(unit));
    List<UUID> open = new ArrayList<>(List.of(unit));
    while (!open.isEmpty()) {
      for (UUID other : edges.getOrDefault(open.removeLast(), Set.of())) {
        if (reached.add(other)) {
          open.add(other);
        }
      }
    }
    reached.remove(unit);
    return reached;
  }

  @Override
  public List<String> codesOf(Collection<UUID> units) {
    return units.isEmpty() || !anyEquivalence() ? List.of() : store.codesOf(units);
  }

  /** Most installations have none: then no walk asks the database. */
  private boolean anyEquivalence() {
    return get(
            List.of(Keys.ANY_EQUIVALENCE),
            Boolean.class,
            key -> key,
            missing -> Map.of(Keys.ANY_EQUIVALENCE, store.anyEquivalence()))
        .getOrDefault(Keys.ANY_EQUIVALENCE, false);
  }

  private <T> Map<String, T> get(
      Collection<String> ids,
      Class<T> type,
      Function<String, String> key,
      Function<Collection<String>, Map<String, T>> load) {
    Map<String, T> result = new HashMap<>();
    Set<String> missing = new HashSet<>();
    for (String id : ids) {
      String name = key.apply(id);
      Tagged tagged = cache.getIfPresent(name);
      if (tagged == null || !isFresh(type, name, tagged.readAt())) {
        missing.add(id);
      } else {
        tagged.value().ifPresent(value -> result.put(id, type.cast(value)));
      }
    }
    if (!missing.isEmpty()) {
      // The version first: what is read after it is at least as new.
      long readAt = store.version();
      Map<String, T> loaded = load.apply(missing);
      for (String id : missing) {
        T value = loaded.get(id);
        cache.put(key.apply(id), new Tagged(Optional.ofNullable(value), readAt));
        if (value != null) {
          result.put(id, value);
        }
      }
    }
    return result;
  }

  private boolean isFresh(Class<?> type, String name, long readAt) {
    return (type == Party.class || type == Lead.class)
        ? freshness.isFreshParty(name, readAt)
        : freshness.isFresh(name, readAt);
  }

  private static <T> Map<String, T> values(Map<String, Revised<T>> rows) {
    Map<String, T> values = new HashMap<>();
    rows.forEach((id, row) -> values.put(id, row.value()));
    return values;
  }
}
