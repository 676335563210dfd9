package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ErrorDeclaration;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.platform.query.Criterion.EndField;
import org.yuanliu.platform.query.Criterion.PlaceField;
import org.yuanliu.platform.query.Criterion.TimeField;
import tools.jackson.databind.JsonNode;

/**
 * Whether an event meets a query, decided on the decoded event alone: what every answer is held
 * against, whichever index found it.
 */
final class EventTest {
  private final List<Criterion> criteria;
  private final Function<String, Map<String, Set<String>>> attributes;

  /**
   * @param criteria with places already resolved to their descendants
   * @param attributes master data of a vocabulary element, by full attribute name
   */
  EventTest(List<Criterion> criteria, Function<String, Map<String, Set<String>>> attributes) {
    this.criteria = List.copyOf(criteria);
    this.attributes = requireNonNull(attributes, "attributes is null");
  }

  /**
   * @param id the sender's event id, else the event hash
   */
  boolean test(EpcisEvent event, String id, Instant recordTime) {
    EventFields fields = new EventFields(event);
    for (Criterion criterion : criteria) {
      if (!test(criterion, event, fields, id, recordTime)) {
        return false;
      }
    }
    return true;
  }

  private boolean test(
      Criterion criterion, EpcisEvent event, EventFields fields, String id, Instant recordTime) {
    return switch (criterion) {
      case Criterion.EventTypes(Set<String> types) -> types.contains(event.type().term());
      case Criterion.Time(TimeField field, boolean from, Instant moment) ->
          within(time(field, event, recordTime), from, moment);
      case Criterion.Actions(var actions) ->
          event.action() != null && actions.contains(event.action());
      case Criterion.Words(var field, Set<String> uris) -> words(field, event, fields, uris);
      case Criterion.Places(PlaceField field, Set<String> places, boolean descendants) -> {
        String place = field == PlaceField.READ_POINT ? event.readPoint() : event.bizLocation();
        yield place != null && places.contains(place);
      }
      case Criterion.Documents(var type, Set<String> ids) ->
          event.bizTransactions().stream().anyMatch(one -> cites(one, type, ids));
      case Criterion.Ends(EndField end, String type, Set<String> ids) ->
          (end == EndField.SOURCE ? event.sources() : event.destinations())
              .stream().anyMatch(one -> isEnd(one, type, ids));
      case Criterion.Transformations(Set<String> ids) ->
          event.transformationId() != null && ids.contains(event.transformationId());
      case Criterion.Match(UnitField field, List<UnitPattern> patterns) ->
          field.members().stream()
              .anyMatch(member -> fields.anyUnit(member, unit -> fits(unit, patterns)));
      case Criterion.Quantity(Comparison comparison, var uom) -> quantity(fields, comparison, uom);
      case Criterion.EventIds(Set<String> ids) -> ids.contains(id);
      case Criterion.Declared() -> event.errorDeclaration() != null;
      case Criterion.Correctives(Set<String> ids) ->
          event.errorDeclaration() != null
              && event.errorDeclaration().correctiveEventIds().stream().anyMatch(ids::contains);
      case Criterion.Field(var scope, boolean inner, FieldName name, Comparison comparison) ->
          fields.values(scope, inner, name).stream()
              .anyMatch(value -> compares(value, comparison, fields));
      case Criterion.Exists(var scope, boolean inner, FieldName name) ->
          !fields.values(scope, inner, name).isEmpty();
      case Criterion.Attribute attribute -> hasAttribute(attribute, event, fields);
      case Criterion.Sensors() -> !fields.sensorElements().isEmpty();
      case Criterion.SensorTexts(SensorField field, Set<String> values) ->
          sensorTexts(fields, field, values);
      case Criterion.SensorTime(SensorMoment field, boolean from, Instant moment) ->
          sensorTime(fields, field, from, moment);
      case Criterion.SensorNumbers(SensorNumber field, Comparison comparison, var uom) ->
          fields.sensorReports().stream()
              .anyMatch(report -> sensorNumber(report, field, comparison, uom));
    };
  }

  private static boolean within(@Nullable Instant time, boolean from, Instant moment) {
    return time != null && (from ? !time.isBefore(moment) : time.isBefore(moment));
  }

  private static @Nullable Instant time(TimeField field, EpcisEvent event, Instant recordTime) {
    return switch (field) {
      case EVENT_TIME -> event.eventTime();
      case RECORD_TIME -> recordTime;
      case ERROR_DECLARATION_TIME -> {
        ErrorDeclaration declaration = event.errorDeclaration();
        yield declaration == null ? null : declaration.declarationTime();
      }
    };
  }

  private static boolean words(
      Criterion.WordField field, EpcisEvent event, EventFields fields, Set<String> uris) {
    return switch (field) {
      case BIZ_STEP -> event.bizStep() != null && uris.contains(event.bizStep());
      case DISPOSITION -> event.disposition() != null && uris.contains(event.disposition());
      case PERSISTENT_DISPOSITION_SET -> persistent(fields, "set", uris);
      case PERSISTENT_DISPOSITION_UNSET -> persistent(fields, "unset", uris);
      case ERROR_REASON -> {
        ErrorDeclaration declaration = event.errorDeclaration();
        yield declaration != null
            && declaration.reason() != null
            && uris.contains(declaration.reason());
      }
    };
  }

  private static boolean persistent(EventFields fields, String member, Set<String> uris) {
    return EventTerms.persistent(fields, member).stream().anyMatch(uris::contains);
  }

  private static boolean cites(BizTransaction one, @Nullable String type, Set<String> ids) {
    return java.util.Objects.equals(one.type(), type) && ids.contains(one.id());
  }

  private static boolean isEnd(SourceOrDestination one, String type, Set<String> ids) {
    return one.type().equals(type) && ids.contains(one.id());
  }

  private static boolean fits(String unit, List<UnitPattern> patterns) {
    for (UnitPattern pattern : patterns) {
      if (pattern.matches(unit)) {
        return true;
      }
    }
    return false;
  }

  private static boolean quantity(EventFields fields, Comparison comparison, @Nullable String uom) {
    for (String list : UnitField.ANY_CLASS.members()) {
      JsonNode elements = fields.member(list);
      if (elements == null) {
        continue;
      }
      for (JsonNode element : elements) {
        BigDecimal value = number(element.get("quantity"));
        if (value != null && measures(value, text(element.get("uom")), uom, true, comparison)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a value holds in the unit asked for; without one, in whichever it is. */
  private static boolean measures(
      BigDecimal value,
      @Nullable String from,
      @Nullable String to,
      boolean absolute,
      Comparison comparison) {
    if (to == null) {
      return comparison.holds(value);
    }
    BigDecimal converted = from == null ? null : Uom.convert(value, from, to, absolute);
    return converted != null && comparison.holds(converted);
  }

  private static boolean compares(JsonNode value, Comparison comparison, EventFields fields) {
    List<JsonNode> leaves = new ArrayList<>(1);
    EventFields.leaves(value, leaves);
    for (JsonNode leaf : leaves) {
      if (comparison.op() == Comparison.Op.EQ
          ? comparison.values().stream().anyMatch(wanted -> equal(leaf, wanted, fields))
          : ordered(leaf, comparison)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(JsonNode found, Literal wanted, EventFields fields) {
    String text = text(found);
    if (text == null) {
      return false;
    }
    if (text.equals(wanted.text())) {
      return true;
    }
    BigDecimal number = wanted.decimal();
    BigDecimal other = found.isNumber() ? found.decimalValue() : Literal.decimal(text);
    if (number != null && other != null) {
      return number.compareTo(other) == 0;
    }
    Instant time = wanted.time();
    if (time != null) {
      return time.equals(Literal.time(text));
    }
    return wanted.text().indexOf(':') > 0
        && found.isString()
        && CanonicalUri.of(wanted.text()).equals(fields.canonical(text));
  }

  private static boolean ordered(JsonNode found, Comparison comparison) {
    BigDecimal number = number(found);
    if (number != null) {
      return comparison.holds(number);
    }
    String text = text(found);
    Instant time = text == null ? null : Literal.time(text);
    return time != null && comparison.holds(time);
  }

  private boolean hasAttribute(Criterion.Attribute wanted, EpcisEvent event, EventFields fields) {
    for (String element : EventTerms.elements(wanted.field(), event, fields)) {
      Map<String, Set<String>> found = attributes.apply(element);
      for (String name : wanted.attributes()) {
        Set<String> values = found.get(name);
        if (values != null
            && (wanted.values() == null || wanted.values().stream().anyMatch(values::contains))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean sensorTexts(EventFields fields, SensorField field, Set<String> values) {
    return EventTerms.sensorTexts(fields, field).stream().anyMatch(values::contains);
  }

  private static boolean sensorTime(
      EventFields fields, SensorMoment field, boolean from, Instant moment) {
    List<JsonNode> holders = new ArrayList<>(fields.sensorMetadata());
    if (field.inReport()) {
      holders.addAll(fields.sensorReports());
    }
    for (JsonNode holder : holders) {
      String text = text(holder.get(field.member()));
      if (text != null && within(Literal.time(text), from, moment)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sensorNumber(
      JsonNode report, SensorNumber field, Comparison comparison, @Nullable String uom) {
    BigDecimal value = number(report.get(field.member()));
    return value != null
        && measures(value, text(report.get("uom")), uom, field.absolute(), comparison);
  }

  static @Nullable BigDecimal number(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    return value.isString() ? Literal.decimal(value.stringValue()) : null;
  }

  static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isContainer()) {
      return null;
    }
    return value.isString() ? value.stringValue() : value.asString();
  }
}
