package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuanliu.platform.journal.EntryRanges.Range;

/**
 * The tables that hold the entries, each a range of positions. While they are empty they can be
 * laid out anew, and stand alone until they are filled: so a restore fills several at a time, each
 * in a transaction of its own.
 */
public final class EntryLayout {
  /** The table that all ranges are partitions of. */
  public static final String TABLE = "entry";

  /** What a range's table may hold, while it is no partition; it spares the database to look. */
  static final String CHECK = "entry_range";

  private static final Pattern BOUNDS =
      Pattern.compile("FOR VALUES FROM \\('?(\\w+)'?\\) TO \\('?(\\w+)'?\\)");

  private EntryLayout() {}

  /** All ranges, in order; none where an older schema keeps all entries in one plain table. */
  public static List<Range> ranges(Connection connection) throws SQLException {
    List<Range> ranges = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                select c.relname, pg_get_expr(c.relpartbound, c.oid)
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'entry'::regclass
                """);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Matcher bounds = BOUNDS.matcher(rows.getString(2));
        if (!bounds.matches()) {
          throw new IllegalStateException("no range of positions: " + rows.getString(2));
        }
        ranges.add(
            new Range(
                rows.getString(1),
                bounds.group(1).equals("MINVALUE") ? 0 : Long.parseLong(bounds.group(1)),
                bounds.group(2).equals("MAXVALUE")
                    ? Long.MAX_VALUE
                    : Long.parseLong(bounds.group(2))));
      }
    }
    ranges.sort(Comparator.comparingLong(Range::from));
    return ranges;
  }

  /**
   * Makes an empty table for each range, none of them a partition yet.
   *
   * @param firsts first positions of the ranges, ascending from 0
   */
  public static List<Range> apart(Connection connection, List<Long> firsts) throws SQLException {
    List<Range> before = ranges(connection);
    try (Statement statement = connection.createStatement()) {
      for (Range range : before) {
        statement.execute("alter table entry detach partition " + range.table());
      }
      for (Range range : before.subList(1, before.size())) {
        statement.execute("drop table " + range.table());
      }
      List<Range> ranges = new ArrayList<>();
      for (int i = 0; i < firsts.size(); i++) {
        // The first keeps its table, and with it the names of its indexes.
        String table = i == 0 ? before.getFirst().table() : TABLE + "_" + firsts.get(i);
        if (i > 0) {
          statement.execute("create table %s (like entry including all)".formatted(table));
        }
        long to = i + 1 < firsts.size() ? firsts.get(i + 1) : Long.MAX_VALUE;
        Range range = new Range(table, firsts.get(i), to);
        statement.execute(
            "alter table %s add constraint %s check (%s)".formatted(table, CHECK, within(range)));
        ranges.add(range);
      }
      return ranges;
    }
  }

  /** Makes them partitions, with all that they hold. */
  public static void together(Connection connection, List<Range> ranges) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Range range : ranges) {
        statement.execute(
            "alter table entry attach partition %s for values from (%s) to (%s)"
                .formatted(
                    range.table(),
                    range.from() == 0 ? "minvalue" : range.from(),
                    range.isOpen() ? "maxvalue" : range.to()));
        statement.execute(
            "alter table %s drop constraint if exists %s".formatted(range.table(), CHECK));
      }
    }
  }

  /**
   * One empty range, whatever a restore that was cut off has left: the oldest table stays, with the
   * names of its indexes.
   */
  public static void reset(Connection connection) throws SQLException {
    List<String> alone = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.relname from pg_constraint k join pg_class c on c.oid = k.conrelid
            where k.conname = ? and c.relnamespace = current_schema()::regnamespace
              and not c.relispartition and exists (
                select from pg_class p where p.oid = 'entry'::regclass and p.relkind = 'p')
            """)) {
      select.setString(1, CHECK);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          alone.add(rows.getString(1));
        }
      }
    }
    List<Range> ranges = ranges(connection);
    try (Statement statement = connection.createStatement()) {
      if (!ranges.isEmpty()) {
        statement.execute("truncate entry");
        for (Range range : ranges) {
          statement.execute("alter table entry detach partition " + range.table());
        }
        alone.addAll(0, ranges.stream().map(Range::table).toList());
      }
      if (alone.isEmpty()) {
        statement.execute("truncate entry"); // a plain table
        return;
      }
      String kept = alone.getFirst();
      for (String table : alone.subList(1, alone.size())) {
        statement.execute("drop table " + table);
      }
      statement.execute("truncate " + kept);
      together(connection, List.of(new Range(kept, 0, Long.MAX_VALUE)));
    }
  }

  private static String within(Range range) {
    if (range.isOpen()) {
      return "position >= " + range.from();
    }
    return range.from() == 0
        ? "position < " + range.to()
        : "position >= %d and position < %d".formatted(range.from(), range.to());
  }
}
