package org.yuanliu.platform.query;

import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.CheckedView;
import org.yuanliu.platform.journal.Projection;

/**
 * The index behind queries, as a check of the log compares it: the rows of events with all their
 * values. Slices are made from these rows and are not compared; a rebuild makes them anew.
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
}
