package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are looked for: all that meet every part; an empty set is no part. Values are in
 * the form in which {@link Hot} holds them.
 *
 * @param ids ids of events ({@link Draft#id()})
 * @param from earliest event time
 * @param before event times are earlier than this
 * @param conditions further conditions, of capabilities that know more: whom a record names, what a
 *     viewer may see
 */
public record EntryCriteria(
    EntryKind kind,
    Set<String> ids,
    Set<String> eventTypes,
    Set<String> bizSteps,
    Set<String> bizLocations,
    @Nullable Instant from,
    @Nullable Instant before,
    List<Condition> conditions) {
  public EntryCriteria {
    requireNonNull(kind, "kind is null");
    ids = Set.copyOf(ids);
    eventTypes = Set.copyOf(eventTypes);
    bizSteps = Set.copyOf(bizSteps);
    bizLocations = Set.copyOf(bizLocations);
    conditions = List.copyOf(conditions);
  }

  /**
   * @param sql a boolean expression over the alias {@code e} of the table {@code entry}, with named
   *     parameters
   */
  public record Condition(String sql, Map<String, Object> parameters) {
    public Condition {
      requireNonNull(sql, "sql is null");
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * A stretch of the journal, so that pages neither lose nor repeat an entry while others write.
   *
   * @param below positions are smaller than this: the size of a tree head
   * @param after the last position of the page before, null to begin
   * @param newestFirst whether positions fall instead of rise
   * @param limit entries at most
   */
  public record Window(long below, @Nullable Long after, boolean newestFirst, int limit) {
    /** One more than the largest page, so that the end of a page is seen. */
    public static final int MAX_LIMIT = 10_001;

    public Window {
      if (below < 0 || limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("not a window: below=" + below + " limit=" + limit);
      }
    }
  }
}
