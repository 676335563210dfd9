package org.yuanliu.epcis;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shape of master data in a document's header (EPCIS 2.0 §9.4; EPCIS-JSON-Schema.json). */
record MasterDataRules(FieldChecks checks) {

  void check(JsonNode value, Where at) {
    ObjectNode header = checks.object(value, at);
    if (header == null) {
      return;
    }
    for (String name : header.propertyNames()) {
      if (!name.equals("epcisMasterData")) {
        checks.extensionName(name, at.in(name));
      }
    }
    if (header.has("epcisMasterData")) {
      Where in = at.in("epcisMasterData");
      ObjectNode masterData = checks.object(header.get("epcisMasterData"), in);
      if (masterData != null && masterData.has("vocabularyList")) {
        vocabularyList(masterData.get("vocabularyList"), in.in("vocabularyList"));
      }
    }
  }

  void vocabularyList(JsonNode value, Where at) {
    each(value, at, this::vocabulary);
  }

  private void vocabulary(JsonNode value, Where at) {
    ObjectNode vocabulary = checks.object(value, at);
    if (vocabulary == null) {
      return;
    }
    requiredUri(vocabulary, "type", at);
    if (vocabulary.has("vocabularyElementList")) {
      each(vocabulary.get("vocabularyElementList"), at.in("vocabularyElementList"), this::element);
    }
  }

  private void element(JsonNode value, Where at) {
    ObjectNode element = checks.object(value, at);
    if (element == null) {
      return;
    }
    requiredUri(element, "id", at);
    if (element.has("attributes")) {
      each(element.get("attributes"), at.in("attributes"), this::attribute);
    }
    if (element.has("children")) {
      each(element.get("children"), at.in("children"), checks::uri);
    }
  }

  private void attribute(JsonNode value, Where at) {
    ObjectNode attribute = checks.object(value, at);
    if (attribute == null) {
      return;
    }
    requiredUri(attribute, "id", at);
    JsonNode content = attribute.get("attribute");
    if (content != null && !content.isNumber() && !content.isString() && !content.isObject()) {
      checks.wrongType(at.in("attribute"), "数字、字符串或对象", "a number, a string or an object");
    }
  }

  private void requiredUri(ObjectNode object, String name, Where at) {
    JsonNode value = object.get(name);
    if (value == null) {
      checks.missing(at, name);
    } else {
      checks.uri(value, at.in(name));
    }
  }

  private void each(JsonNode value, Where at, Check check) {
    ArrayNode list = checks.array(value, at);
    for (int i = 0; list != null && i < list.size(); i++) {
      check.check(list.get(i), at.at(i));
    }
  }

  private interface Check {
    void check(JsonNode value, Where at);
  }
}
