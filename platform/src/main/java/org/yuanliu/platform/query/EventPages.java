package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.BindingSettings;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Journal;

/**
 * Pages of events. The first page fixes the size of the journal that all its pages look at, and
 * each begins behind the last event of the one before in the order of the query: nothing is lost
 * and nothing repeated while others write. What the viewer may not see is left out before anything
 * is counted.
 */
@Component
final class EventPages {
  private final EventSearch search;
  private final Journal journal;
  private final PageRequests requests;
  private final BindingSettings settings;

  EventPages(EventSearch search, Journal journal, PageRequests requests, BindingSettings settings) {
    this.search = requireNonNull(search, "search is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * @param next what the next page's token needs; null on the last page
   */
  record Page(List<Entry> entries, @Nullable List<String> next) {}

  /**
   * Where a page begins.
   *
   * @param shown events on the pages before
   */
  private record Start(long below, EventScan.@Nullable Key after, int shown) {}

  Page page(EventQuery query, @Nullable String token, Viewer viewer) {
    Start start = start(query, token);
    int perPage = query.perPage() == null ? settings.pageEvents() : query.perPage();
    Integer limit = query.countLimit();
    int left = limit == null ? Integer.MAX_VALUE : limit - start.shown();
    if (left <= 0) {
      return new Page(List.of(), null);
    }
    int wanted = Math.min(perPage, left);
    if (query.maxCount() != null && token == null) {
      refuseIfMore(query, start, viewer, query.maxCount());
    }
    return query.order().by() == EventOrder.By.FIELD
        ? sorted(query, start, wanted, left, viewer)
        : found(query, start, wanted, left, viewer);
  }

  private Page found(EventQuery query, Start start, int wanted, int left, Viewer viewer) {
    EventSearch.Found found =
        search.find(
            new EventSearch.Ask(
                query, viewer, 0, start.below(), start.after(), wanted, settings.pageBytes()));
    EventScan.Key last = found.last();
    if (!found.more() || found.entries().size() >= left || last == null) {
      return new Page(found.entries(), null);
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.eventTime());
    int shown = start.shown() + found.entries().size();
    return new Page(found.entries(), place(start.below(), micros, last.position(), shown));
  }

  private Page sorted(EventQuery query, Start start, int wanted, int left, Viewer viewer) {
    List<Entry> all =
        search.sorted(
            new EventSearch.Ask(query, viewer, 0, start.below(), null, wanted, Long.MAX_VALUE),
            requireNonNull(query.order().field(), "an extension's field orders"),
            query.order().descending());
    int from = Math.min(start.shown(), all.size());
    List<Entry> shown = all.subList(from, Math.min(from + wanted, all.size()));
    boolean more = from + shown.size() < all.size() && shown.size() < left;
    return new Page(shown, more ? place(start.below(), 0, 0, start.shown() + shown.size()) : null);
  }

  private void refuseIfMore(EventQuery query, Start start, Viewer viewer, int maxCount) {
    EventSearch.Ask ask =
        new EventSearch.Ask(
            query.anyOrder(), viewer, 0, start.below(), null, maxCount, Long.MAX_VALUE);
    if (search.count(ask) > maxCount) {
      throw EpcisProblems.queryTooLarge(maxCount);
    }
  }

  /** As {@link EventQueries#all}. */
  List<Entry> all(EventQuery query, Viewer viewer, int most, long bytes) {
    Start start = start(query, null);
    Integer limit = query.countLimit();
    int wanted = limit == null ? most : Math.min(limit, most);
    boolean whole = limit == null || limit > most;
    if (query.maxCount() != null) {
      refuseIfMore(query, start, viewer, query.maxCount());
    }
    if (query.order().by() == EventOrder.By.FIELD) {
      Page page = sorted(query, start, wanted, wanted + 1, viewer);
      refuseIfMore(whole && page.next() != null, most);
      return page.entries();
    }
    List<Entry> all = new ArrayList<>();
    long size = 0;
    EventScan.Key after = null;
    boolean more = true;
    while (more && all.size() < wanted) {
      EventSearch.Found found =
          search.find(
              new EventSearch.Ask(
                  query, viewer, 0, start.below(), after, wanted - all.size(), bytes - size));
      all.addAll(found.entries());
      size += found.entries().stream().mapToLong(entry -> entry.draft().body().length).sum();
      refuseIfMore(size > bytes, most);
      after = found.last();
      more = found.more() && after != null;
    }
    refuseIfMore(more && whole, most);
    return all;
  }

  private static void refuseIfMore(boolean more, int most) {
    if (more) {
      throw EpcisProblems.queryTooLargeFor(most);
    }
  }

  /** Whether the viewer can see any event that meets the query. */
  boolean any(EventQuery query, Viewer viewer) {
    EventSearch.Ask ask =
        new EventSearch.Ask(
            query.anyOrder(), viewer, 0, journal.head().size(), null, 1, Long.MAX_VALUE);
    return !search.find(ask).entries().isEmpty();
  }

  private static List<String> place(long below, long micros, long position, int shown) {
    return List.of(
        Long.toString(below),
        Long.toString(micros),
        Long.toString(position),
        Integer.toString(shown));
  }

  private Start start(EventQuery query, @Nullable String token) {
    long size = journal.head().size();
    if (token == null) {
      return new Start(size, null, 0);
    }
    List<String> place = requests.token(token, query.digest()).place();
    try {
      long below = Long.parseLong(place.get(0));
      Instant time = Instant.EPOCH.plus(Long.parseLong(place.get(1)), ChronoUnit.MICROS);
      long position = Long.parseLong(place.get(2));
      int shown = Integer.parseInt(place.get(3));
      if (below >= 0 && below <= size && position >= 0 && position <= below && shown >= 0) {
        return new Start(below, new EventScan.Key(time, position), shown);
      }
    } catch (NumberFormatException
        | IndexOutOfBoundsException
        | ArithmeticException
        | DateTimeException e) {
      // Refused below, like any other that was not given here.
    }
    throw PageRequests.badToken();
  }
}
