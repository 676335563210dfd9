package org.yuanliu.ledger.receipt;

import org.jspecify.annotations.Nullable;

/** A file that is no receipt. */
public final class ReceiptException extends Exception {
  private static final long serialVersionUID = 1;

  public ReceiptException(String message) {
    this(message, null);
  }

  public ReceiptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
