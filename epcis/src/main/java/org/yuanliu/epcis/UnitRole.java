package org.yuanliu.epcis;

/** The part that a unit plays in an event: which of the event's lists names it. */
public enum UnitRole {
  /** In {@code epcList} or {@code quantityList}. */
  EPC,
  /** In {@code parentID}. */
  PARENT,
  /** In {@code childEPCs} or {@code childQuantityList}. */
  CHILD,
  /** In {@code inputEPCList} or {@code inputQuantityList}. */
  INPUT,
  /** In {@code outputEPCList} or {@code outputQuantityList}. */
  OUTPUT
}
