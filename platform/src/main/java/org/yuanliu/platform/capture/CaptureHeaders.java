package org.yuanliu.platform.capture;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;

/** Tells the limits of capture on every answer to it, refusals included (openapi.yaml, capture). */
@Configuration(proxyBeanMethods = false)
class CaptureHeaders implements WebMvcConfigurer, HandlerInterceptor {
  static final String CAPTURE_LIMIT = "GS1-EPCIS-Capture-Limit";
  static final String CAPTURE_FILE_SIZE_LIMIT = "GS1-EPCIS-Capture-File-Size-Limit";
  static final String ERROR_BEHAVIOUR = "GS1-Capture-Error-Behaviour";

  /** Ours: true where the answer is about a record that was there before. */
  static final String DUPLICATE = "Yuanliu-Duplicate";

  /** Ours: the entry of the journal, as in {@code 1-42}. */
  static final String ENTRY = "Yuanliu-Entry";

  /** Ours: entries that declared the same record to be in error before. */
  static final String DECLARED_BEFORE = "Yuanliu-Declared-Before";

  /** What a server announces that offers both. */
  private static final String ALL = "all";

  private final CaptureSettings settings;

  CaptureHeaders(CaptureSettings settings) {
    this.settings = settings;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns(EpcisPaths.CAPTURE, EpcisPaths.EVENTS);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean sends = HttpMethod.POST.matches(request.getMethod());
    if (sends || HttpMethod.OPTIONS.matches(request.getMethod())) {
      response.setHeader(CAPTURE_LIMIT, Integer.toString(settings.maxEvents()));
      response.setHeader(CAPTURE_FILE_SIZE_LIMIT, Integer.toString(settings.maxBytes()));
      response.setHeader(ERROR_BEHAVIOUR, sends ? behaviour(request).value() : ALL);
    }
    return true;
  }

  /**
   * What is to happen to a document some of whose events are wrong.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 400 where the header is neither
   */
  static ErrorBehaviour behaviour(HttpServletRequest request) {
    String header = request.getHeader(ERROR_BEHAVIOUR);
    ErrorBehaviour behaviour =
        header == null ? ErrorBehaviour.ROLLBACK : ErrorBehaviour.ofValue(header);
    if (behaviour == null) {
      throw EpcisProblems.header(
          ERROR_BEHAVIOUR, "应为 rollback 或 proceed。", "is rollback or proceed.");
    }
    return behaviour;
  }
}
