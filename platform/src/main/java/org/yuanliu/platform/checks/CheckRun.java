package org.yuanliu.platform.checks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.CheckFacts;
import org.yuanliu.industry.CheckFinding;
import org.yuanliu.industry.Checks;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.Moment;
import org.yuanliu.industry.PaperFact;
import org.yuanliu.platform.checks.FactStore.Places;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.registry.RegistryChange;
import org.yuanliu.platform.registry.TraceDocument;

/**
 * One transaction of the view: entries in order, each judged with the events that it touches at the
 * moment of its record; between them what falls due. What comes out is a function of the journal
 * alone, however the entries are cut into transactions.
 */
final class CheckRun {
  /** The first moment at which a time that is due is over. */
  private static final Duration OVER = Duration.ofMillis(1);

  /** What falls due within one transaction; the rest with the next. */
  static final int MAX_DUE = 500;

  private static final Comparator<Due> BY_DUE =
      Comparator.comparing(Due::at).thenComparing(Due::ref);

  private final Connection connection;
  private final Catalogue catalogue;
  private final Entries entriesAt;
  private final FactStore store;
  private final StoredFacts facts;
  private final AlertBook alerts;
  private final Equivalents equivalents;
  private final FactBook book;
  private final Set<EntryRef> gone = new HashSet<>();

  /**
   * What is to be judged at the end of the moment: by the checks that are named, by all if null.
   */
  private final Map<EntryRef, @Nullable Set<String>> touched = new LinkedHashMap<>();

  private final PriorityQueue<Due> queue = new PriorityQueue<>(BY_DUE);
  private Instant end = Instant.MIN;

  /** Entries that were read before their place was known. */
  interface Entries {
    List<Entry> at(String place, EntryRef before);
  }

  private record Due(Instant at, EntryRef ref) {}

  CheckRun(Connection connection, Catalogue catalogue, Entries entriesAt) {
    this(connection, catalogue, entriesAt, new StoredFacts(catalogue));
  }

  /**
   * @param facts with what is known from the transactions before; the caller tells them whether
   *     this one was committed
   */
  CheckRun(Connection connection, Catalogue catalogue, Entries entriesAt, StoredFacts facts) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.entriesAt = entriesAt;
    this.store = new FactStore(connection, catalogue);
    this.facts = facts;
    facts.begin(store);
    this.book = new FactBook(connection, store, catalogue);
    this.alerts = new AlertBook(connection, store);
    this.equivalents = new Equivalents(connection, Equivalents.Whose.FOLLOWED);
  }

  /** Takes the next entries; what falls due before the first of them has been judged. */
  void follow(List<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    end = entries.getLast().recordTime();
    store
        .due(entries.getFirst().ref().journal(), end, Integer.MAX_VALUE)
        .forEach((ref, at) -> queue.add(new Due(at, ref)));
    store.addKinds(Places.FOLLOWED, entries);
    Map<EntryRef, Known> known = read(entries);
    Instant moment = null;
    for (Entry entry : entries) {
      if (!entry.recordTime().equals(moment)) {
        judgeTouched();
        moment = entry.recordTime();
        passTo(moment);
        facts.setNow(moment);
      }
      switch (entry.draft().subject()) {
        case EventSubject(EpcisEvent event) when event.errorDeclaration() != null ->
            declared(entry);
        case EventSubject ignored -> {
          Known one = known.get(entry.ref());
          if (one != null) {
            alerts.isNew(entry.ref());
            added(one.joined(equivalents));
          }
        }
        case RegistryChange.DocumentRegistered change -> paper(entry, change);
        case RegistryChange.PlaceRegistered(int revision, var place) -> place(entry, place.id());
        case RegistryChange.EquivalenceDeclared change ->
            equivalence(change.unit(), change.other(), true);
        case RegistryChange.EquivalenceEnded change ->
            equivalence(change.unit(), change.other(), false);
        default -> {}
      }
    }
    judgeTouched();
    flush();
  }

  /**
   * Judges what has fallen due before a moment.
   *
   * @return whether there may be more
   */
  boolean pass(int journal, Instant moment) throws SQLException {
    Map<EntryRef, Instant> due = store.due(journal, moment.minus(OVER), MAX_DUE);
    due.forEach((ref, at) -> queue.add(new Due(at, ref)));
    end = moment;
    passTo(moment);
    flush();
    return due.size() == MAX_DUE;
  }

  private void passTo(Instant moment) throws SQLException {
    while (!queue.isEmpty() && queue.element().at().plus(OVER).isBefore(moment)) {
      Due due = queue.remove();
      Optional<Known> known = current(due.ref());
      if (known.isPresent() && !gone.contains(due.ref())) {
        facts.setNow(due.at().plus(OVER));
        judge(known.get(), null);
      } else {
        book.dueNoMore(due.ref());
      }
    }
  }

  private Optional<Known> current(EntryRef ref) throws SQLException {
    Optional<Known> cached = facts.known(FactRefs.text(ref));
    return cached.isPresent() ? cached : store.byRef(ref);
  }

  /** The events of the batch that belong to links, with everything they ask for read at once. */
  private Map<EntryRef, Known> read(List<Entry> entries) throws SQLException {
    Set<UUID> places = new HashSet<>();
    Set<UUID> declared = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        String place = Catalogue.place(event);
        if (place != null) {
          places.add(FactKeys.place(place));
        }
        declared.add(FactKeys.event(entry.draft().principal(), entry.draft().id()));
      }
    }
    Map<UUID, NavigableMap<Long, String>> kinds =
        store.kinds(Places.FOLLOWED, places, entries.getLast().ref().journal());
    Set<UUID> gone = store.voids(declared);
    Map<EntryRef, Known> known = new HashMap<>();
    Set<String> codes = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.errorDeclaration() == null) {
        catalogue
            .known(
                event,
                entry.draft(),
                entry.ref(),
                entry.recordTime(),
                kind(kinds, Catalogue.place(event), entry.ref()))
            .filter(one -> !gone.contains(one.eventKey()))
            .ifPresent(
                one -> {
                  known.put(entry.ref(), one);
                  codes.addAll(JoinedFact.codes(one.fact()));
                });
      }
    }
    equivalents.load(codes);
    Set<UUID> keys = new LinkedHashSet<>();
    known.values().forEach(one -> keys.addAll(catalogue.askedKeys(one.joined(equivalents))));
    facts.prefetch(keys);
    Set<String> cited = new HashSet<>();
    for (Known one : known.values()) {
      one.fact().documents().forEach(document -> cited.add(document.number()));
    }
    facts.prefetchPapers(cited);
    return known;
  }

  /** What kind of place each is, as of an entry: one registered later is read again then. */
  static @Nullable String kind(
      Map<UUID, NavigableMap<Long, String>> kinds, @Nullable String place, EntryRef at) {
    return kind(place == null ? null : kinds.get(FactKeys.place(place)), at);
  }

  static @Nullable String kind(@Nullable NavigableMap<Long, String> history, EntryRef at) {
    Map.Entry<Long, String> last = history == null ? null : history.floorEntry(at.position());
    return last == null ? null : last.getValue();
  }

  private void added(Known known) throws SQLException {
    if (book.isVoid(known.eventKey())) {
      return;
    }
    Set<UUID> keys = catalogue.keys(known);
    book.add(known, keys);
    gone.remove(known.ref());
    facts.add(known, keys);
    touch(known.ref(), null);
    touchOthers(known);
  }

  private void declared(Entry entry) throws SQLException {
    UUID key = FactKeys.event(entry.draft().principal(), entry.draft().id());
    book.declareVoid(key);
    Known wrong = book.added(key).orElse(null);
    if (wrong == null) {
      wrong = store.byEventKey(key).orElse(null);
    }
    if (wrong != null && !gone.contains(wrong.ref())) {
      withdraw(wrong);
      touchOthers(wrong);
    }
  }

  private void withdraw(Known known) throws SQLException {
    book.remove(known);
    gone.add(known.ref());
    facts.remove(known);
    alerts.found(known, List.of(), null, facts.now());
  }

  /** Notes the events for which something else may be found now, with the checks that may. */
  private void touchOthers(Known known) {
    touch(known.pack(), known.version(), checks(known).touched(known.fact(), of(known)));
    for (String other : catalogue.borrowers(known)) {
      catalogue
          .version(other, known)
          .ifPresent(
              version ->
                  touch(
                      other,
                      version.pack().version(),
                      version.checks().touched(known.fact(), facts.of(other))));
    }
  }

  private void touch(String pack, int version, Map<String, Set<String>> found) {
    found.forEach(
        (ref, checks) ->
            facts
                .known(ref)
                .ifPresent(
                    other -> {
                      boolean same = other.pack().equals(pack) && other.version() == version;
                      // By another version's names of checks nothing can be left out.
                      touch(other.ref(), same ? checks : null);
                    }));
  }

  private void touch(EntryRef ref, @Nullable Set<String> checks) {
    if (checks == null) {
      touched.put(ref, null);
    } else if (!touched.containsKey(ref)) {
      touched.put(ref, new HashSet<>(checks));
    } else {
      Set<String> already = touched.get(ref);
      if (already != null) {
        already.addAll(checks);
      }
    }
  }

  /**
   * Judges what the entries of one moment have touched, once, with all of them known: what was
   * otherwise only between two of them was so for no time.
   */
  private void judgeTouched() throws SQLException {
    if (touched.isEmpty()) {
      return;
    }
    alerts.prefetch(touched.keySet(), facts.now());
    for (Map.Entry<EntryRef, @Nullable Set<String>> one : touched.entrySet()) {
      Optional<Known> known = facts.known(FactRefs.text(one.getKey()));
      if (known.isPresent()) {
        judge(known.get(), one.getValue());
      }
    }
    touched.clear();
  }

  /**
   * @param only ids of checks; null for all
   */
  private void judge(Known known, @Nullable Set<String> only) throws SQLException {
    CheckFacts seen = of(known);
    Checks checks = checks(known);
    List<CheckFinding> found =
        only == null ? checks.judge(known.fact(), seen) : checks.judge(known.fact(), seen, only);
    if (!catalogue.isJudged(known)) {
      found = found.stream().filter(one -> one.moment() == Moment.LATER).toList();
    }
    alerts.found(known, found, only, facts.now());
    if (only == null || checks.haveTerms(only)) {
      terms(known, checks, seen);
    }
  }

  /** Notes when it is to be judged again because time has passed. */
  private void terms(Known known, Checks checks, CheckFacts seen) {
    List<Instant> later = new ArrayList<>();
    for (Instant due : checks.dueTimes(known.fact(), seen)) {
      Instant at = due.truncatedTo(ChronoUnit.MICROS);
      if (at.plus(OVER).isAfter(facts.now()) && !later.contains(at)) {
        later.add(at);
        if (at.plus(OVER).isBefore(end)) {
          queue.add(new Due(at, known.ref()));
        }
      }
    }
    book.due(known.ref(), later);
  }

  private CheckFacts of(Known known) {
    return facts.of(known.pack());
  }

  private Checks checks(Known known) {
    return catalogue.version(known.pack(), known.version()).checks();
  }

  private void paper(Entry entry, RegistryChange.DocumentRegistered change) throws SQLException {
    TraceDocument document = change.document();
    String whose = change.registrant() == null ? entry.draft().reporter() : change.registrant();
    Set<String> subjects = new LinkedHashSet<>();
    store
        .paper(Papers.Whose.FOLLOWED, document.id())
        .map(PaperFact::subject)
        .ifPresent(subjects::add);
    if (document.subject() != null) {
      subjects.add(document.subject());
    }
    Papers.put(connection, Papers.Whose.FOLLOWED, document, whose, entry.ref().position());
    facts.forgetPapers();
    Set<UUID> keys = new LinkedHashSet<>();
    keys.add(FactKeys.document(Papers.ref(document)));
    for (String subject : subjects) {
      catalogue
          .holders()
          .forEach(
              (pack, lists) -> lists.forEach(key -> keys.add(FactKeys.value(pack, key, subject))));
    }
    facts.prefetch(keys);
    keys.forEach(key -> facts.under(key).forEach(known -> touch(known.ref(), null)));
  }

  /** Events that came before their place was registered may be of a link now, or of another. */
  private void place(Entry entry, String place) throws SQLException {
    Map<UUID, NavigableMap<Long, String>> kinds =
        store.kinds(Places.FOLLOWED, List.of(FactKeys.place(place)), entry.ref().journal());
    String kind = kind(kinds, place, entry.ref());
    for (Entry earlier : entriesAt.at(place, entry.ref())) {
      if (earlier.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.errorDeclaration() == null) {
        reread(earlier, event, kind);
      }
    }
  }

  private void reread(Entry earlier, EpcisEvent event, @Nullable String kind) throws SQLException {
    Optional<Known> before = current(earlier.ref());
    Optional<Known> after =
        joined(catalogue.known(event, earlier.draft(), earlier.ref(), earlier.recordTime(), kind));
    boolean same =
        before.isPresent() == after.isPresent()
            && before.map(Known::fact).equals(after.map(Known::fact));
    boolean gone =
        after.isPresent()
            && (book.isVoid(after.get().eventKey())
                || !store.voids(List.of(after.get().eventKey())).isEmpty());
    if (same || gone) {
      return;
    }
    if (before.isPresent()) {
      withdraw(before.get());
      touchOthers(before.get());
    }
    if (after.isPresent()) {
      added(after.get());
    }
  }

  private Optional<Known> joined(Optional<Known> known) throws SQLException {
    if (known.isPresent()) {
      equivalents.load(JoinedFact.codes(known.get().joined().own()));
    }
    return known.map(one -> one.joined(equivalents));
  }

  /**
   * Two codes are of one unit from now on, or no longer: the events that name it stand elsewhere
   * now, and everything is judged that looks at where they were or are.
   */
  private void equivalence(String unit, String other, boolean same) throws SQLException {
    equivalents.load(List.of(unit, other));
    Set<String> heads =
        new LinkedHashSet<>(List.of(equivalents.head(unit), equivalents.head(other)));
    if (!equivalents.declare(unit, other, same)) {
      return;
    }
    List<UUID> keys = new ArrayList<>();
    for (String head : heads) {
      keys.add(FactKeys.unit(head));
      keys.add(FactKeys.container(head));
    }
    facts.prefetch(keys);
    Map<EntryRef, Known> moved = new LinkedHashMap<>();
    for (UUID key : keys) {
      for (Known known : facts.under(key)) {
        equivalents.load(JoinedFact.codes(known.joined().own()));
        if (!known.joined(equivalents).equals(known)) {
          moved.put(known.ref(), known);
        }
      }
    }
    // While all of them stand, before and after: else one could cut the way to what another
    // touches.
    moved.values().forEach(this::touchOthers);
    heads.forEach(this::touchAll);
    for (Known known : moved.values()) {
      withdraw(known);
    }
    List<Known> joined = moved.values().stream().map(one -> one.joined(equivalents)).toList();
    for (Known known : joined) {
      added(known);
    }
    joined.forEach(this::touchOthers);
    touchAll(equivalents.head(unit));
    touchAll(equivalents.head(other));
  }

  /** Notes all events of a unit, and of what was made of it. */
  private void touchAll(String head) {
    Set<String> packs = new LinkedHashSet<>();
    for (Known known : facts.under(FactKeys.unit(head))) {
      touch(known.ref(), null);
      packs.add(known.pack());
      packs.addAll(catalogue.borrowers(known));
    }
    for (String pack : packs) {
      for (EventFact made : facts.of(pack).downstream(head)) {
        touch(FactRefs.parse(made.ref()), null);
      }
    }
  }

  private void flush() throws SQLException {
    book.flush();
    alerts.flush();
  }
}
