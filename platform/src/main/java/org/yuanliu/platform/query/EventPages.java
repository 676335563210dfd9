package org.yuanliu.platform.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.BindingSettings;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.trace.UnitNaming;

/**
 * Pages of events. The first page fixes the size of the journal that all its pages look at, and
 * each begins behind the last position of the one before: nothing is lost and nothing repeated
 * while others write. What the viewer may not see is left out in the same statement that counts the
 * page.
 */
@Component
final class EventPages {
  /**
   * Entries read at once: some hundred kilobytes of ordinary events, some tens of MB of the
   * largest.
   */
  private static final int READ_CHUNK = 32;

  private final EntrySearch search;
  private final Journal journal;
  private final Disclosure disclosure;
  private final UnitNaming units;
  private final PageRequests requests;
  private final BindingSettings settings;

  EventPages(
      EntrySearch search,
      Journal journal,
      Disclosure disclosure,
      UnitNaming units,
      PageRequests requests,
      BindingSettings settings) {
    this.search = search;
    this.journal = journal;
    this.disclosure = disclosure;
    this.units = units;
    this.requests = requests;
    this.settings = settings;
  }

  /**
   * @param next what the next page's token needs; null on the last page
   */
  record Page(List<Entry> entries, @Nullable List<String> next) {}

  Page page(EventQuestion question, Viewer viewer) {
    Start start = start(question);
    EntryCriteria.Window window =
        new EntryCriteria.Window(
            start.below(), start.after(), question.newestFirst(), question.perPage() + 1);
    List<EntryRef> refs = search.find(criteria(question, viewer), window);
    List<Entry> entries = new ArrayList<>(Math.min(refs.size(), question.perPage()));
    int shown = read(refs.subList(0, Math.min(refs.size(), question.perPage())), entries);
    if (shown == refs.size()) {
      return new Page(entries, null);
    }
    long last = refs.get(shown - 1).position();
    return new Page(entries, List.of(Long.toString(start.below()), Long.toString(last)));
  }

  /** Whether the viewer can see any event that meets the question. */
  boolean any(EventQuestion question, Viewer viewer) {
    EntryCriteria.Window window = new EntryCriteria.Window(journal.head().size(), null, false, 1);
    return !search.find(criteria(question, viewer), window).isEmpty();
  }

  private record Start(long below, @Nullable Long after) {}

  private Start start(EventQuestion question) {
    long size = journal.head().size();
    if (question.token() == null) {
      return new Start(size, null);
    }
    List<String> place = requests.token(question.token(), question.digest()).place();
    try {
      long below = Long.parseLong(place.get(0));
      long after = Long.parseLong(place.get(1));
      if (below >= 0 && below <= size && after >= 0 && after < below) {
        return new Start(below, after);
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Refused below, like any other that was not given here.
    }
    throw PageRequests.badToken();
  }

  private EntryCriteria criteria(EventQuestion question, Viewer viewer) {
    List<EntryCriteria.Condition> conditions = new ArrayList<>(2);
    conditions.add(condition(disclosure.condition(viewer)));
    if (!question.units().isEmpty()) {
      conditions.add(condition(units.naming(question.units())));
    }
    return new EntryCriteria(
        EntryKind.EVENT,
        question.eventIds(),
        question.eventTypes(),
        question.bizSteps(),
        question.bizLocations(),
        question.from(),
        question.before(),
        conditions);
  }

  private static EntryCriteria.Condition condition(SqlCondition condition) {
    return new EntryCriteria.Condition(condition.sql(), condition.parameters());
  }

  /**
   * Reads as many as fit a page by size, at least one.
   *
   * @return how many of the references were dealt with
   */
  private int read(List<EntryRef> refs, List<Entry> into) {
    long bytes = 0;
    for (int from = 0; from < refs.size(); from += READ_CHUNK) {
      List<EntryRef> chunk = refs.subList(from, Math.min(from + READ_CHUNK, refs.size()));
      for (Entry entry : journal.readAll(chunk)) {
        bytes += entry.draft().body().length;
        if (bytes > settings.pageBytes() && !into.isEmpty()) {
          return refs.indexOf(entry.ref());
        }
        into.add(entry);
      }
    }
    return refs.size();
  }
}
