package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.JsonBodies;
import org.yuanliu.platform.binding.MediaTypes;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.PageToken;
import org.yuanliu.platform.binding.Permissions;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries under a name (EPCIS 2.0 §12.5; openapi.yaml, queries). */
@RestController
@Tag(name = "Queries", description = "命名查询 · Queries under a name")
final class NamedQueryApi {
  private static final String LIST = "queries";

  private final NamedQueries queries;
  private final EventAnswers answers;
  private final PageRequests requests;
  private final JsonMapper mapper;
  private final JsonBodies bodies;

  NamedQueryApi(
      NamedQueries queries,
      EventAnswers answers,
      PageRequests requests,
      JsonMapper mapper,
      JsonBodies bodies) {
    this.queries = requireNonNull(queries, "queries is null");
    this.answers = requireNonNull(answers, "answers is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.mapper = mapper;
    this.bodies = bodies;
  }

  @PostMapping(EpcisPaths.QUERIES)
  @Operation(
      summary = "创建命名查询 · Keep a query under a name",
      description = "name, query (the parameters of SimpleEventQuery). 名称归本主体所有。")
  ResponseEntity<Void> create(Caller caller, HttpServletRequest request) throws IOException {
    Permissions.require(caller, Permission.QUERY);
    MediaTypes.requireJson(request.getContentType());
    // UTF-8 takes at most three bytes a char.
    JsonNode body = bodies.object(request, 3 * NamedQueries.MAX_DEFINITION);
    JsonNode name = body.get("name");
    JsonNode query = body.get("query");
    if (name == null || !name.isString() || query == null) {
      throw new ProblemException(
          EpcisProblems.invalidRequest("应有 name（文本）和 query（对象）。", "name and query are due."));
    }
    NamedQuery created =
        queries.create(
            caller.party(), name.stringValue(), query, request.getHeader(EventAnswers.EXTENSIONS));
    return ResponseEntity.created(URI.create(path(created.name()))).build();
  }

  @GetMapping(EpcisPaths.QUERIES)
  @Operation(summary = "本主体的命名查询 · The caller's named queries")
  ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    Map<String, String> parameters = PageRequests.single(request);
    pagingOnly(parameters);
    int size = requests.size(parameters.get(PageRequests.PER_PAGE));
    String token = parameters.get(PageRequests.NEXT_PAGE_TOKEN);
    String digest = PageToken.digest(LIST);
    String after = token == null ? "" : after(requests.token(token, digest));
    List<NamedQuery> found = queries.list(caller.party(), after, size + 1);
    List<NamedQuery> shown = found.subList(0, Math.min(size, found.size()));
    HttpHeaders headers = new HttpHeaders();
    if (found.size() > size) {
      requests.linkNext(digest, List.of(EpcisPaths.encoded(shown.getLast().name())), headers);
    }
    return json(shown.stream().map(NamedQueryApi::map).toList(), headers);
  }

  private static String after(PageToken token) {
    if (token.place().size() != 1) {
      throw PageRequests.badToken();
    }
    return EpcisPaths.decoded(token.place().getFirst());
  }

  @GetMapping(EpcisPaths.QUERIES + "/{queryName}")
  @Operation(summary = "命名查询的定义 · A named query's definition")
  ResponseEntity<byte[]> get(Caller caller, @PathVariable String queryName) {
    Permissions.require(caller, Permission.QUERY);
    return json(map(find(caller, queryName)), new HttpHeaders());
  }

  @DeleteMapping(EpcisPaths.QUERIES + "/{queryName}")
  @Operation(summary = "删除命名查询及其订阅 · Remove a named query and its subscriptions")
  ResponseEntity<Void> remove(Caller caller, @PathVariable String queryName) {
    Permissions.require(caller, Permission.QUERY);
    if (!queries.remove(caller.party(), queryName)) {
      throw EpcisProblems.notFound();
    }
    return ResponseEntity.noContent().build();
  }

  @GetMapping(EpcisPaths.QUERIES + "/{queryName}/events")
  @Operation(summary = "命名查询的结果 · The events of a named query")
  ResponseEntity<byte[]> events(
      Caller caller, @PathVariable String queryName, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    Map<String, String> parameters = PageRequests.single(request);
    pagingOnly(parameters);
    NamedQuery named = find(caller, queryName);
    EventQuery query = named.query();
    String perPage = parameters.get(PageRequests.PER_PAGE);
    if (perPage != null) {
      query = query.withPage(requests.size(perPage));
    }
    return answers.page(named.name(), query, caller, request);
  }

  private NamedQuery find(Caller caller, String name) {
    return queries.find(caller.party(), name).orElseThrow(EpcisProblems::notFound);
  }

  private static void pagingOnly(Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!Set.of(PageRequests.PER_PAGE, PageRequests.NEXT_PAGE_TOKEN).contains(name)) {
        throw PageRequests.unknown(name);
      }
    }
  }

  private static String path(String name) {
    return EpcisPaths.QUERIES + "/" + EpcisPaths.encoded(name);
  }

  private static Map<String, Object> map(NamedQuery query) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", query.name());
    map.put("query", query.definition());
    return map;
  }

  private ResponseEntity<byte[]> json(Object body, HttpHeaders headers) {
    return ResponseEntity.ok()
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.writeValueAsBytes(body));
  }
}
