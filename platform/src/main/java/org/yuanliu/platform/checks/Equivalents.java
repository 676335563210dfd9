package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which codes are declared to be of one unit, as of a position of the journal; of one transaction.
 * The first of them in the order of their texts, the head, stands for the unit. What is asked about
 * has to be loaded before.
 */
final class Equivalents {
  private final Connection connection;
  private final Whose whose;

  /** It is known that no code has another beside it: nothing need be asked for. */
  private boolean none;

  private final Set<String> loaded = new HashSet<>();
  private final Map<String, Set<String>> neighbours = new HashMap<>();

  /** Who keeps them: those who follow, and the journal's transaction. */
  enum Whose {
    FOLLOWED("check_equivalence"),
    COUNTED("check_counter_equivalence");

    private final String table;

    Whose(String table) {
      this.table = table;
    }
  }

  Equivalents(Connection connection, Whose whose) {
    this.connection = requireNonNull(connection, "connection is null");
    this.whose = requireNonNull(whose, "whose is null");
  }

  /** As of this moment there are none at all, as somebody has found on the way. */
  void areNone() {
    none = true;
  }

  /** Reads everything that leads to the codes, in one round trip. */
  void load(Collection<String> codes) throws SQLException {
    if (none) {
      return;
    }
    Set<String> missing = new HashSet<>(codes);
    missing.removeAll(loaded);
    if (missing.isEmpty()) {
      return;
    }
    loaded.addAll(missing);
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with recursive reached (code) as (
              select unit from %1$s where unit = any(?)
              union
              select e.other from reached r join %1$s e on e.unit = r.code)
            select e.unit, e.other from reached r join %1$s e on e.unit = r.code
            """
                .formatted(whose.table))) {
      select.setArray(1, connection.createArrayOf("text", missing.toArray(String[]::new)));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String unit = rows.getString(1);
          loaded.add(unit);
          neighbours.computeIfAbsent(unit, u -> new HashSet<>()).add(rows.getString(2));
        }
      }
    }
  }

  /** All codes of the unit, this one among them. */
  SortedSet<String> members(String code) {
    SortedSet<String> members = new TreeSet<>(Set.of(code));
    if (neighbours.isEmpty()) {
      return members;
    }
    Deque<String> open = new ArrayDeque<>(members);
    while (!open.isEmpty()) {
      for (String next : neighbours.getOrDefault(open.remove(), Set.of())) {
        if (members.add(next)) {
          open.add(next);
        }
      }
    }
    return members;
  }

  String head(String code) {
    return neighbours.containsKey(code) ? members(code).first() : code;
  }

  /** The heads of codes, where they are others. */
  Map<String, String> heads(Collection<String> codes) {
    if (neighbours.isEmpty()) {
      return Map.of();
    }
    Map<String, String> heads = new HashMap<>();
    for (String code : codes) {
      String head = head(code);
      if (!head.equals(code)) {
        heads.put(code, head);
      }
    }
    return heads;
  }

  /** Whether any of the loaded codes has another beside it. */
  boolean any() {
    return !neighbours.isEmpty();
  }

  /** Codes that have others beside them. */
  Set<String> known() {
    return Set.copyOf(neighbours.keySet());
  }

  /**
   * Two codes are of one unit from now on, or no longer.
   *
   * @return whether that is new
   */
  boolean declare(String unit, String other, boolean same) throws SQLException {
    load(List.of(unit, other));
    boolean there = same ? add(unit, other) : forget(unit, other);
    boolean back = same ? add(other, unit) : forget(other, unit);
    boolean changes = there || back;
    if (changes) {
      write(
          same
              ? "insert into " + whose.table + " (unit, other) values (?, ?) on conflict do nothing"
              : "delete from " + whose.table + " where unit = ? and other = ?",
          unit,
          other);
    }
    return changes;
  }

  private boolean add(String unit, String other) {
    return neighbours.computeIfAbsent(unit, u -> new HashSet<>()).add(other);
  }

  private boolean forget(String unit, String other) {
    Set<String> known = neighbours.get(unit);
    if (known == null || !known.remove(other)) {
      return false;
    }
    if (known.isEmpty()) {
      neighbours.remove(unit);
    }
    return true;
  }

  private void write(String sql, String unit, String other) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, unit);
      statement.setString(2, other);
      statement.executeUpdate();
      statement.setString(1, other);
      statement.setString(2, unit);
      statement.executeUpdate();
    }
  }
}
