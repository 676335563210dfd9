package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Entry;

/**
 * Compares the unit view with what its events make it: the same code writes their rows into
 * temporary tables, and the database tells the difference. Bounded by the events handed over at
 * once.
 */
@Component
public final class UnitIndexCheck {
  /** Found by position, so compared stretch by stretch. */
  private static final List<String> BY_POSITION = List.of("trace_event", "unit_event");

  /** Not found by position: gathered on disk and compared as a whole at the end. */
  private static final List<String> AS_A_WHOLE = List.of("trace_document", "trace_declaration");

  private static final List<String> TABLES =
      Stream.concat(BY_POSITION.stream(), AS_A_WHOLE.stream()).toList();

  private final DataSource dataSource;
  private final UnitIndex index;

  UnitIndexCheck(DataSource dataSource, UnitIndex index) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.index = requireNonNull(index, "index is null");
  }

  /**
   * A row that should not be there, or that is not there.
   *
   * @param position of the event it belongs to
   * @param expected the row as the event makes it, or "none"
   * @param found the row that stands there, or "none"
   */
  public record Difference(long position, String table, String expected, String found) {}

  /** One check; closed at its end. */
  public Session open() throws SQLException {
    return new Session();
  }

  /** Holds a connection with the temporary tables, which hide the real ones of the same names. */
  public final class Session implements AutoCloseable {
    private final Connection connection;
    private final String schema;

    private Session() throws SQLException {
      connection = dataSource.getConnection();
      try (Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        try (ResultSet rows = statement.executeQuery("select quote_ident(current_schema())")) {
          rows.next();
          schema = rows.getString(1);
        }
        for (String table : TABLES) {
          statement.execute(
              "create temporary table %1$s (like %2$s.%1$s) on commit drop"
                  .formatted(table, schema));
        }
      } catch (SQLException | RuntimeException e) {
        close();
        throw e;
      }
    }

    /**
     * Compares the rows of a stretch of the journal.
     *
     * @param events all events with a position in it
     */
    public Optional<Difference> compare(int journal, long from, long to, List<Entry> events)
        throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String table : BY_POSITION) {
          statement.execute("truncate pg_temp." + table);
        }
      }
      index.apply(connection, events);
      return first(BY_POSITION, journal, from, to);
    }

    private Optional<Difference> first(List<String> tables, int journal, long from, long to)
        throws SQLException {
      List<Difference> found = new ArrayList<>();
      for (String table : tables) {
        difference(table, journal, from, to).ifPresent(found::add);
      }
      return found.stream().min(Comparator.comparingLong(Difference::position));
    }

    private Optional<Difference> difference(String table, int journal, long from, long to)
        throws SQLException {
      String sql =
          """
          with
            made as (select t.position, t::text as line from pg_temp.%1$s t),
            kept as (select t.position, t::text as line from %2$s.%1$s t
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
              .formatted(table, schema);
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
                  table,
                  lost == null ? "none" : lost,
                  extra == null ? "none" : extra));
        }
      }
    }

    /**
     * After the last stretch: what is compared as a whole, and rows of events that the journal does
     * not have.
     */
    public Optional<Difference> end(int journal, long size) throws SQLException {
      Optional<Difference> inside = first(AS_A_WHOLE, journal, 0, size);
      if (inside.isPresent()) {
        return inside;
      }
      for (String table : TABLES) {
        String sql =
            "select position, t::text from %s.%s t where journal = ? and position >= ? order by position limit 1"
                .formatted(schema, table);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setInt(1, journal);
          statement.setLong(2, size);
          try (ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
              return Optional.of(new Difference(rows.getLong(1), table, "none", rows.getString(2)));
            }
          }
        }
      }
      return Optional.empty();
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
}
