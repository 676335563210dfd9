package org.yuanliu.platform.problem;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a problem straight into a response, for filters and entry points that stand before the
 * controllers.
 */
@Component
public final class ProblemWriter {
  static final String TYPE_BASE = "https://yuanliu.org/problems/";

  private final JsonMapper mapper;

  ProblemWriter(JsonMapper mapper) {
    this.mapper = requireNonNull(mapper, "mapper is null");
  }

  /**
   * @param headers further headers of the answer, such as Retry-After
   */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      Map<String, String> headers)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    boolean english = Languages.english(request);
    Problem named = EpcisNames.named(problem, request);
    Map<String, Object> members = body(named, english, RequestId.of(request));
    boolean xml = inXml(request);
    byte[] body = xml ? EpcisXml.problem(members) : mapper.writeValueAsBytes(members);
    response.resetBuffer();
    response.setStatus(problem.status());
    headers.forEach(response::setHeader);
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language(english));
    response.setContentType(
        xml ? MediaType.APPLICATION_PROBLEM_XML_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The EPCIS interface refuses in XML who takes XML only or rather (openapi.yaml). */
  static boolean inXml(HttpServletRequest request) {
    return EpcisNames.applyTo(request) && EpcisXml.isWanted(request);
  }

  static String language(boolean english) {
    return english ? "en" : "zh-CN";
  }

  /** A problem that is part of an answer, as in the status of a capture job. */
  public static Map<String, Object> body(Problem problem, HttpServletRequest request) {
    return body(problem, Languages.english(request), RequestId.of(request));
  }

  /** A code that is a URI already, such as the standard's {@code epcisException:…}, is the type. */
  private static String type(String code) {
    return code.indexOf(':') > 0 ? code : TYPE_BASE + code;
  }

  /** The members of RFC 9457, and {@code errors} for several places at once. */
  static Map<String, Object> body(Problem problem, boolean english, String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type(problem.code()));
    body.put("title", english ? problem.en() : problem.zh());
    body.put("status", problem.status());
    List<Map<String, Object>> errors =
        problem.details().stream().map(detail -> detail(detail, english)).toList();
    if (!errors.isEmpty()) {
      body.put("detail", requireNonNull(errors.getFirst().get("detail"), "detail is null"));
      body.put("errors", errors);
    }
    if (problem.status() >= 500 && !requestId.isEmpty()) {
      // Only where somebody will have to look into the logs: a 404 must be like any other 404.
      body.put("requestId", requestId);
    }
    return body;
  }

  private static Map<String, Object> detail(Problem.Detail detail, boolean english) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", type(detail.code()));
    if (detail.pointer() != null) {
      map.put("pointer", detail.pointer());
    }
    map.put("detail", english ? detail.en() : detail.zh());
    return map;
  }
}
