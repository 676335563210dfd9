package org.yuanliu.epcis;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Writes documents in JSON-LD of EPCIS 2.0. */
final class JsonDocumentWriter implements DocumentWriter {
  static final String CONTEXT = "@context";
  static final String GS1_CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

  private final JsonGenerator json;
  private final DocumentHeader header;
  private boolean ended;

  JsonDocumentWriter(OutputStream out, DocumentHeader header) {
    this.json = JsonTrees.generator(out);
    this.header = header;
    begin();
  }

  private void begin() {
    json.writeStartObject();
    json.writeArrayPropertyStart(CONTEXT);
    json.writeString(GS1_CONTEXT);
    for (JsonNode part : parts(header.context())) {
      JsonTrees.writeTree(json, part);
    }
    json.writeEndArray();
    for (Map.Entry<String, JsonNode> member : header.body().properties()) {
      switch (member.getKey()) {
        case "epcisBody" -> {}
        case "type" ->
            json.writeStringProperty(
                "type",
                header.kind() == DocumentKind.QUERY
                    ? DocumentKind.QUERY.term()
                    : DocumentKind.CAPTURE.term());
        case "schemaVersion" ->
            json.writeStringProperty(
                "schemaVersion",
                header.schemaVersion().startsWith("1") ? "2.0" : header.schemaVersion());
        default -> {
          json.writeName(member.getKey());
          JsonTrees.writeTree(json, member.getValue());
        }
      }
    }
    json.writeObjectPropertyStart("epcisBody");
    if (header.kind() == DocumentKind.QUERY) {
      JsonNode results = header.body().at("/epcisBody/queryResults");
      json.writeObjectPropertyStart("queryResults");
      others(results, "resultsBody");
      json.writeObjectPropertyStart("resultsBody");
      others(results.path("resultsBody"), "eventList");
    }
    json.writeArrayPropertyStart("eventList");
  }

  private void others(JsonNode object, String except) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!member.getKey().equals(except)) {
        json.writeName(member.getKey());
        JsonTrees.writeTree(json, member.getValue());
      }
    }
  }

  /** The parts of a context beyond GS1's own. */
  private static List<JsonNode> parts(LdContext context) {
    List<JsonNode> parts = new ArrayList<>();
    if (context.isDefault()) {
      return parts;
    }
    JsonNode json = context.toJson();
    for (JsonNode part : json.isArray() ? json.values() : List.of(json)) {
      if (!(part instanceof StringNode text && LdContext.isDefaultAddress(text.stringValue()))
          && !parts.contains(part)) {
        parts.add(part);
      }
    }
    return parts;
  }

  @Override
  public void write(EpcisEvent event) {
    json.writeStartObject();
    List<JsonNode> own = parts(event.context());
    if (!own.isEmpty() && !own.equals(parts(header.context()))) {
      json.writeName(CONTEXT);
      if (own.size() == 1) {
        JsonTrees.writeTree(json, own.getFirst());
      } else {
        json.writeStartArray();
        own.forEach(part -> JsonTrees.writeTree(json, part));
        json.writeEndArray();
      }
    }
    for (Map.Entry<String, JsonNode> member : event.body().properties()) {
      json.writeName(member.getKey());
      JsonTrees.writeTree(json, member.getValue());
    }
    json.writeEndObject();
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    json.writeEndArray();
    if (header.kind() == DocumentKind.QUERY) {
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
    json.close();
  }
}
