package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;

/** The five event types of EPCIS 2.0 (§7.4.2 to §7.4.6). */
public enum EventType {
  OBJECT_EVENT("ObjectEvent"),
  AGGREGATION_EVENT("AggregationEvent"),
  TRANSACTION_EVENT("TransactionEvent"),
  TRANSFORMATION_EVENT("TransformationEvent"),
  ASSOCIATION_EVENT("AssociationEvent");

  private final String term;

  EventType(String term) {
    this.term = term;
  }

  /** The name in documents, as in {@code ObjectEvent}. */
  public String term() {
    return term;
  }

  /** The type with this name in documents, or null where the standard has none. */
  static @Nullable EventType ofTerm(String term) {
    return switch (term) {
      case "ObjectEvent" -> OBJECT_EVENT;
      case "AggregationEvent" -> AGGREGATION_EVENT;
      case "TransactionEvent" -> TRANSACTION_EVENT;
      case "TransformationEvent" -> TRANSFORMATION_EVENT;
      case "AssociationEvent" -> ASSOCIATION_EVENT;
      default -> null;
    };
  }
}
