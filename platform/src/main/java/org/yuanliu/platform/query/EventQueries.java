package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.EpcFormat;
import org.yuanliu.platform.journal.Entry;

/** Queries for other capabilities, in order of record: what is new since a position. */
@Component
public final class EventQueries {
  private final EventSearch search;
  private final QueryDocument document;

  EventQueries(EventSearch search, QueryDocument document) {
    this.search = requireNonNull(search, "search is null");
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
   * The events among a stretch of the journal that meet a query and that the viewer may see, in
   * order of record. The query's own order and numbers do not count.
   *
   * @param from the first position looked at
   * @param below positions from here on are not looked at; no more than the size of a tree head
   * @param limit events at most
   */
  public Batch next(EventQuery query, Viewer viewer, long from, long below, int limit) {
    return search.inOrderOfRecord(query, viewer, from, below, limit);
  }

  /**
   * Events as an EPCISQueryDocument in JSON, UTF-8.
   *
   * @param subscriptionId null where nobody subscribed to the query
   */
  public byte[] document(
      String queryName, @Nullable String subscriptionId, List<Entry> entries, EpcFormat format) {
    return document.write(queryName, subscriptionId, entries, QueryDocument.Style.json(format));
  }
}
