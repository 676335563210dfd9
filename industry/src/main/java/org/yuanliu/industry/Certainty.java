package org.yuanliu.industry;

/** Whether a step or a connection surely belongs to the chain. */
public enum Certainty {
  CERTAIN,
  /** It may belong to it; the records can't tell. */
  POSSIBLE
}
