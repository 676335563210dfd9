package org.yuanliu.platform.access;

/** Slows down who asks too often, or guesses. */
public interface RateLimiter {
  /**
   * One look-up on the public page, after it is known whether the code exists and before anything
   * is answered. A code that does not exist costs more, and so does one next to a code that the
   * same address asked for before. The answer does not depend on {@code hit} while the address has
   * anything left, so a refusal tells nothing about the code.
   *
   * @param address the client's address
   * @param code the code as asked for
   * @param hit whether it exists
   */
  Decision publicLookup(String address, String code, boolean hit);

  /**
   * One request for what is published for everybody to take.
   *
   * @param address the client's address
   * @param tokens requests that it has at once
   * @param perSecond and gets back
   */
  Decision publicDownload(String address, int tokens, int perSecond);
}
