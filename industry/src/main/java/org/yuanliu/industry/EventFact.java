package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts.DocumentRef;

/**
 * One event as checks see it. {@link EventFacts} makes it of an EPCIS event.
 *
 * @param ref the event's reference, unique among the events that are looked at together
 * @param link the link of the pack that it belongs to
 * @param product the pack's product; null if nobody can tell
 * @param party who answers for it
 * @param place where it happened, in canonical form; null if not known
 * @param nodeType what kind of place that is; null if not known
 * @param source who gives, owner before holder; null if nobody is named
 * @param destination who takes, owner before holder; null if nobody is named
 * @param documents what it cites
 * @param values by element: String, Long, BigDecimal, Boolean, Instant, or a List of these or of
 *     {@link Reading}; what the event does not have is left out
 */
public record EventFact(
    String ref,
    Link link,
    @Nullable String product,
    Instant eventTime,
    Instant recordTime,
    @Nullable String party,
    @Nullable String place,
    @Nullable String nodeType,
    @Nullable String source,
    @Nullable String destination,
    List<UnitFact> units,
    List<DocumentRef> documents,
    Map<String, Object> values) {
  /** The order in which events happened; those at the same moment by their references. */
  public static final Comparator<EventFact> BY_TIME =
      Comparator.comparing(EventFact::eventTime).thenComparing(EventFact::ref);

  public EventFact {
    requireNonNull(ref, "ref is null");
    requireNonNull(link, "link is null");
    requireNonNull(eventTime, "eventTime is null");
    requireNonNull(recordTime, "recordTime is null");
    units = List.copyOf(units);
    documents = List.copyOf(documents);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A unit of the event.
   *
   * @param unit in canonical form
   * @param quantity in kilograms, litres or as counted; one for an item; null if not stated
   */
  public record UnitFact(UnitRole role, String unit, @Nullable BigDecimal quantity) {
    public UnitFact {
      requireNonNull(role, "role is null");
      requireNonNull(unit, "unit is null");
    }
  }

  /** One measurement. */
  public record Reading(Instant time, BigDecimal value) {
    public Reading {
      requireNonNull(time, "time is null");
      requireNonNull(value, "value is null");
    }
  }

  /** The same event once its place among others is known. */
  public EventFact at(String newRef, Instant newRecordTime) {
    return new EventFact(
        newRef,
        link,
        product,
        eventTime,
        newRecordTime,
        party,
        place,
        nodeType,
        source,
        destination,
        units,
        documents,
        values);
  }

  /** What an element says; empty if the event does not have it. */
  public Optional<Object> value(String element) {
    return Optional.ofNullable(values.get(element));
  }

  /** An element's value, or one of {@code party}, {@code place}, {@code product} and the like. */
  Optional<Object> named(String word) {
    Object own = values.get(word);
    if (own != null) {
      return Optional.of(own);
    }
    return Optional.ofNullable(
        switch (word) {
          case CheckKeys.PARTY -> party;
          case CheckKeys.PLACE -> place;
          case CheckKeys.PRODUCT -> product;
          case CheckKeys.SOURCE -> source;
          case CheckKeys.DESTINATION -> destination;
          default -> null;
        });
  }

  /** The units themselves, without what carries or contains them. */
  List<UnitFact> goods() {
    return units.stream().filter(unit -> unit.role() != UnitRole.PARENT).toList();
  }

  boolean isOf(Set<String> links) {
    return links.contains(link.id());
  }

  /** The same text for the same value, however it was written. */
  static String text(Object value) {
    return switch (value) {
      case BigDecimal number -> number.stripTrailingZeros().toPlainString();
      case List<?> list -> list.stream().map(EventFact::text).sorted().toList().toString();
      default -> value.toString();
    };
  }
}
