package org.yuanliu.epcis;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sensor data of an event (EPCIS 2.0 §7.3.6), as strict as EPCIS-JSON-Schema.json. */
record SensorRules(FieldChecks checks, boolean typeIsRequired) {

  void check(JsonNode value, Where at) {
    ArrayNode list = checks.array(value, at);
    if (list == null) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      element(list.get(i), at.at(i));
    }
  }

  private void element(JsonNode value, Where at) {
    ObjectNode element = checks.object(value, at);
    if (element == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : element.properties()) {
      Where in = at.in(member.getKey());
      switch (member.getKey()) {
        case "sensorMetadata" -> metadata(member.getValue(), in);
        case "sensorReport" -> {
          ArrayNode reports = checks.array(member.getValue(), in);
          if (reports != null) {
            checks.notEmpty(reports, in);
            for (int i = 0; i < reports.size(); i++) {
              report(reports.get(i), in.at(i));
            }
          }
        }
        default -> checks.extensionName(member.getKey(), in);
      }
    }
    if (!element.has("sensorReport")) {
      checks.missing(at, "sensorReport");
    }
  }

  private void metadata(JsonNode value, Where at) {
    ObjectNode metadata = checks.object(value, at);
    if (metadata == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : metadata.properties()) {
      Where in = at.in(member.getKey());
      switch (member.getKey()) {
        case "time", "startTime", "endTime" -> checks.time(member.getValue(), in);
        case "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules" ->
            checks.uri(member.getValue(), in);
        default -> checks.extensionName(member.getKey(), in);
      }
    }
  }

  private void report(JsonNode value, Where at) {
    ObjectNode report = checks.object(value, at);
    if (report == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : report.properties()) {
      JsonNode field = member.getValue();
      Where in = at.in(member.getKey());
      switch (member.getKey()) {
        case "type" -> checks.term(CbvVocabulary.MEASUREMENT_TYPE, field, in);
        case "exception" -> checks.term(CbvVocabulary.SENSOR_EXCEPTION, field, in);
        case "component" -> checks.term(CbvVocabulary.COMPONENT, field, in);
        case "time" -> checks.time(field, in);
        case "deviceID",
            "deviceMetadata",
            "rawData",
            "dataProcessingMethod",
            "bizRules",
            "microorganism",
            "chemicalSubstance",
            "coordinateReferenceSystem",
            "uriValue" ->
            checks.uri(field, in);
        case "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue" ->
            checks.number(field, in);
        case "stringValue", "uom" -> checks.text(field, in);
        case "booleanValue" -> checks.bool(field, in);
        case "hexBinaryValue" -> checks.hexBinary(field, in);
        default -> checks.extensionName(member.getKey(), in);
      }
    }
    // GS1's own XML samples report exceptions of no type; in JSON they must say the same.
    if (typeIsRequired && !report.has("type") && !report.has("exception")) {
      checks.missing(at, "type");
    }
  }
}
