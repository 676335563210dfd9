package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.trace.UnitNaming;

/**
 * Finds the events that meet a query, as far as the viewer may see them: the index leads, the event
 * itself decides.
 */
@Component
final class EventSearch {
  private static final int JOURNAL = 1;

  /**
   * Entries read at once: some hundred kilobytes of ordinary events, some tens of MB of the
   * largest.
   */
  private static final int READ_CHUNK = 32;

  /**
   * The planner guesses lengths of arrays and rows behind a value badly enough to read whole
   * tables; every question here is a range of one index and then look-ups by key. In force for the
   * transaction only.
   */
  private static final String PLAN =
      "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashjoin"
          + " = off; set local enable_mergejoin = off; set local jit = off";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Journal journal;
  private final EntrySearch entries;
  private final Disclosure disclosure;
  private final UnitNaming units;
  private final MasterData masterData;
  private final QuerySettings settings;

  EventSearch(
      JdbcClient jdbc,
      PlatformTransactionManager transactionManager,
      Journal journal,
      EntrySearch entries,
      Disclosure disclosure,
      UnitNaming units,
      MasterData masterData,
      QuerySettings settings) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.transactions = new TransactionTemplate(transactionManager);
    this.transactions.setReadOnly(true);
    this.journal = requireNonNull(journal, "journal is null");
    this.entries = requireNonNull(entries, "entries is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.units = requireNonNull(units, "units is null");
    this.masterData = requireNonNull(masterData, "masterData is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * What is asked of one search.
   *
   * @param low the first position looked at
   * @param below positions from here on are not looked at
   * @param after where in the order of the query to go on; null to begin
   * @param wanted events at most
   * @param bytes the answer ends early when its events reach this size, but holds one at least
   */
  record Ask(
      EventQuery query,
      Viewer viewer,
      long low,
      long below,
      EventScan.@Nullable Key after,
      int wanted,
      long bytes) {}

  /**
   * @param last where in the order the search stands; null where nothing was looked at
   * @param more whether there are, or may be, events behind
   */
  record Found(List<Entry> entries, EventScan.@Nullable Key last, boolean more) {}

  /**
   * @throws org.yuanliu.platform.problem.ProblemException 413 QueryTooComplexException where
   *     nothing was found within the limits of one search and there may be more
   */
  Found find(Ask ask) {
    return requireNonNull(transactions.execute(status -> new Run(ask, false).find()));
  }

  /**
   * How many events meet the query, but no more than {@code wanted + 1}.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 413 QueryTooComplexException past the
   *     limits
   */
  int count(Ask ask) {
    return requireNonNull(transactions.execute(status -> new Run(ask, true).count()));
  }

  /**
   * The events in the order of an extension's field; those without it last.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 413 QueryTooComplexException where they
   *     are too many to be sorted
   */
  List<Entry> sorted(Ask ask, FieldName field, boolean descending) {
    Ask all =
        new Ask(
            ask.query(),
            ask.viewer(),
            ask.low(),
            ask.below(),
            null,
            settings.sortEvents(),
            Long.MAX_VALUE);
    Found found = find(all);
    if (found.more()) {
      throw EpcisProblems.queryTooComplex(
          "按扩展字段排序的结果不得超过 " + settings.sortEvents() + " 个。",
          "at most " + settings.sortEvents() + " results are ordered by an extension field.");
    }
    return FieldOrder.sort(found.entries(), field, descending);
  }

  /** As {@link EventQueries#next}. */
  EventQueries.Batch inOrderOfRecord(
      EventQuery query, Viewer viewer, long from, long below, int limit, long bytes) {
    EventQuery inOrder =
        new EventQuery(
            query.criteria(),
            new EventOrder(EventOrder.By.RECORD_TIME, null, false),
            null,
            null,
            null,
            query.source());
    Ask ask = new Ask(inOrder, viewer, from, below, null, limit, bytes);
    Found found = requireNonNull(transactions.execute(status -> new Run(ask, false).progress()));
    EventScan.Key last = found.last();
    long next = found.more() && last != null ? last.position() + 1 : below;
    return new EventQueries.Batch(found.entries(), next);
  }

  /** Criteria with places resolved to what lies within them. */
  private List<Criterion> resolved(EventQuery query, Viewer viewer) {
    List<Criterion> criteria = new ArrayList<>(query.criteria().size());
    for (Criterion criterion : query.criteria()) {
      criteria.add(
          criterion instanceof Criterion.Places(var field, Set<String> places, boolean descendants)
                  && descendants
              ? new Criterion.Places(field, masterData.withDescendants(viewer, places), false)
              : criterion);
    }
    return criteria;
  }

  private List<Long> positions(Set<String> ids) {
    EntryCriteria criteria =
        new EntryCriteria(
            EntryKind.EVENT, ids, Set.of(), Set.of(), Set.of(), null, null, List.of());
    EntryCriteria.Window window =
        new EntryCriteria.Window(Long.MAX_VALUE, null, false, EntryCriteria.Window.MAX_LIMIT);
    return entries.find(criteria, window).stream().map(EntryRef::position).toList();
  }

  /** One search. */
  private final class Run {
    /** Master data that this search has met: few places, many events. */
    private final Map<String, Map<String, Set<String>>> known = new HashMap<>();

    private final Ask ask;
    private final QueryPlan plan;
    private final EventTest test;
    private final boolean counting;
    private final EventScan scan;
    private final List<Entry> found = new ArrayList<>();
    private EventScan.@Nullable Key last;
    private int count;
    private long bytes;
    private int decoded;
    private boolean full;

    /** Whether candidates were read and not looked at. */
    private boolean left;

    Run(Ask ask, boolean counting) {
      jdbc.sql(PLAN).update();
      this.ask = ask;
      this.counting = counting;
      List<Criterion> criteria = resolved(ask.query(), ask.viewer());
      this.test = new EventTest(criteria, id -> attributes(ask.viewer(), id));
      this.plan =
          QueryPlan.of(
              criteria,
              ask.viewer(),
              disclosure.condition(ask.viewer()),
              units,
              EventSearch.this::positions);
      long low = Math.max(ask.low(), recorded(plan.recordedFrom(), 0));
      long below = Math.min(ask.below(), recorded(plan.recordedBefore(), ask.below()));
      this.scan =
          new EventScan(jdbc, plan, ask.query().order(), low, Math.max(low, below), settings);
      this.last = ask.after();
    }

    private Map<String, Set<String>> attributes(Viewer viewer, String id) {
      return known.computeIfAbsent(id, key -> masterData.attributes(viewer, key));
    }

    /** The first position recorded at this moment or later: record times never go back. */
    private long recorded(@Nullable Instant moment, long otherwise) {
      if (moment == null) {
        return otherwise;
      }
      return entries.firstRecorded(moment, ask.below());
    }

    /** What a search came to, even if it came to nothing yet. */
    Found progress() {
      run(ask.wanted());
      return new Found(List.copyOf(found), last, full || left || !scan.ended());
    }

    Found find() {
      run(ask.wanted());
      boolean all = scan.ended() && !left;
      if (found.isEmpty() && !full && !all) {
        throw exhausted();
      }
      return new Found(List.copyOf(found), last, full || !all);
    }

    int count() {
      run(ask.wanted() + 1);
      if (!full && (left || !scan.ended())) {
        throw exhausted();
      }
      return count;
    }

    private RuntimeException exhausted() {
      return EpcisProblems.queryTooComplex(
          "在允许的查询范围内（"
              + settings.scanRows()
              + " 行索引、"
              + settings.decodeEvents()
              + " 个事件）没有得出结果，请用时间、地点或标识缩小范围。",
          "nothing was found within the limits of one query ("
              + settings.scanRows()
              + " rows of the index, "
              + settings.decodeEvents()
              + " events); narrow it by time, place or identifier.");
    }

    /** Until so many are found and one more is known, the candidates end, or a limit is reached. */
    private void run(int wanted) {
      while (!full && !scan.ended() && scan.looked() < settings.scanRows() && !decodedAll()) {
        take(scan.next(last), wanted);
      }
    }

    private boolean decodedAll() {
      return decoded >= settings.decodeEvents();
    }

    private void take(List<EventScan.Candidate> candidates, int wanted) {
      int from = 0;
      while (from < candidates.size() && !full && !decodedAll()) {
        List<EventScan.Candidate> chunk = chunk(candidates, from, wanted);
        from += chunk.size();
        List<EventScan.Candidate> hits = chunk.stream().filter(EventScan.Candidate::hit).toList();
        if (plan.exact() && (counting || count >= wanted)) {
          count(hits, wanted);
        } else {
          read(hits, wanted);
        }
        if (!full) {
          last = chunk.getLast().key();
        }
      }
      left = from < candidates.size();
    }

    /** Candidates with so many hits as are read at once. */
    private List<EventScan.Candidate> chunk(
        List<EventScan.Candidate> candidates, int from, int wanted) {
      int hits = 0;
      int to = from;
      int most = plan.exact() ? Math.clamp(wanted - count, 1, READ_CHUNK) : READ_CHUNK;
      while (to < candidates.size() && hits < most) {
        if (candidates.get(to).hit()) {
          hits++;
        }
        to++;
      }
      return candidates.subList(from, to);
    }

    private void count(List<EventScan.Candidate> hits, int wanted) {
      count += hits.size();
      full = counting ? count >= wanted : !hits.isEmpty();
    }

    private void read(List<EventScan.Candidate> hits, int wanted) {
      List<EntryRef> refs =
          hits.stream().map(hit -> new EntryRef(JOURNAL, hit.key().position())).toList();
      List<Entry> read = refs.isEmpty() ? List.of() : journal.readAll(refs);
      decoded += plan.exact() ? 0 : read.size();
      int at = 0;
      for (Entry stored : read) {
        // What he may not see decides nothing either: else he would find it out by asking.
        Entry entry = disclosure.shown(ask.viewer(), stored);
        while (hits.get(at).key().position() != entry.ref().position()) {
          at++;
        }
        if (!(entry.draft().subject() instanceof EventSubject(EpcisEvent event))
            || !test.test(event, entry.draft().id(), entry.recordTime())) {
          continue;
        }
        bytes += entry.draft().body().length;
        if (count >= wanted || (bytes > ask.bytes() && count > 0)) {
          full = true;
          return;
        }
        count++;
        if (!counting) {
          found.add(entry);
        }
        last = hits.get(at).key();
      }
    }
  }
}
