package org.yuanliu.platform.problem;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Ends a request with a problem answer. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /**
   * @param headers further headers of the answer, such as Retry-After
   */
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.code() + ": " + problem.en(), null, false, false);
    this.problem = requireNonNull(problem, "problem is null");
    this.headers = Map.copyOf(headers);
  }

  public Problem problem() {
    return problem;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
