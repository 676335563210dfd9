package org.yuanliu.platform.checks;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.EntryRef;

/** The counters' tables; only the one who writes the journal writes them. */
final class CounterTables {
  private CounterTables() {}

  /**
   * How one event moves a counter.
   *
   * @param others counters of the unit's other codes: what was counted there counts too
   */
  record Move(
      EntryRef ref,
      UUID eventKey,
      String check,
      String value,
      UUID counter,
      List<UUID> others,
      BigDecimal delta,
      @Nullable BigDecimal limit) {
    /** The same once the event's place in the journal is known. */
    Move at(EntryRef newRef) {
      return new Move(newRef, eventKey, check, value, counter, others, delta, limit);
    }

    /** As if it had not been. */
    Move back() {
      return new Move(ref, eventKey, check, value, counter, List.of(), delta.negate(), null);
    }
  }

  /**
   * What the counters of a group are moved in.
   *
   * @param kinds what kind each place was from which position on
   * @param equivalents whether any unit has several codes
   */
  record Setting(Map<UUID, NavigableMap<Long, String>> kinds, boolean equivalents) {}

  /** Reads it in one round trip. */
  static Setting setting(Connection connection, Collection<UUID> places, int journal)
      throws SQLException {
    Map<UUID, NavigableMap<Long, String>> kinds = new HashMap<>();
    boolean equivalents = false;
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select e.joined, p.place, p.position, p.kind
            from (select exists (select from check_counter_equivalence) as joined) e
            left join check_counter_place p on p.place = any(?) and p.journal = ?
            """)) {
      statement.setArray(1, uuids(connection, places));
      statement.setInt(2, journal);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          equivalents = rows.getBoolean(1);
          UUID place = rows.getObject(2, UUID.class);
          if (place != null) {
            kinds
                .computeIfAbsent(place, p -> new TreeMap<>())
                .put(rows.getLong(3), rows.getString(4));
          }
        }
      }
    }
    return new Setting(kinds, equivalents);
  }

  /** What earlier entries that are declared in error had added. */
  static Map<UUID, List<Move>> withdrawn(Connection connection, Set<UUID> declared)
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
                      List.of(),
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
  static Map<UUID, BigDecimal> move(Connection connection, List<Move> moves) throws SQLException {
    SortedMap<UUID, BigDecimal> sums = new TreeMap<>();
    Set<UUID> asked = new HashSet<>();
    for (Move move : moves) {
      sums.merge(move.counter(), move.delta(), BigDecimal::add);
      asked.addAll(move.others());
    }
    asked.addAll(sums.keySet());
    Map<UUID, BigDecimal> before = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select key, net from check_counter where key = any(?) order by key for update")) {
      select.setArray(1, uuids(connection, asked));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          before.put(rows.getObject(1, UUID.class), rows.getBigDecimal(2));
        }
      }
    }
    store(connection, before, sums);
    return before;
  }

  /** Most counters are new, and COPY takes half of what an insert takes. */
  private static void store(
      Connection connection, Map<UUID, BigDecimal> before, SortedMap<UUID, BigDecimal> sums)
      throws SQLException {
    SortedMap<UUID, BigDecimal> known = new TreeMap<>(sums);
    known.keySet().retainAll(before.keySet());
    known.values().removeIf(delta -> delta.signum() == 0);
    if (!known.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update check_counter c set net = c.net + m.delta
              from unnest(?::uuid[], ?::numeric[]) as m (key, delta) where c.key = m.key
              """)) {
        update.setArray(1, uuids(connection, known.keySet()));
        update.setArray(2, connection.createArrayOf("numeric", known.values().toArray()));
        update.executeUpdate();
      }
    }
    SortedMap<UUID, BigDecimal> fresh = new TreeMap<>(sums);
    fresh.keySet().removeAll(before.keySet());
    if (!fresh.isEmpty()) {
      try (BinaryCopy copy =
          new BinaryCopy(
              connection, "copy check_counter (key, net) from stdin (format binary)", 2)) {
        for (Map.Entry<UUID, BigDecimal> one : fresh.entrySet()) {
          copy.row().putUuid(one.getKey()).putNumeric(one.getValue());
        }
        copy.finish();
      }
    }
  }

  private static Array uuids(Connection connection, Collection<UUID> keys) throws SQLException {
    return connection.createArrayOf("uuid", keys.toArray(UUID[]::new));
  }

  /** What each event has moved, for when it is declared to be in error. */
  static void remember(Connection connection, Map<UUID, List<Move>> counted) throws SQLException {
    List<Move> moves = counted.values().stream().flatMap(List::stream).toList();
    if (moves.isEmpty()) {
      return;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            connection, "copy check_count (event_key, key, delta) from stdin (format binary)", 3)) {
      for (Move move : moves) {
        copy.row().putUuid(move.eventKey()).putUuid(move.counter()).putNumeric(move.delta());
      }
      copy.finish();
    }
  }

  static void mark(Connection connection, List<Move> marks) throws SQLException {
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
}
