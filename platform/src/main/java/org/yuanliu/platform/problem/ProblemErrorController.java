package org.yuanliu.platform.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ErrorProperties;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers what failed outside the controllers (a filter, the container). Pages stay Boot's
 * templates; programs get the problem form.
 */
@Controller
class ProblemErrorController extends BasicErrorController {
  private static final int UNAVAILABLE = 503;
  private static final int NOT_FOUND = 404;

  ProblemErrorController(ErrorAttributes attributes, List<ErrorViewResolver> resolvers) {
    // The defaults of the properties: no message, no trace, no binding errors in the answer.
    super(attributes, new ErrorProperties(), resolvers);
  }

  @Override
  public ModelAndView errorHtml(HttpServletRequest request, HttpServletResponse response) {
    if (isAskedFor(request)) {
      request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, NOT_FOUND);
    }
    if (isOutage(request)) {
      request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, UNAVAILABLE);
      response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_S);
    }
    return super.errorHtml(request, response);
  }

  @Override
  public ResponseEntity<Map<String, @Nullable Object>> error(HttpServletRequest request) {
    if (isAskedFor(request)) {
      request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, NOT_FOUND);
    }
    boolean outage = isOutage(request);
    boolean english = Languages.english(request);
    Problem problem = StandardProblems.of(outage ? UNAVAILABLE : getStatus(request).value());
    HttpHeaders headers = new HttpHeaders();
    if (outage) {
      headers.set(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_S);
    }
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.set(HttpHeaders.CONTENT_LANGUAGE, ProblemWriter.language(english));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.putAll(ProblemWriter.body(problem, english, RequestId.of(request)));
    return new ResponseEntity<>(body, headers, problem.status());
  }

  /** Nothing failed: somebody typed the address of this page, which is no page of ours. */
  private static boolean isAskedFor(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.REQUEST;
  }

  /** The filter that looks up the caller needs the database, too. */
  private static boolean isOutage(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
        && DatabaseOutage.caused(failure);
  }
}
