package org.yuanliu.platform.codes;

import org.yuanliu.codes.Refusal;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** The refusals about codes. Their codes never change. */
final class CodeProblems {
  private CodeProblems() {}

  static ProblemException invalid(String pointer, String code, String zh, String en) {
    return new ProblemException(StandardProblems.invalid(pointer, code, zh, en));
  }

  static ProblemException invalid(String pointer, Refusal refusal) {
    return invalid(pointer, refusal.code(), refusal.zh(), refusal.en());
  }

  static ProblemException conflict(String code, String zh, String en) {
    return new ProblemException(Problem.of(code, 409, zh, en));
  }

  static ProblemException exhausted(long remaining) {
    return conflict(
        "range-exhausted",
        "号段剩余" + remaining + "个号，不够本次领取；请申请新号段。",
        "The range has " + remaining + " numbers left, too few; ask for a new one.");
  }

  static ProblemException absent() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }

  static ProblemException forbidden() {
    return new ProblemException(StandardProblems.FORBIDDEN);
  }
}
