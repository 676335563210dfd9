package org.yuanliu.platform.capture;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Product;
import org.yuanliu.platform.registry.Registry;
import org.yuanliu.platform.registry.TraceDocument;

/** What the tests say of parties, places and mandates. */
final class FakeRegistry implements Registry {
  record Leave(String reporter, String principal, Set<String> bizSteps, Instant from, Instant to) {}

  final Map<String, Party> parties = new ConcurrentHashMap<>();
  final Map<String, Place> places = new ConcurrentHashMap<>();
  final Map<String, Product> products = new ConcurrentHashMap<>();
  final List<Leave> leaves = new CopyOnWriteArrayList<>();

  void add(Party party) {
    party.codes().forEach(code -> parties.put(code, party));
  }

  @Override
  public Optional<Party> party(String code) {
    return Optional.ofNullable(parties.get(code));
  }

  @Override
  public Map<String, Party> parties(Collection<String> codes) {
    Map<String, Party> found = new HashMap<>();
    codes.forEach(code -> party(code).ifPresent(party -> found.put(code, party)));
    return found;
  }

  @Override
  public Optional<Place> place(String id) {
    return Optional.ofNullable(places.get(id));
  }

  @Override
  public Map<String, Place> places(Collection<String> ids) {
    Map<String, Place> found = new HashMap<>();
    ids.forEach(id -> place(id).ifPresent(place -> found.put(id, place)));
    return found;
  }

  @Override
  public Optional<Product> product(String code) {
    return Optional.ofNullable(products.get(code));
  }

  @Override
  public Map<String, TraceDocument> documents(Collection<String> ids) {
    return Map.of();
  }

  @Override
  public boolean mandated(String reporter, String principal, @Nullable String bizStep, Instant at) {
    return reporter.equals(principal)
        || leaves.stream()
            .anyMatch(
                leave ->
                    leave.reporter().equals(reporter)
                        && leave.principal().equals(principal)
                        && (leave.bizSteps().isEmpty()
                            || (bizStep != null && leave.bizSteps().contains(bizStep)))
                        && !at.isBefore(leave.from())
                        && at.isBefore(leave.to()));
  }

  @Override
  public Map<UUID, UUID> partyKeys(Collection<UUID> keys) {
    Map<UUID, UUID> found = new HashMap<>();
    parties.forEach(
        (code, party) -> {
          UUID key = UnitKey.of(code).value();
          if (keys.contains(key) && !code.equals(party.id())) {
            found.put(key, UnitKey.of(party.id()).value());
          }
        });
    return found;
  }

  @Override
  public Map<UUID, Set<UUID>> equivalents(Collection<UUID> units) {
    return Map.of();
  }

  @Override
  public List<String> codesOf(Collection<UUID> units) {
    return List.of();
  }
}
