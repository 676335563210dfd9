package org.yuanliu.platform.trace;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EventType;
import org.yuanliu.platform.journal.EntryRef;

/**
 * What the walk knows of an event: a row of {@code trace_event}. Parties, places, documents and the
 * goods are UnitKeys.
 *
 * @param key of (principal, event id)
 * @param marks the bits below
 * @param declared whether an error declaration that the viewer may see takes it back
 */
record Act(
    EntryRef ref,
    Instant time,
    Instant recordTime,
    UUID key,
    UUID principal,
    Set<UUID> givers,
    Set<UUID> takers,
    Set<UUID> fromPlaces,
    Set<UUID> toPlaces,
    Set<UUID> places,
    Set<UUID> documents,
    @Nullable UUID transformation,
    @Nullable UUID product,
    EventType type,
    int marks,
    boolean declared) {

  /** The business step gives goods away: shipping, selling, … */
  static final int GIVING_STEP = 1;

  /** The business step takes goods in: receiving, market entry, … */
  static final int TAKING_STEP = 2;

  /** {@code yl:attribution: "inferred"}. */
  static final int INFERRED = 4;

  /** The event is itself an error declaration. */
  static final int DECLARATION = 8;

  static final int ADD = 16;
  static final int DELETE = 32;

  /** An aggregation that names no child; with DELETE: all are taken out. */
  static final int CHILDLESS = 64;

  boolean is(int mark) {
    return (marks & mark) != 0;
  }

  /** Whether it takes part in flows and containment at all. */
  boolean stands() {
    return !declared && !is(DECLARATION);
  }

  boolean transforms() {
    return type == EventType.TRANSFORMATION_EVENT;
  }

  boolean aggregates() {
    return type == EventType.AGGREGATION_EVENT || type == EventType.ASSOCIATION_EVENT;
  }

  boolean givesTo(UUID party) {
    return !party.equals(principal) && takers.contains(party);
  }

  boolean takesFrom(UUID party) {
    return !party.equals(principal) && givers.contains(party);
  }

  /** Whether it names a party, other than who answers for it, as the one who gets the goods. */
  boolean namesTaker() {
    return takers.stream().anyMatch(party -> !party.equals(principal));
  }

  boolean namesGiver() {
    return givers.stream().anyMatch(party -> !party.equals(principal));
  }

  boolean gives() {
    return is(GIVING_STEP) || namesTaker();
  }

  boolean takes() {
    return !transforms() && (is(TAKING_STEP) || namesGiver());
  }
}
