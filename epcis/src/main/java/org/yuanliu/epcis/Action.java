package org.yuanliu.epcis;

/** How an event relates to the life cycle of what it names (EPCIS 2.0 §7.3.3). */
public enum Action {
  /** Named here for the first time, or put together. */
  ADD,
  /** Neither begins nor ends here. */
  OBSERVE,
  /** Ends, or is taken apart. */
  DELETE
}
