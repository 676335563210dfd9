package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Thrown when a code is made from text that is not one. The refusal tells why, in two languages.
 */
public final class CodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public CodeException(Refusal refusal) {
    // No stack trace: a reader tries many schemes on one text, and the trace would tell nothing.
    super(requireNonNull(refusal, "refusal is null").en(), null, false, false);
    this.refusal = refusal;
  }

  CodeException(Reason reason, Scheme scheme) {
    this(new Refusal(reason, scheme));
  }

  public Refusal refusal() {
    return refusal;
  }
}
