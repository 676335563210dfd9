package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the fields of an event must be together: the required fields of each type and the
 * alternatives of EPCIS-JSON-Schema.json, and, where the schema is silent, the text of EPCIS 2.0.
 */
record EventRules(FieldChecks checks, Where where, ObjectNode body) {

  void check(EventType type, @Nullable Action action) {
    if (type != EventType.TRANSFORMATION_EVENT && !body.has("action")) {
      checks.missing(where, "action");
    }
    switch (type) {
      case OBJECT_EVENT -> object(action);
      case AGGREGATION_EVENT -> aggregation(action);
      case TRANSACTION_EVENT -> transaction(action);
      case TRANSFORMATION_EVENT -> transformation();
      case ASSOCIATION_EVENT -> association(action);
    }
  }

  private void object(@Nullable Action action) {
    boolean sensed = filled("sensorElementList") && body.has("readPoint");
    if (!body.has("epcList") && !filled("quantityList") && !sensed) {
      combination(
          "ObjectEvent 须有 epcList、quantityList,或 sensorElementList 与 readPoint",
          "an ObjectEvent has an epcList, a quantityList, or a sensorElementList with a readPoint");
    }
    if (body.has("ilmd") && action != null && action != Action.ADD) {
      checks.forbidden(
          where.in("ilmd"),
          "只有 action 为 ADD 时才能有 ilmd",
          "an ObjectEvent has ilmd only where its action is ADD");
    }
  }

  private void aggregation(@Nullable Action action) {
    children(action);
    // EPCIS 2.0 §7.4.3: parentID is optional only for OBSERVE.
    if (!body.has("parentID") && action != null && action != Action.OBSERVE) {
      checks.missing(where, "parentID");
    }
  }

  private void association(@Nullable Action action) {
    children(action);
    if (!body.has("parentID")) {
      checks.missing(where, "parentID");
    }
  }

  private void children(@Nullable Action action) {
    if (action != null
        && action != Action.DELETE
        && !filled("childEPCs")
        && !filled("childQuantityList")) {
      combination(
          "须有 childEPCs 或 childQuantityList(只有 DELETE 可以都没有)",
          "childEPCs or childQuantityList is required, except for DELETE");
    }
  }

  private void transaction(@Nullable Action action) {
    JsonNode list = body.get("bizTransactionList");
    if (list == null) {
      checks.missing(where, "bizTransactionList");
    } else if (list instanceof ArrayNode array) {
      checks.notEmpty(array, where.in("bizTransactionList"));
    }
    if (action != null
        && action != Action.DELETE
        && !body.has("epcList")
        && !filled("quantityList")) {
      combination(
          "须有 epcList 或 quantityList(只有 DELETE 可以都没有)",
          "epcList or quantityList is required, except for DELETE");
    }
  }

  private void transformation() {
    boolean inputs = filled("inputEPCList") || filled("inputQuantityList");
    boolean outputs = filled("outputEPCList") || filled("outputQuantityList");
    boolean part = body.has("transformationID") && (inputs || outputs);
    if (!(inputs && outputs) && !part) {
      combination(
          "TransformationEvent 须有投入和产出;有 transformationID 时可只有其一",
          "a TransformationEvent has inputs and outputs, or one of them with a transformationID");
    }
  }

  private boolean filled(String name) {
    return body.get(name) instanceof ArrayNode array && !array.isEmpty();
  }

  private void combination(String zh, String en) {
    checks.add(ViolationCode.FORBIDDEN_COMBINATION, where, zh, en);
  }
}
