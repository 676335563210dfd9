package org.yuanliu.platform.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import tools.jackson.databind.JsonNode;

/** Looks into the body of an event, by whatever names its sender gave. */
final class EventFields {
  private final JsonNode body;
  private final LdContext context;

  EventFields(EpcisEvent event) {
    this.body = event.body();
    this.context = event.context();
  }

  LdContext context() {
    return context;
  }

  @Nullable JsonNode member(String name) {
    return body.get(name);
  }

  /** Identifiers of a member, in canonical form: a text, texts, or quantity elements. */
  boolean anyUnit(String member, Predicate<String> test) {
    List<String> written = new ArrayList<>();
    eachUnit(member, written::add);
    return written.stream().anyMatch(unit -> test.test(canonical(unit)));
  }

  /** Identifiers of a member as they were sent. */
  void eachUnit(String member, Consumer<String> each) {
    JsonNode value = body.get(member);
    if (value == null) {
      return;
    }
    for (JsonNode item : value.isArray() ? value.values() : List.of(value)) {
      JsonNode id = item.isObject() ? item.get("epcClass") : item;
      if (id != null && id.isString()) {
        each.accept(id.stringValue());
      }
    }
  }

  String canonical(String written) {
    return CanonicalUri.of(context.expand(written));
  }

  List<JsonNode> sensorElements() {
    return items(body.get("sensorElementList"));
  }

  List<JsonNode> sensorMetadata() {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode element : sensorElements()) {
      JsonNode metadata = element.get("sensorMetadata");
      if (metadata != null) {
        found.add(metadata);
      }
    }
    return found;
  }

  List<JsonNode> sensorReports() {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode element : sensorElements()) {
      found.addAll(items(element.get("sensorReport")));
    }
    return found;
  }

  /** Where the fields of a scope stand. */
  List<JsonNode> scope(Criterion.Scope scope) {
    return switch (scope) {
      case EVENT -> List.of(body);
      case ILMD -> present(body.get("ilmd"));
      case ERROR_DECLARATION -> present(body.get("errorDeclaration"));
      case READ_POINT -> present(body.get("readPoint"));
      case BIZ_LOCATION -> present(body.get("bizLocation"));
      case SENSOR_ELEMENT -> sensorElements();
      case SENSOR_METADATA -> sensorMetadata();
      case SENSOR_REPORT -> sensorReports();
    };
  }

  /** Values of a field that is not the standard's. */
  List<JsonNode> values(Criterion.Scope scope, boolean inner, FieldName name) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode holder : scope(scope)) {
      for (Map.Entry<String, JsonNode> member : holder.properties()) {
        if (inner) {
          if (isExtension(member.getKey())) {
            collectBelow(member.getValue(), name, found);
          }
        } else if (name.matches(member.getKey(), context)) {
          found.add(member.getValue());
        }
      }
    }
    return found;
  }

  private boolean isExtension(String name) {
    return name.indexOf(':') >= 0 || !context.expand(name).equals(name);
  }

  /** The reader bounds the depth of what comes in. */
  private void collectBelow(JsonNode value, FieldName name, List<JsonNode> found) {
    if (value.isArray()) {
      value.forEach(item -> collectBelow(item, name, found));
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        if (name.matches(member.getKey(), context)) {
          found.add(member.getValue());
        }
        collectBelow(member.getValue(), name, found);
      }
    }
  }

  /** Texts, numbers and truth values in a field: itself, what an array holds, or a value object. */
  static void leaves(JsonNode value, Collection<JsonNode> into) {
    if (value.isArray()) {
      value.forEach(item -> leaves(item, into));
    } else if (value.isObject()) {
      for (String name : List.of("@value", "#text", "@id", "id")) {
        JsonNode inside = value.get(name);
        if (inside != null && inside.isValueNode()) {
          into.add(inside);
        }
      }
    } else if (!value.isNull()) {
      into.add(value);
    }
  }

  private static List<JsonNode> items(@Nullable JsonNode value) {
    if (value == null) {
      return List.of();
    }
    return value.isArray()
        ? value.valueStream().filter(JsonNode::isObject).toList()
        : present(value);
  }

  private static List<JsonNode> present(@Nullable JsonNode value) {
    return value == null || !value.isObject() ? List.of() : List.of(value);
  }
}
