package org.yuanliu.ledger.tool;

import org.jspecify.annotations.Nullable;

/** The log did not answer, or with an error of its own; says nothing about its truth. */
public final class LogUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogUnreachableException(String message) {
    this(message, null);
  }

  public LogUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
