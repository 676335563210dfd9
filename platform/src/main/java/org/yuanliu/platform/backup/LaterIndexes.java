package org.yuanliu.platform.backup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The indexes of tables that are filled at once: taken away before, and made after, when the
 * database sorts all rows instead of finding a place for each. They come back under the names they
 * had. None of the tables has partitions or is one.
 */
final class LaterIndexes {
  private final List<Index> indexes;

  private LaterIndexes(List<Index> indexes) {
    this.indexes = List.copyOf(indexes);
  }

  /**
   * @param isConstraint whether it belongs to a primary key or the like, and has its name
   * @param definition of the constraint, or the statement that makes the index
   */
  private record Index(String table, String name, boolean isConstraint, String definition) {}

  /**
   * Takes them away. What another table's foreign key needs stays.
   *
   * @param tables filled next, in this transaction
   */
  static LaterIndexes drop(Connection connection, Collection<String> tables) throws SQLException {
    List<Index> indexes = find(connection, tables);
    try (Statement statement = connection.createStatement()) {
      for (Index index : indexes) {
        statement.execute(
            index.isConstraint
                ? "alter table %s drop constraint %s"
                    .formatted(Table.quoted(index.table), Table.quoted(index.name))
                : "drop index " + Table.quoted(index.name));
      }
    }
    return new LaterIndexes(indexes);
  }

  /** Makes them. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Index index : indexes) {
        statement.execute(
            index.isConstraint
                ? "alter table %s add constraint %s %s"
                    .formatted(
                        Table.quoted(index.table), Table.quoted(index.name), index.definition)
                : index.definition);
      }
    }
  }

  private static List<Index> find(Connection connection, Collection<String> tables)
      throws SQLException {
    List<Index> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.relname, i.relname, k.oid is not null,
              coalesce(pg_get_constraintdef(k.oid), pg_get_indexdef(i.oid))
            from pg_index x
            join pg_class i on i.oid = x.indexrelid
            join pg_class c on c.oid = x.indrelid
            left join pg_constraint k
              on k.conindid = i.oid and k.conrelid = c.oid and k.contype in ('p', 'u', 'x')
            where c.relnamespace = current_schema()::regnamespace and c.relname = any (?)
              and not exists (
                select from pg_constraint f where f.contype = 'f' and f.conindid = i.oid)
            order by c.relname, i.relname
            """)) {
      select.setArray(1, texts(connection, tables));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Index(
                  rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getString(4)));
        }
      }
    }
    return found;
  }

  private static Array texts(Connection connection, Collection<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }
}
