package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.query.EventScan.Candidate;
import org.yuanliu.platform.query.SliceReader.Direction;
import org.yuanliu.platform.query.SliceReader.Lead;

/**
 * Walks the slices of the journal for events that have a term of every clause, in the order of the
 * search by the bound that is stored with each slice; an event is given out once no slice that is
 * still to come can hold one before it. A clause that stands in few slices leads: only those are
 * looked at. Where a walk in order of time does not come to its end soon, the clause with the
 * fewest events leads from there on, in the order of the bounds of its own events. What the clauses
 * have in common is found bit by bit, so that frequent values that never meet cost two bits an
 * event, and rare ones their own slices. The events at the end of a slice's time are told one by
 * one ({@link SliceEnd}): a few that came late do not open it.
 *
 * <p>For one request and one thread, inside a transaction.
 */
final class SliceScan {
  /** Slices in which a clause is counted; one that stands in fewer leads. */
  private static final int MAX_COUNTED = 1_000;

  /** Slices after which a clause with few events in each is looked for. */
  private static final int PATIENCE = 100;

  /** The same where a slice costs more, for more terms than {@link #FEW_TERMS}. */
  private static final int LITTLE_PATIENCE = 32;

  private static final int FEW_TERMS = 16;

  /** Events in a slice up to which a clause's bounds there are much closer than the slice's. */
  private static final int FEW_EVENTS = 64;

  /** Rows of the index that are read for a leader's bounds: some ten milliseconds. */
  private static final int MAX_LED = 20_000;

  /** Slices that are looked at together. */
  private static final int[] WINDOWS = {8, 32, 64, 128, 256};

  /** The same where a good many have been, and nothing met. */
  private static final int VAIN_WINDOW = 768;

  /** Events of a slice whose rows are read one by one instead of all times of the slice. */
  private static final int THIN = 6;

  /** Slices with many events, and events of slices with few, that are looked into first. */
  private static final int THICK_SLICES = 2;

  private static final int THIN_EVENTS = 64;

  /** Events that are held against the conditions in SQL at once. */
  private static final int[] CHECKED = {64, 128, 256, 1_024};

  private final SliceReader reader;
  private final List<Long[]> clauses;
  private final QueryPlan plan;
  private final Direction direction;
  private final long low;
  private final long below;
  private final int maxSlices;
  private final Comparator<Hit> order;
  private final Comparator<Lead> leadOrder;
  private final PriorityQueue<Hit> waiting;
  private final Set<Long> seen = new HashSet<>();

  /** Slices with events that meet all clauses, by their bounds, not yet looked into. */
  private final PriorityQueue<Matches> pending;

  private EventScan.@Nullable Key after;

  /** Where the leader stands, in order; null where all slices are walked. */
  private @Nullable List<Lead> leads;

  private final ClausePairs pairs;
  private final int patience;

  /** Slices since the walk began, or a leader took over, as long as nothing met all clauses. */
  private int vain;

  private boolean met;

  private boolean soughtLeader;
  private boolean begun;
  private long from;
  private long to;

  /**
   * Where the slices ended when the search began. What lies from here on was read row by row then;
   * the slices go on growing meanwhile, and would tell of it a second time.
   */
  private long end;

  /** The last slice that was read: behind it lies what was not. */
  private @Nullable Lead border;

  private boolean allRead;
  private int windows;
  private int checks;
  private int expansions;
  private int slices;

  /** How many of {@link #leads} were read. */
  private int read;

  /** The last position given out in rising order of record. */
  private long given = -1;

  /**
   * @param checked whether the conditions in SQL hold for it
   */
  private record Hit(long micros, long position, long slice, boolean checked) {}

  private record Matches(Lead lead, BitSet offsets) {}

  /**
   * @param low the first position that is looked at
   * @param below positions from here on are not looked at
   * @param maxSlices after so many slices the search pauses
   */
  SliceScan(
      SliceReader reader,
      QueryPlan plan,
      List<Long[]> clauses,
      Direction direction,
      long low,
      long below,
      int maxSlices) {
    this.reader = requireNonNull(reader, "reader is null");
    this.plan = requireNonNull(plan, "plan is null");
    this.clauses = List.copyOf(clauses);
    this.pairs = new ClausePairs(this.clauses);
    boolean few = clauses.stream().mapToInt(terms -> terms.length).sum() <= FEW_TERMS;
    this.patience = few ? PATIENCE : LITTLE_PATIENCE;
    this.direction = requireNonNull(direction, "direction is null");
    this.low = low;
    this.below = below;
    this.maxSlices = maxSlices;
    Comparator<Hit> rising =
        direction.byTime()
            ? Comparator.comparingLong(Hit::micros).thenComparingLong(Hit::position)
            : Comparator.comparingLong(Hit::position);
    this.order = direction.descending() ? rising.reversed() : rising;
    this.waiting = new PriorityQueue<>(order);
    Comparator<Lead> leads =
        direction.byTime()
            ? Comparator.comparingLong(Lead::micros).thenComparingLong(Lead::slice)
            : Comparator.comparingLong(Lead::slice);
    this.leadOrder = direction.descending() ? leads.reversed() : leads;
    this.pending = new PriorityQueue<>(Comparator.comparing(Matches::lead, leadOrder));
  }

  /** How many slices were looked at. */
  int slices() {
    return slices;
  }

  boolean ended() {
    return begun && allRead && pending.isEmpty() && waiting.isEmpty();
  }

  /**
   * The next events in order. Where the search pauses, the last candidate is none, but tells how
   * far it came.
   *
   * @param start behind which event to begin, when called first
   */
  List<Candidate> next(EventScan.@Nullable Key start) {
    if (!begun) {
      begin(start);
    }
    while (true) {
      List<Candidate> found = release();
      if (!found.isEmpty() || ended()) {
        return found;
      }
      if (isOpen(pending.peek())) {
        expand();
      } else if (slices >= maxSlices) {
        return List.of(new Candidate(reached(), false));
      } else {
        read();
      }
    }
  }

  private void begin(EventScan.@Nullable Key start) {
    begun = true;
    after = start;
    end = reader.end();
    if (start != null && direction.byTime()) {
      reader.startBehind(start);
    }
    long first = low;
    long last = below;
    if (start != null && !direction.byTime()) {
      first = direction.descending() ? low : Math.max(low, start.position() + 1);
      last = direction.descending() ? Math.min(below, start.position()) : below;
    }
    from = reader.sliceOf(first);
    to = last;
    Long[] leader = leader();
    if (leader != null) {
      lead(leader);
    }
    for (Candidate hit : reader.hits(Math.max(first, end), last)) {
      offer(SliceWriter.micros(hit.key().eventTime()), hit.key().position(), end, true);
    }
  }

  /** The clause that stands in the fewest slices, if they are few. */
  private Long @Nullable [] leader() {
    List<Integer> counts = reader.counts(clauses, MAX_COUNTED);
    int best = 0;
    for (int i = 1; i < counts.size(); i++) {
      best = counts.get(i) < counts.get(best) ? i : best;
    }
    return counts.get(best) < MAX_COUNTED ? clauses.get(best) : null;
  }

  /**
   * From here on only the slices of this clause are looked at, unless they are too many to tell.
   */
  private void lead(Long[] clause) {
    soughtLeader = true;
    Optional<List<Lead>> found = reader.leads(clause, direction, from, to, MAX_LED);
    if (found.isPresent()) {
      leads =
          found.get().stream()
              .filter(lead -> !seen.contains(lead.slice()))
              .sorted(leadOrder)
              .toList();
      windows = 0;
      vain = 0;
    }
  }

  /**
   * Where the walk has cost about as much as the bounds of a clause with few events would: these
   * lead to the slices that hold the next ones, however wide all slices are. In order of record a
   * clause leads that has not been met at all.
   */
  private void leadLate() {
    if (soughtLeader || slices < patience) {
      return;
    }
    soughtLeader = true;
    int rarest = pairs.rarest();
    long most = direction.byTime() ? (long) FEW_EVENTS * slices : 0;
    if (pairs.events(rarest) <= most) {
      lead(clauses.get(rarest));
    }
  }

  /** Reads the next slices and what all clauses have in common there. */
  private void read() {
    leadLate();
    List<Lead> next = next(window());
    windows++;
    if (!next.isEmpty()) {
      border = next.getLast();
    }
    Map<Long, Long> fresh = new HashMap<>();
    for (Lead lead : next) {
      if (seen.add(lead.slice())) {
        fresh.put(lead.slice(), lead.micros());
      }
    }
    if (!fresh.isEmpty()) {
      Map<Long, BitSet> meeting = meeting(fresh.keySet());
      slices += fresh.size();
      vain += fresh.size();
      met |= !meeting.isEmpty();
      Map<Long, SliceEnd> ends =
          direction.byTime() && !meeting.isEmpty()
              ? reader.ends(meeting.keySet(), direction)
              : Map.of();
      meeting.forEach(
          (slice, offsets) ->
              await(slice, requireNonNull(fresh.get(slice)), offsets, ends.get(slice)));
    }
  }

  /**
   * What meets all clauses in these slices. Where two clauses have not met so far, only these are
   * read, and the others where they do meet.
   */
  private Map<Long, BitSet> meeting(Set<Long> fresh) {
    List<Long[]> apart = clauses.size() > 2 && slices >= patience ? pairs.apart() : null;
    if (apart == null) {
      return reader.meeting(clauses, fresh, pairs::see);
    }
    Map<Long, BitSet> both = reader.meeting(apart, fresh, offsets -> {});
    return both.isEmpty() ? both : reader.meeting(clauses, both.keySet(), pairs::see);
  }

  /** What never met so far will hardly meet in the next few. */
  private int window() {
    int window = WINDOWS[Math.min(windows, WINDOWS.length - 1)];
    return vain >= patience && !met ? VAIN_WINDOW : window;
  }

  /**
   * Those at the slice's end wait by their times, the others behind a bound.
   *
   * @param lead none of the slice's events that can meet comes before it
   */
  private void await(long slice, long lead, BitSet offsets, @Nullable SliceEnd first) {
    int known = Math.clamp(end - slice, 0, offsets.length());
    offsets.clear(known, offsets.length());
    long bound = lead;
    if (first != null) {
      first.take(offsets, (offset, micros) -> offer(micros, slice + offset, slice, false));
      bound = direction.last(lead, first.rest(lead));
    }
    if (!offsets.isEmpty()) {
      pending.add(new Matches(new Lead(slice, bound), offsets));
    }
  }

  private List<Lead> next(int window) {
    List<Lead> known = leads;
    if (known == null) {
      List<Lead> found = reader.slices(direction, from, to, border, window);
      allRead = found.size() < window;
      return found;
    }
    int end = Math.min(read + window, known.size());
    List<Lead> found = known.subList(read, end);
    read = end;
    allRead = end == known.size();
    return found;
  }

  /** Looks into the next slices: a few where each has many events, many where each has few. */
  private void expand() {
    int thickMost = THICK_SLICES << Math.min(expansions, 4);
    int thinMost = THIN_EVENTS << Math.min(expansions, 4);
    expansions++;
    boolean timed = direction.byTime() || plan.from() != null || plan.before() != null;
    Map<Long, BitSet> thick = new HashMap<>();
    Map<Long, Long> thin = new HashMap<>();
    while (thick.size() < thickMost && thin.size() < thinMost && isOpen(pending.peek())) {
      Matches next = pending.remove();
      long slice = next.lead().slice();
      if (timed && next.offsets().cardinality() <= THIN) {
        next.offsets().stream().forEach(offset -> thin.put(slice + offset, slice));
      } else {
        thick.put(slice, next.offsets());
      }
    }
    if (!thin.isEmpty()) {
      for (Candidate hit : reader.hits(thin.keySet())) {
        long position = hit.key().position();
        long slice = requireNonNull(thin.get(position), "a position was asked for");
        offer(SliceWriter.micros(hit.key().eventTime()), position, slice, true);
      }
    }
    Map<Long, long[]> times = thick.isEmpty() || !timed ? Map.of() : reader.times(thick.keySet());
    thick.forEach(
        (slice, offsets) -> {
          long[] known = times.get(slice);
          offsets.stream()
              .forEach(
                  offset -> offer(known == null ? 0 : known[offset], slice + offset, slice, false));
        });
  }

  private void offer(long micros, long position, long slice, boolean checked) {
    if (position < low
        || position >= below
        || (plan.from() != null && micros < SliceWriter.micros(plan.from()))
        || (plan.before() != null && micros >= SliceWriter.micros(plan.before()))) {
      return;
    }
    Hit hit = new Hit(micros, position, slice, checked);
    EventScan.Key start = after;
    if (start == null
        || order.compare(
                hit, new Hit(SliceWriter.micros(start.eventTime()), start.position(), 0, false))
            > 0) {
      waiting.add(hit);
    }
  }

  /** Those that nothing can come before any more, held against the conditions in SQL. */
  private List<Candidate> release() {
    int most = CHECKED[Math.min(checks, CHECKED.length - 1)];
    List<Hit> ready = new ArrayList<>();
    while (ready.size() < most && !waiting.isEmpty() && isNext(waiting.peek())) {
      ready.add(waiting.remove());
    }
    if (ready.isEmpty()) {
      return List.of();
    }
    checks++;
    List<Long> unchecked = ready.stream().filter(hit -> !hit.checked()).map(Hit::position).toList();
    Map<Long, Candidate> hits = new HashMap<>();
    if (!unchecked.isEmpty()) {
      reader.hits(unchecked).forEach(hit -> hits.put(hit.key().position(), hit));
    }
    given = Math.max(given, ready.getLast().position());
    List<Candidate> found = new ArrayList<>(ready.size());
    for (Hit hit : ready) {
      if (hit.checked()) {
        found.add(
            new Candidate(
                new EventScan.Key(SliceReader.instant(hit.micros()), hit.position()), true));
      } else if (hits.containsKey(hit.position())) {
        found.add(hits.get(hit.position()));
      }
    }
    return found;
  }

  /** Whether it can hold something that comes before all slices that were not read. */
  private boolean isOpen(@Nullable Matches next) {
    Lead read = border;
    return next != null
        && (allRead
            || read == null
            || !direction.byTime()
            || (direction.descending()
                ? next.lead().micros() > read.micros()
                : next.lead().micros() < read.micros()));
  }

  private boolean isNext(Hit hit) {
    Matches next = pending.peek();
    return (allRead || isBefore(hit, border)) && (next == null || isBefore(hit, next.lead()));
  }

  /** Whether no event of a slice with this bound, or a later one, comes before the hit. */
  private boolean isBefore(Hit hit, @Nullable Lead bound) {
    if (bound == null) {
      // Nothing was read yet; in falling order of record what is behind the slices comes first.
      return !direction.byTime() && direction.descending();
    }
    if (direction.byTime()) {
      return direction.descending() ? hit.micros() > bound.micros() : hit.micros() < bound.micros();
    }
    // The border's own slice was read; a pending one has no hits out yet.
    return direction.descending() ? hit.slice() >= bound.slice() : hit.slice() <= bound.slice();
  }

  /** Everything before it in the order was given out. */
  private EventScan.Key reached() {
    Lead open = requireNonNull(border, "something was read");
    if (!direction.byTime()) {
      // In rising order the rest of the border's own slice is read again: its end is not known
      // here.
      return new EventScan.Key(
          Instant.EPOCH, direction.descending() ? open.slice() : Math.max(open.slice(), given));
    }
    return direction.descending()
        ? new EventScan.Key(SliceReader.instant(open.micros() + 1), 0)
        : new EventScan.Key(SliceReader.instant(open.micros() - 1), below);
  }
}
