package org.yuanliu.epcis;

/** How an event relates to the life cycle of what it names (EPCIS 2.0 §7.3.3). */
public enum Action {
  ADD,
  OBSERVE,
  DELETE
}
