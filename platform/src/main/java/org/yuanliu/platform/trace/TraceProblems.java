package org.yuanliu.platform.trace;

import java.util.List;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.Refusal;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** What a trace refuses. */
final class TraceProblems {
  private TraceProblems() {}

  /** The text fits several schemes: each detail's pointer is a canonical URI to ask for instead. */
  static ProblemException choice(List<Code> codes) {
    return new ProblemException(
        new Problem(
            "code-ambiguous",
            300,
            "这个编码可能属于几种编码体系，请选择其一。",
            "The code fits several schemes; choose one.",
            codes.stream()
                .map(
                    code ->
                        new Problem.Detail(
                            code.scheme().id(),
                            code.canonical(),
                            code.scheme().zhName() + " " + code.grouped(),
                            code.scheme().enName() + " " + code.grouped()))
                .toList()));
  }

  static ProblemException unreadable(List<Refusal> reasons) {
    return new ProblemException(
        new Problem(
            "code-unreadable",
            400,
            "无法识别这个编码。",
            "This is not a code that can be read.",
            reasons.stream()
                .map(r -> new Problem.Detail(r.code(), "/code", r.zh(), r.en()))
                .toList()));
  }

  static ProblemException outOfRange(String parameter, int from, int to) {
    return new ProblemException(
        StandardProblems.invalid(
            "/" + parameter,
            "parameter-out-of-range",
            "参数 " + parameter + " 应在 " + from + " 与 " + to + " 之间。",
            "The parameter " + parameter + " must be between " + from + " and " + to + "."));
  }

  static ProblemException badDirection() {
    return new ProblemException(
        StandardProblems.invalid(
            "/direction",
            "parameter-unknown-value",
            "参数 direction 应为 backward、forward 或 both。",
            "The parameter direction must be backward, forward or both."));
  }

  static ProblemException badToken() {
    return new ProblemException(
        StandardProblems.invalid(
            "/next",
            "parameter-bad-token",
            "参数 next 不属于这个查询。",
            "The parameter next does not belong to this query."));
  }

  static ProblemException missingCode() {
    return new ProblemException(
        StandardProblems.invalid(
            "/code", "parameter-missing", "请给出要追溯的编码。", "Give the code that is to be traced."));
  }

  static ProblemException notFound() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }
}
