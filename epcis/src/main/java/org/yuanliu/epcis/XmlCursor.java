package org.yuanliu.epcis;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.DTDInfo;
import org.codehaus.stax2.LocationInfo;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Walks one XML document forwards, element by element, within {@link Limits}. Nothing outside the
 * document is ever read, no entity is expanded but the five of XML itself, and a DOCTYPE may hold a
 * name and nothing else (GS1's own samples carry such a one).
 *
 * <p>What is wrong inside the well-formed document is noted and walked past; what ends the walk
 * throws {@link Stop} after it was noted.
 */
final class XmlCursor implements AutoCloseable {
  private final XMLStreamReader2 reader;
  private final DocumentSource source;
  private final Limits limits;
  private final Violations violations;
  private int depth;
  private int lastOrdinal;
  private int complained;
  private int[] ordinals = new int[32];

  private XmlCursor(
      XMLStreamReader2 reader, DocumentSource source, Limits limits, Violations violations) {
    this.reader = reader;
    this.source = source;
    this.limits = limits;
    this.violations = violations;
  }

  /** Parsers of this factory keep to the limits; safe for use by many threads. */
  static WstxInputFactory factory(Limits limits) {
    return HardenedXml.woodstox(limits.maxDepth(), limits.maxStringLength());
  }

  /** Ends the walk; what is wrong has been noted. Carries no stack trace: refusing stays cheap. */
  static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super("the document cannot be read on", null, false, false);
    }
  }

  /** Stands before the document's element; {@link #nextChild} enters it. */
  static XmlCursor open(
      WstxInputFactory factory, DocumentSource source, Limits limits, Violations violations)
      throws IOException {
    InputStream in = source.open();
    if (!(source instanceof DocumentSource.Bytes)) {
      in = CheckedInput.sized(in, limits.maxBytes());
    }
    try {
      XMLStreamReader2 reader = (XMLStreamReader2) factory.createXMLStreamReader(in);
      return new XmlCursor(reader, source, limits, violations);
    } catch (XMLStreamException e) {
      in.close();
      if (e.getNestedException() instanceof IOException io
          && !(io instanceof CharConversionException)) {
        throw io;
      }
      violations.add(
          ViolationCode.MALFORMED_XML, "", "不是有效的 XML", "not valid XML: " + firstLine(e));
      throw new Stop();
    }
  }

  /** Enters the document's element. */
  void root() {
    try {
      while (true) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            enter();
            return;
          }
          case XMLStreamConstants.DTD -> doctype();
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /**
   * Goes on to the next element inside the one that the cursor is in: to be called after entering
   * it and after each child was read to its end.
   *
   * @return false at the end of the element, which is then left
   */
  boolean nextChild() {
    try {
      while (true) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            enter();
            return true;
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            return false;
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!reader.isWhiteSpace()) {
              unexpectedText();
            }
          }
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private void unexpectedText() {
    if (complained == current()) {
      return; // A long text comes in pieces; one complaint is enough.
    }
    complained = current();
    violations.add(
        ViolationCode.UNEXPECTED_TEXT,
        Where.element(current()),
        "此处应为子元素,不应有文字",
        "elements are due here, not text");
  }

  /** The text of the element that was entered, without white space around it; leaves it. */
  String text() {
    return content().strip();
  }

  /** The text of the element that was entered, as it stands; leaves it. */
  String content() {
    try {
      String only = null;
      StringBuilder parts = null;
      while (true) {
        switch (reader.next()) {
          case XMLStreamConstants.CHARACTERS,
              XMLStreamConstants.CDATA,
              XMLStreamConstants.SPACE -> {
            String part = reader.getText();
            if (only == null) {
              only = checked(part, 0);
            } else {
              parts = parts == null ? new StringBuilder(only) : parts;
              parts.append(checked(part, parts.length()));
            }
          }
          case XMLStreamConstants.START_ELEMENT -> {
            enter();
            violations.add(
                ViolationCode.UNKNOWN_FIELD,
                Where.element(current()),
                "此处应为文字,不应有子元素",
                "text is due here, not an element");
            skip();
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            return parts != null ? parts.toString() : only == null ? "" : only;
          }
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private String checked(String part, int before) {
    if (part.length() > limits.maxStringLength() - before) {
      throw tooLong();
    }
    return part;
  }

  private Stop tooLong() {
    violations.add(
        ViolationCode.STRING_TOO_LONG,
        Where.element(current()),
        "文字超过 " + limits.maxStringLength() + " 个字符",
        "a text is longer than " + limits.maxStringLength());
    return new Stop();
  }

  /** What stands in an element: text and elements mixed. */
  enum Content {
    TEXT,
    ELEMENT,
    END
  }

  /** One step through mixed content; {@link #piece} gives the text. */
  Content step() {
    try {
      while (true) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            enter();
            return Content.ELEMENT;
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            return Content.END;
          }
          case XMLStreamConstants.CHARACTERS,
              XMLStreamConstants.CDATA,
              XMLStreamConstants.SPACE -> {
            return Content.TEXT;
          }
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /** The text that {@link #step} came to, where so much text went before it in its element. */
  String piece(int before) {
    return checked(reader.getText(), before);
  }

  /** Leaves the element that was entered, with all that is in it. */
  void skip() {
    int until = depth - 1;
    while (depth > until) {
      step();
    }
  }

  /** Reads on to the end of the document. */
  void end() {
    try {
      while (reader.hasNext()) {
        reader.next();
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private void enter() {
    depth++;
    if (depth > limits.maxDepth()) {
      violations.add(
          ViolationCode.NESTED_TOO_DEEP,
          Where.element(current(depth - 1)),
          "嵌套超过 " + limits.maxDepth() + " 层",
          "nested more than " + limits.maxDepth() + " deep");
      throw new Stop();
    }
    if (depth == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * depth);
    }
    ordinals[depth] = ++lastOrdinal;
  }

  /** Number of the element that the cursor is in, counting start tags from 1. */
  int current() {
    return current(depth);
  }

  private int current(int at) {
    return ordinals[Math.max(at, 0)];
  }

  /** Number of the element that was left last. */
  int lastLeft() {
    return current(depth + 1);
  }

  String name() {
    return reader.getLocalName();
  }

  /** Empty where there is none. */
  String prefix() {
    String prefix = reader.getPrefix();
    return prefix == null ? "" : prefix;
  }

  /** Empty where there is none. */
  String namespace() {
    String namespace = reader.getNamespaceURI();
    return namespace == null ? "" : namespace;
  }

  int attributeCount() {
    return reader.getAttributeCount();
  }

  String attributeName(int index) {
    return reader.getAttributeLocalName(index);
  }

  String attributePrefix(int index) {
    String prefix = reader.getAttributePrefix(index);
    return prefix == null ? "" : prefix;
  }

  /** Empty where there is none. */
  String attributeNamespace(int index) {
    String namespace = reader.getAttributeNamespace(index);
    return namespace == null ? "" : namespace;
  }

  String attributeValue(int index) {
    return reader.getAttributeValue(index);
  }

  @Nullable String attribute(String namespace, String name) {
    return reader.getAttributeValue(namespace, name);
  }

  /** Notes an attribute of the entered element that has no place there. */
  void noAttributes() {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (!attributeNamespace(i).equals(XmlNames.XSI)) {
        violations.add(
            ViolationCode.UNKNOWN_FIELD,
            Where.element(current()).in('@' + attributeName(i)),
            "此处没有这个属性",
            "there is no such attribute here");
      }
    }
  }

  /** Whether the entered element says by {@code xsi:nil} that it has no content. */
  boolean isNil() {
    String nil = attribute(XmlNames.XSI, "nil");
    return nil != null && (nil.strip().equals("true") || nil.strip().equals("1"));
  }

  /** Notes the entered element where it stands twice or out of its order. */
  void inPlace(boolean right) {
    if (!right) {
      violations.add(
          ViolationCode.MISPLACED_ELEMENT,
          Where.element(current()),
          "元素 " + name() + " 重复,或不符合 XSD 规定的顺序",
          "the element " + name() + " is repeated or out of the order of the schema");
    }
  }

  /** Notes what is wrong with the element that was left last. */
  void refuseLast(ViolationCode code, String zh, String en) {
    violations.add(code, Where.element(lastLeft()), zh, en);
  }

  /** Goes through the elements of an entered wrapper, which is there for one at least. */
  void eachWrapped(Runnable each) {
    boolean any = false;
    while (nextChild()) {
      any = true;
      each.run();
    }
    if (!any) {
      refuseLast(ViolationCode.EMPTY_LIST, "此元素不能为空", "this element must not be empty");
    }
  }

  int declarationCount() {
    return reader.getNamespaceCount();
  }

  /** Empty for the default namespace. */
  String declaredPrefix(int index) {
    String prefix = reader.getNamespacePrefix(index);
    return prefix == null ? "" : prefix;
  }

  /** Empty where the declaration takes the default namespace away. */
  String declaredNamespace(int index) {
    String namespace = reader.getNamespaceURI(index);
    return namespace == null ? "" : namespace;
  }

  private void doctype() throws XMLStreamException {
    DTDInfo info = reader.getDTDInfo();
    if (info.getDTDSystemId() != null || info.getDTDPublicId() != null || hasInternalSubset()) {
      violations.add(
          ViolationCode.DTD_NOT_ALLOWED,
          "",
          "不接受 DTD:DOCTYPE 中只可有一个名称",
          "DTDs are not taken: a DOCTYPE may hold a name and nothing else");
      throw new Stop();
    }
  }

  /** The parser skips the internal subset without keeping it: so its bracket is looked for. */
  private boolean hasInternalSubset() throws XMLStreamException {
    LocationInfo at = reader.getLocationInfo();
    int start = (int) at.getStartingCharOffset();
    int end = (int) at.getEndingCharOffset();
    Charset charset = StandardCharsets.UTF_8;
    String name = reader.getEncoding();
    if (name != null && Charset.isSupported(name)) {
      charset = Charset.forName(name);
    }
    // At most four bytes a character, and a byte order mark before the first.
    String head;
    try (InputStream in = source.open()) {
      head = new String(in.readNBytes(4 * end + 4), charset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int bracket = head.indexOf('[', Math.min(start, head.length()));
    return bracket >= 0 && bracket <= end;
  }

  private Stop malformed(XMLStreamException e) {
    if (e.getNestedException() instanceof CheckedInput.Fault fault) {
      violations.add(fault.violation());
      return new Stop();
    }
    if (e.getNestedException() instanceof IOException io
        && !(io instanceof CharConversionException)) {
      throw new UncheckedIOException(io);
    }
    String reason = firstLine(e);
    String at = "";
    if (e.getLocation() != null) {
      at =
          " (line "
              + e.getLocation().getLineNumber()
              + ", column "
              + e.getLocation().getColumnNumber()
              + ")";
    }
    Where where = depth == 0 ? Where.ROOT : Where.element(current());
    if (reason.startsWith("Maximum Element Depth")) {
      violations.add(
          ViolationCode.NESTED_TOO_DEEP,
          where,
          "嵌套超过 " + limits.maxDepth() + " 层",
          "nested more than " + limits.maxDepth() + " deep");
    } else if (reason.startsWith("Maximum attribute size")) {
      violations.add(
          ViolationCode.STRING_TOO_LONG,
          where,
          "属性值超过 " + limits.maxStringLength() + " 个字符",
          "an attribute is longer than " + limits.maxStringLength());
    } else {
      violations.add(
          ViolationCode.MALFORMED_XML, where, "不是有效的 XML" + at, "not valid XML: " + reason + at);
    }
    return new Stop();
  }

  private static String firstLine(XMLStreamException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }

  @Override
  public void close() {
    try {
      reader.closeCompletely();
    } catch (XMLStreamException e) {
      // The bytes are in memory: there is nothing that could stay open.
      throw new IllegalStateException("closing a parser of bytes failed", e);
    }
  }
}
