package org.yuanliu.platform.soap;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.HardenedXml;

/**
 * An element of a message with all that is in it. A message is small, so it is read as a whole.
 *
 * @param namespace empty: none
 * @param mustUnderstand SOAP's attribute says so
 * @param nil {@code xsi:nil} says so
 * @param text outside of child elements
 */
record XmlElement(
    String namespace,
    String name,
    boolean mustUnderstand,
    boolean nil,
    String text,
    List<XmlElement> children) {
  static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  /** A parameter's value is the seventh element down. */
  static final int MAX_DEPTH = 32;

  /** UTF-16 units of an attribute. */
  private static final int MAX_ATTRIBUTE = 4_096;

  private static final XMLInputFactory FACTORY = HardenedXml.factory(MAX_DEPTH, MAX_ATTRIBUTE);

  XmlElement {
    children = List.copyOf(children);
  }

  /**
   * The root element of a document.
   *
   * @throws SoapFault.FaultException it is no XML, or has a DOCTYPE
   */
  static XmlElement parse(byte[] xml) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
      try {
        XmlElement root = null;
        while (reader.hasNext()) {
          switch (reader.next()) {
            case XMLStreamConstants.DTD ->
                throw refused("消息不得有 DOCTYPE。", "a message has no DOCTYPE.");
            case XMLStreamConstants.START_ELEMENT -> root = read(reader);
            default -> {}
          }
        }
        if (root == null) {
          throw refused("不是有效的 XML。", "is no XML.");
        }
        return root;
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw refused("不是有效的 XML。", "is not valid XML.");
    }
  }

  private static XmlElement read(XMLStreamReader reader) throws XMLStreamException {
    String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
    String name = reader.getLocalName();
    boolean understand = "1".equals(reader.getAttributeValue(SOAP, "mustUnderstand"));
    String nil = reader.getAttributeValue(XSI, "nil");
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(read(reader));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw refused("消息不得引用实体。", "a message refers to no entity.");
        case XMLStreamConstants.END_ELEMENT -> {
          return new XmlElement(
              namespace,
              name,
              understand,
              "true".equals(nil) || "1".equals(nil),
              text.toString(),
              children);
        }
        default -> {}
      }
    }
  }

  static SoapFault.FaultException refused(String zh, String en) {
    return new SoapFault.FaultException(SoapFault.validation("消息：" + zh + " The message: " + en));
  }

  boolean is(String inNamespace, String named) {
    return namespace.equals(inNamespace) && name.equals(named);
  }

  /** The only child of this name; elements of the query interface stand in no namespace. */
  @Nullable XmlElement child(String named) {
    XmlElement found = null;
    for (XmlElement child : children) {
      if (child.is("", named)) {
        if (found != null) {
          throw refused("元素 " + named + " 重复。", "has two elements " + named + ".");
        }
        found = child;
      }
    }
    return found;
  }

  /** The text of the only child of this name. */
  String required(String named) {
    String text = optional(named);
    if (text == null) {
      throw refused("缺少元素 " + named + "。", "lacks the element " + named + ".");
    }
    return text;
  }

  @Nullable String optional(String named) {
    XmlElement child = child(named);
    return child == null ? null : child.text().strip();
  }

  /** Refuses children that are not among these: what is not understood is not ignored. */
  void only(String... names) {
    for (XmlElement child : children) {
      if (child.namespace().isEmpty() && !List.of(names).contains(child.name())) {
        throw refused(
            "元素 " + name + " 内没有 " + child.name() + "。",
            "the element " + name + " has no " + child.name() + ".");
      }
    }
  }
}
