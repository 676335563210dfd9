package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.CheckKeyValues;
import org.yuanliu.industry.CounterMove;
import org.yuanliu.industry.RefusingCounters;
import org.yuanliu.platform.checks.CounterTables.Move;
import org.yuanliu.platform.checks.FactStore.Places;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.registry.RegistryChange;

/**
 * What refusing checks count (a pack is sold, a permit drawn on), counted in the journal's own
 * transaction: the counters are locked in the order of their keys, so of a thousand records at one
 * moment as many count as may and the others are marked. A resend is no new entry and never comes
 * here. Nothing is refused and nobody else's record is touched.
 */
@Component
final class LockedCounters implements Projection {
  /** Shops that sell at the same time, and more. */
  private static final int MAX_PLACES = 10_000;

  private final Catalogues catalogues;
  private final Progress progress;

  /** What kind each place was when its last event was counted. */
  private final Cache<String, Optional<String>> kinds =
      Caffeine.newBuilder().maximumSize(MAX_PLACES).build();

  /** What was computed before its entry was written. */
  private final Cache<Draft, Ready> ready =
      Caffeine.newBuilder().weakKeys().maximumSize(Catalogue.MAX_AHEAD).build();

  /**
   * How an event moves the counters, whatever else is stored, as long as no unit has two codes.
   *
   * @param kind of place that it was read by
   * @param moves nowhere yet
   */
  private record Ready(Catalogue catalogue, @Nullable String kind, List<Move> moves) {}

  LockedCounters(Catalogues catalogues, Progress progress) {
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  @Override
  public String name() {
    return "checks";
  }

  /** Reads the event by the kind that its place was last; if it is another by then, in vain. */
  @Override
  public void prepare(Draft draft) {
    if (draft.subject() instanceof EventSubject(EpcisEvent event)
        && event.errorDeclaration() == null) {
      Catalogue catalogue = catalogues.current();
      if (catalogue.mayCount(event.bizStep(), draft.scope().industry())) {
        Optional<String> kind = kinds.getIfPresent(String.valueOf(Catalogue.place(event)));
        if (kind != null) {
          Optional<Known> known = catalogue.prepare(event, draft, kind.orElse(null));
          movesOf(catalogue, known)
              .ifPresent(moves -> ready.put(draft, new Ready(catalogue, kind.orElse(null), moves)));
        }
      }
    }
  }

  /** Empty where documents or what was said of its units before decide about them. */
  private static Optional<List<Move>> movesOf(Catalogue catalogue, Optional<Known> read) {
    if (read.isEmpty()) {
      return Optional.of(List.of());
    }
    Known known = read.get();
    RefusingCounters counters = counters(catalogue, known);
    if (!counters.says(known.fact()).isEmpty()) {
      return Optional.empty();
    }
    CounterFacts.Unasked facts = new CounterFacts.Unasked(catalogue.zone());
    List<Move> moves = new ArrayList<>();
    for (CounterMove move :
        counters.moves(known.fact(), facts, (element, unit) -> facts.askedFor())) {
      moves.add(move(known, move, move.value(), List.of()));
    }
    return facts.isAsked() ? Optional.empty() : Optional.of(moves);
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    Catalogue catalogue = catalogues.current();
    new FactStore(connection, catalogue).addKinds(Places.COUNTED, entries);
    addPapers(connection, entries);
    List<Entry> asked = new ArrayList<>();
    Set<UUID> declared = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        if (event.errorDeclaration() != null) {
          declared.add(key(entry));
        } else if (catalogue.mayCount(event.bizStep(), entry.draft().scope().industry())) {
          asked.add(entry);
        }
      } else if (pair(entry).isPresent()) {
        asked.add(entry);
      }
    }
    if (asked.isEmpty() && declared.isEmpty()) {
      return;
    }
    List<Move> moves = moves(connection, catalogue, asked);
    count(connection, entries, moves, CounterTables.withdrawn(connection, declared));
  }

  private static void count(
      Connection connection, List<Entry> entries, List<Move> moves, Map<UUID, List<Move>> withdrawn)
      throws SQLException {
    Map<EntryRef, List<Move>> byEntry = new HashMap<>();
    moves.forEach(m -> byEntry.computeIfAbsent(m.ref(), ref -> new ArrayList<>()).add(m));
    Map<UUID, List<Move>> counted = new LinkedHashMap<>();
    Set<UUID> gone = new HashSet<>();
    List<Move> inOrder = new ArrayList<>();
    for (Entry entry : entries) {
      List<Move> own = byEntry.getOrDefault(entry.ref(), List.of());
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.errorDeclaration() != null) {
        UUID key = key(entry);
        if (gone.add(key)) {
          withdrawn.getOrDefault(key, List.of()).forEach(move -> inOrder.add(move.back()));
          counted.getOrDefault(key, List.of()).forEach(move -> inOrder.add(move.back()));
        }
        counted.remove(key);
      } else if (!own.isEmpty() && !gone.contains(own.getFirst().eventKey())) {
        inOrder.addAll(own);
        counted.computeIfAbsent(own.getFirst().eventKey(), k -> new ArrayList<>()).addAll(own);
      }
    }
    if (!inOrder.isEmpty()) {
      Map<UUID, BigDecimal> net = CounterTables.move(connection, inOrder);
      List<Move> marks = new ArrayList<>();
      for (Move move : inOrder) {
        BigDecimal own = net.merge(move.counter(), move.delta(), BigDecimal::add);
        BigDecimal now = own;
        for (UUID other : move.others()) {
          now = now.add(net.getOrDefault(other, BigDecimal.ZERO));
        }
        boolean over = move.limit() != null && now.compareTo(move.limit()) > 0;
        if (over && move.delta().signum() > 0) {
          marks.add(move);
        }
      }
      CounterTables.remember(connection, counted);
      CounterTables.mark(connection, marks);
    }
  }

  private static UUID key(Entry entry) {
    return FactKeys.event(entry.draft().principal(), entry.draft().id());
  }

  private List<Move> moves(Connection connection, Catalogue catalogue, List<Entry> asked)
      throws SQLException {
    FactStore store = new FactStore(connection, catalogue);
    Map<String, UUID> keys = new HashMap<>();
    for (Entry entry : asked) {
      String place = place(entry);
      if (place != null) {
        keys.computeIfAbsent(place, FactKeys::place);
      }
    }
    List<Move> moves = new ArrayList<>();
    if (asked.isEmpty()) {
      return moves;
    }
    CounterTables.Setting setting =
        CounterTables.setting(connection, keys.values(), asked.getFirst().ref().journal());
    Map<UUID, NavigableMap<Long, String>> histories = setting.kinds();
    boolean single =
        !setting.equivalents() && asked.stream().allMatch(entry -> pair(entry).isEmpty());
    Map<EntryRef, Known> read = new HashMap<>();
    Set<String> codes = new HashSet<>();
    Set<String> joining = new HashSet<>();
    for (Entry entry : asked) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        String place = place(entry);
        NavigableMap<Long, String> history =
            place == null ? null : histories.get(keys.computeIfAbsent(place, FactKeys::place));
        String kind = CheckRun.kind(history, entry.ref());
        remember(place, kind);
        Ready known = single ? ready.getIfPresent(entry.draft()) : null;
        if (known != null && known.catalogue() == catalogue && Objects.equals(known.kind(), kind)) {
          known.moves().forEach(move -> moves.add(move.at(entry.ref())));
          continue;
        }
        catalogue
            .known(event, entry.draft(), entry.ref(), entry.recordTime(), kind)
            .ifPresent(
                one -> {
                  read.put(entry.ref(), one);
                  codes.addAll(JoinedFact.codes(one.fact()));
                });
      } else {
        pair(entry).ifPresent(pair -> joining.addAll(List.of(pair.unit(), pair.other())));
      }
    }
    codes.addAll(joining);
    Equivalents equivalents = new Equivalents(connection, Equivalents.Whose.COUNTED);
    if (!setting.equivalents()) {
      equivalents.areNone();
    }
    equivalents.load(codes);
    CounterFacts facts = new CounterFacts(store, catalogue.zone());
    Set<DocumentRef> documents = new HashSet<>();
    read.values()
        .forEach(known -> documents.addAll(counters(catalogue, known).documents(known.fact())));
    facts.prefetch(documents);
    CounterLimits said = new CounterLimits(connection, equivalents);
    said.prefetch(catalogue, read.values(), joining);
    for (Entry entry : asked) {
      Known known = read.get(entry.ref());
      if (known != null) {
        add(catalogue, known.joined(equivalents), facts, said, equivalents, moves);
      } else {
        @Nullable Pair pair = pair(entry).orElse(null);
        if (pair != null) {
          equivalents.declare(pair.unit(), pair.other(), pair.same());
        }
      }
    }
    said.flush();
    return moves;
  }

  private void remember(@Nullable String place, @Nullable String kind) {
    String key = String.valueOf(place);
    Optional<String> now = Optional.ofNullable(kind);
    if (!now.equals(kinds.getIfPresent(key))) {
      kinds.put(key, now);
    }
  }

  /** Two codes that are of one unit from an entry on, or no longer. */
  private record Pair(String unit, String other, boolean same) {}

  private static Optional<Pair> pair(Entry entry) {
    if (entry.draft().subject() instanceof RegistryChange.EquivalenceDeclared declared) {
      return Optional.of(new Pair(declared.unit(), declared.other(), true));
    }
    return entry.draft().subject() instanceof RegistryChange.EquivalenceEnded ended
        ? Optional.of(new Pair(ended.unit(), ended.other(), false))
        : Optional.empty();
  }

  private static @Nullable String place(Entry entry) {
    return entry.draft().subject() instanceof EventSubject(EpcisEvent event)
        ? Catalogue.place(event)
        : null;
  }

  private static void add(
      Catalogue catalogue,
      Known known,
      CounterFacts facts,
      CounterLimits said,
      Equivalents equivalents,
      List<Move> moves) {
    RefusingCounters counters = counters(catalogue, known);
    said.take(known, counters);
    for (CounterMove move :
        counters.moves(known.fact(), facts, (element, unit) -> said.of(known, element, unit))) {
      String own = known.joined().ownKey(move.value());
      moves.add(move(known, move, own, others(known, move, own, equivalents)));
    }
  }

  private static Move move(Known known, CounterMove move, String own, List<UUID> others) {
    return new Move(
        known.ref(),
        known.eventKey(),
        move.check(),
        own,
        counter(known, move, own),
        others,
        move.delta(),
        move.limit());
  }

  private static RefusingCounters counters(Catalogue catalogue, Known known) {
    return catalogue.version(known.pack(), known.version()).counters();
  }

  private static UUID counter(Known known, CounterMove move, String value) {
    String name = move.kind() + '\n' + known.pack() + '\n' + move.check() + '\n' + value;
    return FactKeys.hash(move.period().isEmpty() ? name : name + '\n' + move.period());
  }

  /**
   * Counters stay under the codes that records name, so that codes can be joined and parted at any
   * time and nothing has to be counted again.
   */
  private static List<UUID> others(
      Known known, CounterMove move, String own, Equivalents equivalents) {
    if (!equivalents.any()) {
      return List.of();
    }
    List<List<String>> values = List.of(List.of());
    for (String part : CheckKeyValues.parts(own)) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> value : values) {
        for (String code : equivalents.members(part)) {
          List<String> next = new ArrayList<>(value);
          next.add(code);
          longer.add(next);
        }
      }
      values = longer;
    }
    return values.stream()
        .map(CheckKeyValues::value)
        .filter(value -> !value.equals(own))
        .map(value -> counter(known, move, value))
        .toList();
  }

  /** What documents say, as of the end of the journal. */
  private static void addPapers(Connection connection, List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof RegistryChange.DocumentRegistered change) {
        String whose = change.registrant() == null ? entry.draft().reporter() : change.registrant();
        Papers.put(
            connection, Papers.Whose.COUNTED, change.document(), whose, entry.ref().position());
      }
    }
  }

  /** The whole view goes: who follows the journal begins again with it. */
  @Override
  public void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          truncate check_counter_place, check_counter_paper, check_counter_said,
            check_counter_equivalence, check_counter, check_count, check_mark
          """);
      CheckFollower.clear(statement);
    }
    progress.reach(0);
  }
}
