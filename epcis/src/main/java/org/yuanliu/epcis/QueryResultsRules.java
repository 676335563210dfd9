package org.yuanliu.epcis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shape of a query document's body around its events (EPCIS-JSON-Schema.json). */
record QueryResultsRules(FieldChecks checks) {
  static final List<String> PATH = List.of("queryResults", "resultsBody");

  /** Checks the body and gives its list of events with the place of the list. */
  @Nullable Found check(ObjectNode body, Where at) {
    ObjectNode results = part(body, "queryResults", at);
    for (String name : body.propertyNames()) {
      if (!name.equals("queryResults")) {
        checks.extensionName(name, at.in(name));
      }
    }
    if (results == null) {
      return null;
    }
    Where resultsAt = at.in("queryResults");
    if (!results.has("queryName")) {
      checks.missing(resultsAt, "queryName");
    }
    for (Map.Entry<String, JsonNode> member : results.properties()) {
      switch (member.getKey()) {
        case "queryName", "subscriptionID" ->
            checks.text(member.getValue(), resultsAt.in(member.getKey()));
        case "resultsBody" -> {}
        default -> checks.extensionName(member.getKey(), resultsAt.in(member.getKey()));
      }
    }
    ObjectNode inner = part(results, "resultsBody", resultsAt);
    if (inner == null) {
      return null;
    }
    Where innerAt = resultsAt.in("resultsBody");
    for (Map.Entry<String, JsonNode> member : inner.properties()) {
      switch (member.getKey()) {
        case "eventList" -> {}
        case "vocabularyList" ->
            new MasterDataRules(checks)
                .vocabularyList(member.getValue(), innerAt.in("vocabularyList"));
        default -> checks.extensionName(member.getKey(), innerAt.in(member.getKey()));
      }
    }
    JsonNode list = inner.get("eventList");
    if (list == null) {
      checks.missing(innerAt, "eventList");
      return null;
    }
    return new Found(list, innerAt.in("eventList"));
  }

  /** The events of a body, which are yet to be checked. */
  record Found(JsonNode list, Where at) {}

  private @Nullable ObjectNode part(ObjectNode object, String name, Where at) {
    JsonNode value = object.get(name);
    if (value == null) {
      checks.missing(at, name);
      return null;
    }
    return checks.object(value, at.in(name));
  }

  /** A body without its list of events; what has another shape is left as it is. */
  static JsonNode withoutEvents(JsonNode body) {
    if (!(body.at("/queryResults/resultsBody") instanceof ObjectNode)) {
      return body;
    }
    JsonNode copy = body.deepCopy();
    ((ObjectNode) copy.at("/queryResults/resultsBody")).remove("eventList");
    return copy;
  }
}
