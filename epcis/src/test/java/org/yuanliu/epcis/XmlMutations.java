package org.yuanliu.epcis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * XML documents with one thing changed, made from right ones: elements dropped, doubled, swapped,
 * renamed or put where none belongs, attributes taken away or added, bad text and values. A place
 * that was changed the same way before (same path, positions aside) is passed over.
 */
final class XmlMutations {
  /**
   * One changed document.
   *
   * @param what how, as in {@code text "no uri"}
   * @param shape where: path of local names from the event or the document
   */
  record Mutant(byte[] document, String what, String shape) {
    @Override
    public String toString() {
      return what + " at " + shape;
    }
  }

  private static final String[] TEXTS = {
    "",
    "word",
    "no uri",
    "x:y",
    "-1",
    "1.50",
    "1e3",
    "true",
    "ADD",
    "DELETE",
    "+14:30",
    "-00:00",
    "2026-02-30T00:00:00Z",
    "2026-02-01T00:00:00",
    "2026-02-01T24:00:00Z",
    "2026-02-01T00:00:00.123456789012Z",
    "12026-02-01T00:00:00Z",
    "-0001-02-01T00:00:00Z",
    "2026-02-01T00:00:60Z",
    "2026-02-01t00:00:00z",
    "KG",
    "kgm",
    "0xff",
    "urn:epcglobal:cbv:bizstep:nonsense",
    "urn:a:b"
  };

  private final Set<String> seen = new HashSet<>();
  private final DocumentBuilderFactory parsers = DocumentBuilderFactory.newNSInstance();
  private final Transformer writer;
  private final int sample;

  /**
   * @param sample gives one mutant in so many, always the same ones
   */
  XmlMutations(int sample) {
    this.sample = sample;
    try {
      this.writer = TransformerFactory.newInstance().newTransformer();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands over every new mutant of a document. */
  void of(byte[] xml, Consumer<Mutant> sink) {
    try {
      Document document = parsers.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
      if (document.getDoctype() != null) {
        document.removeChild(document.getDoctype());
      }
      visit(document.getDocumentElement(), document.getDocumentElement().getLocalName(), sink);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void visit(Element element, String shape, Consumer<Mutant> sink) {
    spoil(element, shape, sink);
    for (Element child : children(element)) {
      String name = child.getLocalName();
      visit(child, name.endsWith("Event") ? name : shape + '/' + name, sink);
    }
  }

  private static List<Element> children(Node parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private void spoil(Element element, String shape, Consumer<Mutant> sink) {
    attributes(element, shape, sink);
    for (String[] added :
        new String[][] {{"", "bare"}, {"urn:x:new", "x:new"}, {"", "extension"}, {"", "epcList"}}) {
      change(
          "append " + added[1],
          shape,
          sink,
          element,
          () -> {
            Element made = element.getOwnerDocument().createElementNS(added[0], added[1]);
            element.appendChild(made);
            return () -> element.removeChild(made);
          });
    }
    change(
        "stray text",
        shape,
        sink,
        element,
        () -> {
          Node text = element.getOwnerDocument().createTextNode("stray");
          element.insertBefore(text, element.getFirstChild());
          return () -> element.removeChild(text);
        });
    if (children(element).isEmpty()) {
      for (String text : TEXTS) {
        change(
            "text \"" + text + '"',
            shape,
            sink,
            element,
            () -> {
              String before = element.getTextContent();
              element.setTextContent(text);
              return () -> element.setTextContent(before);
            });
      }
    }
    if (element.getParentNode() instanceof Element parent) {
      placement(element, parent, shape, sink);
    }
  }

  private void placement(Element element, Element parent, String shape, Consumer<Mutant> sink) {
    Node next = element.getNextSibling();
    change(
        "drop",
        shape,
        sink,
        element,
        () -> {
          parent.removeChild(element);
          return () -> parent.insertBefore(element, next);
        });
    change(
        "double",
        shape,
        sink,
        element,
        () -> {
          Node copy = element.cloneNode(true);
          parent.insertBefore(copy, element);
          return () -> parent.removeChild(copy);
        });
    change(
        "move to the front",
        shape,
        sink,
        element,
        () -> {
          parent.insertBefore(element, parent.getFirstChild());
          return () -> {
            parent.removeChild(element);
            parent.insertBefore(element, next);
          };
        });
    change(
        "move to the end",
        shape,
        sink,
        element,
        () -> {
          parent.appendChild(element);
          return () -> {
            parent.removeChild(element);
            parent.insertBefore(element, next);
          };
        });
    change(
        "empty",
        shape,
        sink,
        element,
        () -> {
          Node hollow = element.cloneNode(false);
          parent.replaceChild(hollow, element);
          return () -> parent.replaceChild(element, hollow);
        });
  }

  private void attributes(Element element, String shape, Consumer<Mutant> sink) {
    for (String[] added : new String[][] {{"", "bare"}, {"urn:x:new", "x:new"}, {"", "type"}}) {
      if (!element.hasAttribute(added[1])) {
        change(
            "attribute " + added[1],
            shape,
            sink,
            element,
            () -> {
              element.setAttributeNS(added[0].isEmpty() ? null : added[0], added[1], "urn:a:b");
              return () -> element.removeAttribute(added[1]);
            });
      }
    }
    NamedNodeMap map = element.getAttributes();
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < map.getLength(); i++) {
      Attr attribute = (Attr) map.item(i);
      if (!attribute.getName().startsWith("xmlns") && !attribute.getName().startsWith("xsi:")) {
        attributes.add(attribute);
      }
    }
    for (Attr attribute : attributes) {
      String at = shape + "/@" + attribute.getName();
      String before = attribute.getValue();
      change(
          "drop",
          at,
          sink,
          element,
          () -> {
            element.removeAttributeNode(attribute);
            return () -> element.setAttributeNode(attribute);
          });
      for (String text : TEXTS) {
        change(
            "value \"" + text + '"',
            at,
            sink,
            element,
            () -> {
              attribute.setValue(text);
              return () -> attribute.setValue(before);
            });
      }
    }
  }

  /** Does a change and gives what takes it back. */
  private interface Change {
    Runnable apply();
  }

  private void change(
      String what, String shape, Consumer<Mutant> sink, Element element, Change change) {
    String name = what + " at " + shape;
    if (!seen.add(name) || Math.floorMod(name.hashCode(), sample) != 0) {
      return;
    }
    Document document = element.getOwnerDocument();
    Runnable back = change.apply();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.transform(new DOMSource(document), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException(name, e);
    }
    sink.accept(new Mutant(out.toByteArray(), what, shape));
    back.run();
  }
}
