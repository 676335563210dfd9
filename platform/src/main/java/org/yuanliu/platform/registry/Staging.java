package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.registry.RegistryStore.MandateRow;
import org.yuanliu.platform.registry.RegistryStore.MergeRow;
import org.yuanliu.platform.registry.RegistryStore.PartyRow;
import org.yuanliu.platform.registry.RegistryStore.Revised;

/**
 * The registry as it will stand after the commands of a batch so far: the database, and above it
 * what is not committed yet. One for each call; not shared between threads.
 */
final class Staging {
  private static final int MAX_MERGE_DEPTH = 32;

  private final RegistryStore store;
  private final Map<String, String> partyIds = new HashMap<>();
  private final Map<String, PartyRow> parties = new HashMap<>();
  private final Map<String, String> identities = new HashMap<>();
  private final Map<String, Integer> serials = new HashMap<>();
  private final Map<String, Revised<Place>> places = new HashMap<>();
  private final Map<String, Revised<Product>> products = new HashMap<>();
  private final Map<String, List<Revised<TraceDocument>>> documents = new HashMap<>();
  private final Map<String, MandateRow> mandates = new HashMap<>();
  private final Map<UUID, MergeRow> merges = new HashMap<>();
  private final Map<List<String>, Boolean> equivalences = new HashMap<>();

  Staging(RegistryStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  Optional<String> partyId(String code) {
    String staged = partyIds.get(code);
    return staged != null ? Optional.of(staged) : store.partyIdOfCode(code);
  }

  Optional<PartyRow> row(String id) {
    PartyRow staged = parties.get(id);
    return staged != null ? Optional.of(staged) : store.partyRow(id);
  }

  /** The party that a code leads to, merges followed; its own codes only. */
  Optional<PartyRow> party(String code) {
    return partyId(code).map(this::root);
  }

  PartyRow root(String id) {
    PartyRow row = row(id).orElseThrow();
    for (int depth = 0; depth < MAX_MERGE_DEPTH && row.mergedInto() != null; depth++) {
      row = row(row.mergedInto()).orElseThrow();
    }
    return row;
  }

  /** Whether two codes lead to one party; codes that are not registered only if they are equal. */
  boolean same(String code, String other) {
    return code.equals(other) || rootId(code).equals(rootId(other));
  }

  String rootId(String code) {
    return party(code).map(row -> row.party().id()).orElse(code);
  }

  void put(Party party, int revision, String registrant, @Nullable String mergedInto) {
    parties.put(party.id(), new PartyRow(party, revision, registrant, mergedInto));
    party.codes().forEach(code -> partyIds.put(code, party.id()));
  }

  Optional<String> byIdentity(String index) {
    String staged = identities.get(index);
    return staged != null ? Optional.of(staged) : store.partyByIdentity(index);
  }

  void putIdentity(String index, String party) {
    identities.put(index, party);
  }

  int lastSerial(String node) {
    return requireNonNull(serials.computeIfAbsent(node, store::lastSerial), "serial is null");
  }

  void used(String node, int serial) {
    serials.put(node, Math.max(serial, lastSerial(node)));
  }

  Optional<Revised<Place>> place(String id) {
    Revised<Place> staged = places.get(id);
    return Optional.ofNullable(staged != null ? staged : store.places(List.of(id)).get(id));
  }

  void put(Place place, int revision, String registrant) {
    places.put(place.id(), new Revised<>(place, revision, registrant));
  }

  Optional<Revised<Product>> product(String code) {
    Revised<Product> staged = products.get(code);
    return Optional.ofNullable(staged != null ? staged : store.products(List.of(code)).get(code));
  }

  void put(Product product, int revision, String registrant) {
    products.put(product.code(), new Revised<>(product, revision, registrant));
  }

  /** What parties state of a document, what counts most first. */
  List<Revised<TraceDocument>> statements(String document) {
    List<Revised<TraceDocument>> staged = documents.get(document);
    return staged != null
        ? staged
        : store.statements(List.of(document)).getOrDefault(document, List.of());
  }

  void put(TraceDocument document, int revision, String registrant) {
    List<Revised<TraceDocument>> statements = new ArrayList<>(statements(document.id()));
    Revised<TraceDocument> made = new Revised<>(document, revision, registrant);
    int at = 0;
    while (at < statements.size() && !statements.get(at).registrant().equals(registrant)) {
      at++;
    }
    if (at < statements.size()) {
      statements.set(at, made);
    } else {
      statements.add(made);
    }
    documents.put(document.id(), List.copyOf(statements));
  }

  Optional<MandateRow> mandate(String id) {
    MandateRow staged = mandates.get(id);
    return staged != null ? Optional.of(staged) : store.mandate(id);
  }

  void put(MandateRow row) {
    mandates.put(row.mandate().id(), row);
  }

  Optional<MergeRow> merge(UUID id) {
    MergeRow staged = merges.get(id);
    return staged != null ? Optional.of(staged) : store.merge(id);
  }

  void put(MergeRow merge) {
    merges.put(merge.id(), merge);
  }

  boolean equivalent(String unit, String other) {
    Boolean staged = equivalences.get(pair(unit, other));
    return staged != null
        ? staged
        : store.equivalent(UnitKey.of(unit).value(), UnitKey.of(other).value());
  }

  /** How many codes the unit would have, were these two codes of one. */
  int codesOfOne(String unit, String other) {
    Set<UUID> reached = new HashSet<>(Set.of(UnitKey.of(unit).value(), UnitKey.of(other).value()));
    Collection<UUID> frontier = Set.copyOf(reached);
    while (!frontier.isEmpty()) {
      Map<UUID, Set<UUID>> found = new HashMap<>();
      store.neighbours(frontier).forEach((code, next) -> found.put(code, new HashSet<>(next)));
      equivalences.forEach(
          (pair, holds) -> {
            UUID first = UnitKey.of(pair.getFirst()).value();
            UUID second = UnitKey.of(pair.getLast()).value();
            set(found, first, second, holds);
            set(found, second, first, holds);
          });
      Set<UUID> next = new HashSet<>();
      frontier.forEach(code -> next.addAll(found.getOrDefault(code, Set.of())));
      next.removeAll(reached);
      reached.addAll(next);
      frontier = next;
    }
    return reached.size();
  }

  private static void set(Map<UUID, Set<UUID>> neighbours, UUID code, UUID next, boolean holds) {
    Set<UUID> known = neighbours.computeIfAbsent(code, c -> new HashSet<>());
    if (holds) {
      known.add(next);
    } else {
      known.remove(next);
    }
  }

  void putEquivalence(String unit, String other, boolean holds) {
    equivalences.put(pair(unit, other), holds);
  }

  private static List<String> pair(String unit, String other) {
    return unit.compareTo(other) < 0 ? List.of(unit, other) : List.of(other, unit);
  }
}
