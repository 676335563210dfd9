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

  /** Lists of units. */
  private static final int EPC_LIST = 0;

  private static final int INPUT_EPC_LIST = 1;
  private static final int CHILD_EPCS = 2;
  private static final int QUANTITY_LIST = 3;
  private static final int CHILD_QUANTITY_LIST = 4;
  private static final int INPUT_QUANTITY_LIST = 5;
  private static final int OUTPUT_EPC_LIST = 6;
  private static final int OUTPUT_QUANTITY_LIST = 7;
  private static final int LISTS = 8;

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
  private final PreHashText out;

  /** What comes last in 2.0 beside the extensions of the event: those of inner fields. */
  private final List<String> tail = new ArrayList<>(0);

  /** Where the units of each list begin among those of the event, and how many they are. */
  private final int[] begins = new int[LISTS];

  private final int[] sizes = new int[LISTS];
  private int parentAt = -1;
  private @Nullable JsonNode certificationInfo;
  private @Nullable JsonNode persistentDisposition;
  private @Nullable JsonNode readPoint;
  private @Nullable JsonNode bizLocation;
  private @Nullable JsonNode sensorElementList;
  private @Nullable JsonNode ilmd;
  private boolean extended;

  PreHash(EpcisEvent event, CbvVersion version, Set<String> ignored, PreHashText out) {
    this.event = event;
    this.body = event.body();
    this.context = event.context();
    this.version = version;
    this.ignored = ignored;
    this.out = out;
    lookThrough();
  }

  /**
   * Finds what the text is made of, in one walk over the members. Units stand in the order of the
   * body, each entry of a list giving one: so they are found by counting, and no identifier is made
   * canonical twice.
   */
  private void lookThrough() {
    int unit = 0;
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      switch (name) {
        case "certificationInfo" -> certificationInfo = value;
        case "persistentDisposition" -> persistentDisposition = value;
        case "readPoint" -> readPoint = value;
        case "bizLocation" -> bizLocation = value;
        case "sensorElementList" -> sensorElementList = value;
        case "ilmd" -> ilmd = value;
        case "parentID" -> parentAt = unit++;
        case "epcList" -> unit = list(EPC_LIST, value, unit);
        case "inputEPCList" -> unit = list(INPUT_EPC_LIST, value, unit);
        case "childEPCs" -> unit = list(CHILD_EPCS, value, unit);
        case "quantityList" -> unit = list(QUANTITY_LIST, value, unit);
        case "childQuantityList" -> unit = list(CHILD_QUANTITY_LIST, value, unit);
        case "inputQuantityList" -> unit = list(INPUT_QUANTITY_LIST, value, unit);
        case "outputEPCList" -> unit = list(OUTPUT_EPC_LIST, value, unit);
        case "outputQuantityList" -> unit = list(OUTPUT_QUANTITY_LIST, value, unit);
        default -> extended |= name.indexOf(':') >= 0;
      }
    }
  }

  private int list(int list, JsonNode value, int begin) {
    begins[list] = begin;
    sizes[list] = value.size();
    return begin + value.size();
  }

  /** Writes the text. */
  void write() {
    out.append("eventType=").append(event.type().term()).append("eventTime=");
    Times.appendMillis(out, event.eventTime());
    out.append("eventTimeZoneOffset=").append(event.timeZoneOffset());
    certificationInfo();
    epcs("epcList", EPC_LIST);
    if (parentAt >= 0) {
      field("parentID", event.units().get(parentAt).canonical());
    }
    epcs("inputEPCList", INPUT_EPC_LIST);
    epcs("childEPCs", CHILD_EPCS);
    quantities("quantityList", QUANTITY_LIST);
    quantities("childQuantityList", CHILD_QUANTITY_LIST);
    quantities("inputQuantityList", INPUT_QUANTITY_LIST);
    epcs("outputEPCList", OUTPUT_EPC_LIST);
    quantities("outputQuantityList", OUTPUT_QUANTITY_LIST);
    field("action", event.action() == null ? null : event.action().name());
    field("transformationID", event.transformationId());
    field("bizStep", event.bizStep());
    field("disposition", event.disposition());
    persistentDisposition();
    place("readPoint", readPoint, event.readPoint());
    place("bizLocation", bizLocation, event.bizLocation());
    bizTransactions();
    ends("destinationList", "destination", event.destinations());
    ends("sourceList", "source", event.sources());
    sensorElements();
    ilmd();
    if (extended || !tail.isEmpty()) {
      last();
    }
  }

  private void last() {
    PreHashText.Parts parts = out.parts();
    for (String part : tail) {
      parts.next();
      out.append(part);
    }
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (member.getKey().indexOf(':') >= 0) {
        extension(member.getKey(), member.getValue(), context, parts);
      }
    }
    parts.sort();
  }

  private void field(String name, @Nullable String value) {
    if (value != null) {
      out.append(name).append('=').append(value);
    }
  }

  private void certificationInfo() {
    JsonNode value = certificationInfo;
    if (value instanceof ArrayNode list) {
      PreHashText.Parts parts = out.parts();
      for (JsonNode item : list) {
        parts.next();
        field("certificationInfo", CanonicalText.uri(item.asString(), context));
      }
      parts.sort();
    } else if (value != null) {
      field("certificationInfo", CanonicalText.uri(value.asString(), context));
    }
  }

  private void epcs(String name, int list) {
    int begin = begins[list];
    int size = sizes[list];
    if (size == 0) {
      return;
    }
    out.append(name);
    List<UnitMention> units = event.units();
    if (size == 1) {
      out.append("epc=").append(units.get(begin).canonical());
      return;
    }
    String[] epcs = new String[size];
    for (int i = 0; i < size; i++) {
      epcs[i] = units.get(begin + i).canonical();
    }
    Arrays.sort(epcs, Utf8Order.INSTANCE);
    for (String epc : epcs) {
      out.append("epc=").append(epc);
    }
  }

  private void quantities(String name, int list) {
    int begin = begins[list];
    int end = begin + sizes[list];
    if (begin == end) {
      return;
    }
    out.append(name);
    List<UnitMention> units = event.units();
    PreHashText.Parts elements = out.parts();
    for (int i = begin; i < end; i++) {
      UnitMention unit = units.get(i);
      elements.next();
      out.append("quantityElementepcClass=").append(unit.canonical());
      if (unit.quantity() != null) {
        out.append("quantity=");
        CanonicalText.appendNumber(out, unit.quantity());
      }
      if (unit.uom() != null) {
        out.append("uom=").append(unit.uom());
      }
    }
    elements.sort();
  }

  private void persistentDisposition() {
    if (!(persistentDisposition instanceof ObjectNode object)) {
      return;
    }
    out.append("persistentDisposition");
    for (String name : List.of("set", "unset")) {
      if (object.get(name) instanceof ArrayNode list) {
        PreHashText.Parts parts = out.parts();
        for (JsonNode item : list) {
          parts.next();
          field(name, term(CbvVocabulary.DISPOSITION, item));
        }
        parts.sort();
      }
    }
  }

  private void place(String name, @Nullable JsonNode place, @Nullable String id) {
    if (!(place instanceof ObjectNode object)) {
      return;
    }
    if (id != null) {
      out.append(name).append("id=").append(id);
    }
    if (object.size() > 1) {
      int from = out.length();
      extensions(object, PLACE_NAMES);
      if (!version.extensionsInPlace()) {
        toTail(name, out.cut(from));
      }
    }
  }

  private void bizTransactions() {
    if (event.bizTransactions().isEmpty()) {
      return;
    }
    out.append("bizTransactionList");
    PreHashText.Parts parts = out.parts();
    for (BizTransaction transaction : event.bizTransactions()) {
      parts.next();
      field("type", transaction.type());
      field("bizTransaction", transaction.id());
    }
    parts.sort();
  }

  private void ends(String list, String name, List<SourceOrDestination> ends) {
    if (ends.isEmpty()) {
      return;
    }
    out.append(list);
    PreHashText.Parts parts = out.parts();
    for (SourceOrDestination end : ends) {
      parts.next();
      field("type", end.type());
      field(name, end.id());
    }
    parts.sort();
  }

  private void sensorElements() {
    if (!(sensorElementList instanceof ArrayNode list) || list.isEmpty()) {
      return;
    }
    if (version.namesSensorElementList()) {
      out.append("sensorElementList");
    }
    PreHashText.Parts elements = out.parts();
    for (JsonNode item : list) {
      if (item instanceof ObjectNode element) {
        elements.next();
        sensorElement(element);
      }
    }
    elements.sort();
  }

  private void sensorElement(ObjectNode element) {
    out.append("sensorElement");
    List<String> apart = new ArrayList<>(0);
    if (element.get("sensorMetadata") instanceof ObjectNode metadata) {
      sensorPart("sensorMetadata", metadata, METADATA_FIELDS, METADATA_NAMES, apart);
    }
    if (element.get("sensorReport") instanceof ArrayNode list) {
      PreHashText.Parts reports = out.parts();
      for (JsonNode item : list) {
        if (item instanceof ObjectNode report) {
          reports.next();
          sensorPart("sensorReport", report, REPORT_FIELDS, REPORT_NAMES, apart);
        }
      }
      reports.sort();
    }
    if (version.extensionsInPlace()) {
      extensions(element, ELEMENT_NAMES);
      return;
    }
    int from = out.length();
    PreHashText.Parts parts = out.parts();
    for (String part : apart) {
      parts.next();
      out.append(part);
    }
    addExtensions(element, ELEMENT_NAMES, parts);
    parts.sort();
    toTail("sensorElement", out.cut(from));
  }

  /**
   * Writes metadata or a report.
   *
   * @param apart takes its extensions where they do not stay in place
   */
  private void sensorPart(
      String name,
      ObjectNode object,
      List<String> fields,
      Set<String> fieldNames,
      List<String> apart) {
    out.append(name);
    int known = 0;
    for (String field : fields) {
      JsonNode value = object.get(field);
      if (value != null) {
        known++;
        out.append(field).append('=');
        sensorValue(field, value);
      }
    }
    if (known < object.size()) {
      int from = out.length();
      extensions(object, fieldNames);
      if (!version.extensionsInPlace()) {
        String extensions = out.cut(from);
        if (!extensions.isEmpty()) {
          apart.add(name + extensions);
        }
      }
    }
  }

  private void sensorValue(String field, JsonNode value) {
    switch (field) {
      case "time", "startTime", "endTime" -> {
        Instant time = Times.parse(value.asString());
        if (time == null) {
          out.append(value.asString());
        } else {
          Times.appendMillis(out, time);
        }
      }
      case "type" -> out.append(term(CbvVocabulary.MEASUREMENT_TYPE, value));
      case "exception" -> out.append(term(CbvVocabulary.SENSOR_EXCEPTION, value));
      case "component" -> out.append(term(CbvVocabulary.COMPONENT, value));
      case "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue" ->
          out.append(value.isNumber() ? CanonicalText.number(value) : value.asString());
      case "stringValue", "booleanValue", "hexBinaryValue", "uom" ->
          out.append(value.asString().strip());
      default -> out.append(CanonicalText.uri(value.asString(), context));
    }
  }

  private String term(CbvVocabulary vocabulary, JsonNode value) {
    String text = value.asString();
    String canonical = vocabulary.canonical(text, context);
    return canonical == null ? text : canonical;
  }

  private void ilmd() {
    if (ilmd instanceof ObjectNode object) {
      int from = out.length();
      out.append("ilmd");
      int inner = out.length();
      extensions(object, Set.of());
      if (out.length() == inner) {
        out.cut(from);
      }
    }
  }

  /** Writes every member of an object that is none of its standard fields, in order. */
  private void extensions(ObjectNode object, Set<String> standard) {
    PreHashText.Parts parts = out.parts();
    addExtensions(object, standard, parts);
    parts.sort();
  }

  private void addExtensions(ObjectNode object, Set<String> standard, PreHashText.Parts parts) {
    LdContext inner = contextOf(object, context);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!standard.contains(member.getKey())) {
        extension(member.getKey(), member.getValue(), inner, parts);
      }
    }
  }

  private void extension(String name, JsonNode value, LdContext around, PreHashText.Parts into) {
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
      String name, String key, JsonNode value, LdContext around, PreHashText.Parts into) {
    switch (value) {
      case ArrayNode list -> {
        for (JsonNode item : list) {
          extension(name, key, item, around, into);
        }
      }
      case ObjectNode object -> {
        into.next();
        out.append(key);
        LdContext inner = contextOf(object, around);
        JsonNode literal = object.get("@value");
        boolean hasText = literal != null && literal.isValueNode();
        if (hasText) {
          literal(literal, around.holdsIdentifiers(name), around);
        }
        int before = out.length();
        children(object, hasText, inner);
        if (hasText && literal.isNull() && out.length() == before) {
          into.drop();
        }
      }
      default -> {
        if (!value.isNull()) {
          into.next();
          out.append(key);
          literal(value, around.holdsIdentifiers(name), around);
        }
      }
    }
  }

  private void children(ObjectNode object, boolean hasText, LdContext inner) {
    PreHashText.Parts children = out.parts();
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
    children.sort();
  }

  private void literal(JsonNode value, boolean identifier, LdContext around) {
    if (!value.isNull()) {
      String text = CanonicalText.extension(value, identifier, around);
      if (!text.isEmpty()) {
        out.append('=').append(text);
      }
    }
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
   * The name of an extension as {@code {namespace}local}, with the namespace as the document
   * declares it. Where it declares none, a colon that ends the namespace is dropped: GS1's context
   * has {@code urn:epcglobal:cbv:mda:}, XML has {@code urn:epcglobal:cbv:mda}, and the hash must be
   * one.
   */
  private static String key(String name, LdContext around) {
    int colon = name.indexOf(':');
    String namespace =
        colon >= 0 && !name.startsWith("//", colon + 1)
            ? around.xmlNamespace(name.substring(0, colon))
            : null;
    String local = name.substring(colon + 1);
    if (namespace == null) {
      String full = around.expand(name);
      int split =
          Math.max(full.lastIndexOf('/'), Math.max(full.lastIndexOf('#'), full.lastIndexOf(':')));
      if (split < 0) {
        return name.startsWith("@") ? name.substring(1) : name;
      }
      namespace = LdContext.withoutColon(full.substring(0, split + 1));
      local = full.substring(split + 1);
    }
    return "{" + namespace + "}" + local;
  }

  private void toTail(String enclosing, String extensions) {
    if (!extensions.isEmpty()) {
      tail.add(enclosing + extensions);
    }
  }
}
