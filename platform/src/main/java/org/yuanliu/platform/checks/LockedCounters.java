package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.CounterMove;
import org.yuanliu.industry.RefusingCounters;
import org.yuanliu.platform.checks.FactStore.Places;
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
  private final Catalogues catalogues;
  private final Progress progress;

  LockedCounters(Catalogues catalogues, Progress progress) {
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  @Override
  public String name() {
    return "checks";
  }

  /** How one event moves a counter. */
  private record Move(
      EntryRef ref,
      UUID eventKey,
      String check,
      String value,
      UUID counter,
      BigDecimal delta,
      @Nullable BigDecimal limit) {
    /** As if it had not been. */
    Move back() {
      return new Move(ref, eventKey, check, value, counter, delta.negate(), null);
    }
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
      }
    }
    if (asked.isEmpty() && declared.isEmpty()) {
      return;
    }
    List<Move> moves = moves(connection, catalogue, asked);
    count(connection, entries, moves, withdrawn(connection, declared));
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
      UUID key = key(entry);
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.errorDeclaration() != null) {
        if (gone.add(key)) {
          withdrawn.getOrDefault(key, List.of()).forEach(move -> inOrder.add(move.back()));
          counted.getOrDefault(key, List.of()).forEach(move -> inOrder.add(move.back()));
        }
        counted.remove(key);
      } else if (!gone.contains(key)) {
        for (Move move : byEntry.getOrDefault(entry.ref(), List.of())) {
          inOrder.add(move);
          counted.computeIfAbsent(key, k -> new ArrayList<>()).add(move);
        }
      }
    }
    if (!inOrder.isEmpty()) {
      Map<UUID, BigDecimal> net = move(connection, inOrder);
      List<Move> marks = new ArrayList<>();
      for (Move move : inOrder) {
        BigDecimal now = net.merge(move.counter(), move.delta(), BigDecimal::add);
        boolean over = move.limit() != null && now.compareTo(move.limit()) > 0;
        if (over && move.delta().signum() > 0) {
          marks.add(move);
        }
      }
      remember(connection, counted);
      mark(connection, marks);
    }
  }

  private static UUID key(Entry entry) {
    return FactKeys.event(entry.draft().principal(), entry.draft().id());
  }

  private static List<Move> moves(Connection connection, Catalogue catalogue, List<Entry> asked)
      throws SQLException {
    FactStore store = new FactStore(connection, catalogue);
    Set<UUID> places = new HashSet<>();
    for (Entry entry : asked) {
      String place = place(entry);
      if (place != null) {
        places.add(FactKeys.place(place));
      }
    }
    List<Move> moves = new ArrayList<>();
    if (asked.isEmpty()) {
      return moves;
    }
    Map<UUID, NavigableMap<Long, String>> kinds =
        store.kinds(Places.COUNTED, places, asked.getFirst().ref().journal());
    List<Known> read = new ArrayList<>();
    for (Entry entry : asked) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        String kind = CheckRun.kind(kinds, place(entry), entry.ref());
        catalogue
            .known(event, entry.draft(), entry.ref(), entry.recordTime(), kind)
            .ifPresent(read::add);
      }
    }
    CounterFacts facts = new CounterFacts(store, catalogue.zone());
    CounterLimits said = new CounterLimits(connection);
    said.prefetch(catalogue, read);
    for (Known known : read) {
      add(catalogue, known, facts, said, moves);
    }
    said.flush();
    return moves;
  }

  private static @Nullable String place(Entry entry) {
    return entry.draft().subject() instanceof EventSubject(EpcisEvent event)
        ? Catalogue.place(event)
        : null;
  }

  private static void add(
      Catalogue catalogue, Known known, CounterFacts facts, CounterLimits said, List<Move> moves) {
    RefusingCounters counters = catalogue.version(known.pack(), known.version()).counters();
    said.take(known, counters);
    for (CounterMove move :
        counters.moves(known.fact(), facts, (element, unit) -> said.of(known, element, unit))) {
      String name = move.kind() + '\n' + known.pack() + '\n' + move.check() + '\n' + move.value();
      UUID counter = FactKeys.hash(move.period().isEmpty() ? name : name + '\n' + move.period());
      moves.add(
          new Move(
              known.ref(),
              known.eventKey(),
              move.check(),
              move.value(),
              counter,
              move.delta(),
              move.limit()));
    }
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

  /** What earlier entries that are declared in error had added. */
  private static Map<UUID, List<Move>> withdrawn(Connection connection, Set<UUID> declared)
      throws SQLException {
    Map<UUID, List<Move>> found = new HashMap<>();
    if (declared.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from check_count where event_key = any(?) returning event_key, key, delta")) {
      statement.setArray(1, connection.createArrayOf("uuid", declared.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID event = rows.getObject(1, UUID.class);
          found
              .computeIfAbsent(event, k -> new ArrayList<>())
              .add(
                  new Move(
                      new EntryRef(1, 0),
                      event,
                      "",
                      "",
                      rows.getObject(2, UUID.class),
                      rows.getBigDecimal(3),
                      null));
        }
      }
    }
    return found;
  }

  /**
   * Moves the counters, and locks them by it in the order of their keys.
   *
   * @return where they stood before
   */
  private static Map<UUID, BigDecimal> move(Connection connection, List<Move> moves)
      throws SQLException {
    SortedMap<UUID, BigDecimal> sums = new TreeMap<>();
    moves.forEach(move -> sums.merge(move.counter(), move.delta(), BigDecimal::add));
    Map<UUID, BigDecimal> before = new HashMap<>();
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into check_counter (key, net)
            select k, d from unnest(?::uuid[], ?::numeric[]) as m(k, d) order by k
            on conflict (key) do update set net = check_counter.net + excluded.net
            returning key, net
            """)) {
      upsert.setArray(1, connection.createArrayOf("uuid", sums.keySet().toArray()));
      upsert.setArray(2, connection.createArrayOf("numeric", sums.values().toArray()));
      try (ResultSet rows = upsert.executeQuery()) {
        while (rows.next()) {
          UUID key = rows.getObject(1, UUID.class);
          before.put(key, rows.getBigDecimal(2).subtract(sums.getOrDefault(key, BigDecimal.ZERO)));
        }
      }
    }
    return before;
  }

  /** What each event has moved, for when it is declared to be in error. */
  private static void remember(Connection connection, Map<UUID, List<Move>> counted)
      throws SQLException {
    List<Move> moves = counted.values().stream().flatMap(List::stream).toList();
    if (moves.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into check_count (event_key, key, delta)
            select * from unnest(?::uuid[], ?::uuid[], ?::numeric[]) on conflict do nothing
            """)) {
      insert.setArray(
          1, connection.createArrayOf("uuid", moves.stream().map(Move::eventKey).toArray()));
      insert.setArray(
          2, connection.createArrayOf("uuid", moves.stream().map(Move::counter).toArray()));
      insert.setArray(
          3, connection.createArrayOf("numeric", moves.stream().map(Move::delta).toArray()));
      insert.executeUpdate();
    }
  }

  private static void mark(Connection connection, List<Move> marks) throws SQLException {
    if (marks.isEmpty()) {
      return;
    }
    try (PreparedStatement mark =
        connection.prepareStatement(
            """
            insert into check_mark (journal, position, check_id, key) values (?, ?, ?, ?)
            on conflict do nothing
            """)) {
      for (Move move : marks) {
        mark.setInt(1, move.ref().journal());
        mark.setLong(2, move.ref().position());
        mark.setString(3, move.check());
        mark.setString(4, move.value());
        mark.addBatch();
      }
      mark.executeBatch();
    }
  }

  /** The whole view goes: who follows the journal begins again with it. */
  @Override
  public void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          truncate check_counter_place, check_counter_paper, check_counter_said, check_counter,
            check_count, check_mark
          """);
      CheckFollower.clear(statement);
    }
    progress.reach(0);
  }
}
