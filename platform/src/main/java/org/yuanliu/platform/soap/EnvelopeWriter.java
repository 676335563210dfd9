package org.yuanliu.platform.soap;

import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes messages of SOAP 1.1. */
final class EnvelopeWriter {
  private static final String PREFIX = "soapenv";
  private static final String QUERY = "epcisq";
  private static final XMLOutputFactory FACTORY = new WstxOutputFactory();

  private final boolean version1;

  /**
   * @param version1 whether answers are of EPCIS 1.x, else of 2.0
   */
  EnvelopeWriter(boolean version1) {
    this.version1 = version1;
  }

  private interface Content {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  /**
   * A message around an element that is written elsewhere.
   *
   * @param content writes one element with its own namespaces, without an XML declaration
   */
  byte[] around(Consumer<ByteArrayOutputStream> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
    byte[] frame = envelope(xml -> xml.writeCharacters("\n"));
    int at = new String(frame, java.nio.charset.StandardCharsets.US_ASCII).indexOf("\n</");
    out.write(frame, 0, at);
    content.accept(out);
    out.write(frame, at, frame.length - at);
    return out.toByteArray();
  }

  /** An answer that is a text. */
  byte[] text(String element, String text) {
    return query(element, xml -> xml.writeCharacters(text));
  }

  /** An answer that is a list of texts. */
  byte[] texts(String element, List<String> texts) {
    return query(
        element,
        xml -> {
          for (String text : texts) {
            element(xml, "string", text);
          }
        });
  }

  private byte[] query(String element, Content content) {
    return envelope(
        xml -> {
          begin(xml, element);
          content.write(xml);
          xml.writeEndElement();
        });
  }

  private void begin(XMLStreamWriter xml, String element) throws XMLStreamException {
    String namespace = version1 ? EnvelopeReader.QUERY_1 : EnvelopeReader.QUERY_2;
    xml.writeStartElement(QUERY, element, namespace);
    xml.writeNamespace(QUERY, namespace);
  }

  byte[] fault(SoapFault fault) {
    return envelope(
        xml -> {
          xml.writeStartElement(PREFIX, "Fault", XmlElement.SOAP);
          element(xml, "faultcode", PREFIX + ":" + fault.code().word());
          element(xml, "faultstring", fault.text());
          if (fault.exception() != null) {
            xml.writeStartElement("detail");
            begin(xml, fault.exception());
            element(xml, "reason", fault.text());
            if (fault.exception().equals(SoapFault.IMPLEMENTATION)) {
              element(xml, "severity", "ERROR");
            }
            xml.writeEndElement();
            xml.writeEndElement();
          }
          xml.writeEndElement();
        });
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private static byte[] envelope(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    try {
      XMLStreamWriter xml = FACTORY.createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement(PREFIX, "Envelope", XmlElement.SOAP);
      xml.writeNamespace(PREFIX, XmlElement.SOAP);
      xml.writeStartElement(PREFIX, "Body", XmlElement.SOAP);
      content.write(xml);
      xml.writeEndDocument();
      xml.close();
      return out.toByteArray();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a message cannot be written", e);
    }
  }
}
