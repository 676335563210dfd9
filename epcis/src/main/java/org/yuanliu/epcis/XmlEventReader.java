package org.yuanliu.epcis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings one event from XML into the JSON form in which events are checked and kept. Names, places
 * and order of elements are checked here; values by {@link EventDecoder}, which sees the JSON form.
 */
final class XmlEventReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> OF_A_DOCUMENT = List.of("schemaVersion", "creationDate");
  private static final List<String> QUANTITY_ORDER = List.of("epcClass", "quantity", "uom");

  /**
   * In so many wrappers the schema of 1.2 lets any element in no namespace stand: {@code extension}
   * inside {@code extension} or {@code baseExtension}, kept for versions to come.
   * TransformationEvent and QuantityEvent have one wrapper less.
   */
  private static final int INNERMOST = 2;

  private final XmlCursor cursor;
  private final XmlNamespaces namespaces;
  private final Violations violations;
  private final XmlExtensionReader extensions;
  private final EventType type;

  /** EPCIS 1.x: fields may stand in wrappers or out of them, and their order is not held to. */
  private final boolean version1;

  /** An event without a document around it: others give it the document's attributes. */
  private final boolean alone;

  private final ObjectNode body = NODES.objectNode();
  private int position = -1;

  XmlEventReader(
      XmlCursor cursor,
      XmlNamespaces namespaces,
      Violations violations,
      EventType type,
      boolean version1) {
    this.cursor = cursor;
    this.namespaces = namespaces;
    this.violations = violations;
    this.extensions = new XmlExtensionReader(cursor, namespaces);
    this.type = type;
    this.version1 = version1;
    this.alone = cursor.current() == 1;
  }

  /** The event whose element the cursor has entered; it is left. */
  ObjectNode read() {
    body.put("type", type.term());
    namespaces.declare(cursor);
    attributes(body);
    fields(0);
    return body;
  }

  /**
   * The QuantityEvent of EPCIS 1.0 whose element the cursor has entered; it is left. Deprecated
   * since 1.1, whose §7.4.4 tells what it says as an ObjectEvent: OBSERVE of a quantity.
   */
  ObjectNode readQuantityEvent() {
    body.put("type", EventType.OBJECT_EVENT.term());
    namespaces.declare(cursor);
    attributes(body);
    ObjectNode quantity = NODES.objectNode();
    while (cursor.nextChild()) {
      String name = cursor.name();
      if (!cursor.namespace().isEmpty()) {
        extension(body);
      } else if (name.equals("epcClass")) {
        quantity.put(name, simple());
      } else if (name.equals("quantity")) {
        quantity.set(name, decimal(simple()));
      } else if (name.equals("extension")) {
        fields(INNERMOST);
      } else if (name.equals("baseExtension")) {
        fields(1);
      } else if (XmlFields.position(type, name) < 0) {
        unknown();
      } else {
        field(name);
      }
    }
    body.putArray("epcList");
    body.putArray("quantityList").add(quantity);
    body.put("action", Action.OBSERVE.name());
    return body;
  }

  private void fields(int wrapped) {
    if (wrapped > 0) {
      cursor.eachWrapped(() -> field(wrapped));
      return;
    }
    while (cursor.nextChild()) {
      field(wrapped);
    }
  }

  private void field(int wrapped) {
    String name = cursor.name();
    if (!cursor.namespace().isEmpty()) {
      extension(body);
      position = Integer.MAX_VALUE;
    } else if (wrapped > 0 && !version1) {
      // Wrappers are of 1.x: a fault in 2.0, yet what stands in them is what the event says.
      misplaced();
      if (XmlFields.position(type, name) < 0) {
        cursor.skip();
      } else {
        field(name);
      }
    } else if (name.equals("extension") || name.equals("baseExtension")) {
      // What stands in a wrapper is put where it would stand without.
      if (wrapped == 0) {
        inOrder(name);
      }
      boolean only = name.equals("extension") && type == EventType.TRANSFORMATION_EVENT;
      fields(only ? INNERMOST : wrapped + 1);
    } else if (XmlFields.position(type, name) >= 0) {
      inOrder(name);
      field(name);
    } else if (wrapped >= INNERMOST) {
      extension(body);
    } else {
      unknown();
    }
  }

  private void inOrder(String name) {
    if (version1) {
      return;
    }
    int at = XmlFields.position(type, name);
    if (at < position) {
      violations.add(
          ViolationCode.MISPLACED_ELEMENT,
          here(),
          "元素 " + name + " 的位置不符合 XSD 规定的顺序",
          "the element " + name + " is out of the order of the schema");
    }
    position = Math.max(at, position);
  }

  private void field(String name) {
    int ordinal = cursor.current();
    JsonNode value = value(name);
    if (value == null) {
      return;
    }
    JsonNode before = body.get(name);
    if (before == null) {
      body.set(name, value);
    } else if (name.equals("certificationInfo")) {
      body.remove(name);
      ArrayNode list = before instanceof ArrayNode array ? array : NODES.arrayNode().add(before);
      body.set(name, list.add(value));
    } else {
      violations.add(
          ViolationCode.DUPLICATE_MEMBER,
          Where.element(ordinal),
          "元素 " + name + " 重复出现",
          "the element " + name + " occurs twice");
    }
  }

  private @Nullable JsonNode value(String name) {
    return switch (name) {
      case "bizStep" -> word(CbvVocabulary.BIZ_STEP);
      case "disposition" -> word(CbvVocabulary.DISPOSITION);
      case "readPoint", "bizLocation" -> place();
      case "epcList", "childEPCs", "inputEPCList", "outputEPCList" -> epcs();
      case "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList" ->
          quantities();
      case "bizTransactionList" ->
          typed("bizTransaction", "bizTransaction", CbvVocabulary.BIZ_TRANSACTION_TYPE);
      case "sourceList" -> typed("source", "source", CbvVocabulary.SOURCE_DESTINATION_TYPE);
      case "destinationList" ->
          typed("destination", "destination", CbvVocabulary.SOURCE_DESTINATION_TYPE);
      case "sensorElementList" ->
          new XmlSensorReader(cursor, namespaces, violations, extensions).list();
      case "persistentDisposition" -> persistentDisposition();
      case "errorDeclaration" -> errorDeclaration();
      case "ilmd" -> ilmd();
      default -> NODES.stringNode(simple());
    };
  }

  /** Text of an element that has no attributes. */
  private String simple() {
    cursor.noAttributes();
    return cursor.text();
  }

  private JsonNode word(CbvVocabulary vocabulary) {
    return NODES.stringNode(vocabulary.wordOf(simple(), namespaces.context()));
  }

  private ArrayNode epcs() {
    cursor.noAttributes();
    ArrayNode list = NODES.arrayNode();
    while (cursor.nextChild()) {
      if (isField("epc")) {
        list.add(simple());
      }
    }
    return list;
  }

  private ArrayNode quantities() {
    cursor.noAttributes();
    ArrayNode list = NODES.arrayNode();
    while (cursor.nextChild()) {
      if (isField("quantityElement")) {
        list.add(quantity());
      }
    }
    return list;
  }

  private ObjectNode quantity() {
    cursor.noAttributes();
    ObjectNode element = NODES.objectNode();
    int last = -1;
    boolean counted = false;
    while (cursor.nextChild()) {
      String name = cursor.name();
      int at = cursor.namespace().isEmpty() ? QUANTITY_ORDER.indexOf(name) : -1;
      if (at < 0) {
        unknown();
        continue;
      }
      ordered(name, at, last);
      last = at;
      if (name.equals("quantity")) {
        cursor.noAttributes();
        boolean nil = cursor.isNil();
        String text = cursor.text();
        if (!nil) {
          element.set(name, decimal(text));
        } else if (!text.isEmpty()) {
          cursor.refuseLast(
              ViolationCode.INVALID_VALUE, "标明 xsi:nil 的元素不能有内容", "what is xsi:nil has no content");
        }
      } else {
        if (name.equals("uom") && !version1 && !counted) {
          cursor.inPlace(false);
        }
        element.put(name, simple());
      }
      counted |= name.equals("quantity");
    }
    return element;
  }

  private void ordered(String name, int at, int last) {
    if (at <= last && (!version1 || at == last)) {
      violations.add(
          ViolationCode.MISPLACED_ELEMENT,
          here(),
          "元素 " + name + " 重复,或不符合 XSD 规定的顺序",
          "the element " + name + " is repeated or out of the order of the schema");
    }
  }

  /** xsd:decimal: no exponent. What is none stays text, and the decoder refuses it. */
  private static JsonNode decimal(String text) {
    JsonNode number =
        text.indexOf('e') < 0 && text.indexOf('E') < 0 ? XmlExtensionReader.number(text) : null;
    return number == null ? NODES.stringNode(text) : number;
  }

  private ObjectNode place() {
    cursor.noAttributes();
    ObjectNode place = NODES.objectNode();
    while (cursor.nextChild()) {
      if (!cursor.namespace().isEmpty()) {
        extension(place);
      } else if (cursor.name().equals("extension")) {
        cursor.eachWrapped(() -> placeExtension(place));
      } else if (isField("id")) {
        if (place.has("id") || place.size() > 0) {
          ordered("id", 0, 0);
        }
        place.put("id", simple());
      }
    }
    return place;
  }

  private void placeExtension(ObjectNode place) {
    if (XmlNames.isEvent(cursor.namespace())) {
      unknown();
    } else {
      String name = extensions.bareName();
      XmlExtensionReader.add(place, name, extensions.value());
    }
  }

  /** A list whose items are URIs with a type in an attribute. */
  private ArrayNode typed(String item, String member, CbvVocabulary vocabulary) {
    cursor.noAttributes();
    ArrayNode list = NODES.arrayNode();
    while (cursor.nextChild()) {
      if (!isField(item)) {
        continue;
      }
      ObjectNode element = NODES.objectNode();
      for (int i = 0; i < cursor.attributeCount(); i++) {
        if (cursor.attributeNamespace(i).isEmpty() && cursor.attributeName(i).equals("type")) {
          element.put(
              "type", vocabulary.wordOf(cursor.attributeValue(i).strip(), namespaces.context()));
        } else {
          unknownAttribute(i);
        }
      }
      element.put(member, cursor.text());
      list.add(element);
    }
    if (list.isEmpty()) {
      violations.add(
          ViolationCode.EMPTY_LIST,
          Where.element(cursor.lastLeft()),
          "列表不能为空",
          "this list must not be empty");
    }
    return list;
  }

  private ObjectNode persistentDisposition() {
    cursor.noAttributes();
    ObjectNode object = NODES.objectNode();
    while (cursor.nextChild()) {
      String name = cursor.name();
      if (!cursor.namespace().isEmpty() || !(name.equals("set") || name.equals("unset"))) {
        unknown();
        continue;
      }
      if (!version1 && name.equals("unset") && object.has("set")) {
        ordered(name, 0, 1);
      }
      ArrayNode list = object.get(name) instanceof ArrayNode array ? array : object.putArray(name);
      list.add(word(CbvVocabulary.DISPOSITION));
    }
    return object;
  }

  private ObjectNode errorDeclaration() {
    ObjectNode declaration = NODES.objectNode();
    attributes(declaration);
    errorFields(declaration);
    return declaration;
  }

  private void errorFields(ObjectNode declaration) {
    while (cursor.nextChild()) {
      errorField(declaration, false);
    }
  }

  private void errorField(ObjectNode declaration, boolean wrapped) {
    String name = cursor.namespace().isEmpty() ? cursor.name() : "";
    switch (name) {
      case "declarationTime" -> once(declaration, name, NODES.stringNode(simple()));
      case "reason" -> once(declaration, name, word(CbvVocabulary.ERROR_REASON));
      case "correctiveEventIDs" -> {
        cursor.noAttributes();
        ArrayNode ids = NODES.arrayNode();
        while (cursor.nextChild()) {
          if (isField("correctiveEventID")) {
            ids.add(simple());
          }
        }
        once(declaration, name, ids);
      }
      case "extension" -> cursor.eachWrapped(() -> errorField(declaration, true));
      case "" -> extension(declaration);
      default -> {
        if (wrapped) {
          extension(declaration);
        } else {
          unknown();
        }
      }
    }
  }

  private void once(ObjectNode object, String name, JsonNode value) {
    if (object.replace(name, value) != null) {
      violations.add(
          ViolationCode.DUPLICATE_MEMBER,
          Where.element(cursor.lastLeft()),
          "元素 " + name + " 重复出现",
          "the element " + name + " occurs twice");
    }
  }

  private ObjectNode ilmd() {
    ObjectNode ilmd = NODES.objectNode();
    attributes(ilmd);
    while (cursor.nextChild()) {
      if (cursor.namespace().isEmpty() && cursor.name().equals("extension")) {
        cursor.eachWrapped(() -> extension(ilmd));
      } else if (cursor.namespace().isEmpty()) {
        unknown();
      } else {
        extension(ilmd);
      }
    }
    return ilmd;
  }

  /** An element of another namespace, or of none in a wrapper; one of EPCIS has no place here. */
  private void extension(ObjectNode into) {
    if (XmlNames.isEvent(cursor.namespace())) {
      unknown();
    } else {
      String name = extensions.name();
      XmlExtensionReader.add(into, name, extensions.value());
    }
  }

  /** Attributes where the schema takes any: those in a namespace become members. */
  private void attributes(ObjectNode into) {
    for (int i = 0; i < cursor.attributeCount(); i++) {
      String namespace = cursor.attributeNamespace(i);
      if (namespace.isEmpty()) {
        if (!alone || !OF_A_DOCUMENT.contains(cursor.attributeName(i))) {
          unknownAttribute(i);
        }
      } else if (!XmlNames.isBinding(namespace)) {
        String name =
            namespaces.name(namespace, cursor.attributePrefix(i), cursor.attributeName(i));
        into.put(name, cursor.attributeValue(i));
      }
    }
  }

  /** Whether the entered element is this field; any other is noted and left. */
  private boolean isField(String name) {
    if (cursor.namespace().isEmpty() && cursor.name().equals(name)) {
      return true;
    }
    unknown();
    return false;
  }

  private void unknown() {
    misplaced();
    cursor.skip();
  }

  private void misplaced() {
    violations.add(
        ViolationCode.UNKNOWN_FIELD,
        here(),
        "此处没有元素 " + cursor.name() + ";扩展元素须带命名空间",
        "there is no element " + cursor.name() + " here; an extension must stand in a namespace");
  }

  private void unknownAttribute(int index) {
    violations.add(
        ViolationCode.UNKNOWN_FIELD,
        here().in('@' + cursor.attributeName(index)),
        "此处没有这个属性",
        "there is no such attribute here");
  }

  private Where here() {
    return Where.element(cursor.current());
  }
}
