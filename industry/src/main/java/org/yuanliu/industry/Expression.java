package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Set;

/**
 * A compiled CEL expression over the elements of an event. Immutable; one expression serves all
 * threads.
 */
public final class Expression {
  /** What came out. */
  public enum Outcome {
    TRUE,
    FALSE,
    /** It asks for an element that the event does not have. */
    NOT_APPLICABLE,
    /** It broke off: a division by zero, a limit. */
    BROKEN
  }

  private final String text;
  private final CelRuntime.Program program;
  private final Set<String> uses;

  Expression(String text, CelRuntime.Program program, Set<String> uses) {
    this.text = requireNonNull(text, "text is null");
    this.program = requireNonNull(program, "program is null");
    this.uses = Set.copyOf(uses);
  }

  /** As the pack has it. */
  public String text() {
    return text;
  }

  /** The variables that it asks for. */
  public Set<String> uses() {
    return uses;
  }

  /**
   * Its value for an event. An event that lacks an element which the expression asks for is none of
   * its business: whether the element must be there is another question.
   *
   * @param variables by name: String, Long, Double, Boolean, Instant or a list of these
   */
  public Outcome evaluate(Map<String, Object> variables) {
    if (!variables.keySet().containsAll(uses)) {
      return Outcome.NOT_APPLICABLE;
    }
    try {
      return Boolean.TRUE.equals(program.eval(variables)) ? Outcome.TRUE : Outcome.FALSE;
    } catch (CelEvaluationException e) {
      return Outcome.BROKEN;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that && text.equals(that.text) && uses.equals(that.uses);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
