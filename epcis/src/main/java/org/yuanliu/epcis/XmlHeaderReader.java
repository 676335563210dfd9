package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Header and master data of an XML document in their JSON form. The Standard Business Document
 * Header is kept whole as an extension of {@code epcisHeader}, beside the three of its values that
 * EPCIS's JSON has fields for.
 */
final class XmlHeaderReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  static final String SBDH_NAME = "StandardBusinessDocumentHeader";

  private final XmlCursor cursor;
  private final XmlNamespaces namespaces;
  private final XmlExtensionReader extensions;
  private final FieldChecks checks;

  XmlHeaderReader(XmlCursor cursor, XmlNamespaces namespaces, Violations violations) {
    this.cursor = cursor;
    this.namespaces = namespaces;
    this.extensions = new XmlExtensionReader(cursor, namespaces);
    this.checks = new FieldChecks(LdContext.DEFAULT, violations);
  }

  /** The EPCISHeader that the cursor has entered, into the members of a JSON document. */
  void header(ObjectNode document) {
    ObjectNode header = NODES.objectNode();
    while (cursor.nextChild()) {
      if (cursor.namespace().equals(XmlNames.SBDH) && cursor.name().equals(SBDH_NAME)) {
        Where at = here();
        String name = extensions.name();
        JsonNode value = extensions.value();
        businessHeader(document, name.substring(0, name.indexOf(':') + 1), value, at);
        JsonNode created = document.get("creationDate");
        boolean more =
            created == null
                || !name.equals(BusinessHeader.NAME)
                || !BusinessHeader.saysNoMore(value, document, created.asString());
        if (more) {
          header.set(name, value);
        }
      } else if (cursor.namespace().isEmpty() && cursor.name().equals("extension")) {
        headerExtension(header, false);
      } else if (!cursor.namespace().isEmpty() && !XmlNames.isBinding(cursor.namespace())) {
        String name = extensions.name();
        XmlExtensionReader.add(header, name, extensions.value());
      } else {
        unknown();
      }
    }
    if (!header.isEmpty()) {
      document.set("epcisHeader", header);
    }
  }

  /**
   * @param takesAny whether the schema takes elements in no namespace: in the innermost wrapper
   */
  private void headerExtension(ObjectNode header, boolean takesAny) {
    while (cursor.nextChild()) {
      inHeaderExtension(header, takesAny);
    }
  }

  private void inHeaderExtension(ObjectNode header, boolean takesAny) {
    if (!cursor.namespace().isEmpty() && !XmlNames.isBinding(cursor.namespace())) {
      String name = extensions.name();
      XmlExtensionReader.add(header, name, extensions.value());
      return;
    }
    switch (cursor.name()) {
      case "EPCISMasterData" -> {
        cursor.inPlace(!header.has("epcisMasterData"));
        header.set("epcisMasterData", masterData());
      }
      case "extension" -> headerExtension(header, true);
      default -> {
        if (takesAny && cursor.namespace().isEmpty()) {
          String name = extensions.name();
          XmlExtensionReader.add(header, name, extensions.value());
        } else {
          unknown();
        }
      }
    }
  }

  private void businessHeader(ObjectNode document, String prefix, JsonNode header, Where at) {
    for (String required :
        new String[] {"HeaderVersion", "Sender", "Receiver", "DocumentIdentification"}) {
      if (!header.has(prefix + required)) {
        checks.missing(at, required);
      }
    }
    put(document, "sender", identifier(header.get(prefix + "Sender"), prefix));
    put(document, "receiver", identifier(header.get(prefix + "Receiver"), prefix));
    JsonNode identification = header.get(prefix + "DocumentIdentification");
    if (identification != null) {
      put(document, "instanceIdentifier", text(identification.get(prefix + "InstanceIdentifier")));
    }
  }

  private static @Nullable String identifier(@Nullable JsonNode partner, String prefix) {
    JsonNode first = partner instanceof ArrayNode list ? list.get(0) : partner;
    return first == null ? null : text(first.get(prefix + "Identifier"));
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    JsonNode literal = value.isObject() ? value.get("@value") : value;
    return literal == null || !literal.isString() || literal.stringValue().isEmpty()
        ? null
        : literal.stringValue();
  }

  private static void put(ObjectNode document, String name, @Nullable String value) {
    if (value != null) {
      document.put(name, value);
    }
  }

  private ObjectNode masterData() {
    cursor.noAttributes();
    ObjectNode masterData = NODES.objectNode();
    while (cursor.nextChild()) {
      if (isHere("VocabularyList")) {
        cursor.inPlace(masterData.isEmpty());
        masterData.set("vocabularyList", vocabularyList());
      } else {
        other(masterData);
      }
    }
    if (!masterData.has("vocabularyList")) {
      cursor.refuseLast(
          ViolationCode.MISSING_FIELD,
          "缺少 VocabularyList",
          "the required element VocabularyList is missing");
    }
    return masterData;
  }

  /** The VocabularyList that the cursor has entered. */
  ArrayNode vocabularyList() {
    cursor.noAttributes();
    ArrayNode list = NODES.arrayNode();
    while (cursor.nextChild()) {
      if (isHere("Vocabulary")) {
        list.add(vocabulary());
      } else {
        unknown();
      }
    }
    return list;
  }

  private ObjectNode vocabulary() {
    ObjectNode vocabulary = NODES.objectNode();
    uriAttribute(vocabulary, "type");
    while (cursor.nextChild()) {
      if (isHere("VocabularyElementList")) {
        cursor.inPlace(!vocabulary.has("vocabularyElementList"));
        cursor.noAttributes();
        ArrayNode elements = vocabulary.putArray("vocabularyElementList");
        cursor.eachWrapped(
            () -> {
              if (isHere("VocabularyElement")) {
                elements.add(element());
              } else {
                unknown();
              }
            });
      } else {
        other(vocabulary);
      }
    }
    return vocabulary;
  }

  private ObjectNode element() {
    ObjectNode element = NODES.objectNode();
    uriAttribute(element, "id");
    while (cursor.nextChild()) {
      if (isHere("attribute")) {
        cursor.inPlace(!element.has("children"));
        ArrayNode attributes =
            element.get("attributes") instanceof ArrayNode list
                ? list
                : element.putArray("attributes");
        attributes.add(attribute());
      } else if (isHere("children")) {
        cursor.inPlace(!element.has("children"));
        ArrayNode children = element.putArray("children");
        while (cursor.nextChild()) {
          if (isHere("id")) {
            Where at = here();
            cursor.noAttributes();
            JsonNode id = NODES.stringNode(cursor.text());
            checks.uri(id, at);
            children.add(id);
          } else {
            unknown();
          }
        }
      } else {
        other(element);
      }
    }
    return element;
  }

  private ObjectNode attribute() {
    ObjectNode attribute = NODES.objectNode();
    uriAttribute(attribute, "id");
    JsonNode value = extensions.value();
    // The attribute "id" was read with the others.
    if (value.get(XmlNames.ATTRIBUTES) instanceof ObjectNode attributes) {
      attributes.remove("id");
      if (attributes.isEmpty() && value instanceof ObjectNode object) {
        object.remove(XmlNames.ATTRIBUTES);
        JsonNode alone = object.size() == 1 ? object.get("@value") : null;
        value = alone == null ? object : alone;
      }
    }
    if (value.isBoolean() || value.isNull()) {
      value = NODES.stringNode(value.isNull() ? "" : value.asString());
    }
    return attribute.set("attribute", value);
  }

  private void uriAttribute(ObjectNode into, String name) {
    for (int i = 0; i < cursor.attributeCount(); i++) {
      String namespace = cursor.attributeNamespace(i);
      if (namespace.isEmpty() && cursor.attributeName(i).equals(name)) {
        JsonNode value = NODES.stringNode(cursor.attributeValue(i).strip());
        checks.uri(value, here().in('@' + name));
        into.set(name, value);
      } else if (!namespace.isEmpty() && !XmlNames.isBinding(namespace)) {
        into.put(
            namespaces.name(namespace, cursor.attributePrefix(i), cursor.attributeName(i)),
            cursor.attributeValue(i));
      }
    }
    if (!into.has(name)) {
      checks.missing(here(), name);
    }
  }

  /** An extension, in its wrapper or without. */
  private void other(ObjectNode into) {
    if (cursor.namespace().isEmpty() && cursor.name().equals("extension")) {
      cursor.eachWrapped(
          () -> {
            String name = extensions.name();
            XmlExtensionReader.add(into, name, extensions.value());
          });
    } else if (cursor.namespace().isEmpty() || XmlNames.isBinding(cursor.namespace())) {
      unknown();
    } else {
      String name = extensions.name();
      XmlExtensionReader.add(into, name, extensions.value());
    }
  }

  private boolean isHere(String name) {
    return cursor.namespace().isEmpty() && cursor.name().equals(name);
  }

  private void unknown() {
    checks.unknown(here());
    cursor.skip();
  }

  private Where here() {
    return Where.element(cursor.current());
  }
}
