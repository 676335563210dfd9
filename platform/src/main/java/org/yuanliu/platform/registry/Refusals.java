package org.yuanliu.platform.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CodeException;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** The registry's refusals. Their codes never change. */
final class Refusals {
  private Refusals() {}

  static ProblemException invalid(String pointer, String code, String zh, String en) {
    return new ProblemException(StandardProblems.invalid(pointer, code, zh, en));
  }

  static ProblemException badCode(String pointer, CodeException e) {
    return invalid(pointer, e.refusal().code(), e.refusal().zh(), e.refusal().en());
  }

  static ProblemException conflict(String code, String zh, String en) {
    return new ProblemException(Problem.of(code, 409, zh, en));
  }

  static ProblemException changedMeanwhile() {
    return conflict(
        "registry-changed-meanwhile",
        "该登记内容刚被他人修改，请刷新后重试。",
        "Somebody changed this a moment ago; look again and repeat.");
  }

  static ProblemException notYours() {
    return new ProblemException(
        Problem.of(
            "not-yours-to-register",
            403,
            "您的账号无权登记或修改该内容。",
            "This is not your account's to register or to change."));
  }

  static ProblemException absent() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }

  /** The same problem, its pointers led by the place of the command in its batch. */
  static ProblemException at(int index, ProblemException e) {
    Problem problem = e.problem();
    String lead = "/" + index;
    List<Problem.Detail> details =
        problem.details().isEmpty()
            ? List.of(new Problem.Detail(problem.code(), lead, problem.zh(), problem.en()))
            : problem.details().stream().map(detail -> led(lead, detail)).toList();
    return new ProblemException(
        new Problem(problem.code(), problem.status(), problem.zh(), problem.en(), details),
        e.headers());
  }

  private static Problem.Detail led(String lead, Problem.Detail detail) {
    @Nullable String pointer = detail.pointer();
    return new Problem.Detail(
        detail.code(), lead + (pointer == null ? "" : pointer), detail.zh(), detail.en());
  }

  /** Where the thing itself was the body: pointers without the member that holds it in a batch. */
  static ProblemException unwrapped(String member, ProblemException e) {
    Problem problem = e.problem();
    List<Problem.Detail> details =
        problem.details().stream()
            .map(
                detail -> {
                  String pointer = detail.pointer();
                  return pointer == null || !pointer.startsWith(member)
                      ? detail
                      : new Problem.Detail(
                          detail.code(),
                          pointer.substring(member.length()),
                          detail.zh(),
                          detail.en());
                })
            .toList();
    return new ProblemException(
        new Problem(problem.code(), problem.status(), problem.zh(), problem.en(), details),
        e.headers());
  }
}
