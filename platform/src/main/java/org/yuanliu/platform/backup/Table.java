package org.yuanliu.platform.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database itself describes it.
 *
 * @param columns in the order of the table, those that can be written
 * @param needs tables that its foreign keys name
 * @param key columns of its primary key
 */
record Table(
    String name, TableKind kind, List<Column> columns, Set<String> needs, Set<String> key) {
  /** Flyway's: a restore makes it anew. */
  private static final String HISTORY = "flyway_schema_history";

  /** The column of a journal's table that says which journal. */
  static final String JOURNAL = "journal";

  record Column(String name, String type) {}

  /** All tables of the schema, those that others need before these. */
  static List<Table> all(Connection connection) throws SQLException {
    Map<String, Table> found = new LinkedHashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                select c.relname, obj_description(c.oid, 'pg_class'), a.attname,
                  format_type(a.atttypid, a.atttypmod)
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = current_schema()::regnamespace
                  and c.relkind in ('r', 'p') and not c.relispartition
                  and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                order by c.relname, a.attnum
                """);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (!rows.getString(1).equals(HISTORY)) {
          TableKind kind = TableKind.ofComment(rows.getString(2));
          found
              .computeIfAbsent(
                  rows.getString(1),
                  name ->
                      new Table(
                          name,
                          kind,
                          new ArrayList<>(),
                          new LinkedHashSet<>(),
                          new LinkedHashSet<>()))
              .columns
              .add(new Column(rows.getString(3), rows.getString(4)));
        }
      }
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                select c.relname, f.relname from pg_constraint k
                join pg_class c on c.oid = k.conrelid
                join pg_class f on f.oid = k.confrelid
                where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace
                  and c.oid <> f.oid
                """);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Table table = found.get(rows.getString(1));
        if (table != null) {
          table.needs.add(rows.getString(2));
        }
      }
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                select c.relname, a.attname from pg_constraint k
                join pg_class c on c.oid = k.conrelid
                join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
                where k.contype = 'p' and c.relnamespace = current_schema()::regnamespace
                """);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Table table = found.get(rows.getString(1));
        if (table != null) {
          table.key.add(rows.getString(2));
        }
      }
    }
    return ordered(found);
  }

  /** Whether a stretch of positions is found by the primary key, without reading the rest. */
  boolean isInOrder() {
    return kind == TableKind.JOURNAL && key.equals(Set.of(JOURNAL, position()));
  }

  /** The column that a journal's table is in order of. */
  String position() {
    for (String name : List.of("position", "first")) {
      if (columns.stream().anyMatch(column -> column.name.equals(name))) {
        return name;
      }
    }
    throw new IllegalStateException("a table of the journal without a position: " + name);
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String columnList(List<Column> columns) {
    return columns.stream().map(column -> quoted(column.name)).collect(Collectors.joining(", "));
  }

  private static List<Table> ordered(Map<String, Table> tables) {
    Map<String, Table> ordered = new LinkedHashMap<>();
    while (ordered.size() < tables.size()) {
      @Nullable Table next =
          tables.values().stream()
              .filter(table -> !ordered.containsKey(table.name))
              .filter(
                  table ->
                      table.needs.stream()
                          .allMatch(name -> ordered.containsKey(name) || !tables.containsKey(name)))
              .findFirst()
              .orElse(null);
      if (next == null) {
        throw new IllegalStateException("tables need each other in a circle: " + tables.keySet());
      }
      ordered.put(next.name, next);
    }
    return List.copyOf(ordered.values());
  }
}
