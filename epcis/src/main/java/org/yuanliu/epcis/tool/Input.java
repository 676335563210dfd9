package org.yuanliu.epcis.tool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.DocumentReader.Summary;
import org.yuanliu.epcis.DocumentSource;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.epcis.Violation;

/** A file of a document or of one event, or the standard input, of which a copy is kept on disk. */
final class Input implements AutoCloseable {
  /** Names the standard input. */
  static final String STANDARD_INPUT = "-";

  /**
   * A file's owner waits for nobody else, and events are read one by one: so it may be larger than
   * what a server takes, as far as positions go.
   */
  static final Limits LIMITS =
      new Limits(
          Integer.MAX_VALUE,
          100_000_000,
          Limits.DEFAULT_MAX_DEPTH,
          16 << 20,
          1_000_000,
          Limits.DEFAULT_MAX_NUMBER_EXPONENT,
          1_000);

  static final DocumentReader READER = new DocumentReader(LIMITS);

  /** Enough to see how the text begins. */
  private static final int HEAD_BYTES = 1_024;

  private final Path file;
  private final boolean copy;

  private Input(Path file, boolean copy) {
    this.file = file;
    this.copy = copy;
  }

  static Input of(Path file) {
    if (!file.toString().equals(STANDARD_INPUT)) {
      return new Input(file, false);
    }
    try {
      Path kept = Files.createTempFile("yuanliu-epcis", ".in");
      Files.copy(System.in, kept, StandardCopyOption.REPLACE_EXISTING);
      return new Input(kept, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DocumentSource source() {
    return DocumentSource.of(file);
  }

  DocumentFormat format() {
    try (InputStream in = Files.newInputStream(file)) {
      return DocumentFormat.ofContent(in.readNBytes(HEAD_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the bytes of these letters stand anywhere in the file, in UTF-8 or UTF-16. */
  boolean holds(String letters) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      int found = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == letters.charAt(found)) {
          found++;
        } else if (b != 0) {
          found = b == letters.charAt(0) ? 1 : 0;
        }
        if (found == letters.length()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over the events one by one, in memory that does not grow with the file. */
  Summary each(Consumer<EpcisEvent> sink) {
    try {
      DocumentFormat format = format();
      Summary summary = READER.readEach(source(), format, sink);
      return summary.header() == null && isNoDocument(summary.violations())
          ? event(format, sink, summary)
          : summary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Summary event(DocumentFormat format, Consumer<EpcisEvent> sink, Summary noDocument)
      throws IOException {
    return switch (READER.readEvent(Files.readAllBytes(file), format)) {
      case ReadResult.Accepted(var header, List<EpcisEvent> events) -> {
        events.forEach(sink);
        yield new Summary(header, events.size(), 0, false, List.of());
      }
      case ReadResult.Refused(List<Violation> violations) ->
          isNoEvent(violations) ? noDocument : new Summary(null, 0, 1, false, violations);
    };
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

  @Override
  public void close() {
    if (copy) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
