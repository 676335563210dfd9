package org.yuanliu.epcis;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Extension members of the JSON form as XML elements: what {@link XmlExtensionReader} reads. */
record XmlExtensionWriter(XmlOut out) {

  /** A name as XML has it. */
  record Name(String namespace, String prefix, String local) {}

  /**
   * The element or attribute that a member's name stands for.
   *
   * @return one without local name where XML cannot have it
   */
  static Name name(String name, LdContext context) {
    int colon = name.indexOf(':');
    if (colon >= 0 && !name.startsWith("//", colon + 1)) {
      String prefix = name.substring(0, colon);
      String namespace = context.xmlNamespace(prefix);
      if (namespace != null) {
        return checked(namespace, prefix, name.substring(colon + 1));
      }
    }
    String full = context.expand(name);
    int split =
        Math.max(full.lastIndexOf('/'), Math.max(full.lastIndexOf('#'), full.lastIndexOf(':')));
    if (split < 0) {
      return new Name("", "", XmlOut.isName(name) ? name : "");
    }
    return checked(
        LdContext.withoutColon(full.substring(0, split + 1)), "n", full.substring(split + 1));
  }

  private static Name checked(String namespace, String prefix, String local) {
    boolean possible =
        XmlOut.isName(local)
            && !namespace.isEmpty()
            && XmlOut.carries(namespace)
            && !XmlNames.isBinding(namespace);
    return new Name(namespace, prefix, possible ? local : "");
  }

  /** Writes a member; an array as so many elements. */
  void write(String name, JsonNode value, LdContext context) {
    if (value instanceof ArrayNode array) {
      for (JsonNode item : array) {
        write(name, item, context);
      }
      return;
    }
    Name as = name(name, context);
    if (as.local().isEmpty()) {
      out.start(XmlNames.LD, "ld", "member");
      out.attribute(XmlNames.LD, "ld", "name", name);
    } else {
      out.start(as.namespace(), as.prefix(), as.local());
    }
    content(name, value, context);
    out.end();
  }

  /** Writes attributes and content of an element that was opened for this value. */
  void content(String name, JsonNode value, LdContext context) {
    if (value instanceof ObjectNode object) {
      object(name, object, context);
    } else {
      literalAttributes(value);
      out.text(text(name, value, context));
    }
  }

  private void literalAttributes(JsonNode value) {
    if (value.isNull()) {
      out.attribute(XmlNames.XSI, "xsi", "nil", "true");
    } else if (value.isBoolean()) {
      type("boolean");
    } else if (value.isNumber()) {
      boolean exponent = text("", value, LdContext.DEFAULT).indexOf('E') >= 0;
      type(value.isIntegralNumber() ? "integer" : exponent ? "double" : "decimal");
    } else {
      String text = value.asString();
      if (!text.equals(text.strip())) {
        out.attribute(XmlNames.XML, "xml", "space", "preserve");
      }
    }
  }

  private void type(String type) {
    String prefix = out.prefixOf(XmlNames.XSD);
    if (prefix == null) {
      throw new IllegalStateException("the document's element declares the types of XML Schema");
    }
    out.attribute(XmlNames.XSI, "xsi", "type", prefix + ':' + type);
  }

  private static String text(String name, JsonNode value, LdContext context) {
    if (value.isNull()) {
      return "";
    }
    if (value.isNumber()) {
      return number(value);
    }
    String text = value.asString();
    return value.isString() && context.holdsIdentifiers(name) ? context.expand(text) : text;
  }

  /** A number with the digits that it has, as JSON writes it. */
  static String number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.asString();
    }
    BigDecimal decimal = value.decimalValue();
    return decimal.toString();
  }

  private void object(String name, ObjectNode object, LdContext around) {
    LdContext context = PreHash.contextOf(object, around);
    JsonNode literal = object.get("@value");
    if (literal != null && literal.isValueNode()) {
      literalAttributes(literal);
    }
    // Attributes stand before all content.
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String key = member.getKey();
      JsonNode value = member.getValue();
      if (key.equals("@language") && value.isString()) {
        out.attribute(XmlNames.XML, "xml", "lang", value.stringValue());
      } else if (isKeywordAttribute(key, value)) {
        out.attribute(XmlNames.LD, "ld", key.substring(1), value.stringValue());
      } else if (key.equals(XmlNames.ATTRIBUTES) && value instanceof ObjectNode attributes) {
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
          if (isAttribute(attribute, context)) {
            Name as = name(attribute.getKey(), context);
            out.attribute(as.namespace(), as.prefix(), as.local(), attribute.getValue().asString());
          }
        }
      }
    }
    if (literal != null && literal.isValueNode()) {
      out.text(text(name, literal, context));
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String key = member.getKey();
      JsonNode value = member.getValue();
      boolean written =
          key.equals("@context")
              || (key.equals("@value") && value.isValueNode())
              || (key.equals("@language") && value.isString())
              || (key.equals(XmlNames.ATTRIBUTES) && value.isObject())
              || isKeywordAttribute(key, value);
      if (!written) {
        write(key, value, context);
      }
    }
  }

  private static boolean isAttribute(Map.Entry<String, JsonNode> attribute, LdContext context) {
    return attribute.getValue().isValueNode()
        && !name(attribute.getKey(), context).local().isEmpty();
  }

  private static boolean isKeywordAttribute(String key, JsonNode value) {
    return key.length() > 1
        && key.charAt(0) == '@'
        && !key.equals("@value")
        && !key.equals("@language")
        && !key.equals("@name")
        && value.isString()
        && XmlOut.isName(key.substring(1));
  }
}
