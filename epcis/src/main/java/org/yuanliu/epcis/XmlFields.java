package org.yuanliu.epcis;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Order of an event's elements in XML: the sequences of EPCglobal-epcis-2_0.xsd, and where EPCIS
 * 1.2 puts the same fields.
 */
final class XmlFields {
  private static final List<String> COMMON =
      List.of(
          "eventTime",
          "recordTime",
          "eventTimeZoneOffset",
          "eventID",
          "errorDeclaration",
          "certificationInfo",
          "baseExtension");

  private static final Map<EventType, List<String>> SEQUENCE = new EnumMap<>(EventType.class);
  private static final Map<EventType, Map<String, Integer>> POSITION =
      new EnumMap<>(EventType.class);

  static {
    sequence(
        EventType.OBJECT_EVENT,
        "epcList",
        "action",
        "bizStep",
        "disposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "quantityList",
        "sourceList",
        "destinationList",
        "sensorElementList",
        "persistentDisposition",
        "ilmd");
    sequence(
        EventType.AGGREGATION_EVENT,
        "parentID",
        "childEPCs",
        "action",
        "bizStep",
        "disposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "childQuantityList",
        "sourceList",
        "destinationList",
        "sensorElementList",
        "persistentDisposition");
    sequence(
        EventType.TRANSACTION_EVENT,
        "bizTransactionList",
        "parentID",
        "epcList",
        "action",
        "bizStep",
        "disposition",
        "readPoint",
        "bizLocation",
        "quantityList",
        "sourceList",
        "destinationList",
        "sensorElementList",
        "persistentDisposition");
    sequence(
        EventType.TRANSFORMATION_EVENT,
        "inputEPCList",
        "inputQuantityList",
        "outputEPCList",
        "outputQuantityList",
        "transformationID",
        "bizStep",
        "disposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "sourceList",
        "destinationList",
        "sensorElementList",
        "persistentDisposition",
        "ilmd");
    sequence(
        EventType.ASSOCIATION_EVENT,
        "parentID",
        "childEPCs",
        "childQuantityList",
        "action",
        "bizStep",
        "disposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "sourceList",
        "destinationList",
        "sensorElementList",
        "persistentDisposition");
  }

  /** In 1.2 these stand in {@code baseExtension}. */
  private static final Set<String> BASE_EXTENSION_1 = Set.of("eventID", "errorDeclaration");

  /** In 1.2 these stand in {@code extension}, but for a TransformationEvent. */
  private static final Set<String> EXTENSION_1 =
      Set.of("quantityList", "childQuantityList", "sourceList", "destinationList", "ilmd");

  /** Unknown to 1.2, which leaves room for later versions in {@code extension/extension}. */
  private static final Set<String> SINCE_2 = Set.of("sensorElementList", "persistentDisposition");

  private XmlFields() {}

  private static void sequence(EventType type, String... own) {
    List<String> all =
        Stream.of(COMMON, List.of(own), List.of("extension")).flatMap(List::stream).toList();
    SEQUENCE.put(type, all);
    Map<String, Integer> positions = HashMap.newHashMap(all.size());
    for (int i = 0; i < all.size(); i++) {
      positions.put(all.get(i), i);
    }
    POSITION.put(type, Map.copyOf(positions));
  }

  /** All fields of the type in the order of the schema of 2.0. */
  static List<String> sequence(EventType type) {
    return SEQUENCE.getOrDefault(type, List.of());
  }

  /** Place of a field in its sequence, -1 where the type has no such field. */
  static int position(EventType type, String name) {
    return POSITION.getOrDefault(type, Map.of()).getOrDefault(name, -1);
  }

  /** Elements around a field in 1.2, from the outermost. */
  static List<String> wrappers1(EventType type, String field) {
    if (BASE_EXTENSION_1.contains(field)) {
      return List.of("baseExtension");
    }
    if (field.equals("certificationInfo")) {
      return List.of("baseExtension", "extension");
    }
    if (type == EventType.TRANSFORMATION_EVENT) {
      return SINCE_2.contains(field) ? List.of("extension") : List.of();
    }
    if (EXTENSION_1.contains(field)) {
      return List.of("extension");
    }
    return SINCE_2.contains(field) ? List.of("extension", "extension") : List.of();
  }
}
