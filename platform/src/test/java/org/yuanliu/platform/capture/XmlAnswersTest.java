package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

/** Who takes XML is answered in XML: refusals, capture jobs, the list of resources. */
class XmlAnswersTest extends CaptureServer {
  private static final String OURS = "https://yuanliu.org/ns/";
  private static final @Nullable Schema SCHEMA = schema();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /epcis/events/none | application/xml | 404 | NoSuchNameException",
        "GET | /epcis/events/none | text/xml | 404 | NoSuchNameException",
        "GET | /epcis/capture/none | application/xml | 404 | NoSuchNameException",
        "GET | /epcis/queries/none/events | application/xml, application/problem+xml | 404 |"
            + " NoSuchNameException",
        "GET | /epcis/events?nonsense=1 | application/xml;q=0.9, application/json;q=0.2 | 400 |"
            + " QueryParameterException",
        "GET | /epcis/queries | application/xml | 406 | NotAcceptableException",
        "GET | /epcis/eventTypes | application/xml | 406 | NotAcceptableException",
        "GET | /epcis/events | application/problem+xml | 406 | NotAcceptableException",
        "POST | /epcis/capture | application/xml | 415 | UnsupportedMediaTypeException",
        "POST | /epcis/queries | application/xml | 415 | UnsupportedMediaTypeException",
        "DELETE | /epcis/queries/none | application/xml | 404 | NoSuchNameException"
      })
  void refusalsAreExceptionsOfTheSchema(
      String method, String path, String accept, int status, String type) {
    HttpResponse<String> answer =
        send(
            request(path, key(someParty()))
                .header("Accept", accept)
                .header("Accept-Language", "en")
                .header("Content-Type", "text/plain")
                .method(method, BodyPublishers.ofString("")));
    Element problem = refused(answer, status);
    assertThat(text(problem, "type")).isEqualTo("epcisException:" + type);
    assertThat(text(problem, "title")).isNotEmpty().isASCII();
    assertThat(text(problem, "status")).isEqualTo("" + status);
  }

  @Test
  void whoHasNoKeyIsToldSoInXml() {
    HttpResponse<String> answer =
        send(request("/epcis/events", "").header("Accept", "application/xml").GET());
    assertThat(text(refused(answer, 401), "type")).isEqualTo("epcisException:SecurityException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/epcis/events/none | */*",
        "/epcis/events/none | application/json, application/xml",
        "/epcis/events/none | application/xml;q=0.5, application/json",
        "/epcis/events/none | application/xml;q=0, */*;q=0.1",
        "/epcis/events/none | application/problem+json, application/xml",
        "/api/v1/nothing | application/xml"
      })
  void jsonWhereItWillDoAsWell(String path, String accept) {
    HttpResponse<String> answer =
        send(request(path, key(someParty())).header("Accept", accept).GET());
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }

  @Test
  void everyFaultOfADocumentIsToldWithItsPlace() {
    String wrong =
        document(event(id(), ", \"bizStep\": 7").replace("\"bizStep\": \"shipping\",", ""), "{}");
    Element problem =
        refused(
            send(
                request("/epcis/capture", key(someParty()))
                    .header("Accept", "application/xml")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(wrong))),
            400);
    List<String> places = new ArrayList<>();
    for (Element error : children(problem, OURS, "errors")) {
      places.add(children(error, OURS, "pointer").getFirst().getTextContent());
      assertThat(children(error, OURS, "type").getFirst().getTextContent())
          .startsWith("https://yuanliu.org/problems/");
      assertThat(children(error, OURS, "detail").getFirst().getTextContent()).isNotEmpty();
    }
    assertThat(places).containsOnly("/epcisBody/eventList/0/bizStep", "/epcisBody/eventList/1");
  }

  /** A value that XML cannot hold is told as far as it can be. */
  @Test
  void whatIsNoCharacterOfXmlIsReplaced() {
    String wrong = document(event(id(), "").replace("shipping", "a\\u0001b"));
    Element problem =
        refused(
            send(
                request("/epcis/capture", key(someParty()))
                    .header("Accept", "application/xml")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(wrong))),
            400);
    assertThat(text(problem, "detail")).contains("a\uFFFDb").doesNotContain("\u0001");
  }

  @Test
  void whoTakesXmlOnlySendsDocumentsAndFollowsTheirJobs() {
    String key = key(someParty());
    String taken = id();
    capture(key, document(event(taken, "")));
    HttpResponse<String> sent =
        send(
            request("/epcis/capture", key)
                .header("Accept", "application/xml")
                .header("Content-Type", "application/json")
                .header("GS1-Capture-Error-Behaviour", "proceed")
                .POST(
                    BodyPublishers.ofString(
                        document(
                            event(id(), ""),
                            event(taken, ", \"disposition\": \"active\""),
                            event(id(), "").replace("OBSERVE", "WATCH")))));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    String location = sent.headers().firstValue("Location").orElseThrow();
    JsonNode json = finished(key, location);

    HttpResponse<String> answer =
        send(request(location, key).header("Accept", "application/xml").GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/xml");
    Element job = valid(answer.body(), "EPCISCaptureJob");
    assertThat(job.getAttribute("captureID")).isEqualTo(json.get("captureID").stringValue());
    assertThat(job.getAttribute("running")).isEqualTo("false");
    assertThat(job.getAttribute("success")).isEqualTo("false");
    for (String name : List.of("captureErrorBehaviour", "createdAt", "finishedAt")) {
      assertThat(text(job, name)).isEqualTo(json.get(name).stringValue());
    }
    List<Element> errors = children(children(job, null, "errors").getFirst(), null, "error");
    assertThat(errors).hasSameSizeAs(json.get("errors").valueStream().toList()).hasSize(2);
    for (int i = 0; i < errors.size(); i++) {
      assertThat(text(errors.get(i), "type"))
          .isEqualTo(json.at("/errors/%d/type".formatted(i)).stringValue());
    }
    String position = json.at("/positions/0/0").asString();
    assertThat(children(job, OURS, "positions").getFirst().getTextContent())
        .isEqualTo(position + "-" + position);
    assertThat(children(job, OURS, "eventCount").getFirst().getTextContent())
        .isEqualTo(json.get("eventCount").asString());
    assertThat(children(children(job, OURS, "treeHead").getFirst(), OURS, "root")).hasSize(1);
  }

  @Test
  void aJobWithoutErrorsHasNoListOfThem() {
    String key = key(someParty());
    JsonNode json = capture(key, document(event(id(), "")));
    HttpResponse<String> answer =
        send(
            request("/epcis/capture/" + json.get("captureID").stringValue(), key)
                .header("Accept", "text/xml")
                .GET());
    Element job = valid(answer.body(), "EPCISCaptureJob");
    assertThat(job.getAttribute("success")).isEqualTo("true");
    assertThat(children(job, null, "errors")).isEmpty();
  }

  @Test
  void theResourcesAreListedInXml() {
    String key = key(someParty());
    HttpResponse<String> answer =
        send(request("/epcis", key).header("Accept", "application/xml").GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/xml");
    List<String> members = new ArrayList<>();
    for (Element member : children(parse(answer.body()), null, "member")) {
      members.add(member.getTextContent());
    }
    assertThat(members)
        .isEqualTo(
            json(get("/epcis", key)).get("member").valueStream().map(JsonNode::asString).toList())
        .hasSize(9);
  }

  private static Element refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+xml");
    return valid(answer.body(), "EPCISException");
  }

  private static Element valid(String xml, String name) {
    Element element = parse(xml);
    assertThat(element.getNamespaceURI()).isEqualTo("urn:epcglobal:epcis:xsd:2");
    assertThat(element.getLocalName()).isEqualTo(name);
    if (SCHEMA != null) {
      try {
        SCHEMA.newValidator().validate(new StreamSource(new StringReader(xml)));
      } catch (SAXException | IOException e) {
        throw new AssertionError(xml, e);
      }
    }
    return element;
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(xml, e);
    }
  }

  private static String text(Element in, String name) {
    return children(in, null, name).getFirst().getTextContent();
  }

  private static List<Element> children(Element in, @Nullable String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Node at = in.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element
          && element.getLocalName().equals(name)
          && java.util.Objects.equals(element.getNamespaceURI(), namespace)) {
        found.add(element);
      }
    }
    return found;
  }

  private static @Nullable Schema schema() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolveSibling("shared").resolve("epcis/gs1/xsd/EPCglobal-epcis-2_0.xsd");
      if (Files.isRegularFile(file)) {
        try {
          return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
              .newSchema(new StreamSource(file.toFile()));
        } catch (SAXException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    System.out.println("XmlAnswersTest: GS1's schemas are not here, answers are not held to them");
    return null;
  }
}
