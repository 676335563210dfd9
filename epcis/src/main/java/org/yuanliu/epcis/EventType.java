package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;

/** The five event types of EPCIS 2.0 (§7.4.2 to §7.4.6). */
public enum EventType {
  /** Something happened to things by themselves (§7.4.2). */
  OBJECT_EVENT("ObjectEvent"),
  /** Things went into a container, were seen in it or left it (§7.4.3). */
  AGGREGATION_EVENT("AggregationEvent"),
  /** Things came to belong to a document of trade, or ceased to (§7.4.4). */
  TRANSACTION_EVENT("TransactionEvent"),
  /** Things were used up and others came of them (§7.4.5). */
  TRANSFORMATION_EVENT("TransformationEvent"),
  /** Things were fixed to another or to a place (§7.4.6). */
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
