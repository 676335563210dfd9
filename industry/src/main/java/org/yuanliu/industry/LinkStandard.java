package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.epcis.YlVocabulary;

/** A link as machines read it: the schema of its flat record, and its profile of EPCIS. */
public final class LinkStandard {
  private LinkStandard() {}

  /** JSON Schema (draft 2020-12) of the record that {@code POST /api/v1/links/…} takes. */
  public static Map<String, Object> recordSchema(Pack pack, Product product, Link link) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Element element : link.elements().values()) {
      Map<String, Object> one = value(pack, element);
      Map<String, Object> property = new LinkedHashMap<>();
      if (element.list() || element.type() == ElementType.READINGS) {
        property.put("anyOf", List.of(one, Map.of("type", "array", "items", one)));
      } else {
        property.putAll(one);
      }
      property.put("title", element.names().zh() + " / " + element.names().en());
      if (element.help() != null) {
        property.put("description", element.help().zh() + " / " + element.help().en());
      }
      properties.put(element.id(), property);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put(
        "title",
        link.names().zh()
            + " / "
            + link.names().en()
            + " ("
            + pack.id()
            + " "
            + pack.version()
            + ", "
            + product.id()
            + ")");
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put(
        "required",
        link.elements().values().stream()
            .filter(element -> element.required() && element.fixed() == null)
            .map(Element::id)
            .toList());
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> value(Pack pack, Element element) {
    Map<String, Object> value = new LinkedHashMap<>();
    switch (element.type()) {
      case TEXT, DOCUMENT -> {
        value.put("type", "string");
        bound(value, "minLength", "maxLength", element);
      }
      case PARTY, PLACE -> value.put("type", "string");
      case INTEGER -> {
        value.put("type", "integer");
        bound(value, "minimum", "maximum", element);
      }
      case DECIMAL -> {
        value.put("type", "number");
        bound(value, "minimum", "maximum", element);
      }
      case BOOLEAN -> value.put("type", "boolean");
      case DATE -> {
        value.put("type", "string");
        value.put("format", "date");
      }
      case TIME -> {
        value.put("type", "string");
        value.put("format", "date-time");
      }
      case CODE -> {
        CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
        value.put("enum", list == null ? List.of() : List.copyOf(list.words().keySet()));
      }
      case UNIT -> {
        Map<String, Object> coded = new LinkedHashMap<>();
        coded.put("type", "object");
        coded.put(
            "properties",
            Map.of(
                "code", Map.of("type", "string"),
                "quantity", Map.of("type", "number", "minimum", 0),
                "uom", Map.of("type", "string")));
        coded.put("required", List.of("code"));
        value.put("anyOf", List.of(Map.of("type", "string"), coded));
      }
      case READINGS -> {
        value.put("type", "object");
        value.put(
            "properties",
            Map.of(
                "time", Map.of("type", "string", "format", "date-time"),
                "value", Map.of("type", "number")));
        value.put("required", List.of("time", "value"));
      }
    }
    return value;
  }

  private static void bound(Map<String, Object> value, String min, String max, Element element) {
    if (element.min() != null) {
      value.put(min, element.min());
    }
    if (element.max() != null) {
      value.put(max, element.max());
    }
  }

  /** The EPCIS events of the link and where each element stands in them. */
  public static Map<String, Object> profile(Pack pack, Product product, Link link) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (EventTemplate template : link.events()) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("id", template.id());
      event.put("type", template.type());
      if (template.action() != null) {
        event.put("action", template.action());
      }
      event.put("bizStep", template.bizStep());
      if (template.disposition() != null) {
        event.put("disposition", template.disposition());
      }
      List<Map<String, Object>> members = new ArrayList<>();
      for (Element element : link.elements().values()) {
        if (!(element.becomes() instanceof Target.None)) {
          Map<String, Object> member = new LinkedHashMap<>();
          member.put("element", element.id());
          member.put("path", path(pack, element));
          member.put("required", element.required());
          members.add(member);
        }
      }
      event.put("members", members);
      events.add(event);
    }
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("standard", "EPCIS 2.0, CBV 2.0");
    profile.put("prefixes", Map.of(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE));
    profile.put("industry", pack.id());
    profile.put("version", pack.version());
    profile.put("product", product.id());
    profile.put("link", link.id());
    profile.put("events", events);
    return profile;
  }

  /** Where in an event the element stands. */
  public static String path(Pack pack, Element element) {
    return switch (element.becomes()) {
      case Target.Single(Target.Member member) ->
          switch (member) {
            case EVENT_TIME -> "eventTime";
            case BIZ_LOCATION -> "bizLocation";
            case READ_POINT -> "readPoint";
            case PARENT -> "parentID";
            case TRANSFORMATION_ID -> "transformationID";
            case DISPOSITION -> "disposition";
            case PRINCIPAL -> "yl:principal";
          };
      case Target.Units(Target.UnitList list) -> list.items() + " | " + list.lots();
      case Target.BizTransaction ignored -> {
        DocumentType type = pack.documents().get(String.valueOf(element.document()));
        yield "bizTransactionList[" + (type == null ? "" : compact(type.uri())) + "]";
      }
      case Target.Transfer transfer ->
          (transfer.source() ? "sourceList[" : "destinationList[") + transfer.type() + "]";
      case Target.Extension extension ->
          (extension.ilmd() ? "ilmd." : "")
              + compact(extension.name())
              + (extension.member().isEmpty() ? "" : "." + compact(extension.member()));
      case Target.Sensor sensor -> "sensorElementList[" + sensor.measure() + "]." + sensor.field();
      case Target.None ignored -> element.quantity() == null ? "quantity" : "";
    };
  }

  private static String compact(String uri) {
    return uri.startsWith(YlVocabulary.NAMESPACE)
        ? YlVocabulary.PREFIX + ":" + uri.substring(YlVocabulary.NAMESPACE.length())
        : uri;
  }
}
