package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the events of a record whose values have been read. */
final class EventWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CBV_MEASURE = "gs1:";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  /**
   * A code.
   *
   * @param lot whether it names a class rather than one thing
   */
  record Coded(String uri, boolean lot) {}

  /**
   * A unit that may come with its own quantity.
   *
   * @param quantity null where another element tells it, or nobody
   */
  record Unit(Coded code, @Nullable BigDecimal quantity, @Nullable String uom) {}

  /** One measurement. */
  record Measured(OffsetDateTime time, BigDecimal value) {}

  private final Pack pack;
  private final Product product;
  private final Link link;
  private final Map<String, List<Object>> values;

  EventWriter(Pack pack, Product product, Link link, Map<String, List<Object>> values) {
    this.pack = pack;
    this.product = product;
    this.link = link;
    this.values = values;
  }

  List<ObjectNode> events() {
    List<ObjectNode> events = new ArrayList<>();
    for (EventTemplate template : link.events()) {
      if (template.when() == null || values.containsKey(template.when())) {
        events.add(event(template));
      }
    }
    return events;
  }

  private ObjectNode event(EventTemplate template) {
    ObjectNode event = JSON.objectNode();
    event.put("type", template.type());
    if (template.action() != null) {
      event.put("action", template.action());
    }
    event.put("bizStep", template.bizStep());
    if (template.disposition() != null) {
      event.put("disposition", template.disposition());
    }
    for (Element element : link.elements().values()) {
      List<Object> given = values.get(element.id());
      if (given != null && goesInto(element, template)) {
        write(event, element, given, template);
      }
    }
    event.put(own(YlVocabulary.INDUSTRY), pack.id());
    String productField = own(YlVocabulary.PRODUCT);
    if (!event.has(productField)) {
      event.put(productField, goods());
    }
    String nameField = own(YlVocabulary.PRODUCT_NAME);
    if (!event.has(nameField)) {
      event.put(nameField, product.names().zh());
    }
    return event;
  }

  /** By which the pack knows the product again. */
  private String goods() {
    return product.categoryTerms().stream()
        .sorted(
            Comparator.comparing((String term) -> !term.equals(product.names().zh()))
                .thenComparing(term -> term))
        .findFirst()
        .orElseGet(() -> product.goodsCodes().stream().sorted().findFirst().orElseThrow());
  }

  /** Units go to the first event if nothing is said, all else to every event. */
  private boolean goesInto(Element element, EventTemplate template) {
    if (!element.events().isEmpty()) {
      return element.events().contains(template.id());
    }
    boolean unit =
        element.becomes() instanceof Target.Units
            || (element.becomes() instanceof Target.Single(Target.Member member)
                && member == Target.Member.PARENT)
            || (element.becomes() instanceof Target.Extension extension && extension.ilmd());
    return !unit || link.events().getFirst().equals(template);
  }

  private void write(
      ObjectNode event, Element element, List<Object> given, EventTemplate template) {
    switch (element.becomes()) {
      case Target.Single(Target.Member member) -> single(event, member, given.getFirst());
      case Target.Units(Target.UnitList list) -> units(event, list, element, given);
      case Target.BizTransaction ignored -> documents(event, element, given);
      case Target.Transfer transfer -> transfer(event, transfer, given);
      case Target.Extension extension -> extension(event, extension, element, given, template);
      case Target.Sensor sensor -> sensor(event, sensor, element, given);
      case Target.None ignored -> {}
    }
  }

  private static void single(ObjectNode event, Target.Member member, Object value) {
    switch (member) {
      case EVENT_TIME -> {
        OffsetDateTime time = (OffsetDateTime) value;
        event.put("eventTime", TIME.format(time));
        String offset = time.getOffset().getId();
        event.put("eventTimeZoneOffset", offset.equals("Z") ? "+00:00" : offset);
      }
      case BIZ_LOCATION -> {
        event.putObject("bizLocation").put("id", text(value));
        if (!event.has("readPoint")) {
          event.putObject("readPoint").put("id", text(value));
        }
      }
      case READ_POINT -> event.putObject("readPoint").put("id", text(value));
      case PARENT -> event.put("parentID", text(value));
      case TRANSFORMATION_ID -> event.put("transformationID", text(value));
      case DISPOSITION -> event.put("disposition", text(value));
      case PRINCIPAL -> event.put(own(YlVocabulary.PRINCIPAL), text(value));
    }
  }

  private void units(ObjectNode event, Target.UnitList list, Element element, List<Object> given) {
    for (Object value : given) {
      Unit unit = (Unit) value;
      if (!unit.code().lot()) {
        array(event, list.items()).add(unit.code().uri());
        continue;
      }
      ObjectNode lot = array(event, list.lots()).addObject();
      lot.put("epcClass", unit.code().uri());
      BigDecimal quantity = unit.quantity();
      String uom = unit.uom();
      if (quantity == null && element.quantity() != null && given.size() == 1) {
        // One amount for several lots is nobody's.
        quantity = number(values.get(element.quantity()));
        uom = link.element(element.quantity()).map(Element::uom).orElse(null);
      }
      if (quantity != null) {
        lot.put("quantity", trimmed(quantity));
        if (uom != null) {
          lot.put("uom", uom);
        }
      }
    }
  }

  private static @Nullable BigDecimal number(@Nullable List<Object> values) {
    return switch (values == null || values.isEmpty() ? "" : values.getFirst()) {
      case BigDecimal number -> number;
      case Long number -> BigDecimal.valueOf(number);
      default -> null;
    };
  }

  private void documents(ObjectNode event, Element element, List<Object> given) {
    DocumentType type = requireNonNull(pack.documents().get(String.valueOf(element.document())));
    for (Object number : given) {
      array(event, "bizTransactionList")
          .addObject()
          .put("type", compact(type.uri()))
          .put("bizTransaction", DocumentIds.uri(type, text(number)));
    }
  }

  private static void transfer(ObjectNode event, Target.Transfer transfer, List<Object> given) {
    for (Object value : given) {
      array(event, transfer.source() ? "sourceList" : "destinationList")
          .addObject()
          .put("type", transfer.type())
          .put(transfer.source() ? "source" : "destination", text(value));
    }
  }

  private static void extension(
      ObjectNode event,
      Target.Extension extension,
      Element element,
      List<Object> given,
      EventTemplate template) {
    // Only an event that makes units may describe them (EPCIS 2.0 §7.4.2).
    boolean makes =
        template.type().equals("TransformationEvent") || "ADD".equals(template.action());
    boolean ilmd =
        extension.ilmd()
            && makes
            && (template.type().equals("TransformationEvent")
                || template.type().equals("ObjectEvent"));
    ObjectNode into = ilmd ? object(event, "ilmd") : event;
    if (!extension.member().isEmpty()) {
      into = object(into, compact(extension.name()));
    }
    String name = compact(extension.member().isEmpty() ? extension.name() : extension.member());
    if (element.list()) {
      ArrayNode list = into.putArray(name);
      given.forEach(value -> list.add(json(value)));
    } else {
      into.set(name, json(given.getFirst()));
    }
  }

  private static void sensor(
      ObjectNode event, Target.Sensor sensor, Element element, List<Object> given) {
    ArrayNode reports = array(event, "sensorElementList").addObject().putArray("sensorReport");
    for (Object value : given) {
      ObjectNode report = reports.addObject().put("type", CBV_MEASURE + sensor.measure());
      BigDecimal number =
          switch (value) {
            case Measured measured -> {
              report.put("time", TIME.format(measured.time()));
              yield measured.value();
            }
            case Long whole -> BigDecimal.valueOf(whole);
            default -> (BigDecimal) value;
          };
      report.put(sensor.field(), trimmed(number));
      if (element.uom() != null) {
        report.put("uom", element.uom());
      }
    }
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case BigDecimal number -> JSON.numberNode(trimmed(number));
      case Long number -> JSON.numberNode(number);
      case Boolean flag -> JSON.booleanNode(flag);
      default -> JSON.stringNode(text(value));
    };
  }

  private static String text(Object value) {
    return switch (value) {
      case CodeList.Word word -> word.written();
      case Unit unit -> unit.code().uri();
      case LocalDate day -> day.toString();
      case OffsetDateTime time -> TIME.format(time);
      default -> value.toString();
    };
  }

  /** As a sender writes it: no needless zeros, never an exponent. */
  private static BigDecimal trimmed(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static ArrayNode array(ObjectNode event, String member) {
    return event.get(member) instanceof ArrayNode list ? list : event.putArray(member);
  }

  private static ObjectNode object(ObjectNode event, String member) {
    return event.get(member) instanceof ObjectNode object ? object : event.putObject(member);
  }

  private static String own(String localName) {
    return YlVocabulary.PREFIX + ":" + localName;
  }

  private static String compact(String uri) {
    return uri.startsWith(YlVocabulary.NAMESPACE)
        ? own(uri.substring(YlVocabulary.NAMESPACE.length()))
        : uri;
  }
}
