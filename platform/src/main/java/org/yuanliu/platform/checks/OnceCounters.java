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
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CheckKeyValues;
import org.yuanliu.industry.CheckRule;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.Limit;
import org.yuanliu.platform.checks.FactStore.Places;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Projection;

/**
 * What may happen once (a pack is sold, a number used), counted in the journal's own transaction:
 * the counters are locked in the order of their keys, so of a thousand records at one moment one
 * counts and the others are marked. A resend is no new entry and never comes here. Nothing is
 * refused and nobody else's record is touched.
 */
@Component
final class OnceCounters implements Projection {
  private final Catalogues catalogues;
  private final Progress progress;

  OnceCounters(Catalogues catalogues, Progress progress) {
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
      int delta,
      long limit) {}

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    Catalogue catalogue = catalogues.current();
    new FactStore(connection, catalogue).addKinds(Places.COUNTED, entries);
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
    SortedMap<UUID, Long> net = new TreeMap<>();
    Map<UUID, List<Move>> withdrawn = withdrawn(connection, declared);
    moves.forEach(move -> net.put(move.counter(), 0L));
    withdrawn.values().forEach(list -> list.forEach(move -> net.put(move.counter(), 0L)));
    lock(connection, net);
    count(connection, entries, moves, withdrawn, net);
  }

  private void count(
      Connection connection,
      List<Entry> entries,
      List<Move> moves,
      Map<UUID, List<Move>> withdrawn,
      SortedMap<UUID, Long> net)
      throws SQLException {
    Map<EntryRef, List<Move>> byEntry = new HashMap<>();
    moves.forEach(m -> byEntry.computeIfAbsent(m.ref(), ref -> new ArrayList<>()).add(m));
    Map<UUID, List<Move>> counted = new HashMap<>();
    Set<UUID> gone = new HashSet<>();
    List<Move> marks = new ArrayList<>();
    for (Entry entry : entries) {
      UUID key = key(entry);
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.errorDeclaration() != null) {
        List<Move> back = new ArrayList<>(withdrawn.getOrDefault(key, List.of()));
        back.addAll(counted.getOrDefault(key, List.of()));
        if (gone.add(key)) {
          back.forEach(move -> net.merge(move.counter(), (long) -move.delta(), Long::sum));
        }
        counted.remove(key);
      } else if (!gone.contains(key)) {
        for (Move move : byEntry.getOrDefault(entry.ref(), List.of())) {
          long now = net.merge(move.counter(), (long) move.delta(), Long::sum);
          counted.computeIfAbsent(key, k -> new ArrayList<>()).add(move);
          if (move.delta() > 0 && now > move.limit()) {
            marks.add(move);
          }
        }
      }
    }
    write(connection, net, counted, marks);
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
    for (Entry entry : asked) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        String kind = CheckRun.kind(kinds, place(entry), entry.ref());
        Optional<Known> known =
            catalogue.known(event, entry.draft(), entry.ref(), entry.recordTime(), kind);
        known.ifPresent(one -> add(catalogue, one, moves));
      }
    }
    return moves;
  }

  private static @Nullable String place(Entry entry) {
    return entry.draft().subject() instanceof EventSubject(EpcisEvent event)
        ? Catalogue.place(event)
        : null;
  }

  private static void add(Catalogue catalogue, Known known, List<Move> moves) {
    EventFact fact = known.fact();
    for (Check check : catalogue.version(known.pack(), known.version()).pack().checks().values()) {
      if (check.rule() instanceof CheckRule.Once rule
          && rule.limit() instanceof Limit.Fixed<BigDecimal>(BigDecimal limit)) {
        boolean back = rule.back().contains(fact.link().id());
        boolean concerns = check.products().isEmpty() || check.products().contains(fact.product());
        if (concerns && (back || check.links().contains(fact.link().id()))) {
          for (String value : CheckKeyValues.of(rule.key(), fact).keySet()) {
            UUID counter =
                FactKeys.hash("once\n" + known.pack() + '\n' + check.id() + '\n' + value);
            moves.add(
                new Move(
                    known.ref(),
                    known.eventKey(),
                    check.id(),
                    value,
                    counter,
                    back ? -1 : 1,
                    limit.longValue()));
          }
        }
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
                      rows.getInt(3),
                      0));
        }
      }
    }
    return found;
  }

  /** Locks the counters in the order of their keys and reads them. */
  private static void lock(Connection connection, SortedMap<UUID, Long> net) throws SQLException {
    if (net.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into check_counter (key, net)
                select k, 0 from unnest(?) as k order by k on conflict do nothing
                """);
        PreparedStatement select =
            connection.prepareStatement(
                "select key, net from check_counter where key = any(?) order by key for update")) {
      insert.setArray(1, connection.createArrayOf("uuid", net.keySet().toArray()));
      insert.executeUpdate();
      select.setArray(1, connection.createArrayOf("uuid", net.keySet().toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          net.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
    }
  }

  private static void write(
      Connection connection,
      SortedMap<UUID, Long> net,
      Map<UUID, List<Move>> counted,
      List<Move> marks)
      throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement(
                """
                update check_counter c set net = n.net
                from unnest(?::uuid[], ?::bigint[]) as n(key, net) where c.key = n.key
                """);
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into check_count (event_key, key, delta) values (?, ?, ?)
                on conflict do nothing
                """);
        PreparedStatement mark =
            connection.prepareStatement(
                """
                insert into check_mark (journal, position, check_id, key) values (?, ?, ?, ?)
                on conflict do nothing
                """)) {
      update.setArray(1, connection.createArrayOf("uuid", net.keySet().toArray()));
      update.setArray(2, connection.createArrayOf("bigint", net.values().toArray()));
      update.executeUpdate();
      for (List<Move> moves : counted.values()) {
        for (Move move : moves) {
          insert.setObject(1, move.eventKey());
          insert.setObject(2, move.counter());
          insert.setShort(3, (short) move.delta());
          insert.addBatch();
        }
      }
      insert.executeBatch();
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
      statement.execute("truncate check_counter_place, check_counter, check_count, check_mark");
      CheckFollower.clear(statement);
    }
    progress.reach(0);
  }
}
