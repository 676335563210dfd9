package org.yuanliu.epcis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading a document: all of it, or nothing and the reasons. */
public sealed interface ReadResult {

  /**
   * Everything passed.
   *
   * @param header the document's own fields; null where a bare event was read
   * @param events in document order
   */
  record Accepted(@Nullable DocumentHeader header, List<EpcisEvent> events) implements ReadResult {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * Something did not pass, so nothing is taken.
   *
   * @param violations at least one, in document order, at most {@link Limits#maxViolations()}
   */
  record Refused(List<Violation> violations) implements ReadResult {
    public Refused {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("refused without a violation");
      }
    }
  }
}
