package org.yuanliu.platform.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.problem.Problem;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a receiver is told where no events can be: its query is gone, may not be asked any more, or
 * cannot be answered. In JSON it is a problem (RFC 9457) with the names of query and subscription;
 * in XML the exception of the query callback interface (EPCIS 1.2 §8.2.9), which has two: a result
 * that is too large, and everything else.
 *
 * @param exception its name by the standard, without a prefix
 */
record Notice(String exception, int status, String zh, String en) {
  private static final String PREFIX = "epcisException:";
  private static final String TOO_LARGE = "QueryTooLargeException";
  private static final String IMPLEMENTATION = "ImplementationException";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  Notice {
    requireNonNull(exception, "exception is null");
    requireNonNull(zh, "zh is null");
    requireNonNull(en, "en is null");
  }

  static Notice of(Problem problem) {
    boolean named = problem.code().startsWith(PREFIX);
    return new Notice(
        named ? problem.code().substring(PREFIX.length()) : IMPLEMENTATION,
        problem.status(),
        problem.zh(),
        problem.en());
  }

  static Notice noAccess() {
    return new Notice("SecurityException", 403, "订阅所用的账号已不能查询。", "the account may not query");
  }

  static Notice queryGone() {
    return new Notice("NoSuchNameException", 404, "查询已被删除,订阅随之终止。", "the query was removed");
  }

  /** The body of a delivery, in the syntax of the subscription. */
  byte[] body(String queryName, String subscriptionId, Syntax syntax, Instant now) {
    return switch (syntax) {
      case JSON_LD -> json(queryName, subscriptionId).getBytes(UTF_8);
      case XML_2_0 -> xml("2", queryName, subscriptionId, now);
      case XML_1_2 -> xml("1", queryName, subscriptionId, now);
    };
  }

  String json(String queryName, String subscriptionId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", PREFIX + exception);
    body.put("title", en);
    body.put("status", status);
    body.put("detail", zh + ' ' + en);
    body.put("queryName", queryName);
    body.put("subscriptionID", subscriptionId);
    return MAPPER.writeValueAsString(body);
  }

  private byte[] xml(String major, String queryName, String subscriptionId, Instant now) {
    String namespace = "urn:epcglobal:epcis-query:xsd:" + major;
    boolean large = exception.equals(TOO_LARGE);
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("epcisq", "EPCISQueryDocument", namespace);
      xml.writeNamespace("epcisq", namespace);
      xml.writeAttribute("schemaVersion", major.equals("1") ? "1.2" : "2.0");
      xml.writeAttribute("creationDate", now.truncatedTo(ChronoUnit.MILLIS).toString());
      xml.writeStartElement("EPCISBody");
      xml.writeStartElement("epcisq", large ? TOO_LARGE : IMPLEMENTATION, namespace);
      element(xml, "reason", PREFIX + exception + ' ' + zh + ' ' + en);
      if (!large) {
        element(xml, "severity", "ERROR");
      }
      element(xml, "queryName", queryName);
      element(xml, "subscriptionID", subscriptionId);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a notice cannot be written", e);
    }
    return out.toString().getBytes(UTF_8);
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
