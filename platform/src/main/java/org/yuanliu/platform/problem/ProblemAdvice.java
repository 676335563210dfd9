package org.yuanliu.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.yuanliu.platform.journal.JournalUnavailableException;

/**
 * Writes every refusal in the one form, in the language asked for. What went wrong inside is in the
 * log under the request's id, never in the answer.
 */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  @Nullable ResponseEntity<Object> onProblem(
      ProblemException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpHeaders headers = new HttpHeaders();
    e.headers().forEach(headers::set);
    return answer(e.problem(), request, response, headers);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> onUnavailable(
      JournalUnavailableException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Every client is told so for as long as it lasts: a line each, no more. Whoever found it out
    // has logged the whole.
    LOG.warn("The journal is not available: {}", e.getMessage());
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_S);
    return answer(StandardProblems.unavailable(e.kind()), request, response, headers);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> onDenied(
      AccessDeniedException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return answer(StandardProblems.FORBIDDEN, request, response, new HttpHeaders());
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> onUnauthenticated(
      AuthenticationException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return answer(StandardProblems.UNAUTHENTICATED, request, response, new HttpHeaders());
  }

  /** A query string that is no text: broken percent-encoding, broken UTF-8, control characters. */
  @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
  @Nullable ResponseEntity<Object> onBrokenParameters(
      RuntimeException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    LOG.debug("Parameters that cannot be read", e);
    return answer(StandardProblems.of(400), request, response, new HttpHeaders());
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> onAnythingElse(
      Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (DatabaseOutage.caused(e)) {
      LOG.warn("No database for {} {}", request.getMethod(), request.getRequestURI(), e);
      HttpHeaders headers = new HttpHeaders();
      headers.set(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_S);
      return answer(StandardProblems.of(503), request, response, headers);
    }
    LOG.error("Unexpected failure of {} {}", request.getMethod(), request.getRequestURI(), e);
    return answer(StandardProblems.of(500), request, response, new HttpHeaders());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest webRequest) {
    ServletWebRequest servlet = (ServletWebRequest) webRequest;
    HttpServletResponse response = servlet.getResponse();
    if (response == null || response.isCommitted()) {
      return null;
    }
    if (status.is5xxServerError()) {
      LOG.error("Unexpected failure", e);
    }
    try {
      return answer(
          StandardProblems.of(e, status.value()), servlet.getRequest(), response, headers);
    } catch (IOException gone) {
      LOG.debug("The client went away", gone);
      return null;
    }
  }

  private static @Nullable ResponseEntity<Object> answer(
      Problem problem,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpHeaders headers)
      throws IOException {
    if (wantsPage(request)) {
      headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
      response.sendError(problem.status());
      return null;
    }
    boolean english = Languages.english(request);
    // A copy: what the framework hands over may be read-only.
    HttpHeaders all = new HttpHeaders();
    headers.forEach(all::addAll);
    boolean xml = ProblemWriter.inXml(request);
    all.setContentType(
        xml ? MediaType.APPLICATION_PROBLEM_XML : MediaType.APPLICATION_PROBLEM_JSON);
    all.set(HttpHeaders.CONTENT_LANGUAGE, ProblemWriter.language(english));
    Map<String, Object> body =
        ProblemWriter.body(EpcisNames.named(problem, request), english, RequestId.of(request));
    return new ResponseEntity<>(xml ? EpcisXml.problem(body) : body, all, problem.status());
  }

  /** A person who follows a wrong link gets the error page; programs get the problem. */
  private static boolean wantsPage(HttpServletRequest request) {
    String path = request.getRequestURI();
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE)
        && !path.startsWith("/api/")
        && !path.startsWith("/epcis");
  }
}
