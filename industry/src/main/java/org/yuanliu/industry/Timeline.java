package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The known events under one value of one key, in the order in which they happened ({@link
 * EventFact#BY_TIME}). What checks ask of them is found by halving, and what they add up to is
 * kept: a batch that has been sold a thousand times must not cost a thousand steps with every sale.
 * For one thread.
 */
public final class Timeline {
  private final List<EventFact> all = new ArrayList<>();
  private final Map<String, List<EventFact>> byLink = new HashMap<>();
  private final Map<String, List<EventFact>> byElement = new HashMap<>();
  private final IdentityHashMap<CheckRule, Map<String, Tally>> tallies = new IdentityHashMap<>();

  /** One of these events, all of which are of the asking pack's links. */
  public static Timeline of(Collection<EventFact> events) {
    Timeline timeline = new Timeline();
    events.stream().sorted(EventFact.BY_TIME).forEach(event -> timeline.add(event, true));
    return timeline;
  }

  /**
   * Adds an event.
   *
   * @param ofLinks whether it happened for the asking pack; if not, only what it says of the unit
   *     counts
   */
  public void add(EventFact event, boolean ofLinks) {
    requireNonNull(event, "event is null");
    insert(all, event);
    byElement.forEach(
        (element, events) -> {
          if (event.value(element).isPresent()) {
            insert(events, event);
          }
        });
    if (ofLinks) {
      insert(byLink.computeIfAbsent(event.link().id(), link -> new ArrayList<>()), event);
      tallies.values().forEach(ofRule -> ofRule.values().forEach(tally -> tally.add(event)));
    }
  }

  /** Takes the earliest event away: older ones than a limit are not looked at. */
  public void forgetFirst() {
    EventFact first = all.removeFirst();
    byElement.values().forEach(events -> removeFirst(events, first));
    List<EventFact> ofLink = byLink.get(first.link().id());
    if (ofLink != null && removeFirst(ofLink, first)) {
      if (ofLink.isEmpty()) {
        byLink.remove(first.link().id());
      }
      tallies.values().forEach(ofRule -> ofRule.values().forEach(tally -> tally.forget(first)));
    }
  }

  private static boolean removeFirst(List<EventFact> events, EventFact event) {
    boolean is = !events.isEmpty() && events.getFirst().ref().equals(event.ref());
    if (is) {
      events.removeFirst();
    }
    return is;
  }

  public int size() {
    return all.size();
  }

  /** Events of the links; all if none is named. */
  List<EventFact> events(Set<String> links) {
    if (links.isEmpty()) {
      return Collections.unmodifiableList(all);
    }
    return merged(lists(links));
  }

  private static List<EventFact> merged(List<List<EventFact>> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    if (found.size() == 1) {
      return Collections.unmodifiableList(found.getFirst());
    }
    List<EventFact> merged = new ArrayList<>();
    found.forEach(merged::addAll);
    merged.sort(EventFact.BY_TIME);
    return merged;
  }

  boolean has(Set<String> links) {
    return !lists(links).isEmpty();
  }

  /** The last of the links before the event. */
  Optional<EventFact> lastBefore(Set<String> links, EventFact event) {
    EventFact last = null;
    for (List<EventFact> events : lists(links)) {
      int place = before(events, event);
      if (place > 0
          && (last == null || EventFact.BY_TIME.compare(events.get(place - 1), last) > 0)) {
        last = events.get(place - 1);
      }
    }
    return Optional.ofNullable(last);
  }

  /** Those of the links before the event, in no order. */
  List<EventFact> before(Set<String> links, EventFact event) {
    List<EventFact> earlier = new ArrayList<>();
    for (List<EventFact> events : lists(links)) {
      earlier.addAll(events.subList(0, before(events, event)));
    }
    return earlier;
  }

  /** Those of the links after the event. */
  List<EventFact> after(Set<String> links, EventFact event) {
    List<EventFact> later = new ArrayList<>();
    for (List<EventFact> events : lists(links)) {
      for (int i = events.size() - 1; i >= 0; i--) {
        if (EventFact.BY_TIME.compare(events.get(i), event) <= 0) {
          break;
        }
        later.add(events.get(i));
      }
    }
    return later;
  }

  boolean hasAfter(Set<String> links, EventFact event) {
    return lists(links).stream()
        .anyMatch(events -> EventFact.BY_TIME.compare(events.getLast(), event) > 0);
  }

  /** What the last event up to the other's moment said; the other itself is not asked. */
  Optional<Object> said(String element, EventFact event) {
    List<EventFact> events =
        byElement.computeIfAbsent(
            element,
            name -> {
              List<EventFact> having = new ArrayList<>();
              all.stream().filter(one -> one.value(name).isPresent()).forEach(having::add);
              return having;
            });
    Instant moment = event.eventTime();
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).eventTime().isAfter(moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    for (int i = low - 1; i >= 0; i--) {
      if (!events.get(i).ref().equals(event.ref())) {
        return events.get(i).value(element);
      }
    }
    return Optional.empty();
  }

  /**
   * What a rule adds up; made when it is asked for first.
   *
   * @param what tells several of one rule apart
   */
  Tally tally(CheckRule rule, String what, Function<EventFact, Optional<BigDecimal>> amount) {
    return tallies
        .computeIfAbsent(rule, r -> new TreeMap<>())
        .computeIfAbsent(
            what,
            w -> {
              Tally tally = new Tally(amount);
              merged(List.copyOf(byLink.values())).forEach(tally::add);
              return tally;
            });
  }

  private List<List<EventFact>> lists(Set<String> links) {
    List<List<EventFact>> found = new ArrayList<>(2);
    for (String link : links) {
      List<EventFact> events = byLink.get(link);
      if (events != null) {
        found.add(events);
      }
    }
    return found;
  }

  private static void insert(List<EventFact> events, EventFact event) {
    events.add(before(events, event), event);
  }

  /** How many of the events are before the other. */
  static int before(List<EventFact> events, EventFact event) {
    // Most come at the end.
    if (events.isEmpty() || EventFact.BY_TIME.compare(events.getLast(), event) < 0) {
      return events.size();
    }
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (EventFact.BY_TIME.compare(events.get(middle), event) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
