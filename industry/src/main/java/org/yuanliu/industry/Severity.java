package org.yuanliu.industry;

/** What a finding does to the verdict. */
public enum Severity {
  /** Checked, and it held: evidence for the reader. */
  HELD,
  /** Worth knowing; changes nothing. */
  INFO,
  /** Missing, doubtful or unknown: the chain is not complete. */
  DOUBT,
  /** Nothing can be judged. */
  UNKNOWN,
  /** Wrong. */
  PROBLEM
}
