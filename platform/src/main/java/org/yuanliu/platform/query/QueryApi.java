package org.yuanliu.platform.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.BindingSettings;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.MediaTypes;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.Permissions;

/** Events out (EPCIS 2.0 §12.5), as far as the caller may see them. */
@RestController
@Tag(name = "Events", description = "查询 · Events out")
final class QueryApi {
  private static final String EVENTS_SUFFIX = "/events";

  private final QueryParameters parameters;
  private final EventPages pages;
  private final PageRequests requests;
  private final QueryDocument document;
  private final BindingSettings settings;

  QueryApi(
      QueryParameters parameters,
      EventPages pages,
      PageRequests requests,
      QueryDocument document,
      BindingSettings settings) {
    this.parameters = parameters;
    this.pages = pages;
    this.requests = requests;
    this.document = document;
    this.settings = settings;
  }

  @GetMapping(EpcisPaths.EVENTS)
  @Operation(
      summary = "查询事件 · Query events",
      description =
          "Parameters: MATCH_anyEPC, EQ_eventID, GE_eventTime, LT_eventTime, EQ_bizStep,"
              + " EQ_bizLocation, eventType, orderBy=recordTime, orderDirection, perPage,"
              + " nextPageToken; several values with |. 未知参数一律拒绝。")
  ResponseEntity<byte[]> events(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    return answer(parameters.read(request, null), caller, request);
  }

  @GetMapping(EpcisPaths.EVENTS + "/{*id}")
  @Operation(summary = "按标识取事件 · An event by its id (URL-encoded), with its error declarations")
  ResponseEntity<byte[]> event(
      Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    String id = identifier(request, EpcisPaths.EVENTS + "/", "");
    PageRequests.single(request)
        .keySet()
        .forEach(
            name -> {
              throw PageRequests.unknown(name);
            });
    EventPages.Page page =
        pages.page(EventQuestion.ofId(id, settings.maxPageEvents()), caller.viewer());
    if (page.entries().isEmpty()) {
      throw EpcisProblems.notFound();
    }
    return json(document.write(page.entries()), new HttpHeaders(), request);
  }

  @GetMapping(EpcisPaths.EPCS + "/{*epc}")
  @Operation(summary = "按追溯单元取事件 · Events that name a unit: /epcis/epcs/{epc, URL-encoded}/events")
  ResponseEntity<byte[]> epc(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    String epc = identifier(request, EpcisPaths.EPCS + "/", EVENTS_SUFFIX);
    EventQuestion question = parameters.read(request, epc);
    if (!pages.any(question.ofUnitsAlone(), caller.viewer())) {
      throw EpcisProblems.notFound();
    }
    return answer(question, caller, request);
  }

  private ResponseEntity<byte[]> answer(
      EventQuestion question, Caller caller, HttpServletRequest request) {
    EventPages.Page page = pages.page(question, caller.viewer());
    HttpHeaders headers = new HttpHeaders();
    if (page.next() != null) {
      requests.linkNext(question.digest(), page.next(), headers);
    }
    return json(document.write(page.entries()), headers, request);
  }

  /**
   * What stands in the path between its beginning and its end, decoded once. Taken from the raw
   * path: the web framework would split it at slashes and cut it at semicolons.
   */
  private static String identifier(HttpServletRequest request, String before, String after) {
    String path = request.getRequestURI();
    if (path.length() <= before.length() + after.length() || !path.endsWith(after)) {
      throw EpcisProblems.notFound();
    }
    String raw = path.substring(before.length(), path.length() - after.length());
    try {
      return UriUtils.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw EpcisProblems.notFound();
    }
  }

  private static ResponseEntity<byte[]> json(
      byte[] body, HttpHeaders headers, HttpServletRequest request) {
    headers.setContentType(contentType(request.getHeader(HttpHeaders.ACCEPT)));
    return ResponseEntity.ok().headers(headers).body(body);
  }

  private static MediaType contentType(@Nullable String accept) {
    return accept != null
            && MediaType.parseMediaTypes(accept).stream()
                .noneMatch(type -> type.includes(MediaType.APPLICATION_JSON))
        ? MediaTypes.LD_JSON
        : MediaType.APPLICATION_JSON;
  }
}
