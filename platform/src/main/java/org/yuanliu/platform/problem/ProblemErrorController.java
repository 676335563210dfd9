package org.yuanliu.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
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

/**
 * Answers what failed outside the controllers (a filter, the container). Pages stay Boot's
 * templates; programs get the problem form.
 */
@Controller
class ProblemErrorController extends BasicErrorController {
  ProblemErrorController(ErrorAttributes attributes, List<ErrorViewResolver> resolvers) {
    // The defaults of the properties: no message, no trace, no binding errors in the answer.
    super(attributes, new ErrorProperties(), resolvers);
  }

  @Override
  public ResponseEntity<Map<String, @Nullable Object>> error(HttpServletRequest request) {
    boolean english = Languages.english(request);
    Problem problem = StandardProblems.of(getStatus(request).value());
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.set(HttpHeaders.CONTENT_LANGUAGE, ProblemWriter.language(english));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.putAll(ProblemWriter.body(problem, english, RequestId.of(request)));
    return new ResponseEntity<>(body, headers, problem.status());
  }
}
