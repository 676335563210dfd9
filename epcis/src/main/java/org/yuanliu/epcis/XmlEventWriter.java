package org.yuanliu.epcis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One event as an XML element, its fields in the order of the schema. */
record XmlEventWriter(XmlOut out, XmlForm form, XmlExtensionWriter extensions) {

  void write(EpcisEvent event) {
    EventType type = event.type();
    List<String> around = form.version1() ? wrappersOfEvent1(type) : List.of();
    around.forEach(out::start);
    out.start(type.term());
    open(event);
    around.forEach(wrapper -> out.end());
  }

  /** The same as a document of its own, in EPCIS's namespace. */
  void writeAlone(EpcisEvent event) {
    out.start(form.version1() ? XmlNames.EPCIS_1 : XmlNames.EPCIS_2, "epcis", event.type().term());
    XmlDocumentWriter.declareSchemas(out);
    open(event);
  }

  private void open(EpcisEvent event) {
    XmlDocumentWriter.declare(out, event.context());
    fields(event);
    out.end();
  }

  /** Elements around an event in the list of 1.2, which knew three types in 1.0. */
  private static List<String> wrappersOfEvent1(EventType type) {
    return switch (type) {
      case OBJECT_EVENT, AGGREGATION_EVENT, TRANSACTION_EVENT -> List.of();
      case TRANSFORMATION_EVENT -> List.of("extension");
      case ASSOCIATION_EVENT -> List.of("extension", "extension");
    };
  }

  private void fields(EpcisEvent event) {
    EventType type = event.type();
    if (form.version1()) {
      fields1(event);
    } else {
      for (String name : XmlFields.sequence(type)) {
        field(name, event.body().get(name), event.context());
      }
    }
    for (Map.Entry<String, JsonNode> member : event.body().properties()) {
      String name = member.getKey();
      if (XmlFields.position(type, name) < 0 && !name.equals("type")) {
        extensions.write(name, member.getValue(), event.context());
      }
    }
  }

  private void fields1(EpcisEvent event) {
    EventType type = event.type();
    List<String> deferred = new ArrayList<>();
    for (String name : XmlFields.sequence(type)) {
      JsonNode value = event.body().get(name);
      if (value == null && isRequired1(type, name)) {
        value = JsonNodeFactory.instance.arrayNode();
      }
      if (value != null && !saysNothing(name, value)) {
        List<String> wrappers = XmlFields.wrappers1(type, name);
        if (wrappers.isEmpty()) {
          field(name, value, event.context());
        } else {
          deferred.add(name);
        }
      }
      if (name.equals("baseExtension")) {
        wrapped(event, "baseExtension", deferred);
      }
    }
    wrapped(event, "extension", deferred);
  }

  /** An empty list that has no element in XML, so that no wrapper is opened for it. */
  private static boolean saysNothing(String name, JsonNode value) {
    return value.isArray()
        && value.isEmpty()
        && switch (name) {
          case "sensorElementList",
              "certificationInfo",
              "bizTransactionList",
              "sourceList",
              "destinationList" ->
              true;
          default -> false;
        };
  }

  /** Fields that stood before the others until 1.1 and stayed required when those came. */
  private static boolean isRequired1(EventType type, String name) {
    return switch (type) {
      case OBJECT_EVENT, TRANSACTION_EVENT -> name.equals("epcList");
      case AGGREGATION_EVENT -> name.equals("childEPCs");
      case TRANSFORMATION_EVENT, ASSOCIATION_EVENT -> false;
    };
  }

  /** The fields that stand in this wrapper, then those in an extension inside it. */
  private void wrapped(EpcisEvent event, String wrapper, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    out.start(wrapper);
    List<String> inner = new ArrayList<>();
    for (String name : names) {
      if (XmlFields.wrappers1(event.type(), name).size() == 1) {
        field(name, event.body().get(name), event.context());
      } else {
        inner.add(name);
      }
    }
    if (!inner.isEmpty()) {
      out.start("extension");
      for (String name : inner) {
        field(name, event.body().get(name), event.context());
      }
      out.end();
    }
    out.end();
    names.clear();
  }

  private void field(String name, @Nullable JsonNode value, LdContext context) {
    if (value == null) {
      return;
    }
    switch (name) {
      case "bizStep" -> term(name, CbvVocabulary.BIZ_STEP, value, context);
      case "disposition" -> term(name, CbvVocabulary.DISPOSITION, value, context);
      case "readPoint", "bizLocation" -> place(name, value, context);
      case "epcList", "childEPCs", "inputEPCList", "outputEPCList" -> {
        out.start(name);
        for (JsonNode epc : value) {
          out.element("epc", uri(epc, context));
        }
        out.end();
      }
      case "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList" -> {
        out.start(name);
        for (JsonNode element : value) {
          quantity(element, context);
        }
        out.end();
      }
      case "bizTransactionList" ->
          typed(name, "bizTransaction", CbvVocabulary.BIZ_TRANSACTION_TYPE, value, context);
      case "sourceList" ->
          typed(name, "source", CbvVocabulary.SOURCE_DESTINATION_TYPE, value, context);
      case "destinationList" ->
          typed(name, "destination", CbvVocabulary.SOURCE_DESTINATION_TYPE, value, context);
      case "sensorElementList" -> sensors(name, value, context);
      case "persistentDisposition" -> persistentDisposition(value, context);
      case "errorDeclaration" -> errorDeclaration(value, context);
      case "certificationInfo" -> {
        if (value instanceof ArrayNode list) {
          list.forEach(item -> out.element(name, uri(item, context)));
        } else {
          out.element(name, uri(value, context));
        }
      }
      case "ilmd" -> {
        out.start(name);
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          extensions.write(member.getKey(), member.getValue(), context);
        }
        out.end();
      }
      case "eventID", "parentID", "transformationID" -> out.element(name, uri(value, context));
      default -> out.element(name, value.asString());
    }
  }

  private static String uri(JsonNode value, LdContext context) {
    return context.expand(value.asString());
  }

  private void term(String name, CbvVocabulary vocabulary, JsonNode value, LdContext context) {
    out.element(name, form.term(vocabulary, value.asString(), context));
  }

  private void quantity(JsonNode element, LdContext context) {
    out.start("quantityElement");
    for (String name : List.of("epcClass", "quantity", "uom")) {
      JsonNode value = element.get(name);
      if (value == null) {
        // A unit without a quantity is nothing that the schema has.
        if (name.equals("quantity") && element.has("uom")) {
          out.start(name);
          out.attribute(XmlNames.XSI, "xsi", "nil", "true");
          out.end();
        }
        continue;
      }
      out.element(
          name,
          switch (name) {
            case "epcClass" -> uri(value, context);
            case "quantity" -> value.decimalValue().toPlainString();
            default -> value.asString();
          });
    }
    out.end();
  }

  private void place(String name, JsonNode value, LdContext context) {
    if (!(value instanceof ObjectNode place)) {
      return;
    }
    out.start(name);
    out.element("id", uri(place.path("id"), context));
    List<String> bare = new ArrayList<>(0);
    for (String key : place.propertyNames()) {
      if (key.indexOf(':') < 0 && !key.equals("id")) {
        bare.add(key);
      }
    }
    if (!bare.isEmpty()) {
      // Names in no namespace are allowed in this wrapper only.
      out.start("extension");
      bare.forEach(key -> extensions.write(key, place.path(key), context));
      out.end();
    }
    for (Map.Entry<String, JsonNode> member : place.properties()) {
      if (member.getKey().indexOf(':') >= 0) {
        extensions.write(member.getKey(), member.getValue(), context);
      }
    }
    out.end();
  }

  private void typed(
      String list, String item, CbvVocabulary vocabulary, JsonNode value, LdContext context) {
    if (value.isEmpty()) {
      return; // The schema wants one at least; an empty list says as much as none.
    }
    out.start(list);
    for (JsonNode element : value) {
      out.start(item);
      JsonNode type = element.get("type");
      if (type != null) {
        out.attribute("type", form.term(vocabulary, type.asString(), context));
      }
      out.text(uri(element.path(item), context));
      out.end();
    }
    out.end();
  }

  private void persistentDisposition(JsonNode value, LdContext context) {
    out.start("persistentDisposition");
    for (String name : List.of("unset", "set")) {
      for (JsonNode item : value.path(name)) {
        term(name, CbvVocabulary.DISPOSITION, item, context);
      }
    }
    out.end();
  }

  private void errorDeclaration(JsonNode value, LdContext context) {
    out.start("errorDeclaration");
    JsonNode time = value.get("declarationTime");
    if (time != null) {
      out.element("declarationTime", time.asString());
    }
    JsonNode reason = value.get("reason");
    if (reason != null) {
      term("reason", CbvVocabulary.ERROR_REASON, reason, context);
    }
    JsonNode corrections = value.get("correctiveEventIDs");
    if (corrections != null) {
      out.start("correctiveEventIDs");
      corrections.forEach(id -> out.element("correctiveEventID", uri(id, context)));
      out.end();
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      switch (member.getKey()) {
        case "declarationTime", "reason", "correctiveEventIDs" -> {}
        default -> extensions.write(member.getKey(), member.getValue(), context);
      }
    }
    out.end();
  }

  private void sensors(String name, JsonNode value, LdContext context) {
    if (value.isEmpty()) {
      return;
    }
    out.start(name);
    for (JsonNode element : value) {
      out.start("sensorElement");
      JsonNode metadata = element.get("sensorMetadata");
      if (metadata != null) {
        part("sensorMetadata", metadata, context);
      }
      for (JsonNode report : element.path("sensorReport")) {
        part("sensorReport", report, context);
      }
      for (Map.Entry<String, JsonNode> member : element.properties()) {
        switch (member.getKey()) {
          case "sensorMetadata", "sensorReport" -> {}
          default -> extensions.write(member.getKey(), member.getValue(), context);
        }
      }
      out.end();
    }
    out.end();
  }

  /** Metadata or a report: all attributes. What no attribute can hold stands in one as JSON. */
  private void part(String name, JsonNode part, LdContext context) {
    out.start(name);
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : part.properties()) {
      String key = member.getKey();
      JsonNode value = member.getValue();
      if (XmlSensorReader.REPORT.contains(key) || XmlSensorReader.METADATA.contains(key)) {
        out.attribute(key, sensorValue(key, value, context));
        continue;
      }
      XmlExtensionWriter.Name as = XmlExtensionWriter.name(key, context);
      if (value.isString() && !as.local().isEmpty() && !as.namespace().isEmpty()) {
        out.attribute(as.namespace(), as.prefix(), as.local(), value.stringValue());
      } else {
        others.set(key, value);
      }
    }
    if (!others.isEmpty()) {
      out.attribute(XmlNames.LD, "ld", "members", JsonTrees.text(others));
    }
    out.end();
  }

  private String sensorValue(String key, JsonNode value, LdContext context) {
    return switch (key) {
      case "type" -> form.term(CbvVocabulary.MEASUREMENT_TYPE, value.asString(), context);
      case "exception" -> form.term(CbvVocabulary.SENSOR_EXCEPTION, value.asString(), context);
      case "component" -> form.term(CbvVocabulary.COMPONENT, value.asString(), context);
      case "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules",
          "microorganism",
          "chemicalSubstance",
          "coordinateReferenceSystem",
          "uriValue" ->
          uri(value, context);
      default -> value.isNumber() ? XmlExtensionWriter.number(value) : value.asString();
    };
  }
}
