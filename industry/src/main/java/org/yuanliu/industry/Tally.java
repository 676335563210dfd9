package org.yuanliu.industry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the events under one value of one key add up to, in the order in which they happened. Sums
 * up to an event are kept, so that the next event costs one addition and not all of them.
 */
final class Tally {
  private final Function<EventFact, Optional<BigDecimal>> amount;
  private final List<EventFact> events = new ArrayList<>();
  private final List<BigDecimal> amounts = new ArrayList<>();

  /** The sum up to and with the event of the same place; those behind {@code known} are stale. */
  private final List<BigDecimal> sums = new ArrayList<>();

  private int known;

  /** What was forgotten. */
  private BigDecimal base = BigDecimal.ZERO;

  /**
   * @param amount what an event adds; empty if it has nothing to do with it
   */
  Tally(Function<EventFact, Optional<BigDecimal>> amount) {
    this.amount = amount;
  }

  void add(EventFact event) {
    Optional<BigDecimal> adds = amount.apply(event);
    if (adds.isPresent()) {
      int place = Timeline.before(events, event);
      events.add(place, event);
      amounts.add(place, adds.get());
      sums.add(place, adds.get());
      known = Math.min(known, place);
    }
  }

  /** Takes the earliest event away, where it is the one. */
  void forget(EventFact event) {
    if (!events.isEmpty() && events.getFirst().ref().equals(event.ref())) {
      base = base.add(sum(1));
      events.removeFirst();
      amounts.removeFirst();
      sums.removeFirst();
      known--;
    }
  }

  /** The sum of everything; an event that is not stored counts too. */
  BigDecimal total(EventFact with) {
    BigDecimal stored = sum(events.size());
    return has(with) ? stored : amount.apply(with).map(stored::add).orElse(stored);
  }

  /** The sum of what happened before the event, and of the event. */
  BigDecimal upTo(EventFact event) {
    int place = Timeline.before(events, event);
    BigDecimal before = sum(place);
    return amount.apply(event).map(before::add).orElse(before);
  }

  /** The last one, or the given one where it is later and has to do with it. */
  Optional<EventFact> last(EventFact with) {
    Optional<EventFact> stored =
        events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
    boolean later =
        stored.map(one -> EventFact.BY_TIME.compare(with, one) > 0).orElse(true)
            && amount.apply(with).isPresent();
    return later ? Optional.of(with) : stored;
  }

  private boolean has(EventFact event) {
    int place = Timeline.before(events, event);
    return place < events.size() && events.get(place).ref().equals(event.ref());
  }

  private BigDecimal sum(int end) {
    for (; known < end; known++) {
      BigDecimal before = known == 0 ? base : sums.get(known - 1);
      sums.set(known, before.add(amounts.get(known)));
    }
    return end == 0 ? BigDecimal.ZERO : sums.get(end - 1).subtract(base);
  }
}
