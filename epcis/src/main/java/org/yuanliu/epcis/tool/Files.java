package org.yuanliu.epcis.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.DocumentReader.Reading;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.epcis.Violation;

/** Documents in files. */
final class Files {
  /**
   * A file's owner waits for nobody else: so it may be larger than what a server takes, as far as
   * one array goes.
   */
  private static final Limits LIMITS =
      new Limits(
          1 << 30,
          10_000_000,
          Limits.DEFAULT_MAX_DEPTH,
          16 << 20,
          1_000_000,
          Limits.DEFAULT_MAX_NUMBER_EXPONENT,
          1_000);

  static final DocumentReader READER = new DocumentReader(LIMITS);

  private Files() {}

  static byte[] bytes(Path file) {
    try {
      return java.nio.file.Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file holds: a document of any kind, or one event alone. */
  static Reading read(Path file) {
    byte[] bytes = bytes(file);
    DocumentFormat format = DocumentFormat.ofContent(bytes);
    Reading reading = READER.readTolerantly(bytes, format);
    if (reading.header() == null && isNoDocument(reading.violations())) {
      return switch (READER.readEvent(bytes, format)) {
        case ReadResult.Accepted(var header, List<EpcisEvent> events) ->
            new Reading(null, events, 0, List.of());
        case ReadResult.Refused(List<Violation> violations) ->
            isNoEvent(violations) ? reading : new Reading(null, List.of(), 1, violations);
      };
    }
    return reading;
  }

  private static boolean isNoDocument(List<Violation> violations) {
    return violations.stream().anyMatch(violation -> violation.code().equals("not_a_document"));
  }

  private static boolean isNoEvent(List<Violation> violations) {
    return violations.stream()
        .anyMatch(
            violation ->
                violation.code().equals("unknown_event_type")
                    || (violation.code().equals("missing_field")
                        && violation.pointer().isEmpty()
                        && violation.en().contains(" type ")));
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
