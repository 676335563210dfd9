package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.binding.PageToken;

/**
 * What is asked for with a query's parameters, in canonical form. Each grows the standard's query
 * language by one part; an empty set is no part.
 *
 * @param units UnitKeys that an event must name one of
 * @param newestFirst order of record, falling
 * @param perPage events on a page
 * @param token where the next page begins; null for the first
 */
record EventQuestion(
    Set<UUID> units,
    Set<String> eventIds,
    Set<String> eventTypes,
    Set<String> bizSteps,
    Set<String> bizLocations,
    @Nullable Instant from,
    @Nullable Instant before,
    boolean newestFirst,
    int perPage,
    @Nullable String token) {
  EventQuestion {
    units = Set.copyOf(units);
    eventIds = Set.copyOf(eventIds);
    eventTypes = Set.copyOf(eventTypes);
    bizSteps = Set.copyOf(bizSteps);
    bizLocations = Set.copyOf(bizLocations);
  }

  static EventQuestion ofId(String id, int limit) {
    return new EventQuestion(
        Set.of(),
        Set.of(requireNonNull(id, "id is null")),
        Set.of(),
        Set.of(),
        Set.of(),
        null,
        null,
        false,
        limit,
        null);
  }

  /** The same question without its filters, to ask whether there is anything at all. */
  EventQuestion ofUnitsAlone() {
    return new EventQuestion(
        units, Set.of(), Set.of(), Set.of(), Set.of(), null, null, false, 1, null);
  }

  /** Ties a page token to the question that it goes on with. */
  String digest() {
    String text =
        String.join(
            "\n",
            sorted(units),
            sorted(eventIds),
            sorted(eventTypes),
            sorted(bizSteps),
            sorted(bizLocations),
            String.valueOf(from),
            String.valueOf(before),
            String.valueOf(newestFirst));
    return PageToken.digest(text);
  }

  private static String sorted(Set<?> values) {
    return values.stream().map(String::valueOf).sorted().toList().toString();
  }
}
