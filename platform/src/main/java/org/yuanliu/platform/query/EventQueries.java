package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.EpcFormat;
import org.yuanliu.platform.journal.Entry;
import tools.jackson.databind.JsonNode;

/** Queries for other capabilities: what is new since a position, or the whole answer at once. */
@Component
public final class EventQueries {
  private final QueryReader reader;
  private final EventSearch search;
  private final EventPages pages;
  private final QueryDocument document;

  EventQueries(QueryReader reader, EventSearch search, EventPages pages, QueryDocument document) {
    this.reader = requireNonNull(reader, "reader is null");
    this.search = requireNonNull(search, "search is null");
    this.pages = requireNonNull(pages, "pages is null");
    this.document = requireNonNull(document, "document is null");
  }

  /**
   * @param next the position to go on from; equal to {@code below} where all were looked at
   */
  public record Batch(List<Entry> entries, long next) {
    public Batch {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Parameters of SimpleEventQuery in their JSON form (query-schema.json).
   *
   * @throws org.yuanliu.platform.problem.ProblemException 400 where they are none
   */
  public EventQuery read(JsonNode definition) {
    return reader.ofJson(definition, QueryReader.prefixes(null));
  }

  /**
   * The events among a stretch of the journal that meet a query and that the viewer may see, in
   * order of record. The query's own order and numbers do not count.
   *
   * @param from the first position looked at
   * @param below positions from here on are not looked at; no more than the size of a tree head
   * @param limit events at most
   * @param bytes the batch ends early when its events reach this size, but holds one at least
   */
  public Batch next(EventQuery query, Viewer viewer, long from, long below, int limit, long bytes) {
    return search.inOrderOfRecord(query, viewer, from, below, limit, bytes);
  }

  /**
   * Every event that meets a query, in its order and within its own numbers.
   *
   * @param most events at most
   * @param bytes of all events as they are stored, at most
   * @throws org.yuanliu.platform.problem.ProblemException 413 QueryTooLargeException where there
   *     are more, QueryTooComplexException past the limits of a query
   */
  public List<Entry> all(EventQuery query, Viewer viewer, int most, long bytes) {
    return pages.all(query, viewer, most, bytes);
  }

  /**
   * Events as the {@code QueryResults} of XML alone, as a SOAP message holds them.
   *
   * @param version1 whether of EPCIS 1.2, else of 2.0
   */
  public void results(
      String queryName,
      List<Entry> entries,
      boolean version1,
      CbvForm cbv,
      EpcFormat format,
      OutputStream out) {
    document.results(queryName, entries, version1, cbv, format, out);
  }

  /**
   * Events as an EPCISQueryDocument, UTF-8.
   *
   * @param subscriptionId null where nobody subscribed to the query
   * @param cbv the form of vocabulary in XML; no matter for JSON
   */
  public byte[] document(
      String queryName,
      @Nullable String subscriptionId,
      List<Entry> entries,
      Syntax syntax,
      CbvForm cbv,
      EpcFormat format) {
    return document.write(
        queryName, subscriptionId, entries, new QueryDocument.Style(syntax, cbv, format));
  }
}
