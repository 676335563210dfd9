package org.yuanliu.platform.problem;

/** Ends a request with a problem answer. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.en(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
