package org.yuanliu.platform.registry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Parties, places, products, documents, mandates and equivalences as they stand now. Reads come
 * from a bounded cache over the registry's view; changes are journal entries.
 */
public interface Registry {

  /** By any of its codes (canonical URI); merges are followed to the party that keeps. */
  Optional<Party> party(String code);

  /** Several at once, by the code asked for; absent ones are left out. */
  Map<String, Party> parties(Collection<String> codes);

  Optional<Place> place(String id);

  Map<String, Place> places(Collection<String> ids);

  Optional<Product> product(String code);

  /** Documents by the id that events cite; absent ones are left out. */
  Map<String, TraceDocument> documents(Collection<String> ids);

  /** May the reporter report for the principal at this step and moment? True where they are one. */
  boolean mandated(String reporter, String principal, @Nullable String bizStep, Instant at);

  /**
   * Which parties are one: the key of the party's id (merges followed) by the key of any other of
   * its codes. Keys of ids, and of what is not registered, are left out.
   *
   * @param keys UnitKeys of party codes, as events are indexed by
   */
  Map<UUID, UUID> partyKeys(Collection<UUID> keys);

  /** Other codes of the same unit, symmetric and transitive; keyed by the unit asked for. */
  Map<UUID, Set<UUID>> equivalents(Collection<UUID> units);

  /** The stored codes behind keys of {@link #equivalents}. */
  List<String> codesOf(Collection<UUID> units);
}
