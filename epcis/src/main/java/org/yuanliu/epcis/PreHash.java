package org.yuanliu.epcis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The string before hashing of one event: fields in canonical order, values in canonical form,
 * lists sorted. It works on the event's tree and typed record, whatever syntax they came from.
 *
 * <p>Two points where the published vectors decide against the text of the algorithm: the type of a
 * business transaction, source or destination stands before its value, and {@code destinationList}
 * stands before {@code sourceList}.
 */
final class PreHash {
  private static final String RDFS_COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment";

  private static final List<String> METADATA_FIELDS =
      List.of(
          "time",
          "startTime",
          "endTime",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules");

  /** {@code bizRules} has no place in the published order although the schema has it here. */
  private static final List<String> REPORT_FIELDS =
      List.of(
          "type",
          "exception",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "time",
          "microorganism",
          "chemicalSubstance",
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
          "uom",
          "coordinateReferenceSystem",
          "bizRules");

  private static final Set<String> METADATA_NAMES = Set.copyOf(METADATA_FIELDS);
  private static final Set<String> REPORT_NAMES = Set.copyOf(REPORT_FIELDS);
  private static final Set<String> ELEMENT_NAMES = Set.of("sensorMetadata", "sensorReport");
  private static final Set<String> PLACE_NAMES = Set.of("id");

  private final EpcisEvent event;
  private final ObjectNode body;
  private final LdContext context;
  private final CbvVersion version;
  private final Set<String> ignored;
  private final StringBuilder out = new StringBuilder(512);

  /** What comes last: extensions of the event and, in 2.0, those of inner fields. */
  private final List<String> tail = new ArrayList<>(4);

  PreHash(EpcisEvent event, CbvVersion version, Set<String> ignored) {
    this.event = event;
    this.body = event.body();
    this.context = event.context();
    this.version = version;
    this.ignored = ignored;
  }

  String build() {
    out.append("eventType=").append(event.type().term());
    out.append("eventTime=");
    Times.appendMillis(out, event.eventTime());
    out.append("eventTimeZoneOffset=").append(event.timeZoneOffset());
    certificationInfo();
    epcs("epcList");
    parent();
    epcs("inputEPCList");
    epcs("childEPCs");
    quantities("quantityList");
    quantities("childQuantityList");
    quantities("inputQuantityList");
    epcs("outputEPCList");
    quantities("outputQuantityList");
    field("action", event.action() == null ? null : event.action().name());
    field("transformationID", event.transformationId());
    field("bizStep", event.bizStep());
    field("disposition", event.disposition());
    persistentDisposition();
    place("readPoint", event.readPoint());
    place("bizLocation", event.bizLocation());
    bizTransactions();
    ends("destinationList", "destination", event.destinations());
    ends("sourceList", "source", event.sources());
    sensorElements();
    ilmd();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (member.getKey().indexOf(':') >= 0) {
        extension(member.getKey(), member.getValue(), context, tail);
      }
    }
    appendSorted(tail);
    return out.toString();
  }

  private void field(String name, @Nullable String value) {
    if (value != null) {
      out.append(name).append('=').append(value);
    }
  }

  private void certificationInfo() {
    JsonNode value = body.get("certificationInfo");
    if (value instanceof ArrayNode list) {
      List<String> parts = new ArrayList<>(list.size());
      for (JsonNode item : list) {
        parts.add("certificationInfo=" + CanonicalText.uri(item.asString(), context));
      }
      appendSorted(parts);
    } else if (value != null) {
      field("certificationInfo", CanonicalText.uri(value.asString(), context));
    }
  }

  private void parent() {
    for (UnitMention unit : event.units()) {
      if (unit.role() == UnitRole.PARENT) {
        field("parentID", unit.canonical());
      }
    }
  }

  /**
   * The units of one of the event's lists. Units stand in the order of the body, each entry of a
   * list giving one: so they are found by counting, and no identifier is made canonical twice.
   */
  private List<UnitMention> unitsOf(String list) {
    int from = 0;
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      int size =
          switch (member.getKey()) {
            case "parentID" -> 1;
            case "epcList",
                "childEPCs",
                "inputEPCList",
                "outputEPCList",
                "quantityList",
                "childQuantityList",
                "inputQuantityList",
                "outputQuantityList" ->
                member.getValue().size();
            default -> 0;
          };
      if (member.getKey().equals(list)) {
        return event.units().subList(from, from + size);
      }
      from += size;
    }
    return List.of();
  }

  private void epcs(String list) {
    if (!body.has(list)) {
      return;
    }
    List<UnitMention> units = unitsOf(list);
    if (units.isEmpty()) {
      return;
    }
    String[] epcs = new String[units.size()];
    for (int i = 0; i < epcs.length; i++) {
      epcs[i] = units.get(i).canonical();
    }
    Arrays.sort(epcs, Utf8Order.INSTANCE);
    out.append(list);
    for (String epc : epcs) {
      out.append("epc=").append(epc);
    }
  }

  private void quantities(String list) {
    if (!body.has(list)) {
      return;
    }
    List<UnitMention> units = unitsOf(list);
    List<String> elements = new ArrayList<>(units.size());
    for (UnitMention unit : units) {
      StringBuilder element = new StringBuilder(96);
      element.append("quantityElementepcClass=").append(unit.canonical());
      if (unit.quantity() != null) {
        element.append("quantity=").append(CanonicalText.number(unit.quantity()));
      }
      if (unit.uom() != null) {
        element.append("uom=").append(unit.uom());
      }
      elements.add(element.toString());
    }
    appendList(list, elements);
  }

  private void persistentDisposition() {
    if (!(body.get("persistentDisposition") instanceof ObjectNode object)) {
      return;
    }
    out.append("persistentDisposition");
    for (String name : List.of("set", "unset")) {
      if (object.get(name) instanceof ArrayNode list) {
        List<String> parts = new ArrayList<>(list.size());
        for (JsonNode item : list) {
          parts.add(name + '=' + term(CbvVocabulary.DISPOSITION, item));
        }
        appendSorted(parts);
      }
    }
  }

  private void place(String name, @Nullable String id) {
    if (!(body.get(name) instanceof ObjectNode object)) {
      return;
    }
    if (id != null) {
      out.append(name).append("id=").append(id);
    }
    if (object.size() > 1) {
      List<String> extensions = extensions(object, PLACE_NAMES);
      if (version.extensionsInPlace()) {
        appendSorted(extensions);
      } else {
        toTail(name, extensions);
      }
    }
  }

  private void bizTransactions() {
    List<String> parts = new ArrayList<>(event.bizTransactions().size());
    for (BizTransaction transaction : event.bizTransactions()) {
      String id = "bizTransaction=" + transaction.id();
      parts.add(transaction.type() == null ? id : "type=" + transaction.type() + id);
    }
    appendList("bizTransactionList", parts);
  }

  private void ends(String list, String name, List<SourceOrDestination> ends) {
    List<String> parts = new ArrayList<>(ends.size());
    for (SourceOrDestination end : ends) {
      parts.add("type=" + end.type() + name + '=' + end.id());
    }
    appendList(list, parts);
  }

  private void sensorElements() {
    if (!(body.get("sensorElementList") instanceof ArrayNode list) || list.isEmpty()) {
      return;
    }
    List<String> elements = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      if (item instanceof ObjectNode element) {
        elements.add(sensorElement(element));
      }
    }
    if (version.namesSensorElementList()) {
      out.append("sensorElementList");
    }
    appendSorted(elements);
  }

  private String sensorElement(ObjectNode element) {
    StringBuilder text = new StringBuilder(256).append("sensorElement");
    List<String> apart = new ArrayList<>(0);
    if (element.get("sensorMetadata") instanceof ObjectNode metadata) {
      text.append(sensorPart("sensorMetadata", metadata, METADATA_FIELDS, METADATA_NAMES, apart));
    }
    if (element.get("sensorReport") instanceof ArrayNode list) {
      List<String> reports = new ArrayList<>(list.size());
      for (JsonNode item : list) {
        if (item instanceof ObjectNode report) {
          reports.add(sensorPart("sensorReport", report, REPORT_FIELDS, REPORT_NAMES, apart));
        }
      }
      reports.sort(Utf8Order.INSTANCE);
      reports.forEach(text::append);
    }
    List<String> own = extensions(element, ELEMENT_NAMES);
    if (version.extensionsInPlace()) {
      own.sort(Utf8Order.INSTANCE);
      own.forEach(text::append);
    } else {
      apart.addAll(own);
      toTail("sensorElement", apart);
    }
    return text.toString();
  }

  private String sensorPart(
      String name,
      ObjectNode object,
      List<String> fields,
      Set<String> fieldNames,
      List<String> apart) {
    StringBuilder text = new StringBuilder(128).append(name);
    int known = 0;
    for (String field : fields) {
      JsonNode value = object.get(field);
      if (value != null) {
        known++;
        text.append(field).append('=');
        appendSensorValue(text, field, value);
      }
    }
    if (known < object.size()) {
      List<String> extensions = extensions(object, fieldNames);
      extensions.sort(Utf8Order.INSTANCE);
      if (version.extensionsInPlace()) {
        extensions.forEach(text::append);
      } else if (!extensions.isEmpty()) {
        apart.add(name + String.join("", extensions));
      }
    }
    return text.toString();
  }

  private void appendSensorValue(StringBuilder text, String field, JsonNode value) {
    switch (field) {
      case "time", "startTime", "endTime" -> {
        Instant time = Times.parse(value.asString());
        if (time == null) {
          text.append(value.asString());
        } else {
          Times.appendMillis(text, time);
        }
      }
      case "type" -> text.append(term(CbvVocabulary.MEASUREMENT_TYPE, value));
      case "exception" -> text.append(term(CbvVocabulary.SENSOR_EXCEPTION, value));
      case "component" -> text.append(term(CbvVocabulary.COMPONENT, value));
      case "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue" ->
          text.append(value.isNumber() ? CanonicalText.number(value) : value.asString());
      case "stringValue", "booleanValue", "hexBinaryValue", "uom" ->
          text.append(value.asString().strip());
      default -> text.append(CanonicalText.uri(value.asString(), context));
    }
  }

  private String term(CbvVocabulary vocabulary, JsonNode value) {
    String text = value.asString();
    String canonical = vocabulary.canonical(text, context);
    return canonical == null ? text : canonical;
  }

  private void ilmd() {
    if (body.get("ilmd") instanceof ObjectNode ilmd) {
      appendList("ilmd", extensions(ilmd, Set.of()));
    }
  }

  /** Every member of an object that is none of its standard fields, ready to be sorted. */
  private List<String> extensions(ObjectNode object, Set<String> standard) {
    List<String> parts = new ArrayList<>(object.size());
    LdContext inner = contextOf(object, context);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!standard.contains(member.getKey())) {
        extension(member.getKey(), member.getValue(), inner, parts);
      }
    }
    return parts;
  }

  private void extension(String name, JsonNode value, LdContext around, List<String> into) {
    if (name.equals("@context") || value.isNull()) {
      return;
    }
    String full = around.expand(name);
    if (full.equals(RDFS_COMMENT) || ignored.contains(full)) {
      return;
    }
    extension(name, key(name, around), value, around, into);
  }

  private void extension(
      String name, String key, JsonNode value, LdContext around, List<String> into) {
    switch (value) {
      case ArrayNode list -> {
        for (JsonNode item : list) {
          extension(name, key, item, around, into);
        }
      }
      case ObjectNode object -> {
        LdContext inner = contextOf(object, around);
        List<String> children = new ArrayList<>(object.size());
        JsonNode literal = object.get("@value");
        boolean hasText = literal != null && literal.isValueNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
          String child = member.getKey();
          if (child.equals(XmlNames.ATTRIBUTES) && member.getValue() instanceof ObjectNode set) {
            // Attributes of XML hash as elements would.
            for (Map.Entry<String, JsonNode> attribute : set.properties()) {
              extension(attribute.getKey(), attribute.getValue(), inner, children);
            }
          } else if (!(hasText && child.startsWith("@"))) {
            // Beside a literal, a keyword tells its type or language, not another value.
            extension(child, member.getValue(), inner, children);
          }
        }
        String text = hasText ? literal(literal, around.holdsIdentifiers(name), around) : "";
        if (hasText && literal.isNull() && children.isEmpty()) {
          return;
        }
        children.sort(Utf8Order.INSTANCE);
        into.add(key + text + String.join("", children));
      }
      default -> {
        if (value.isNull()) {
          return;
        }
        into.add(key + literal(value, around.holdsIdentifiers(name), around));
      }
    }
  }

  private static String literal(JsonNode value, boolean identifier, LdContext context) {
    String text = value.isNull() ? "" : CanonicalText.extension(value, identifier, context);
    return text.isEmpty() ? text : '=' + text;
  }

  static LdContext contextOf(ObjectNode object, LdContext around) {
    JsonNode own = object.get("@context");
    if (own == null) {
      return around;
    }
    try {
      return around.with(own);
    } catch (IllegalArgumentException e) {
      // Inside an extension the standard checks nothing, so neither can the hash refuse.
      return around;
    }
  }

  /**
   * The name of an extension as {@code {namespace}local}. A colon that ends the namespace is
   * dropped: JSON-LD prefixes must end with a separator, XML namespace names such as {@code
   * urn:epcglobal:cbv:mda} do not, and the hash must be one.
   */
  private static String key(String name, LdContext around) {
    String namespace = null;
    String local = name;
    int colon = name.indexOf(':');
    if (colon >= 0 && !name.startsWith("//", colon + 1)) {
      namespace = around.namespace(name.substring(0, colon));
      local = name.substring(colon + 1);
    }
    if (namespace == null) {
      String full = around.expand(name);
      int split =
          Math.max(full.lastIndexOf('/'), Math.max(full.lastIndexOf('#'), full.lastIndexOf(':')));
      if (split < 0) {
        return name.startsWith("@") ? name.substring(1) : name;
      }
      namespace = full.substring(0, split + 1);
      local = full.substring(split + 1);
    }
    int end = namespace.endsWith(":") ? namespace.length() - 1 : namespace.length();
    return "{" + namespace.substring(0, end) + "}" + local;
  }

  private void toTail(String enclosing, List<String> extensions) {
    if (!extensions.isEmpty()) {
      extensions.sort(Utf8Order.INSTANCE);
      tail.add(enclosing + String.join("", extensions));
    }
  }

  private void appendList(String name, List<String> parts) {
    if (!parts.isEmpty()) {
      out.append(name);
      appendSorted(parts);
    }
  }

  private void appendSorted(List<String> parts) {
    parts.sort(Utf8Order.INSTANCE);
    for (String part : parts) {
      out.append(part);
    }
  }
}
