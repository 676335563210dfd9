package org.yuanliu.epcis;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sensor data of an event from XML, where reports and metadata are attributes, into JSON. */
record XmlSensorReader(
    XmlCursor cursor,
    XmlNamespaces namespaces,
    Violations violations,
    XmlExtensionReader extensions) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static final Set<String> METADATA =
      Set.of(
          "time",
          "startTime",
          "endTime",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules");

  static final Set<String> REPORT =
      Set.of(
          "type",
          "exception",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules",
          "time",
          "microorganism",
          "chemicalSubstance",
          "coordinateReferenceSystem",
          "value",
          "component",
          "stringValue",
          "booleanValue",
          "hexBinaryValue",
          "uriValue",
          "minValue",
          "maxValue",
          "meanValue",
          "sDev",
          "percRank",
          "percValue",
          "uom");

  /** The list whose element the cursor has entered; it is left. */
  ArrayNode list() {
    cursor.noAttributes();
    ArrayNode list = NODES.arrayNode();
    while (cursor.nextChild()) {
      if (cursor.namespace().isEmpty() && cursor.name().equals("sensorElement")) {
        list.add(element());
      } else {
        unknown();
      }
    }
    if (list.isEmpty()) {
      violations.add(
          ViolationCode.EMPTY_LIST,
          Where.element(cursor.lastLeft()),
          "列表不能为空",
          "this list must not be empty");
    }
    return list;
  }

  private ObjectNode element() {
    cursor.noAttributes();
    ObjectNode element = NODES.objectNode();
    ArrayNode reports = NODES.arrayNode();
    boolean extended = false;
    while (cursor.nextChild()) {
      if (!cursor.namespace().isEmpty()) {
        extension(element);
        extended = true;
        continue;
      }
      switch (cursor.name()) {
        case "sensorMetadata" -> {
          cursor.inPlace(reports.isEmpty() && !extended && !element.has("sensorMetadata"));
          element.set("sensorMetadata", part(METADATA));
        }
        case "sensorReport" -> {
          cursor.inPlace(!extended);
          reports.add(part(REPORT));
          element.set("sensorReport", reports);
        }
        case "extension" -> cursor.eachWrapped(() -> extension(element));
        default -> unknown();
      }
    }
    return element;
  }

  private ObjectNode part(Set<String> fields) {
    ObjectNode part = NODES.objectNode();
    namespaces.declare(cursor);
    for (int i = 0; i < cursor.attributeCount(); i++) {
      String namespace = cursor.attributeNamespace(i);
      String local = cursor.attributeName(i);
      String value = cursor.attributeValue(i);
      if (namespace.isEmpty()) {
        if (fields.contains(local)) {
          part.set(local, standard(local, value));
        } else {
          violations.add(
              ViolationCode.UNKNOWN_FIELD,
              Where.element(cursor.current()).in('@' + local),
              "此处没有这个属性;扩展属性须带命名空间",
              "there is no such attribute here; an extension must stand in a namespace");
        }
      } else if (!XmlNames.isBinding(namespace)) {
        part.put(namespaces.name(namespace, cursor.attributePrefix(i), local), value);
      } else if (namespace.equals(XmlNames.LD) && local.equals("members")) {
        if (JsonTrees.readValue(value) instanceof ObjectNode members) {
          part.setAll(members);
        }
      }
    }
    // Text is allowed by the schema and means nothing.
    while (true) {
      switch (cursor.step()) {
        case TEXT -> {}
        case ELEMENT -> unknown();
        case END -> {
          return part;
        }
      }
    }
  }

  private JsonNode standard(String name, String sent) {
    String value = sent.strip();
    JsonNode typed =
        switch (name) {
          case "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue" ->
              XmlExtensionReader.number(value);
          case "booleanValue" -> XmlExtensionReader.bool(value);
          case "type" -> word(CbvVocabulary.MEASUREMENT_TYPE, value);
          case "exception" -> word(CbvVocabulary.SENSOR_EXCEPTION, value);
          case "component" -> word(CbvVocabulary.COMPONENT, value);
          case "stringValue" -> NODES.stringNode(sent);
          default -> NODES.stringNode(value);
        };
    return typed == null ? NODES.stringNode(value) : typed;
  }

  private @Nullable JsonNode word(CbvVocabulary vocabulary, String value) {
    return NODES.stringNode(vocabulary.wordOf(value, namespaces.context()));
  }

  private void extension(ObjectNode into) {
    if (XmlNames.isEvent(cursor.namespace())) {
      unknown();
    } else {
      String name = extensions.name();
      XmlExtensionReader.add(into, name, extensions.value());
    }
  }

  private void unknown() {
    violations.add(
        ViolationCode.UNKNOWN_FIELD,
        Where.element(cursor.current()),
        "此处没有元素 " + cursor.name() + ";扩展元素须带命名空间",
        "there is no element " + cursor.name() + " here; an extension must stand in a namespace");
    cursor.skip();
  }
}
