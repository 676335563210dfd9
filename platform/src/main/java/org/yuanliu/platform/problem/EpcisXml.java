package org.yuanliu.platform.problem;

import static java.util.Objects.requireNonNull;

import com.ctc.wstx.stax.WstxOutputFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.yuanliu.epcis.YlVocabulary;

/**
 * Answers of the EPCIS interface in XML that hold no events: refusals, capture jobs
 * (EPCglobal-epcis-2_0.xsd). What the schema does not know stands behind, in our own namespace.
 */
public final class EpcisXml {
  private static final String PREFIX = "epcis";
  private static final String NAMESPACE = "urn:epcglobal:epcis:xsd:2";
  private static final XMLOutputFactory FACTORY = new WstxOutputFactory();
  private static final int REPLACEMENT = 0xFFFD;

  /** Members of RFC 9457 in the order of the schema. */
  private static final List<String> MEMBERS =
      List.of("type", "title", "status", "detail", "instance");

  private EpcisXml() {}

  /** What stands in a document's element. */
  @FunctionalInterface
  public interface Content {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  /**
   * Whether a request takes XML rather than JSON, by its Accept header: JSON where it will do as
   * well, and where the header says nothing that can be understood.
   */
  public static boolean isWanted(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null || accept.isBlank()) {
      return false;
    }
    try {
      for (MediaType type : byPreference(accept)) {
        if (type.includes(MediaType.APPLICATION_JSON)
            || type.includes(MediaType.APPLICATION_PROBLEM_JSON)
            || type.getSubtype().endsWith("+json")) {
          return false;
        }
        if (type.includes(MediaType.APPLICATION_XML)
            || type.includes(MediaType.TEXT_XML)
            || type.includes(MediaType.APPLICATION_PROBLEM_XML)) {
          return true;
        }
      }
    } catch (InvalidMediaTypeException e) {
      return false;
    }
    return false;
  }

  /**
   * Media types that are wanted, the dearest first.
   *
   * @throws InvalidMediaTypeException where the header is none of media types
   */
  public static List<MediaType> byPreference(String accept) {
    return MediaType.parseMediaTypes(accept).stream()
        .filter(type -> type.getQualityValue() > 0)
        .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
        .toList();
  }

  /** A document with one element of EPCIS 2.0, UTF-8. */
  public static byte[] document(String element, Content content) {
    requireNonNull(element, "element is null");
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    try {
      XMLStreamWriter xml = FACTORY.createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement(PREFIX, element, NAMESPACE);
      xml.writeNamespace(PREFIX, NAMESPACE);
      xml.writeNamespace(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE);
      content.write(xml);
      xml.writeEndDocument();
      xml.close();
      return out.toByteArray();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("an answer cannot be written", e);
    }
  }

  /** A refusal: EPCISException, as openapi.yaml has it for {@code application/problem+xml}. */
  static byte[] problem(Map<String, Object> body) {
    return document("EPCISException", xml -> problem(xml, body));
  }

  /**
   * The content of RFC7807ProblemResponseBodyType.
   *
   * @param body as {@link ProblemWriter#body} gives it
   */
  public static void problem(XMLStreamWriter xml, Map<String, Object> body)
      throws XMLStreamException {
    for (String name : MEMBERS) {
      Object value = body.get(name);
      if (value != null) {
        element(xml, name, value.toString());
      }
    }
    for (Map.Entry<String, Object> member : body.entrySet()) {
      if (!MEMBERS.contains(member.getKey())) {
        ours(xml, member.getKey(), member.getValue());
      }
    }
  }

  /** An element with text, in no namespace, as the schema has its own. */
  public static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
  }

  /** A member of ours: a map as an element with elements, a list as so many elements. */
  public static void ours(XMLStreamWriter xml, String name, Object value)
      throws XMLStreamException {
    if (value instanceof List<?> list) {
      for (Object item : list) {
        ours(xml, name, item);
      }
      return;
    }
    xml.writeStartElement(YlVocabulary.PREFIX, name, YlVocabulary.NAMESPACE);
    if (value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        ours(xml, member.getKey().toString(), member.getValue());
      }
    } else {
      xml.writeCharacters(clean(value.toString()));
    }
    xml.writeEndElement();
  }

  /** XML has no place for most control characters, nor for half a pair of surrogates. */
  public static String clean(String text) {
    return text.codePoints()
        .map(c -> isCharacter(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
