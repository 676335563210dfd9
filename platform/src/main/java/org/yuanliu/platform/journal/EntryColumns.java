package org.yuanliu.platform.journal;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.yuanliu.epcis.EpcisEvent;

/** Columns of entries that repeat what stands in the body, for the eyes of SQL. */
final class EntryColumns {
  private EntryColumns() {}

  /** The first event whose columns say something else than its body. */
  static Optional<ViewCheck.Difference> firstWrong(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        Hot expected = stored(Hot.of(event));
        Hot found = stored(entry.draft().hot());
        if (!found.equals(expected)) {
          return Optional.of(
              new ViewCheck.Difference(
                  entry.ref().position(),
                  "journal",
                  "entry",
                  expected.toString(),
                  found.toString()));
        }
      }
    }
    return Optional.empty();
  }

  /** As the database keeps it: what lies below a microsecond is not kept. */
  private static Hot stored(Hot hot) {
    return new Hot(
        hot.eventType(),
        hot.eventTime() == null ? null : hot.eventTime().truncatedTo(ChronoUnit.MICROS),
        hot.bizStep(),
        hot.bizLocation());
  }
}
