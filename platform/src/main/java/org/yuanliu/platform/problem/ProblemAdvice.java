package org.yuanliu.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.yuanliu.platform.journal.JournalUnavailableException;

/** Writes every refusal in the one form, in the language asked for. */
@RestControllerAdvice
public final class ProblemAdvice {
  static final String TYPE_BASE = "https://yuanliu.org/problems/";

  /** When the journal cannot store: long enough for a restart of the database. */
  static final String RETRY_AFTER_S = "5";

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> onProblem(ProblemException e, HttpServletRequest request) {
    return answer(e.problem(), request.getLocale(), new HttpHeaders());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> onUnavailable(
      JournalUnavailableException e, HttpServletRequest request) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_S);
    Problem problem =
        Problem.of(
            "journal-unavailable",
            503,
            "暂时无法保存，未登记任何内容，请稍后重发。",
            "Nothing can be stored now and nothing was; send it again later.");
    return answer(problem, request.getLocale(), headers);
  }

  private static ResponseEntity<Map<String, Object>> answer(
      Problem problem, Locale locale, HttpHeaders headers) {
    boolean english = Locale.ENGLISH.getLanguage().equals(locale.getLanguage());
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.set(HttpHeaders.CONTENT_LANGUAGE, english ? "en" : "zh-CN");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", TYPE_BASE + problem.code());
    body.put("title", english ? problem.en() : problem.zh());
    body.put("status", problem.status());
    List<Map<String, Object>> errors =
        problem.details().stream().map(detail -> detail(detail, english)).toList();
    if (!errors.isEmpty()) {
      body.put("detail", errors.getFirst().get("detail"));
      body.put("errors", errors);
    }
    return new ResponseEntity<>(body, headers, problem.status());
  }

  private static Map<String, Object> detail(Problem.Detail detail, boolean english) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", TYPE_BASE + detail.code());
    if (detail.pointer() != null) {
      map.put("pointer", detail.pointer());
    }
    map.put("detail", english ? detail.en() : detail.zh());
    return map;
  }
}
