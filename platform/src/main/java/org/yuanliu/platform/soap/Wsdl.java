package org.yuanliu.platform.soap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The description of the SOAP address in WSDL 1.1: operations, messages, faults and names of the
 * standard (EPCIS 2.0 §11.2), in one document that fetches nothing. Its schema has the query
 * interface to the letter and leaves events and vocabularies open, whose schemas are GS1's.
 *
 * @param version1 of EPCIS 1.2 instead of 2.0
 */
record Wsdl(boolean version1) {
  private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
  private static final String SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";
  private static final String XSD = "http://www.w3.org/2001/XMLSchema";
  private static final String HTTP = "http://schemas.xmlsoap.org/soap/http";
  private static final List<String> EVERY =
      List.of("SecurityException", "ValidationException", "ImplementationException");

  /**
   * @param name as WSDL has it; the request is an element of the same name with a capital
   * @param result element of the answer
   * @param faults beside those of every operation
   */
  private record Operation(String name, String result, List<String> faults) {
    String request() {
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    List<String> allFaults() {
      return java.util.stream.Stream.concat(faults.stream(), EVERY.stream()).toList();
    }
  }

  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation("getQueryNames", "GetQueryNamesResult", List.of()),
          new Operation(
              "subscribe",
              "SubscribeResult",
              List.of(
                  "NoSuchNameException",
                  "InvalidURIException",
                  "DuplicateSubscriptionException",
                  "QueryParameterException",
                  "QueryTooComplexException",
                  "SubscriptionControlsException",
                  "SubscribeNotPermittedException")),
          new Operation("unsubscribe", "UnsubscribeResult", List.of("NoSuchSubscriptionException")),
          new Operation(
              "getSubscriptionIDs", "GetSubscriptionIDsResult", List.of("NoSuchNameException")),
          new Operation(
              "poll",
              "QueryResults",
              List.of(
                  "QueryParameterException",
                  "QueryTooLargeException",
                  "QueryTooComplexException",
                  "NoSuchNameException")),
          new Operation("getStandardVersion", "GetStandardVersionResult", List.of()),
          new Operation("getVendorVersion", "GetVendorVersionResult", List.of()));

  /** Elements and what each holds; a name ending in ? may be absent, in * be there often. */
  private static final Map<String, List<String>> ELEMENTS = elements();

  private static final Map<String, List<String>> TYPES = types();

  private static Map<String, List<String>> elements() {
    Map<String, List<String>> elements = new LinkedHashMap<>();
    for (String name : List.of("GetQueryNames", "GetStandardVersion", "GetVendorVersion")) {
      elements.put(name, List.of());
    }
    elements.put(
        "Subscribe",
        List.of(
            "queryName string",
            "params QueryParams",
            "dest anyURI",
            "controls SubscriptionControls",
            "subscriptionID string"));
    elements.put("Unsubscribe", List.of("subscriptionID string"));
    elements.put("GetSubscriptionIDs", List.of("queryName string"));
    elements.put("Poll", List.of("queryName string", "params QueryParams"));
    elements.put("GetQueryNamesResult", List.of("string* string"));
    elements.put("GetSubscriptionIDsResult", List.of("string* string"));
    elements.put("SubscribeResult", List.of());
    elements.put("UnsubscribeResult", List.of());
    elements.put(
        "QueryResults",
        List.of("queryName string", "subscriptionID? string", "resultsBody QueryResultsBody", "*"));
    for (String name :
        List.of(
            "DuplicateNameException",
            "InvalidURIException",
            "NoSuchNameException",
            "NoSuchSubscriptionException",
            "DuplicateSubscriptionException",
            "QueryParameterException",
            "QueryTooComplexException",
            "SubscriptionControlsException",
            "SubscribeNotPermittedException",
            "SecurityException",
            "ValidationException")) {
      elements.put(name, List.of("reason string"));
    }
    elements.put(
        "QueryTooLargeException",
        List.of("reason string", "queryName? string", "subscriptionID? string"));
    elements.put(
        "ImplementationException",
        List.of("reason string", "severity string", "queryName? string", "subscriptionID? string"));
    return elements;
  }

  private static Map<String, List<String>> types() {
    Map<String, List<String>> types = new LinkedHashMap<>();
    types.put("QueryParams", List.of("param* QueryParam"));
    types.put("QueryParam", List.of("name string", "value anyType"));
    types.put(
        "SubscriptionControls",
        List.of(
            "schedule? QuerySchedule",
            "trigger? anyURI",
            "initialRecordTime? dateTime",
            "reportIfEmpty boolean",
            "*"));
    types.put(
        "QuerySchedule",
        List.of(
            "second? string",
            "minute? string",
            "hour? string",
            "dayOfMonth? string",
            "month? string",
            "dayOfWeek? string",
            "*"));
    types.put("QueryResultsBody", List.of("EventList? anyType", "VocabularyList? anyType"));
    return types;
  }

  /**
   * The document.
   *
   * @param address that clients send messages to
   */
  byte[] document(String address) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new Writer(xml, version1 ? "1" : "2").definitions(address);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the WSDL cannot be written", e);
    }
    return text.toString().getBytes(UTF_8);
  }

  private record Writer(XMLStreamWriter xml, String major) {
    void definitions(String address) throws XMLStreamException {
      String target = "urn:epcglobal:epcis:wsdl:" + major;
      xml.writeStartDocument("UTF-8", "1.0");
      start("definitions", "targetNamespace", target);
      xml.writeNamespace("wsdl", WSDL);
      xml.writeNamespace("soap", SOAP);
      xml.writeNamespace("xsd", XSD);
      xml.writeNamespace("impl", target);
      xml.writeNamespace("q", query());
      start("types");
      schema();
      xml.writeEndElement();
      for (Operation operation : OPERATIONS) {
        message(operation.name() + "Request", "parms", operation.request());
        message(operation.name() + "Response", operation.name() + "Return", operation.result());
      }
      for (String element : ELEMENTS.keySet()) {
        if (element.endsWith("Exception")) {
          message(element + "Response", "fault", element);
        }
      }
      portType();
      binding();
      start("service", "name", "EPCglobalEPCISService");
      start("port", "name", "EPCglobalEPCISServicePort", "binding", "impl:EPCISServiceBinding");
      xml.writeEmptyElement("soap", "address", SOAP);
      xml.writeAttribute("location", address);
      xml.writeEndDocument();
    }

    private String query() {
      return "urn:epcglobal:epcis-query:xsd:" + major;
    }

    private void start(String name, String... attributes) throws XMLStreamException {
      xml.writeStartElement("wsdl", name, WSDL);
      attributes(attributes);
    }

    private void empty(String name, String... attributes) throws XMLStreamException {
      xml.writeEmptyElement("wsdl", name, WSDL);
      attributes(attributes);
    }

    private void xsd(String name, String... attributes) throws XMLStreamException {
      xml.writeStartElement("xsd", name, XSD);
      attributes(attributes);
    }

    private void attributes(String... attributes) throws XMLStreamException {
      for (int i = 0; i < attributes.length; i += 2) {
        xml.writeAttribute(attributes[i], attributes[i + 1]);
      }
    }

    private void message(String name, String part, String element) throws XMLStreamException {
      start("message", "name", name);
      empty("part", "name", part, "element", "q:" + element);
      xml.writeEndElement();
    }

    private void portType() throws XMLStreamException {
      start("portType", "name", "EPCISServicePortType");
      for (Operation operation : OPERATIONS) {
        start("operation", "name", operation.name());
        for (String direction : List.of("Request", "Response")) {
          String name = operation.name() + direction;
          String element = direction.equals("Request") ? "input" : "output";
          empty(element, "name", name, "message", "impl:" + name);
        }
        for (String fault : operation.allFaults()) {
          empty("fault", "name", fault + "Fault", "message", "impl:" + fault + "Response");
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }

    private void binding() throws XMLStreamException {
      start("binding", "name", "EPCISServiceBinding", "type", "impl:EPCISServicePortType");
      xml.writeEmptyElement("soap", "binding", SOAP);
      attributes("style", "document", "transport", HTTP);
      for (Operation operation : OPERATIONS) {
        start("operation", "name", operation.name());
        xml.writeEmptyElement("soap", "operation", SOAP);
        attributes("soapAction", "");
        literal("input", operation.name() + "Request", "body");
        literal("output", operation.name() + "Response", "body");
        for (String fault : operation.allFaults()) {
          literal("fault", fault + "Fault", "fault");
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }

    private void literal(String element, String name, String kind) throws XMLStreamException {
      start(element, "name", name);
      xml.writeEmptyElement("soap", kind, SOAP);
      if (kind.equals("fault")) {
        attributes("name", name);
      }
      attributes("use", "literal");
      xml.writeEndElement();
    }

    private void schema() throws XMLStreamException {
      xsd("schema", "targetNamespace", query(), "elementFormDefault", "unqualified");
      for (Map.Entry<String, List<String>> element : ELEMENTS.entrySet()) {
        xsd("element", "name", element.getKey());
        complex(element.getValue());
        xml.writeEndElement();
      }
      for (String name : List.of("GetStandardVersionResult", "GetVendorVersionResult")) {
        xsd("element", "name", name, "type", "xsd:string");
        xml.writeEndElement();
      }
      for (Map.Entry<String, List<String>> type : TYPES.entrySet()) {
        complex(type.getValue(), "name", type.getKey());
      }
      xml.writeEndElement();
    }

    private void complex(List<String> content, String... attributes) throws XMLStreamException {
      xsd("complexType", attributes);
      xsd("sequence");
      for (String item : content) {
        if (item.equals("*")) {
          xsd("any", "namespace", "##other", "processContents", "lax");
          attributes("minOccurs", "0", "maxOccurs", "unbounded");
        } else {
          element(item);
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndElement();
    }

    /** A name with its count, and its type: ours where there is one, else of XML Schema. */
    private void element(String item) throws XMLStreamException {
      int space = item.indexOf(' ');
      char count = item.charAt(space - 1);
      boolean counted = count == '?' || count == '*';
      String type = item.substring(space + 1);
      xsd("element", "name", item.substring(0, counted ? space - 1 : space));
      attributes("type", (TYPES.containsKey(type) ? "q:" : "xsd:") + type);
      if (counted) {
        attributes("minOccurs", "0");
      }
      if (count == '*') {
        attributes("maxOccurs", "unbounded");
      }
    }
  }
}
