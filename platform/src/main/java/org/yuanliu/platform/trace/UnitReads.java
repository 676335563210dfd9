package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.EntryFacts;
import org.yuanliu.platform.registry.Registry;

/** Opens the unit view at one moment, reads, and closes it. */
@Component
final class UnitReads {
  private final DataSource database;
  private final Registry registry;

  UnitReads(DataSource database, Registry registry) {
    this.database = requireNonNull(database, "database is null");
    this.registry = requireNonNull(registry, "registry is null");
  }

  /** What is done with the view while it is open. */
  interface Reader<T> {
    T read(Connection connection, UnitStore store) throws SQLException;
  }

  /**
   * @param visible what may be seen
   * @param horizon entries from this position on are not looked at
   * @throws DataAccessException the database is lost
   */
  <T> T read(Predicate<EntryFacts> visible, long horizon, Reader<T> reader) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      UnitStore store = new UnitStore(connection, visible, horizon, registry::partyKeys);
      T result = reader.read(connection, store);
      // On failure the pool rolls back when it takes the connection; here that would hide the
      // cause.
      connection.rollback();
      return result;
    } catch (SQLException e) {
      DataAccessException translated =
          // By class first: the pool's own exception has no state when it ran out of time.
          new SQLExceptionSubclassTranslator().translate("unit view", null, e);
      throw translated == null ? new UnitReadException(e) : translated;
    }
  }

  private static final class UnitReadException extends DataAccessException {
    private static final long serialVersionUID = 1;

    UnitReadException(SQLException cause) {
      super("reading the unit view failed", cause);
    }
  }
}
