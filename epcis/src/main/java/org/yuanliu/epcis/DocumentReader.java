package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Exemptions;
import tools.jackson.databind.JsonNode;

/**
 * Reads EPCIS documents and events, in JSON-LD (EPCIS 2.0 §10, EPCIS-JSON-Schema.json) and in XML
 * of 2.0 and 1.x (§9, EPCglobal-epcis-2_0.xsd), all or nothing: one fault refuses the whole
 * document, and all faults are told. Never throws for what the bytes hold; safe for use by many
 * threads.
 *
 * <p>As strict as GS1's JSON schema, with these decisions where the schema leaves room:
 *
 * <ul>
 *   <li>events of types beyond the five are refused;
 *   <li>identifiers are EPC URNs and GS1 Digital Links with a right structure and check digit, or
 *       any other URI;
 *   <li>every type of event takes a persistent disposition, as the XSD and GS1's XML samples have
 *       it; the JSON schema forgot three of them;
 *   <li>an {@code ADD} or {@code DELETE} aggregation names its parent (EPCIS 2.0 §7.4.3);
 *   <li>contexts are not fetched; see {@link LdContext}.
 * </ul>
 */
public final class DocumentReader {
  /** What may come to a repository. */
  private static final Set<DocumentKind> TO_CAPTURE =
      Set.of(DocumentKind.CAPTURE, DocumentKind.MASTER_DATA);

  private static final Set<DocumentKind> ANY = Set.of(DocumentKind.values());

  private final Limits limits;
  private final Exemptions exemptions;
  private final WstxInputFactory xml;

  /** A reader that lets no code through whose check fails. */
  public DocumentReader(Limits limits) {
    this(limits, Exemptions.none());
  }

  /**
   * A reader that keeps to limits, safe for many threads.
   *
   * @param exemptions lets codes through whose check fails though they were really issued; asked
   *     from every thread that reads, and only where a check fails
   */
  public DocumentReader(Limits limits, Exemptions exemptions) {
    this.limits = requireNonNull(limits, "limits is null");
    this.exemptions = requireNonNull(exemptions, "exemptions is null");
    this.xml = XmlCursor.factory(limits);
  }

  /**
   * Reads a document that is to be captured: an EPCISDocument, or in XML an
   * EPCISMasterDataDocument. A query document is refused.
   *
   * @param document JSON in UTF-8; XML of EPCIS 2.0 or 1.x in the encoding that it declares
   */
  public ReadResult readDocument(byte[] document, DocumentFormat format) {
    return read(document, format, TO_CAPTURE).result();
  }

  /** Reads a document of any kind, query results too. */
  public ReadResult readAny(byte[] document, DocumentFormat format) {
    return read(document, format, ANY).result();
  }

  /**
   * Reads what can be read of a document of any kind, whatever is wrong beside it: for tools that
   * look at documents as they are. What is to be kept or acted upon is read by the other methods.
   */
  public Reading readTolerantly(byte[] document, DocumentFormat format) {
    return read(document, format, ANY);
  }

  /**
   * Reads a document of any kind and hands over each event as soon as it is checked, in memory that
   * does not grow with the document: for documents of any size, and for work on events that is best
   * done while they are fresh.
   *
   * <p>Nothing is taken back. Events are handed over before the rest is known to be right, and ones
   * with a fault in them too: whether all was right is told at the end, by {@link
   * Summary#violations()}. So what is to be kept waits for the summary.
   *
   * @param sink takes the events in document order, on the caller's thread
   * @throws IOException where the source cannot be read
   */
  public Summary readEach(DocumentSource document, DocumentFormat format, Consumer<EpcisEvent> sink)
      throws IOException {
    return readEach(document, format, ANY, sink);
  }

  private Summary readEach(
      DocumentSource document,
      DocumentFormat format,
      Set<DocumentKind> kinds,
      Consumer<EpcisEvent> sink)
      throws IOException {
    requireNonNull(document, "document is null");
    requireNonNull(sink, "sink is null");
    return switch (format) {
      case JSON -> new JsonDocumentReader(limits, exemptions, kinds, sink).read(document);
      case XML -> new XmlDocumentReader(xml, limits, exemptions, document, sink).document(kinds);
    };
  }

  private Reading read(byte[] document, DocumentFormat format, Set<DocumentKind> kinds) {
    requireNonNull(document, "document is null");
    List<EpcisEvent> events = new ArrayList<>();
    try {
      Summary summary = readEach(DocumentSource.of(document), format, kinds, events::add);
      return new Reading(
          summary.header(),
          summary.isCut() ? List.of() : events,
          summary.unreadable(),
          summary.violations());
    } catch (IOException e) {
      throw new IllegalStateException("reading bytes failed", e);
    }
  }

  /**
   * What came of handing over the events of a document.
   *
   * @param header null where the document is none, or lacks what makes a header
   * @param events how many are events of the document
   * @param unreadable how many of its items have not what makes an event: type, time, offset
   * @param isCut whether reading ended before the document did, or went past a limit: what was
   *     handed over until then says nothing
   * @param violations none where all is right
   */
  public record Summary(
      @Nullable DocumentHeader header,
      int events,
      int unreadable,
      boolean isCut,
      List<Violation> violations) {
    public Summary {
      violations = List.copyOf(violations);
    }

    static Summary none(List<Violation> violations) {
      return new Summary(null, 0, 0, true, violations);
    }
  }

  /**
   * What was read, and what is wrong with it.
   *
   * @param events those that have what makes an event: type, time, offset
   * @param unreadable how many have not
   * @param violations none where all is right
   */
  public record Reading(
      @Nullable DocumentHeader header,
      List<EpcisEvent> events,
      int unreadable,
      List<Violation> violations) {
    public Reading {
      events = List.copyOf(events);
      violations = List.copyOf(violations);
    }

    ReadResult result() {
      return violations.isEmpty()
          ? new ReadResult.Accepted(header, events)
          : new ReadResult.Refused(violations);
    }
  }

  /**
   * Reads one event: a JSON object, or an XML element such as {@code epcis:ObjectEvent} or {@code
   * ObjectEvent}.
   */
  public ReadResult readEvent(byte[] event, DocumentFormat format) {
    requireNonNull(event, "event is null");
    return switch (format) {
      case JSON -> readEvent(event);
      case XML -> readXmlEvent(event);
    };
  }

  /** Reads an EPCISDocument in JSON, UTF-8. */
  public ReadResult readDocument(byte[] json) {
    return readDocument(json, DocumentFormat.JSON);
  }

  /**
   * Reads one event, UTF-8. Its context is its own {@code @context}, or GS1's where it has none
   * (the REST binding lets a header take its place).
   */
  public ReadResult readEvent(byte[] json) {
    requireNonNull(json, "json is null");
    Violations violations = new Violations(limits.maxViolations(), exemptions);
    JsonNode root = JsonTrees.read(json, limits, violations);
    if (root == null) {
      return new ReadResult.Refused(violations.list());
    }
    EpcisEvent event = EventDecoder.decode(root, LdContext.DEFAULT, Where.ROOT, limits, violations);
    if (!violations.isEmpty()) {
      return new ReadResult.Refused(violations.list());
    }
    return new ReadResult.Accepted(null, List.of(requireNonNull(event, "event is null")));
  }

  private ReadResult readXmlEvent(byte[] event) {
    List<EpcisEvent> events = new ArrayList<>(1);
    try {
      XmlDocumentReader reader =
          new XmlDocumentReader(xml, limits, exemptions, DocumentSource.of(event), events::add);
      List<Violation> violations = reader.event().violations();
      return violations.isEmpty()
          ? new ReadResult.Accepted(null, events)
          : new ReadResult.Refused(violations);
    } catch (IOException e) {
      throw new IllegalStateException("reading bytes failed", e);
    }
  }
}
