package org.yuanliu.ledger.note;

import static java.util.Objects.requireNonNull;

/** A note, key or checkpoint that is not well-formed, or whose signature is not what it claims. */
public final class NoteException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong, for programs. */
  public enum Code {
    /** Not the form that the specification asks for. */
    MALFORMED,
    /** Longer, or with more signatures, than is read. */
    TOO_LARGE,
    /** No signature is by a key that is known. */
    UNKNOWN_KEYS,
    /** A signature by a known key does not hold. */
    BAD_SIGNATURE
  }

  private final Code code;

  public NoteException(Code code, String message) {
    super(requireNonNull(message, "message is null"));
    this.code = requireNonNull(code, "code is null");
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage(), "message is null");
  }

  public Code code() {
    return code;
  }
}
