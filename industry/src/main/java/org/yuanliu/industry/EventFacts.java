package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.EventFact.Reading;
import org.yuanliu.industry.EventFact.UnitFact;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads an EPCIS event as an event of a pack's link, whoever wrote it and however. */
public final class EventFacts {
  private static final String COMMITMENT = YlVocabulary.PREFIX + ":" + YlVocabulary.COMMITMENT;

  private static final String TRANSFER = "https://ref.gs1.org/cbv/SDT-";

  private final Pack pack;
  private final CodeReader codes;
  private final ZoneId zone;

  /** By product and step: the links that an event with the step may be of, in their order. */
  private final Map<String, Map<String, List<Link>>> links = new HashMap<>();

  /**
   * @param codes tells of which scheme a unit is, where several elements name units
   * @param zone in which days begin
   */
  public EventFacts(Pack pack, CodeReader codes, ZoneId zone) {
    this.pack = requireNonNull(pack, "pack is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.zone = requireNonNull(zone, "zone is null");
    for (Product product : pack.products()) {
      Map<String, List<Link>> ofProduct =
          links.computeIfAbsent(product.id(), id -> new HashMap<>());
      for (Link link : product.links()) {
        link.recognisedBy().stream()
            .flatMap(criterion -> criterion.bizSteps().stream())
            .distinct()
            .forEach(step -> ofProduct.computeIfAbsent(step, s -> new ArrayList<>()).add(link));
      }
    }
  }

  /** Who and where, which the event itself may not tell. */
  public record Context(
      String ref,
      Instant recordTime,
      @Nullable String party,
      @Nullable String place,
      @Nullable String nodeType) {
    public Context {
      requireNonNull(ref, "ref is null");
      requireNonNull(recordTime, "recordTime is null");
    }
  }

  /**
   * The event as one of a link; empty if it belongs to none. The product tells among links; where
   * nobody can tell the product, the first link that fits.
   */
  public Optional<EventFact> read(EpcisEvent event, Context context) {
    Optional<Product> product =
        event
            .extension(YlVocabulary.NAMESPACE, YlVocabulary.PRODUCT)
            .filter(JsonNode::isString)
            .flatMap(node -> pack.product(node.asString()));
    String step = event.bizStep();
    if (step == null) {
      return Optional.empty();
    }
    List<Product> candidates = product.map(List::of).orElse(pack.products());
    for (Product candidate : candidates) {
      for (Link link : links.getOrDefault(candidate.id(), Map.of()).getOrDefault(step, List.of())) {
        if (link.recognises(step, event.type().term(), event.disposition(), context.nodeType())) {
          return Optional.of(read(event, link, product.map(Product::id).orElse(null), context));
        }
      }
    }
    return Optional.empty();
  }

  /** The event as one of this link. */
  public EventFact read(EpcisEvent event, Link link, @Nullable String product, Context context) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Element element : link.elements().values()) {
      value(element, event, link).ifPresent(value -> values.put(element.id(), value));
    }
    quantities(event, link, values);
    return new EventFact(
        context.ref(),
        link,
        product,
        event.eventTime(),
        context.recordTime(),
        context.party(),
        context.place(),
        context.nodeType(),
        party(event.sources()),
        party(event.destinations()),
        event.units().stream().map(EventFacts::unit).toList(),
        event.bizTransactions().stream()
            .filter(transaction -> transaction.type() != null)
            .map(t -> new DocumentRef(requireNonNull(t.type()), t.id()))
            .toList(),
        values);
  }

  private static UnitFact unit(UnitMention mention) {
    BigDecimal quantity =
        mention.quantity() == null
            ? mention.lot() ? null : BigDecimal.ONE
            : Quantities.plain(mention.quantity(), mention.uom());
    return new UnitFact(mention.role(), mention.canonical(), quantity);
  }

  private static @Nullable String party(List<SourceOrDestination> ends) {
    for (String type : List.of("owning_party", "possessing_party")) {
      for (SourceOrDestination end : ends) {
        if ((TRANSFER + type).equals(end.type())) {
          return end.id();
        }
      }
    }
    return null;
  }

  private Optional<Object> value(Element element, EpcisEvent event, Link link) {
    return switch (element.becomes()) {
      case Target.Single(Target.Member member) -> single(member, element, event);
      case Target.Units(Target.UnitList list) -> units(element, list, event, link);
      case Target.BizTransaction ignored -> document(element, event);
      case Target.Transfer transfer -> transfer(transfer, event);
      case Target.Extension extension ->
          extension(extension, event).flatMap(node -> typed(element, node));
      case Target.Sensor sensor -> sensor(element, sensor, event);
      case Target.None ignored -> Optional.empty();
    };
  }

  private Optional<Object> single(Target.Member member, Element element, EpcisEvent event) {
    return switch (member) {
      case EVENT_TIME -> Optional.of(event.eventTime());
      case BIZ_LOCATION -> Optional.ofNullable(event.bizLocation());
      case READ_POINT -> Optional.ofNullable(event.readPoint());
      case TRANSFORMATION_ID -> Optional.ofNullable(event.transformationId());
      case PARENT ->
          event.units().stream()
              .filter(unit -> unit.role() == UnitRole.PARENT)
              .map(unit -> (Object) unit.canonical())
              .findFirst();
      case DISPOSITION ->
          Optional.ofNullable(event.disposition()).flatMap(uri -> word(element, uri));
      case PRINCIPAL ->
          event
              .extension(YlVocabulary.NAMESPACE, YlVocabulary.PRINCIPAL)
              .filter(JsonNode::isString)
              .map(JsonNode::asString);
    };
  }

  private Optional<Object> units(
      Element element, Target.UnitList list, EpcisEvent event, Link link) {
    List<Object> found =
        mentions(element, list, event, link).stream()
            .map(UnitMention::canonical)
            .distinct()
            .map(unit -> (Object) unit)
            .toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(element.list() ? found : found.getFirst());
  }

  private List<UnitMention> mentions(
      Element element, Target.UnitList list, EpcisEvent event, Link link) {
    boolean shared =
        link.elements().values().stream()
                .filter(other -> other.becomes().equals(element.becomes()))
                .count()
            > 1;
    UnitRole role =
        switch (list) {
          case UNITS -> UnitRole.EPC;
          case CHILDREN -> UnitRole.CHILD;
          case INPUTS -> UnitRole.INPUT;
          case OUTPUTS -> UnitRole.OUTPUT;
        };
    return event.units().stream()
        .filter(unit -> unit.role() == role)
        .filter(unit -> !shared || element.schemes().isEmpty() || isOf(element, unit.canonical()))
        .toList();
  }

  private boolean isOf(Element element, String canonical) {
    return codes.read(canonical) instanceof Found(Code code)
        && element.schemes().contains(code.scheme());
  }

  /** What units came with, under the name of the element that says how much. */
  private void quantities(EpcisEvent event, Link link, Map<String, Object> values) {
    for (Element element : link.elements().values()) {
      String of = element.quantity();
      if (of == null || of.equals(Element.EACH) || values.containsKey(of)) {
        continue;
      }
      if (element.becomes() instanceof Target.Units(Target.UnitList list)) {
        List<BigDecimal> amounts =
            mentions(element, list, event, link).stream()
                .filter(unit -> unit.quantity() != null)
                .map(unit -> inUnitOf(link.element(of), unit))
                .toList();
        if (!amounts.isEmpty()) {
          values.put(of, amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
      }
    }
  }

  private static BigDecimal inUnitOf(Optional<Element> element, UnitMention unit) {
    BigDecimal quantity = requireNonNull(unit.quantity());
    String wanted = element.map(Element::uom).orElse(null);
    if (wanted == null || wanted.equals(unit.uom())) {
      return quantity;
    }
    BigDecimal one = Quantities.plain(BigDecimal.ONE, wanted);
    return Quantities.plain(quantity, unit.uom()).divide(one, java.math.MathContext.DECIMAL64);
  }

  private Optional<Object> document(Element element, EpcisEvent event) {
    DocumentType type = pack.documents().get(String.valueOf(element.document()));
    if (type == null) {
      return Optional.empty();
    }
    List<Object> numbers =
        event.bizTransactions().stream()
            .filter(transaction -> type.uri().equals(transaction.type()))
            .map(BizTransaction::id)
            .map(id -> (Object) DocumentIds.number(id))
            .toList();
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(element.list() ? numbers : numbers.getFirst());
  }

  private static Optional<Object> transfer(Target.Transfer transfer, EpcisEvent event) {
    List<SourceOrDestination> ends = transfer.source() ? event.sources() : event.destinations();
    return ends.stream()
        .filter(end -> (TRANSFER + transfer.type()).equals(end.type()))
        .map(end -> (Object) end.id())
        .findFirst();
  }

  private static Optional<JsonNode> extension(Target.Extension extension, EpcisEvent event) {
    Optional<JsonNode> field = Optional.empty();
    if (extension.ilmd()) {
      field = member(event.body().get("ilmd"), extension.name(), event);
    }
    // An event that makes no unit can't describe one; what it says stands beside it.
    if (field.isEmpty()) {
      field = member(event.body(), extension.name(), event);
    }
    return extension.member().isEmpty()
        ? field
        : field.flatMap(node -> member(node, extension.member(), event));
  }

  private static Optional<JsonNode> member(
      @Nullable JsonNode object, String name, EpcisEvent event) {
    if (!(object instanceof ObjectNode node)) {
      return Optional.empty();
    }
    String local = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')) + 1);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().endsWith(local) && event.context().expand(field.getKey()).equals(name)) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }

  private Optional<Object> typed(Element element, JsonNode node) {
    if (node instanceof ArrayNode array) {
      List<Object> values =
          array.valueStream().map(item -> one(element, item)).flatMap(Optional::stream).toList();
      if (values.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(element.list() ? values : values.getFirst());
    }
    Optional<Object> value = one(element, node);
    return element.list() ? value.map(List::of) : value;
  }

  /** What is not of the element's type is as good as not there: nothing can be checked of it. */
  private Optional<Object> one(Element element, JsonNode node) {
    if (element.personal() && node.isObject()) {
      return commitment(element, node);
    }
    String text = node.isValueNode() ? node.asString() : "";
    try {
      return switch (element.type()) {
        case TEXT, UNIT, PARTY, PLACE, DOCUMENT ->
            text.isEmpty() ? Optional.empty() : Optional.of(text);
        case CODE -> word(element, text);
        case INTEGER -> Optional.of(new BigDecimal(text).longValueExact());
        case DECIMAL -> Optional.of(new BigDecimal(text));
        case BOOLEAN ->
            Set.of("true", "false").contains(text)
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
        case DATE -> Optional.of(day(text));
        case TIME -> Optional.of(OffsetDateTime.parse(text).toInstant());
        case READINGS -> Optional.empty();
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * That a personal value was given is all that can be checked of it: its commitment stands for it.
   */
  private static Optional<Object> commitment(Element element, JsonNode node) {
    return switch (element.type()) {
      case TEXT, CODE, UNIT, PARTY, PLACE, DOCUMENT ->
          node.get(COMMITMENT) instanceof StringNode text
              ? Optional.of(text.stringValue())
              : Optional.empty();
      case INTEGER, DECIMAL, BOOLEAN, DATE, TIME, READINGS -> Optional.empty();
    };
  }

  /** The day's first moment; of a full time its own day's. */
  private Instant day(String text) {
    LocalDate day =
        text.length() > "2026-01-01".length()
            ? OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDate()
            : LocalDate.parse(text);
    return day.atStartOfDay(zone).toInstant();
  }

  private Optional<Object> word(Element element, String written) {
    CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
    return list == null ? Optional.empty() : list.ofEvent(written).map(CodeList.Word::code);
  }

  private static Optional<Object> sensor(Element element, Target.Sensor sensor, EpcisEvent event) {
    List<Reading> readings = new ArrayList<>();
    if (event.body().get("sensorElementList") instanceof ArrayNode elements) {
      for (JsonNode one : elements) {
        Instant at = time(one.path("sensorMetadata").path("time"), event.eventTime());
        for (JsonNode report : one.path("sensorReport")) {
          String type = report.path("type").asString("");
          String full = CbvVocabulary.MEASUREMENT_TYPE.canonical(type, event.context());
          JsonNode value = report.get(sensor.field());
          if (full != null
              && full.endsWith("/" + sensor.measure())
              && value != null
              && value.isNumber()) {
            readings.add(new Reading(time(report.path("time"), at), value.decimalValue()));
          }
        }
      }
    }
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    return switch (element.type()) {
      case READINGS -> Optional.of(List.copyOf(readings));
      case INTEGER -> Optional.of(readings.getFirst().value().longValue());
      default -> Optional.of(readings.getFirst().value());
    };
  }

  private static Instant time(JsonNode node, Instant otherwise) {
    try {
      return node.isString() ? OffsetDateTime.parse(node.asString()).toInstant() : otherwise;
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
