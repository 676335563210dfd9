package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.binding.MediaTypes;
import org.yuanliu.platform.binding.Negotiated;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.journal.Entry;

/** Pages of events as HTTP answers: media type, forms of identifiers, link to the next page. */
@Component
final class EventAnswers {
  static final String EXTENSIONS = "GS1-Extensions";

  private final EventPages pages;
  private final PageRequests requests;
  private final QueryDocument document;

  EventAnswers(EventPages pages, PageRequests requests, QueryDocument document) {
    this.pages = requireNonNull(pages, "pages is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.document = requireNonNull(document, "document is null");
  }

  /** The page that the request asks for. */
  ResponseEntity<byte[]> page(EventQuery query, Caller caller, HttpServletRequest request) {
    return page(QueryDocument.SIMPLE_EVENT_QUERY, query, caller, request);
  }

  ResponseEntity<byte[]> page(
      String queryName, EventQuery query, Caller caller, HttpServletRequest request) {
    String token = request.getParameter(PageRequests.NEXT_PAGE_TOKEN);
    EventPages.Page page = pages.page(query, token, caller.viewer());
    HttpHeaders headers = new HttpHeaders();
    if (page.next() != null) {
      requests.linkNext(query.digest(), page.next(), headers);
    }
    return answer(queryName, page.entries(), headers, request);
  }

  /** Events that need no second page. */
  ResponseEntity<byte[]> document(List<Entry> entries, HttpServletRequest request) {
    return answer(QueryDocument.SIMPLE_EVENT_QUERY, entries, new HttpHeaders(), request);
  }

  private ResponseEntity<byte[]> answer(
      String queryName, List<Entry> entries, HttpHeaders headers, HttpServletRequest request) {
    Negotiated wanted = Negotiated.of(request);
    boolean xml = wanted.syntax() != Syntax.JSON_LD;
    headers.setContentType(
        xml ? MediaType.APPLICATION_XML : contentType(request.getHeader(HttpHeaders.ACCEPT)));
    QueryDocument.Style style =
        new QueryDocument.Style(wanted.syntax(), wanted.cbv(), wanted.epcs());
    return ResponseEntity.ok()
        .headers(headers)
        .body(document.write(queryName, null, entries, style));
  }

  private static MediaType contentType(@Nullable String accept) {
    return accept != null
            && MediaType.parseMediaTypes(accept).stream()
                .noneMatch(type -> type.includes(MediaType.APPLICATION_JSON))
        ? MediaTypes.LD_JSON
        : MediaType.APPLICATION_JSON;
  }
}
