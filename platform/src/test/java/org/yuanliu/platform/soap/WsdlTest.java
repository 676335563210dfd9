package org.yuanliu.platform.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.capture.TestEvents;

/** The WSDL at the SOAP address, read with nothing but the JDK, as a tool would before it calls. */
class WsdlTest extends CaptureServer {
  private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
  private static final String SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";
  private static final String XSD = XMLConstants.W3C_XML_SCHEMA_NS_URI;

  private HttpResponse<byte[]> fetch(String query) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/epcis/soap" + query))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Document parse(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static List<Element> all(Element in, String namespace, String name) {
    NodeList nodes = in.getElementsByTagNameNS(namespace, name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  /** Operations with the messages' elements and the faults: what a client is made from. */
  private static Set<String> face(Document wsdl) {
    Element root = wsdl.getDocumentElement();
    Set<String> face = new TreeSet<>();
    for (Element type : all(root, WSDL, "portType")) {
      face.add("portType " + type.getAttribute("name"));
      for (Element operation : all(type, WSDL, "operation")) {
        String name = operation.getAttribute("name");
        for (String part : List.of("input", "output", "fault")) {
          for (Element message : all(operation, WSDL, part)) {
            face.add(
                name
                    + ' '
                    + part
                    + ' '
                    + message.getAttribute("name")
                    + " = "
                    + element(root, message.getAttribute("message")));
          }
        }
      }
    }
    for (Element binding : all(root, WSDL, "binding")) {
      face.add(
          "binding "
              + binding.getAttribute("name")
              + ' '
              + all(binding, SOAP, "binding").getFirst().getAttribute("style"));
      for (Element operation : all(binding, WSDL, "operation")) {
        for (Element fault : all(operation, SOAP, "fault")) {
          face.add(
              "binding "
                  + operation.getAttribute("name")
                  + ' '
                  + fault.getAttribute("name")
                  + ' '
                  + fault.getAttribute("use"));
        }
        assertThat(all(operation, SOAP, "body"))
            .hasSize(2)
            .allMatch(body -> body.getAttribute("use").equals("literal"));
      }
    }
    face.add("target " + root.getAttribute("targetNamespace"));
    for (Element port : all(root, WSDL, "port")) {
      face.add("port " + port.getAttribute("name"));
    }
    return face;
  }

  private static String element(Element root, String qualified) {
    String local = qualified.substring(qualified.indexOf(':') + 1);
    return all(root, WSDL, "message").stream()
        .filter(message -> message.getAttribute("name").equals(local))
        .map(message -> all(message, WSDL, "part").getFirst().getAttribute("element"))
        .map(element -> element.substring(element.indexOf(':') + 1))
        .findFirst()
        .orElseThrow();
  }

  private static Schema schema(Document wsdl) throws Exception {
    Element schema = all(wsdl.getDocumentElement(), XSD, "schema").getFirst();
    return SchemaFactory.newDefaultInstance().newSchema(new DOMSource(schema));
  }

  @ParameterizedTest
  @CsvSource({"?wsdl, 2", "?WSDL=, 2", "?wsdl=2.0, 2", "?wsdl=1.2, 1"})
  void itIsWholeAndNamesItsOwnAddress(String query, String major) throws Exception {
    HttpResponse<byte[]> answer = fetch(query.replace("WSDL", "wsdl"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/xml");
    Document wsdl = parse(answer.body());
    Element root = wsdl.getDocumentElement();
    assertThat(root.getAttribute("targetNamespace")).isEqualTo("urn:epcglobal:epcis:wsdl:" + major);
    assertThat(all(root, SOAP, "address").getFirst().getAttribute("location"))
        .isEqualTo("http://127.0.0.1:" + port + "/epcis/soap");
    assertThat(all(root, XSD, "import")).isEmpty();
    assertThat(all(root, WSDL, "import")).isEmpty();
    Schema schema = schema(wsdl);
    // Every element of a message is one of the schema.
    Set<String> declared = new TreeSet<>();
    Element inner = all(root, XSD, "schema").getFirst();
    assertThat(inner.getAttribute("targetNamespace"))
        .isEqualTo("urn:epcglobal:epcis-query:xsd:" + major);
    for (Element element : all(inner, XSD, "element")) {
      if (element.getParentNode() == inner) {
        declared.add("q:" + element.getAttribute("name"));
      }
    }
    assertThat(all(root, WSDL, "part"))
        .hasSizeGreaterThan(20)
        .allMatch(part -> declared.contains(part.getAttribute("element")));
    assertThat(schema).isNotNull();
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    assertThat(fetch("?wsdl=3").statusCode()).isEqualTo(400);
    assertThat(fetch("").statusCode()).isEqualTo(400);
  }

  /** GS1's own WSDL has the same operations, messages, faults and names. */
  @Test
  void itSaysWhatGs1sSays() throws Exception {
    Path theirs = reference();
    Assumptions.assumeTrue(theirs != null, "GS1's WSDL is not beside the project");
    assertThat(face(parse(fetch("?wsdl").body())))
        .isEqualTo(face(parse(Files.readAllBytes(theirs))));
  }

  private static @Nullable Path reference() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file =
          at.resolveSibling("shared").resolve("epcis/gs1/WSDL/EPCglobal-epcis-query-2_0.wsdl");
      if (Files.exists(file)) {
        return file;
      }
    }
    System.out.println("WsdlTest: GS1's WSDL is not here, ours is not held against it");
    return null;
  }

  @ParameterizedTest
  @CsvSource({"2, ''", "1, 1.2"})
  void callsAndAnswersAreWhatItSays(String major, String version) throws Exception {
    Document wsdl = parse(fetch("?wsdl=" + version).body());
    Schema schema = schema(wsdl);
    URI address =
        URI.create(
            all(wsdl.getDocumentElement(), SOAP, "address").getFirst().getAttribute("location"));
    String key = key(someParty());
    capture(key, TestEvents.document(TestEvents.event(TestEvents.id(), "")));
    for (String call :
        List.of(
            "<q:GetQueryNames/>",
            "<q:GetStandardVersion/>",
            "<q:GetVendorVersion/>",
            "<q:GetSubscriptionIDs><queryName>SimpleEventQuery</queryName></q:GetSubscriptionIDs>",
            "<q:Poll><queryName>SimpleEventQuery</queryName><params><param>"
                + "<name>eventType</name><value><string>ObjectEvent</string></value></param>"
                + "</params></q:Poll>",
            "<q:Poll><queryName>SimpleMasterDataQuery</queryName><params><param>"
                + "<name>includeAttributes</name><value>true</value></param><param>"
                + "<name>includeChildren</name><value>true</value></param></params></q:Poll>",
            "<q:Poll><queryName>nobody's</queryName><params/></q:Poll>",
            "<q:Unsubscribe><subscriptionID>none</subscriptionID></q:Unsubscribe>",
            "<q:Subscribe><queryName>SimpleEventQuery</queryName><params/><dest>ftp://x</dest>"
                + "<controls><schedule><minute>0</minute></schedule>"
                + "<reportIfEmpty>false</reportIfEmpty></controls>"
                + "<subscriptionID>s</subscriptionID></q:Subscribe>")) {
      String envelope =
          """
          <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
          """
              + call.replaceFirst(
                  "<q:(\\w+)", "<q:$1 xmlns:q=\"urn:epcglobal:epcis-query:xsd:" + major + '"')
              + "</s:Body></s:Envelope>";
      schema.newValidator().validate(new DOMSource(body(envelope.getBytes())));
      HttpResponse<byte[]> answer =
          HTTP.send(
              HttpRequest.newBuilder(address)
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "text/xml; charset=UTF-8")
                  .header("SOAPAction", "\"\"")
                  .POST(HttpRequest.BodyPublishers.ofString(envelope))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      Element element = body(answer.body());
      if (element.getLocalName().equals("Fault")) {
        element = child((Element) element.getElementsByTagName("detail").item(0));
      }
      schema.newValidator().validate(new DOMSource(element));
    }
  }

  private static Element body(byte[] envelope) throws Exception {
    return child(
        all(
                parse(envelope).getDocumentElement(),
                "http://schemas.xmlsoap.org/soap/envelope/",
                "Body")
            .getFirst());
  }

  private static Element child(Element parent) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        return element;
      }
    }
    throw new AssertionError("no element in " + parent.getNodeName());
  }
}
