package org.yuanliu.platform.trace;

/**
 * Whether a step is known or only cannot be ruled out. What lies beyond a possible step is
 * possible.
 */
public enum Certainty {
  CERTAIN,
  POSSIBLE
}
