package org.yuanliu.epcis;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Elements of no schema known here, as JSON:
 *
 * <ul>
 *   <li>an element with text is that text, a number or truth value where {@code xsi:type} says so;
 *   <li>an element with elements is an object, elements of one name an array;
 *   <li>attributes stand in an object under {@code @attributes}, the text beside them under {@code
 *       @value}, {@code xml:lang} under {@code @language};
 *   <li>{@code xsi:nil} is null.
 *   <li>an element in no namespace, as the schemas let stand inside {@code extension}, has one of
 *       ours ({@link XmlNames#UNQUALIFIED}); in a place and inside other extensions it keeps its bare
 *       name.
 * </ul>
 */
record XmlExtensionReader(XmlCursor cursor, XmlNamespaces namespaces) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * Name in JSON of the element that the cursor has entered, as a member of what the standard
   * knows: one in no namespace is put into one of ours.
   */
  String name() {
    return cursor.namespace().isEmpty()
        ? namespaces.name(XmlNames.UNQUALIFIED, "local", cursor.name())
        : bareName();
  }

  /** Likewise, where JSON takes a bare name too: in a place and inside other extensions. */
  String bareName() {
    if (cursor.namespace().equals(XmlNames.LD) && cursor.name().equals("member")) {
      String name = cursor.attribute(XmlNames.LD, "name");
      if (name != null) {
        return name;
      }
    }
    namespaces.declare(cursor);
    return namespaces.name(cursor.namespace(), cursor.prefix(), cursor.name());
  }

  /** The element that the cursor has entered; it is left. */
  JsonNode value() {
    namespaces.declare(cursor);
    Attributes attributes = attributes();
    ObjectNode object = null;
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (cursor.step()) {
        case TEXT -> text.append(cursor.piece(text.length()));
        case ELEMENT -> {
          object = object == null ? NODES.objectNode() : object;
          add(object, bareName(), value());
        }
        case END -> {
          if (attributes.isWrong(text.toString())) {
            cursor.refuseLast(
                ViolationCode.INVALID_VALUE,
                "内容不符合 xsi:type 或 xsi:nil 所标明的类型",
                "the content is not of the type that xsi:type or xsi:nil says");
          }
          return attributes.around(object, text.toString());
        }
      }
    }
  }

  /** Adds a member; a second one of the same name makes an array. */
  static void add(ObjectNode object, String name, JsonNode value) {
    JsonNode before = object.get(name);
    if (before == null) {
      object.set(name, value);
    } else if (before instanceof ArrayNode array) {
      array.add(value);
    } else {
      object.set(name, NODES.arrayNode().add(before).add(value));
    }
  }

  private Attributes attributes() {
    Attributes found = new Attributes();
    for (int i = 0; i < cursor.attributeCount(); i++) {
      String namespace = cursor.attributeNamespace(i);
      String local = cursor.attributeName(i);
      String value = cursor.attributeValue(i);
      switch (namespace) {
        case XmlNames.XSI -> {
          switch (local) {
            case "type" -> found.type = value.substring(value.indexOf(':') + 1).strip();
            case "nil" -> found.nil = value.strip().equals("true") || value.strip().equals("1");
            default -> {} // xsi:schemaLocation says where a schema lies, nothing of the event.
          }
        }
        case XmlNames.XML -> {
          switch (local) {
            case "lang" -> found.keyword("@language", value);
            case "space" -> found.preserve = value.equals("preserve");
            default -> found.put("xml:" + local, value);
          }
        }
        case XmlNames.LD -> {
          if (!local.equals("name")) {
            found.keyword('@' + local, value);
          }
        }
        default -> found.put(namespaces.name(namespace, cursor.attributePrefix(i), local), value);
      }
    }
    return found;
  }

  private static final class Attributes {
    private @Nullable String type;
    private boolean nil;
    private boolean preserve;
    private @Nullable ObjectNode keywords;
    private @Nullable ObjectNode others;

    void keyword(String name, String value) {
      keywords = keywords == null ? NODES.objectNode() : keywords;
      keywords.put(name, value);
    }

    void put(String name, String value) {
      others = others == null ? NODES.objectNode() : others;
      others.put(name, value);
    }

    /**
     * Whether the text is none of the type that the element names for itself. Attributes and
     * elements beside a typed text are let pass: JSON-LD has them, and XML has no other place.
     */
    boolean isWrong(String text) {
      if (nil) {
        return !text.isBlank();
      }
      String value = text.strip();
      return type != null
          && switch (type) {
            case "boolean" -> typed(type, value) == null;
            case "decimal" -> !isPlain(value) || typed(type, value) == null;
            case "double", "float" -> typed(type, value) == null && !value.matches("-?INF|NaN");
            case "integer",
                "int",
                "long",
                "short",
                "byte",
                "nonNegativeInteger",
                "positiveInteger",
                "nonPositiveInteger",
                "negativeInteger",
                "unsignedInt",
                "unsignedLong",
                "unsignedShort",
                "unsignedByte" ->
                !isInteger(value) || typed(type, value) == null;
            case "dateTime" -> Times.parse(Times.withZone(value)) == null;
            default -> false;
          };
    }

    private static boolean isPlain(String text) {
      return text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }

    JsonNode around(@Nullable ObjectNode members, String text) {
      if (members == null && keywords == null && others == null) {
        return literal(text);
      }
      ObjectNode object = NODES.objectNode();
      if (keywords != null) {
        object.setAll(keywords);
      }
      if (others != null) {
        object.set(XmlNames.ATTRIBUTES, others);
      }
      boolean identified = keywords != null && keywords.has("@id");
      if (members == null ? !(identified && text.isBlank()) : !text.isBlank()) {
        object.set("@value", literal(text));
      }
      if (members != null) {
        object.setAll(members);
      }
      return object;
    }

    private JsonNode literal(String text) {
      if (nil) {
        return NODES.nullNode();
      }
      String value = preserve ? text : text.strip();
      if (type != null) {
        JsonNode typed = typed(type, value);
        if (typed != null) {
          return typed;
        }
      }
      return NODES.stringNode(value);
    }
  }

  private static @Nullable JsonNode typed(String type, String text) {
    return switch (type) {
      case "boolean" -> bool(text);
      case "integer",
          "int",
          "long",
          "short",
          "byte",
          "nonNegativeInteger",
          "positiveInteger",
          "nonPositiveInteger",
          "negativeInteger",
          "unsignedInt",
          "unsignedLong",
          "unsignedShort",
          "unsignedByte",
          "decimal",
          "double",
          "float" ->
          number(text);
      default -> null;
    };
  }

  /** The lexical forms of xsd:boolean; null for other text. */
  static @Nullable JsonNode bool(String text) {
    return switch (text) {
      case "true", "1" -> NODES.booleanNode(true);
      case "false", "0" -> NODES.booleanNode(false);
      default -> null;
    };
  }

  /** A number with its digits kept, as the same text in JSON would be read; else null. */
  static @Nullable JsonNode number(String text) {
    if (text.isEmpty() || text.length() > JsonTrees.MAX_NUMBER_LENGTH || !isAscii(text)) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      long exponent = (long) value.precision() - value.scale() - 1;
      if (Math.abs(exponent) > Limits.DEFAULT_MAX_NUMBER_EXPONENT
          || Math.abs((long) value.scale()) > 2L * JsonTrees.MAX_NUMBER_LENGTH) {
        return null;
      }
      if (!isInteger(text)) {
        return NODES.numberNode(value);
      }
      BigInteger integer = value.toBigInteger();
      if (integer.bitLength() < Integer.SIZE) {
        return NODES.numberNode(integer.intValue());
      }
      return integer.bitLength() < Long.SIZE
          ? NODES.numberNode(integer.longValue())
          : NODES.numberNode(integer);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The library's parser would take the digits of every script. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInteger(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }
}
