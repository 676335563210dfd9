package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Compares views with what their events make them: the same code writes their rows into temporary
 * tables, and the database tells the difference. Bounded by the events handed over at once.
 */
@Component
public final class ViewCheck {
  private final DataSource dataSource;
  private final List<CheckedView> views;

  ViewCheck(DataSource dataSource, List<CheckedView> views) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.views = List.copyOf(views);
  }

  /**
   * A row that should not be there, or that is not there.
   *
   * @param position of the event it belongs to
   * @param view which one, in a word
   * @param expected the row as the event makes it, or "none"
   * @param found the row that stands there, or "none"
   */
  public record Difference(
      long position, String view, String table, String expected, String found) {}

  /** One check; closed at its end. */
  public Session open() throws SQLException {
    return new Session();
  }

  /** Holds a connection with the temporary tables, which hide the real ones of the same names. */
  public final class Session implements AutoCloseable {
    private final Connection connection;
    private final String schema;
    private final List<Projection> projections = new ArrayList<>();

    /** By table: its row as a text, arrays as sets, in whatever order they were written. */
    private final Map<String, String> lines = new HashMap<>();

    private Session() throws SQLException {
      connection = dataSource.getConnection();
      try (Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        try (ResultSet rows = statement.executeQuery("select quote_ident(current_schema())")) {
          rows.next();
          schema = rows.getString(1);
        }
        for (CheckedView view : views) {
          projections.add(view.projection());
          for (String table : tables(view)) {
            lines.put(table, line(statement, table));
            hide(statement, table, "");
          }
          for (String table : view.besides()) {
            hide(statement, table, " including indexes");
          }
        }
      } catch (SQLException | RuntimeException e) {
        close();
        throw e;
      }
    }

    private String line(Statement statement, String table) throws SQLException {
      List<String> columns = new ArrayList<>();
      String sql =
          """
          select quote_ident(attname), attndims > 0 from pg_attribute
          where attrelid = '%s.%s'::regclass and attnum > 0 and not attisdropped
          order by attnum
          """
              .formatted(schema, table);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          String column = "t." + rows.getString(1);
          columns.add(
              rows.getBoolean(2)
                  ? "case when %1$s is not null then array(select unnest(%1$s) order by 1) end"
                      .formatted(column)
                  : column);
        }
      }
      return "row(" + String.join(", ", columns) + ")::text";
    }

    private void hide(Statement statement, String table, String with) throws SQLException {
      statement.execute(
          "create temporary table %1$s (like %2$s.%1$s%3$s) on commit drop"
              .formatted(table, schema, with));
    }

    /**
     * Compares the rows of a stretch of the journal.
     *
     * @param events all events with a position in it
     */
    public Optional<Difference> compare(int journal, long from, long to, List<Entry> events)
        throws SQLException {
      Optional<Difference> column = EntryColumns.firstWrong(events);
      if (column.isPresent()) {
        return column;
      }
      try (Statement statement = connection.createStatement()) {
        for (CheckedView view : views) {
          for (String table : view.byPosition()) {
            statement.execute("truncate pg_temp." + table);
          }
        }
      }
      for (Projection projection : projections) {
        projection.apply(connection, events);
      }
      return first(CheckedView::byPosition, journal, from, to);
    }

    private Optional<Difference> first(
        Function<CheckedView, List<String>> tables, int journal, long from, long to)
        throws SQLException {
      List<Difference> found = new ArrayList<>();
      for (CheckedView view : views) {
        for (String table : tables.apply(view)) {
          difference(view, table, journal, from, to).ifPresent(found::add);
        }
      }
      return found.stream().min(Comparator.comparingLong(Difference::position));
    }

    private Optional<Difference> difference(
        CheckedView view, String table, int journal, long from, long to) throws SQLException {
      String sql =
          """
          with
            made as (select t.position, %3$s as line from pg_temp.%1$s t),
            kept as (select t.position, %3$s as line from %2$s.%1$s t
                     where journal = ? and position >= ? and position < ?),
            lost as (select * from made except all select * from kept),
            extra as (select * from kept except all select * from made),
            first as (select min(position) as position
                      from (select position from lost union all select position from extra) d)
          select first.position,
            (select min(line) from lost where lost.position = first.position),
            (select min(line) from extra where extra.position = first.position)
          from first where first.position is not null
          """
              .formatted(table, schema, lines.get(table));
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, journal);
        statement.setLong(2, from);
        statement.setLong(3, to);
        try (ResultSet rows = statement.executeQuery()) {
          if (!rows.next()) {
            return Optional.empty();
          }
          String lost = rows.getString(2);
          String extra = rows.getString(3);
          return Optional.of(
              new Difference(
                  rows.getLong(1),
                  view.name(),
                  table,
                  lost == null ? "none" : lost,
                  extra == null ? "none" : extra));
        }
      }
    }

    /**
     * After the last stretch: what is compared as a whole, rows of events that the journal does not
     * have, and what was made of the rows.
     */
    public Optional<Difference> end(int journal, long size) throws SQLException {
      Optional<Difference> inside = first(CheckedView::asAWhole, journal, 0, size);
      if (inside.isPresent()) {
        return inside;
      }
      for (CheckedView view : views) {
        for (String table : tables(view)) {
          Optional<Difference> beyond = beyond(view, table, journal, size);
          if (beyond.isPresent()) {
            return beyond;
          }
        }
      }
      return derived();
    }

    private Optional<Difference> derived() throws SQLException {
      try (Snapshot snapshot = Snapshot.open(dataSource)) {
        for (CheckedView view : views) {
          Optional<Difference> found = view.derived(snapshot.connection());
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }

    private Optional<Difference> beyond(CheckedView view, String table, int journal, long size)
        throws SQLException {
      String sql =
          "select position, t::text from %s.%s t where journal = ? and position >= ? order by position limit 1"
              .formatted(schema, table);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, journal);
        statement.setLong(2, size);
        try (ResultSet rows = statement.executeQuery()) {
          return rows.next()
              ? Optional.of(
                  new Difference(rows.getLong(1), view.name(), table, "none", rows.getString(2)))
              : Optional.empty();
        }
      }
    }

    @Override
    public void close() throws SQLException {
      try (connection) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
    }
  }

  private static List<String> tables(CheckedView view) {
    return Stream.concat(view.byPosition().stream(), view.asAWhole().stream()).toList();
  }
}
