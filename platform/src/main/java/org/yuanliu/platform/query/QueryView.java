package org.yuanliu.platform.query;

import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.CheckedView;
import org.yuanliu.platform.journal.Projection;

/** The index behind queries, as a check of the log compares it. */
@Component
public final class QueryView implements CheckedView {
  @Override
  public String name() {
    return "query";
  }

  @Override
  public Projection projection() {
    return new EventIndex();
  }

  @Override
  public List<String> byPosition() {
    return List.of("query_event");
  }

  @Override
  public List<String> asAWhole() {
    return List.of("query_term");
  }

  @Override
  public List<String> besides() {
    return List.of("query_word", "query_seen");
  }
}
