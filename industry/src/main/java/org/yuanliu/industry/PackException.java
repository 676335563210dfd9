package org.yuanliu.industry;

import java.util.List;
import java.util.stream.Collectors;

/** A pack's file is refused; nothing of it takes effect. */
public final class PackException extends RuntimeException {
  private final List<PackProblem> problems;

  PackException(List<PackProblem> problems) {
    super(problems.stream().map(PackProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, at least one, in the order of the file. */
  public List<PackProblem> problems() {
    return problems;
  }
}
