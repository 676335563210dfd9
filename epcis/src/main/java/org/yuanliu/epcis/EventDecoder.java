package org.yuanliu.epcis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks one event against the rules of EPCIS-JSON-Schema.json and of the standard's text, and
 * makes its typed record on the way: one pass over the members, nothing looked at twice.
 */
final class EventDecoder {
  private final Limits limits;
  private final FieldChecks checks;
  private final LdContext context;
  private final Where where;
  private final ObjectNode body;
  private final EventType type;
  private final boolean fromXml;

  private @Nullable Instant eventTime;
  private @Nullable String timeZoneOffset;
  private @Nullable String eventId;
  private @Nullable Action action;
  private @Nullable String bizStep;
  private @Nullable String disposition;
  private @Nullable String readPoint;
  private @Nullable String bizLocation;
  private @Nullable String transformationId;
  private @Nullable ErrorDeclaration errorDeclaration;
  private final List<UnitMention> units = new ArrayList<>();
  private final List<BizTransaction> bizTransactions = new ArrayList<>(0);
  private final List<SourceOrDestination> sources = new ArrayList<>(0);
  private final List<SourceOrDestination> destinations = new ArrayList<>(0);
  private boolean tooManyUnits;

  private EventDecoder(
      Limits limits,
      Violations violations,
      LdContext context,
      Where where,
      ObjectNode body,
      EventType type,
      boolean fromXml) {
    this.limits = limits;
    this.checks = new FieldChecks(context, violations);
    this.context = context;
    this.where = where;
    this.body = body;
    this.type = type;
    this.fromXml = fromXml;
  }

  /**
   * Checks one event and makes its record.
   *
   * @param outer the context that holds around the event
   * @return null where something without which there is no event is missing; {@code violations}
   *     tells, and may also tell of faults in an event that is returned
   */
  static @Nullable EpcisEvent decode(
      JsonNode node, LdContext outer, Where where, Limits limits, Violations violations) {
    FieldChecks outerChecks = new FieldChecks(outer, violations);
    if (!(node instanceof ObjectNode object)) {
      outerChecks.wrongType(where, "对象", "an object");
      return null;
    }
    LdContext context = outer;
    JsonNode own = object.get("@context");
    if (own != null) {
      context = outerChecks.context(outer, own, where.in("@context"));
      object = withoutContext(object);
    }
    EventType type = typeOf(object, context, where, violations);
    if (type == null) {
      return null;
    }
    return new EventDecoder(limits, violations, context, where, object, type, false).decode();
  }

  /** The same for the JSON form of an event in XML, whose schema leaves more open. */
  static @Nullable EpcisEvent decodeXml(
      ObjectNode object, LdContext context, Where where, Limits limits, Violations violations) {
    EventType type = typeOf(object, context, where, violations);
    return type == null
        ? null
        : new EventDecoder(limits, violations, context, where, object, type, true).decode();
  }

  private static ObjectNode withoutContext(ObjectNode object) {
    ObjectNode copy = object.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!member.getKey().equals("@context")) {
        copy.set(member.getKey(), member.getValue());
      }
    }
    return copy;
  }

  private static @Nullable EventType typeOf(
      ObjectNode object, LdContext context, Where where, Violations violations) {
    JsonNode node = object.get("type");
    FieldChecks checks = new FieldChecks(context, violations);
    if (node == null) {
      checks.missing(where, "type");
      return null;
    }
    String term = checks.text(node, where.in("type"));
    if (term == null) {
      return null;
    }
    EventType type = EventType.ofTerm(term);
    if (type == null && term.indexOf(':') > 0) {
      String full = context.expand(term);
      if (full.startsWith("https://ref.gs1.org/epcis/")) {
        type = EventType.ofTerm(full.substring("https://ref.gs1.org/epcis/".length()));
      }
    }
    if (type == null) {
      violations.add(
          ViolationCode.UNKNOWN_EVENT_TYPE,
          where.in("type"),
          "“" + term + "”不是 EPCIS 2.0 的事件类型",
          "\"" + term + "\" is no event type of EPCIS 2.0");
    }
    return type;
  }

  private @Nullable EpcisEvent decode() {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      member(member.getKey(), member.getValue());
    }
    if (!body.has("eventTime")) {
      checks.missing(where, "eventTime");
    }
    if (!body.has("eventTimeZoneOffset")) {
      checks.missing(where, "eventTimeZoneOffset");
    }
    new EventRules(checks, where, body).check(type, action);
    if (eventTime == null || timeZoneOffset == null) {
      return null;
    }
    return new EpcisEvent(
        type,
        eventTime,
        timeZoneOffset,
        eventId,
        action,
        bizStep,
        disposition,
        readPoint,
        bizLocation,
        units,
        bizTransactions,
        sources,
        destinations,
        transformationId,
        errorDeclaration,
        body,
        context);
  }

  private void member(String name, JsonNode value) {
    Where at = where.in(name);
    switch (name) {
      case "type" -> {}
      case "eventTime" -> eventTime = checks.time(value, at);
      case "recordTime" -> checks.time(value, at);
      case "eventTimeZoneOffset" -> timeZoneOffset = checks.offset(value, at);
      case "eventID" -> eventId = checks.uri(value, at);
      case "certificationInfo" -> certificationInfo(value, at);
      case "errorDeclaration" -> errorDeclaration = errorDeclaration(value, at);
      case "action" -> {
        if (allowed(at, type != EventType.TRANSFORMATION_EVENT)) {
          action = checks.action(value, at);
        }
      }
      case "bizStep" -> bizStep = checks.term(CbvVocabulary.BIZ_STEP, value, at);
      case "disposition" -> disposition = checks.term(CbvVocabulary.DISPOSITION, value, at);
      case "persistentDisposition" -> persistentDisposition(value, at);
      case "readPoint" -> readPoint = place(value, at);
      case "bizLocation" -> bizLocation = place(value, at);
      case "bizTransactionList" -> bizTransactionList(value, at);
      case "sourceList" -> ends(value, at, "source", sources);
      case "destinationList" -> ends(value, at, "destination", destinations);
      case "sensorElementList" -> new SensorRules(checks, !fromXml).check(value, at);
      case "ilmd" -> {
        if (allowed(at, type == EventType.OBJECT_EVENT || type == EventType.TRANSFORMATION_EVENT)) {
          ilmd(value, at);
        }
      }
      case "transformationID" -> {
        if (allowed(at, type == EventType.TRANSFORMATION_EVENT)) {
          transformationId = checks.reference(value, at);
        }
      }
      case "parentID" -> {
        if (allowed(at, hasParent())) {
          unit(UnitRole.PARENT, value, at);
        }
      }
      case "epcList" -> {
        if (allowed(at, hasEpcs())) {
          epcs(UnitRole.EPC, value, at, type == EventType.OBJECT_EVENT);
        }
      }
      case "quantityList" -> {
        if (allowed(at, hasEpcs())) {
          quantities(UnitRole.EPC, value, at);
        }
      }
      case "childEPCs" -> {
        if (allowed(at, hasChildren())) {
          epcs(UnitRole.CHILD, value, at, false);
        }
      }
      case "childQuantityList" -> {
        if (allowed(at, hasChildren())) {
          quantities(UnitRole.CHILD, value, at);
        }
      }
      case "inputEPCList" -> {
        if (allowed(at, type == EventType.TRANSFORMATION_EVENT)) {
          epcs(UnitRole.INPUT, value, at, true);
        }
      }
      case "inputQuantityList" -> {
        if (allowed(at, type == EventType.TRANSFORMATION_EVENT)) {
          quantities(UnitRole.INPUT, value, at);
        }
      }
      case "outputEPCList" -> {
        if (allowed(at, type == EventType.TRANSFORMATION_EVENT)) {
          epcs(UnitRole.OUTPUT, value, at, true);
        }
      }
      case "outputQuantityList" -> {
        if (allowed(at, type == EventType.TRANSFORMATION_EVENT)) {
          quantities(UnitRole.OUTPUT, value, at);
        }
      }
      default -> checks.extensionName(name, at);
    }
  }

  private boolean hasParent() {
    return switch (type) {
      case AGGREGATION_EVENT, ASSOCIATION_EVENT, TRANSACTION_EVENT -> true;
      case OBJECT_EVENT, TRANSFORMATION_EVENT -> false;
    };
  }

  private boolean hasChildren() {
    return type == EventType.AGGREGATION_EVENT || type == EventType.ASSOCIATION_EVENT;
  }

  private boolean hasEpcs() {
    return type == EventType.OBJECT_EVENT || type == EventType.TRANSACTION_EVENT;
  }

  private boolean allowed(Where at, boolean allowed) {
    if (!allowed) {
      checks.forbidden(at, type.term() + " 没有此字段", type.term() + " does not have this field");
    }
    return allowed;
  }

  private void epcs(UnitRole role, JsonNode value, Where at, boolean unique) {
    ArrayNode list = checks.array(value, at);
    if (list == null) {
      return;
    }
    if (unique && !fromXml) {
      checks.unique(list, at);
    }
    for (int i = 0; i < list.size(); i++) {
      unit(role, list.get(i), at.at(i));
    }
  }

  private void unit(UnitRole role, JsonNode value, Where at) {
    String sent = checks.text(value, at);
    String canonical = sent == null ? null : checks.identifier(sent, at);
    if (sent != null && canonical != null) {
      add(new UnitMention(role, sent, canonical, Identifiers.isLot(canonical), null, null), at);
    }
  }

  private void quantities(UnitRole role, JsonNode value, Where at) {
    ArrayNode list = checks.array(value, at);
    if (list == null) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      quantity(role, list.get(i), at.at(i));
    }
  }

  private void quantity(UnitRole role, JsonNode value, Where at) {
    ObjectNode element = checks.object(value, at);
    if (element == null) {
      return;
    }
    String sent = null;
    String canonical = null;
    BigDecimal quantity = null;
    String uom = null;
    for (Map.Entry<String, JsonNode> member : element.properties()) {
      Where in = at.in(member.getKey());
      switch (member.getKey()) {
        case "epcClass" -> {
          sent = checks.text(member.getValue(), in);
          canonical = sent == null ? null : checks.identifier(sent, in);
        }
        case "quantity" -> quantity = checks.number(member.getValue(), in);
        case "uom" -> uom = checks.uom(member.getValue(), in);
        default -> checks.unknown(in);
      }
    }
    if (!element.has("epcClass")) {
      checks.missing(at, "epcClass");
    }
    if (sent != null && canonical != null) {
      add(new UnitMention(role, sent, canonical, Identifiers.isLot(canonical), quantity, uom), at);
    }
  }

  private void add(UnitMention unit, Where at) {
    if (units.size() < limits.maxUnitsPerEvent()) {
      units.add(unit);
    } else if (!tooManyUnits) {
      tooManyUnits = true;
      checks.add(
          ViolationCode.TOO_MANY_UNITS,
          at,
          "一个事件最多可列 " + limits.maxUnitsPerEvent() + " 个追溯单元",
          "an event names at most " + limits.maxUnitsPerEvent() + " units");
    }
  }

  private @Nullable String place(JsonNode value, Where at) {
    ObjectNode place = checks.object(value, at);
    if (place == null) {
      return null;
    }
    JsonNode id = place.get("id");
    if (id == null) {
      checks.missing(at, "id");
      return null;
    }
    return checks.identifier(id, at.in("id"));
  }

  private void bizTransactionList(JsonNode value, Where at) {
    ArrayNode list = checks.array(value, at);
    if (list == null) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      Where item = at.at(i);
      ObjectNode element = checks.object(list.get(i), item);
      if (element == null) {
        continue;
      }
      String id = null;
      String kind = null;
      for (Map.Entry<String, JsonNode> member : element.properties()) {
        Where in = item.in(member.getKey());
        switch (member.getKey()) {
          case "type" ->
              kind = checks.term(CbvVocabulary.BIZ_TRANSACTION_TYPE, member.getValue(), in);
          case "bizTransaction" -> id = checks.reference(member.getValue(), in);
          default -> checks.unknown(in);
        }
      }
      if (!element.has("bizTransaction")) {
        checks.missing(item, "bizTransaction");
      }
      if (id != null) {
        bizTransactions.add(new BizTransaction(kind, id));
      }
    }
  }

  private void ends(JsonNode value, Where at, String field, List<SourceOrDestination> into) {
    ArrayNode list = checks.array(value, at);
    if (list == null) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      Where item = at.at(i);
      ObjectNode element = checks.object(list.get(i), item);
      if (element == null) {
        continue;
      }
      String id = null;
      String kind = null;
      for (Map.Entry<String, JsonNode> member : element.properties()) {
        Where in = item.in(member.getKey());
        if (member.getKey().equals("type")) {
          kind = checks.term(CbvVocabulary.SOURCE_DESTINATION_TYPE, member.getValue(), in);
        } else if (member.getKey().equals(field)) {
          id = checks.identifier(member.getValue(), in);
        } else {
          checks.unknown(in);
        }
      }
      if (!element.has("type")) {
        checks.missing(item, "type");
      }
      if (!element.has(field)) {
        checks.missing(item, field);
      }
      if (id != null && kind != null) {
        into.add(new SourceOrDestination(kind, id));
      }
    }
  }

  private void certificationInfo(JsonNode value, Where at) {
    if (value instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        checks.uri(list.get(i), at.at(i));
      }
    } else {
      checks.uri(value, at);
    }
  }

  private @Nullable ErrorDeclaration errorDeclaration(JsonNode value, Where at) {
    ObjectNode declaration = checks.object(value, at);
    if (declaration == null) {
      return null;
    }
    Instant time = null;
    String reason = null;
    List<String> corrections = new ArrayList<>(1);
    for (Map.Entry<String, JsonNode> member : declaration.properties()) {
      Where in = at.in(member.getKey());
      switch (member.getKey()) {
        case "declarationTime" -> time = checks.time(member.getValue(), in);
        case "reason" -> reason = checks.term(CbvVocabulary.ERROR_REASON, member.getValue(), in);
        case "correctiveEventIDs" -> {
          ArrayNode ids = checks.array(member.getValue(), in);
          for (int i = 0; ids != null && i < ids.size(); i++) {
            String id = checks.uri(ids.get(i), in.at(i));
            if (id != null) {
              corrections.add(id);
            }
          }
        }
        default -> checks.extensionName(member.getKey(), in);
      }
    }
    if (!declaration.has("declarationTime")) {
      checks.missing(at, "declarationTime");
    }
    return time == null ? null : new ErrorDeclaration(time, reason, corrections);
  }

  private void persistentDisposition(JsonNode value, Where at) {
    ObjectNode object = checks.object(value, at);
    if (object == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Where in = at.in(member.getKey());
      if (!member.getKey().equals("set") && !member.getKey().equals("unset")) {
        checks.unknown(in);
        continue;
      }
      ArrayNode list = checks.array(member.getValue(), in);
      if (list == null) {
        continue;
      }
      checks.notEmpty(list, in);
      checks.unique(list, in);
      for (int i = 0; i < list.size(); i++) {
        checks.term(CbvVocabulary.DISPOSITION, list.get(i), in.at(i));
      }
    }
    if (!object.has("set") && !object.has("unset")) {
      checks.add(
          ViolationCode.FORBIDDEN_COMBINATION,
          at,
          "persistentDisposition 至少须有 set 或 unset",
          "a persistentDisposition has set, unset or both");
    }
  }

  private void ilmd(JsonNode value, Where at) {
    ObjectNode object = checks.object(value, at);
    if (object == null) {
      return;
    }
    for (String name : object.propertyNames()) {
      checks.extensionName(name, at.in(name));
    }
  }
}
