package org.yuanliu.platform.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.CheckedView;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.journal.ViewCheck;

/**
 * The index behind queries, as a check of the log compares it: the rows of events with all their
 * values, and the slices with what these rows make them ({@link SliceCheck}).
 */
@Component
public final class QueryView implements CheckedView {
  @Override
  public String name() {
    return "query";
  }

  @Override
  public Projection projection() {
    return EventIndex.ofRows();
  }

  @Override
  public List<String> byPosition() {
    return List.of("query_event");
  }

  @Override
  public List<String> asAWhole() {
    return List.of();
  }

  @Override
  public List<String> besides() {
    return List.of("query_word", "query_seen");
  }

  @Override
  public Optional<ViewCheck.Difference> derived(Connection connection) throws SQLException {
    return new SliceCheck(connection, name()).first();
  }
}
