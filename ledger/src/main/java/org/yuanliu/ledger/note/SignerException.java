package org.yuanliu.ledger.note;

import org.jspecify.annotations.Nullable;

/** The holder of a private key could not be reached, refused, or gave what is no signature. */
public final class SignerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SignerException(String message) {
    this(message, null);
  }

  public SignerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
