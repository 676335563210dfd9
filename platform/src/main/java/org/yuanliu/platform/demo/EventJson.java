package org.yuanliu.platform.demo;

import static org.yuanliu.epcis.YlVocabulary.NAMESPACE;
import static org.yuanliu.epcis.YlVocabulary.PREFIX;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.yuanliu.epcis.YlVocabulary;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds one event in JSON-LD; members stand in the order of the calls. */
final class EventJson {
  static final String KILOGRAM = "KGM";
  static final String INDUSTRY = "farm-products";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+08:00'");
  private static final int GRAM_DIGITS = 3;

  private final ObjectNode event = JSON.objectNode();

  private EventJson(String type, LocalDateTime at) {
    event.put("type", type);
    event.put("eventTime", time(at));
    event.put("eventTimeZoneOffset", DemoOptions.OFFSET.getId());
  }

  static EventJson object(String action, LocalDateTime at) {
    EventJson json = new EventJson("ObjectEvent", at);
    json.event.put("action", action);
    return json;
  }

  static EventJson aggregation(String action, LocalDateTime at) {
    EventJson json = new EventJson("AggregationEvent", at);
    json.event.put("action", action);
    return json;
  }

  static EventJson transformation(LocalDateTime at) {
    return new EventJson("TransformationEvent", at);
  }

  /** With the offset of Beijing. */
  static String time(LocalDateTime at) {
    return TIME.format(at);
  }

  /** A bare CBV word, or a full URI of ours, written with the prefix. */
  EventJson step(String step) {
    event.put("bizStep", compact(step));
    return this;
  }

  EventJson disposition(String word) {
    event.put("disposition", word);
    return this;
  }

  /** Where it happened and where the units are afterwards. */
  EventJson place(Actor actor) {
    event.putObject("readPoint").put("id", actor.place());
    event.putObject("bizLocation").put("id", actor.place());
    return this;
  }

  /** Where it happened; the units do not stay. */
  EventJson readPoint(Actor actor) {
    event.putObject("readPoint").put("id", actor.place());
    return this;
  }

  EventJson principal(Actor actor) {
    if (actor.market() != null) {
      extension(YlVocabulary.PRINCIPAL, actor.id());
    }
    return this;
  }

  EventJson goods(Goods goods) {
    extension(YlVocabulary.PRODUCT, goods.code());
    extension(YlVocabulary.PRODUCT_NAME, goods.name());
    return extension(YlVocabulary.INDUSTRY, INDUSTRY);
  }

  EventJson items(String member, Collection<String> uris) {
    ArrayNode list = event.putArray(member);
    uris.forEach(list::add);
    return this;
  }

  EventJson lot(String member, String uri, long grams) {
    array(member)
        .addObject()
        .put("epcClass", uri)
        .put("quantity", kilograms(grams))
        .put("uom", KILOGRAM);
    return this;
  }

  /** A lot of which some part, nobody knows how much, went in. */
  EventJson lotWithoutQuantity(String member, String uri) {
    array(member).addObject().put("epcClass", uri);
    return this;
  }

  EventJson parent(String uri) {
    event.put("parentID", uri);
    return this;
  }

  EventJson cite(List<Paper> papers) {
    for (Paper paper : papers) {
      array("bizTransactionList")
          .addObject()
          .put("type", compact(paper.kind().uri()))
          .put("bizTransaction", paper.id());
    }
    return this;
  }

  EventJson owners(Actor from, Actor to) {
    owner("sourceList", "source", from.id());
    owner("destinationList", "destination", to.id());
    return this;
  }

  EventJson seller(Actor from) {
    owner("sourceList", "source", from.id());
    return this;
  }

  EventJson extension(String localName, String value) {
    event.put(PREFIX + ":" + localName, value);
    return this;
  }

  EventJson extension(String localName, BigDecimal value) {
    event.put(PREFIX + ":" + localName, value);
    return this;
  }

  /** Yuan for a kilogram; never shown to the public. */
  EventJson price(int fen) {
    return extension("unitPrice", trimmed(BigDecimal.valueOf(fen, 2)));
  }

  EventJson test(String item, String method, String value, String limit, boolean passed) {
    event
        .putObject(PREFIX + ":" + YlVocabulary.TEST_RESULT)
        .put(PREFIX + ":" + YlVocabulary.TEST_ITEM, item)
        .put(PREFIX + ":" + YlVocabulary.TEST_METHOD, method)
        .put(PREFIX + ":" + YlVocabulary.TEST_VALUE, value)
        .put(PREFIX + ":" + YlVocabulary.TEST_LIMIT, limit)
        .put(
            PREFIX + ":" + YlVocabulary.TEST_CONCLUSION,
            passed ? YlVocabulary.CONCLUSION_PASS : YlVocabulary.CONCLUSION_FAIL);
    return this;
  }

  /** As JSON in UTF-8: a tenth of what the tree takes in memory. */
  byte[] bytes() {
    return MAPPER.writeValueAsBytes(event);
  }

  /** As a sender writes it: no needless zeros, never an exponent. */
  static BigDecimal kilograms(long grams) {
    return trimmed(BigDecimal.valueOf(grams, GRAM_DIGITS));
  }

  private static BigDecimal trimmed(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private void owner(String list, String member, String party) {
    array(list).addObject().put("type", "owning_party").put(member, party);
  }

  private ArrayNode array(String member) {
    return event.get(member) instanceof ArrayNode list ? list : event.putArray(member);
  }

  private static String compact(String uri) {
    return uri.startsWith(NAMESPACE) ? PREFIX + ":" + uri.substring(NAMESPACE.length()) : uri;
  }
}
