package org.yuanliu.platform.opendata;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Projection;

/** Empties the view of {@link Figures} before a rebuild; it is filled when it is followed. */
@Component
final class FigureTables implements Projection {
  static final String EMPTY = "truncate figure_state, figure_part, figure_period, figure_void";

  @Override
  public String name() {
    return "figures";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) {}

  @Override
  public void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(EMPTY);
    }
  }
}
