package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.BindingSettings;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.Permissions;

/** Events out (EPCIS 2.0 §12.5), as far as the caller may see them. */
@RestController
@Tag(name = "Events", description = "查询 · Events out")
final class QueryApi {
  private final QueryReader reader;
  private final EventPages pages;
  private final EventAnswers answers;
  private final BindingSettings settings;

  QueryApi(QueryReader reader, EventPages pages, EventAnswers answers, BindingSettings settings) {
    this.reader = requireNonNull(reader, "reader is null");
    this.pages = requireNonNull(pages, "pages is null");
    this.answers = requireNonNull(answers, "answers is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @GetMapping(EpcisPaths.EVENTS)
  @Operation(
      summary = "查询事件 · Query events",
      description =
          "Every parameter of SimpleEventQuery, see docs/epcis.md; several values with |."
              + " 未知参数一律拒绝。")
  ResponseEntity<byte[]> events(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    return answers.page(query(request), caller, request);
  }

  @GetMapping(EpcisPaths.EVENTS + "/{*id}")
  @Operation(summary = "按标识取事件 · An event by its id (URL-encoded), with its error declarations")
  ResponseEntity<byte[]> event(
      Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    String id = EpcisPaths.identifier(request, EpcisPaths.EVENTS + "/", "");
    PageRequests.single(request)
        .keySet()
        .forEach(
            name -> {
              throw PageRequests.unknown(name);
            });
    EventQuery query =
        new EventQuery(
            List.of(new Criterion.EventIds(Set.of(id))),
            EventOrder.ANY,
            null,
            null,
            settings.maxPageEvents(),
            "eventID " + id);
    EventPages.Page page = pages.page(query, null, caller.viewer());
    if (page.entries().isEmpty()) {
      throw EpcisProblems.notFound();
    }
    return answers.document(page.entries(), request);
  }

  private EventQuery query(HttpServletRequest request) {
    Map<String, String> parameters = PageRequests.single(request);
    return reader.ofQueryString(parameters, request.getHeader(EventAnswers.EXTENSIONS));
  }
}
