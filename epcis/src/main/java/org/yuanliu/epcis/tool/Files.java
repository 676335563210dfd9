package org.yuanliu.epcis.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.DocumentReader.Reading;
import org.yuanliu.epcis.DocumentReader.Summary;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Violation;

/** Documents in files, as a whole, and what is wrong with them in words. */
final class Files {
  static final DocumentReader READER = Input.READER;

  private Files() {}

  /** What a file holds, all in memory: a document of any kind, or one event alone. */
  static Reading read(Path file) {
    List<EpcisEvent> events = new ArrayList<>();
    try (Input input = Input.of(file)) {
      Summary summary = input.each(events::add);
      return new Reading(
          summary.header(),
          summary.isCut() ? List.of() : events,
          summary.unreadable(),
          summary.violations());
    }
  }

  /** One line a violation: file, place, code, reason in both languages. */
  static void print(PrintWriter out, Path file, List<Violation> violations) {
    for (Violation violation : violations) {
      out.println(
          file
              + ": "
              + (violation.pointer().isEmpty() ? "/" : violation.pointer())
              + ": "
              + violation.code()
              + ": "
              + violation.en()
              + " · "
              + violation.zh());
    }
  }
}
