package org.yuanliu.platform.access;

/** Whether a request may go on now. */
public sealed interface Decision {
  record Allowed() implements Decision {}

  /**
   * @param retryAfterS whole seconds until it may be tried again, at least 1; the value of the
   *     answer's Retry-After (429)
   */
  record Refused(long retryAfterS) implements Decision {}
}
