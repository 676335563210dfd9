package org.yuanliu.industry;

/** The one word of a verdict. None of them says that a product is safe to eat. */
public enum Level {
  /**
   * Everything that the product's chain must have is there, and everything that was checked held.
   */
  COMPLETE,
  /** Something is missing, doubtful or not known. */
  INCOMPLETE,
  /** Something is wrong: a failed test, an expired certificate, more sold than received. */
  PROBLEM,
  /** Nothing can be judged: the product is not recognised or there are no records. */
  UNKNOWN
}
