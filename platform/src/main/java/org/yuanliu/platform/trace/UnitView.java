package org.yuanliu.platform.trace;

import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.CheckedView;
import org.yuanliu.platform.journal.Projection;

/** The unit view, as a check of the log compares it. */
@Component
public final class UnitView implements CheckedView {
  @Override
  public String name() {
    return "unit";
  }

  @Override
  public Projection projection() {
    return new UnitIndex();
  }

  @Override
  public List<String> byPosition() {
    return List.of("trace_event", "unit_event");
  }

  @Override
  public List<String> asAWhole() {
    return List.of("trace_document", "trace_declaration");
  }

  @Override
  public List<String> besides() {
    return List.of();
  }
}
