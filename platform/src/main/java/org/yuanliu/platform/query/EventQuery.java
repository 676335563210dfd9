package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.binding.PageToken;

/**
 * A query of events (SimpleEventQuery, EPCIS 2.0 §8.2.7.1), read and checked.
 *
 * @param criteria hold together; none: every event
 * @param countLimit {@code eventCountLimit}: the first so many; null: all
 * @param maxCount {@code maxEventCount}: refused where there are more; null: never
 * @param perPage events on a page; null where it was not said
 * @param source the parameters that select and order, in a text that does not depend on how they
 *     were sent
 */
public record EventQuery(
    List<Criterion> criteria,
    EventOrder order,
    @Nullable Integer countLimit,
    @Nullable Integer maxCount,
    @Nullable Integer perPage,
    String source) {
  public EventQuery {
    criteria = List.copyOf(criteria);
    requireNonNull(order, "order is null");
    requireNonNull(source, "source is null");
  }

  /** A query of one condition, which {@code source} tells. */
  static EventQuery of(Criterion criterion, String source) {
    return new EventQuery(List.of(criterion), EventOrder.ANY, null, null, null, source);
  }

  /** This query with one more condition, which {@code more} tells. */
  EventQuery and(Criterion criterion, String more) {
    List<Criterion> all = new ArrayList<>(criteria);
    all.add(criterion);
    return new EventQuery(all, order, countLimit, maxCount, perPage, source + "\n" + more);
  }

  EventQuery withPage(int events) {
    return new EventQuery(criteria, order, countLimit, maxCount, events, source);
  }

  /** The same conditions without order and numbers: to know whether, or how many. */
  EventQuery anyOrder() {
    return new EventQuery(criteria, EventOrder.ANY, null, null, null, source);
  }

  /** Ties a page token to the query that it goes on with. */
  String digest() {
    return PageToken.digest(source);
  }
}
