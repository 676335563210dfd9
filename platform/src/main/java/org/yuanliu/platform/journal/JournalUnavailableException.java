package org.yuanliu.platform.journal;

/**
 * The journal cannot store now; nothing was acknowledged. The door answers 503 with Retry-After.
 */
public final class JournalUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JournalUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
