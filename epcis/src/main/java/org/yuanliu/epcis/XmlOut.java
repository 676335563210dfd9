package org.yuanliu.epcis;

import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes XML and keeps account of the namespaces that are declared around each element. */
final class XmlOut {
  private static final char REPLACEMENT = '\uFFFD';

  private final XMLStreamWriter writer;
  private final List<Map<String, String>> scopes = new ArrayList<>();
  private int made;

  /**
   * @param document whether it is a document with its declaration; else one element to be put into
   *     another
   */
  XmlOut(OutputStream out, boolean document) {
    WstxOutputFactory factory = new WstxOutputFactory();
    factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, false);
    try {
      this.writer = factory.createXMLStreamWriter(out, "UTF-8");
      if (document) {
        writer.writeStartDocument("UTF-8", "1.0");
        writer.writeCharacters("\n");
      }
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** Opens an element in no namespace. */
  void start(String name) {
    try {
      writer.writeStartElement("", name, "");
      scopes.add(Map.of());
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /**
   * Opens an element in a namespace, which is declared on it where it is not already.
   *
   * @param wanted prefix to declare it with
   */
  void start(String namespace, String wanted, String name) {
    if (namespace.isEmpty()) {
      start(name);
      return;
    }
    try {
      String declared = prefixOf(namespace);
      String prefix = declared == null ? newPrefix(wanted) : declared;
      writer.writeStartElement(prefix, name, namespace);
      scopes.add(Map.of());
      if (declared == null) {
        bind(prefix, namespace);
      }
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /**
   * Declares a prefix on the element that was opened last, unless that changes what others mean.
   */
  void declare(String prefix, String namespace) {
    if (prefixOf(namespace) == null && isFree(prefix) && isName(prefix)) {
      try {
        bind(prefix, namespace);
      } catch (XMLStreamException e) {
        throw failed(e);
      }
    }
  }

  private void bind(String prefix, String namespace) throws XMLStreamException {
    int last = scopes.size() - 1;
    Map<String, String> scope = scopes.get(last);
    if (scope.isEmpty()) {
      scope = new HashMap<>();
      scopes.set(last, scope);
    }
    scope.put(prefix, namespace);
    writer.writeNamespace(prefix, namespace);
  }

  private boolean isFree(String prefix) {
    for (Map<String, String> scope : scopes) {
      if (scope.containsKey(prefix)) {
        return false;
      }
    }
    return !prefix.toLowerCase(java.util.Locale.ROOT).startsWith("xml");
  }

  private String newPrefix(String wanted) {
    if (isName(wanted) && isFree(wanted)) {
      return wanted;
    }
    String prefix;
    do {
      prefix = "n" + ++made;
    } while (!isFree(prefix));
    return prefix;
  }

  /** The prefix that a namespace has here, or null. No prefix is ever declared twice in a scope. */
  @Nullable String prefixOf(String namespace) {
    for (int i = scopes.size() - 1; i >= 0; i--) {
      for (Map.Entry<String, String> entry : scopes.get(i).entrySet()) {
        if (entry.getValue().equals(namespace)) {
          return entry.getKey();
        }
      }
    }
    return null;
  }

  void attribute(String name, String value) {
    try {
      writer.writeAttribute(name, clean(value));
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  void attribute(String namespace, String wanted, String name, String value) {
    if (namespace.isEmpty()) {
      attribute(name, value);
      return;
    }
    try {
      if (namespace.equals(XmlNames.XML)) {
        writer.writeAttribute("xml", namespace, name, clean(value));
        return;
      }
      String prefix = prefixOf(namespace);
      if (prefix == null) {
        prefix = newPrefix(wanted);
        bind(prefix, namespace);
      }
      writer.writeAttribute(prefix, namespace, name, clean(value));
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  void text(String text) {
    if (!text.isEmpty()) {
      try {
        writer.writeCharacters(clean(text));
      } catch (XMLStreamException e) {
        throw failed(e);
      }
    }
  }

  void end() {
    try {
      writer.writeEndElement();
      scopes.removeLast();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** A whole element with text. */
  void element(String name, String text) {
    start(name);
    text(text);
    end();
  }

  /** A line break between events, for whoever looks at it. */
  void line() {
    text("\n");
  }

  void finish() {
    try {
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** Whether this can name an element or attribute (NCName of Namespaces in XML). */
  static boolean isName(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      boolean start =
          c == '_'
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7)
              || (c >= 0x370 && c <= 0x1FFF && c != 0x37E)
              || (c >= 0x200C && c <= 0x200D)
              || (c >= 0x2070 && c <= 0x218F)
              || (c >= 0x2C00 && c <= 0x2FEF)
              || (c >= 0x3001 && c <= 0xD7FF)
              || (c >= 0xF900 && c <= 0xFDCF)
              || (c >= 0xFDF0 && c <= 0xFFFD)
              || (c >= 0x10000 && c <= 0xEFFFF);
      boolean later =
          c == '-'
              || c == '.'
              || (c >= '0' && c <= '9')
              || c == 0xB7
              || (c >= 0x300 && c <= 0x36F)
              || (c >= 0x203F && c <= 0x2040);
      if (!start && !(i > 0 && later)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  /** Whether XML 1.0 has all characters of this (§2.2). */
  static boolean carries(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isForbidden(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Without characters that XML 1.0 cannot carry. */
  private static String clean(String text) {
    if (carries(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      if (isForbidden(out.charAt(i))) {
        out.setCharAt(i, REPLACEMENT);
      }
    }
    return out.toString();
  }

  private static boolean isForbidden(char c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c >= 0xFFFE;
  }

  private static UncheckedIOException failed(XMLStreamException e) {
    return new UncheckedIOException(
        e.getCause() instanceof IOException cause ? cause : new IOException(e));
  }
}
