package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;

/**
 * Writes one document, event by event, in memory that does not grow with it. The document is whole
 * after {@link #close}; the stream stays open.
 *
 * <pre>{@code
 * try (DocumentWriter writer = DocumentWriter.open(out, Syntax.XML_2_0, CbvForm.WEB_URI, header)) {
 *   events.forEach(writer::write);
 * }
 * }</pre>
 *
 * <p>Meaning and event hash stay the same in every syntax. A character that XML cannot carry (most
 * control characters) becomes U+FFFD there.
 */
public interface DocumentWriter extends AutoCloseable {

  /** Writes one more event. */
  void write(EpcisEvent event);

  /** Ends the document and flushes the stream. */
  @Override
  void close();

  /**
   * Begins a document.
   *
   * @param out takes UTF-8; the first bytes are written at once
   * @param cbv the form of vocabulary in XML; no matter for JSON
   * @param header as it was read, or {@link DocumentHeader#capture} or {@link DocumentHeader#query}
   * @throws java.io.UncheckedIOException from this and from all methods, when the stream fails
   */
  static DocumentWriter open(OutputStream out, Syntax syntax, CbvForm cbv, DocumentHeader header) {
    requireNonNull(out, "out is null");
    requireNonNull(cbv, "cbv is null");
    requireNonNull(header, "header is null");
    return switch (syntax) {
      case JSON_LD -> new JsonDocumentWriter(out, header);
      case XML_2_0 -> new XmlDocumentWriter(out, header, new XmlForm(false, cbv), true);
      case XML_1_2 -> new XmlDocumentWriter(out, header, new XmlForm(true, cbv), true);
    };
  }

  /**
   * Begins the {@code QueryResults} of a query document alone, without the document around them and
   * without an XML declaration: as the body of a SOAP message holds them. All namespaces are
   * declared within.
   *
   * @param version1 whether by EPCIS 1.2, else by 2.0
   * @param header {@link DocumentHeader#query}; where its {@code resultsBody} has a {@code
   *     vocabularyList}, that is written and no event can be
   */
  static DocumentWriter openResults(
      OutputStream out, boolean version1, CbvForm cbv, DocumentHeader header) {
    requireNonNull(out, "out is null");
    requireNonNull(cbv, "cbv is null");
    if (header.kind() != DocumentKind.QUERY) {
      throw new IllegalArgumentException("only a query has results");
    }
    return new XmlDocumentWriter(out, header, new XmlForm(version1, cbv), false);
  }
}
