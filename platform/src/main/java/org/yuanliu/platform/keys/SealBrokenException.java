package org.yuanliu.platform.keys;

/** What was sealed does not open: another key, another place, or changed bytes. */
public final class SealBrokenException extends Exception {
  private static final long serialVersionUID = 1;

  public SealBrokenException(String message, Throwable cause) {
    super(message, cause);
  }

  public SealBrokenException(String message) {
    super(message);
  }
}
