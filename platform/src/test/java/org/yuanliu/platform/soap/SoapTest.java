package org.yuanliu.platform.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.subscription.Receiver;

/**
 * The SOAP binding in EPCIS 2.0 and 1.2. Answers of 2.0 are held against GS1's schemas where those
 * lie beside the project.
 */
class SoapTest extends CaptureServer {
  private static final String QUERY = "urn:epcglobal:epcis-query:xsd:";
  private static final Schema SCHEMA = schema();

  @AfterEach
  void clear() {
    jdbc.sql("delete from query_subscription").update();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1"})
  void namesAndVersionsAreTold(String version) {
    String key = key(someParty());
    post("/epcis/queries", key, "{\"name\":\"mine\",\"query\":{}}");
    Element names = answer(call(key, version, "<q:GetQueryNames/>"), "GetQueryNamesResult");
    assertThat(texts(names, "string"))
        .containsExactly("SimpleEventQuery", "SimpleMasterDataQuery", "mine");
    assertThat(names.getNamespaceURI()).isEqualTo(QUERY + version);
    assertThat(
            answer(call(key, version, "<q:GetStandardVersion/>"), "GetStandardVersionResult")
                .getTextContent())
        .isEqualTo(version.equals("1") ? "1.2" : "2.0");
    assertThat(
            answer(call(key, version, "<q:GetVendorVersion/>"), "GetVendorVersionResult")
                .getTextContent())
        .isEqualTo("yuanliu-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1"})
  void eventsArePolled(String version) {
    String key = key(someParty());
    List<String> sent = send(key, 3);
    String received = id();
    capture(
        key,
        document(event(received, ", \"ex:note\": \"x < y\"").replace("shipping", "receiving")));
    send(key(someParty()), 1);

    Element all = poll(key, version, "SimpleEventQuery", "");
    assertThat(ids(all)).containsExactly(sent.get(0), sent.get(1), sent.get(2), received);
    Element some =
        poll(
            key,
            version,
            "SimpleEventQuery",
            list("EQ_bizStep", "urn:epcglobal:cbv:bizstep:receiving", "storing")
                + list("MATCH_epc", "urn:epc:id:sgtin:0614141.107346.2017")
                + text("eventType", "ObjectEvent")
                + text("GE_eventTime", "2026-01-30T00:00:00Z"));
    assertThat(ids(some)).containsExactly(received);
    assertThat(
            ids(
                poll(
                    key,
                    version,
                    "SimpleEventQuery",
                    list("EQ_bizStep", "receiving").replace("string>", "value>"))))
        .containsExactly(received);
    assertThat(texts(some, "bizStep"))
        .containsExactly(
            version.equals("1")
                ? "urn:epcglobal:cbv:bizstep:receiving"
                : "https://ref.gs1.org/cbv/BizStep-receiving");
    assertThat(texts(some, "epc")).containsExactly("urn:epc:id:sgtin:0614141.107346.2017");
    assertThat(
            some.getElementsByTagNameNS("https://example.com/ns/", "note").item(0).getTextContent())
        .isEqualTo("x < y");
    Element first =
        poll(
            key,
            version,
            "SimpleEventQuery",
            text("orderBy", "recordTime")
                + text("orderDirection", "ASC")
                + text("eventCountLimit", "2"));
    assertThat(ids(first)).containsExactly(sent.get(0), sent.get(1));

    post(
        "/epcis/queries",
        key,
        "{\"name\":\"received\",\"query\":{\"EQ_bizStep\":[\"receiving\"]}}");
    Element named = poll(key, version, "received", "");
    assertThat(texts(named, "queryName")).containsExactly("received");
    assertThat(ids(named)).containsExactly(received);
    assertThat(ids(poll(key(someParty()), version, "SimpleEventQuery", ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1"})
  void masterDataArePolled(String version) {
    String key = key(someParty());
    String place = "urn:x:place:" + id();
    capture(
        key,
        document(event(id(), ""))
            .replace(
                "\"epcisBody\"",
                """
                "epcisHeader": {"epcisMasterData": {"vocabularyList": [
                  {"type": "urn:epcglobal:epcis:vtype:BusinessLocation",
                   "vocabularyElementList": [{"id": "%s",
                     "attributes": [{"id": "urn:epcglobal:cbv:mda#name", "attribute": "A & B"}],
                     "children": ["urn:x:child"]}]}]}},
                "epcisBody\"\
                """
                    .formatted(place)));
    Element found =
        poll(
            key,
            version,
            "SimpleMasterDataQuery",
            list("vocabularyName", "urn:epcglobal:epcis:vtype:BusinessLocation")
                + text("includeAttributes", "true")
                + text("includeChildren", "true"));
    Element element = (Element) found.getElementsByTagName("VocabularyElement").item(0);
    assertThat(element.getAttribute("id")).isEqualTo(place);
    assertThat(texts(element, "attribute")).containsExactly("A & B");
    assertThat(texts(element, "id")).containsExactly("urn:x:child");
    Element bare =
        poll(
            key,
            version,
            "SimpleMasterDataQuery",
            text("includeAttributes", "false") + text("includeChildren", "false"));
    assertThat(texts(bare, "attribute")).isEmpty();
    Element none = poll(key, version, "SimpleMasterDataQuery", list("EQ_name", "urn:x:other"));
    assertThat(texts(none, "VocabularyElement")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1"})
  void subscriptionsDeliverXml(String version) throws Exception {
    String key = key(someParty());
    try (Receiver receiver = new Receiver()) {
      String subscribe =
          subscribe(
              "SimpleEventQuery",
              list("EQ_bizStep", "shipping"),
              receiver.url("/xml"),
              "<trigger>urn:yuanliu:trigger:stored</trigger><reportIfEmpty>false</reportIfEmpty>",
              "my-1");
      answer(call(key, version, subscribe), "SubscribeResult");
      fault(call(key, version, subscribe), "DuplicateSubscriptionException", version);
      Element ids =
          answer(
              call(
                  key,
                  version,
                  "<q:GetSubscriptionIDs><queryName>SimpleEventQuery</queryName></q:GetSubscriptionIDs>"),
              "GetSubscriptionIDsResult");
      assertThat(texts(ids, "string")).containsExactly("my-1");
      List<String> sent = send(key, 2);
      Receiver.await(Duration.ofSeconds(30), () -> !receiver.taken.isEmpty());
      Receiver.Taken taken = receiver.taken.getFirst();
      assertThat(taken.header("Content-Type")).startsWith("text/xml");
      assertThat(taken.header("GS1-EPCIS-Version"))
          .isEqualTo(version + (version.equals("1") ? ".2.0" : ".0.0"));
      Document delivered = parse(taken.body());
      assertThat(delivered.getDocumentElement().getLocalName()).isEqualTo("EPCISQueryDocument");
      assertThat(delivered.getDocumentElement().getNamespaceURI()).isEqualTo(QUERY + version);
      assertThat(texts(delivered.getDocumentElement(), "subscriptionID")).containsExactly("my-1");
      assertThat(ids(delivered.getDocumentElement())).isEqualTo(sent);
      if (version.equals("2")) {
        validate(delivered.getDocumentElement());
      }
      var read = new DocumentReader(Limits.DEFAULT).readAny(taken.body(), DocumentFormat.XML);
      assertThat(read).isInstanceOf(ReadResult.Accepted.class);

      String unsubscribe = "<q:Unsubscribe><subscriptionID>my-1</subscriptionID></q:Unsubscribe>";
      answer(call(key, version, unsubscribe), "UnsubscribeResult");
      fault(call(key, version, unsubscribe), "NoSuchSubscriptionException", version);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<q:Poll><queryName>None</queryName><params/></q:Poll> | NoSuchNameException",
        "<q:Poll><params/></q:Poll> | ValidationException",
        "<q:Poll><queryName>SimpleEventQuery</queryName><other/></q:Poll> | ValidationException",
        "<q:Sing/> | ValidationException",
        "<q:GetSubscriptionIDs><queryName>None</queryName></q:GetSubscriptionIDs> |"
            + " NoSuchNameException",
        "<q:Unsubscribe><subscriptionID>x</subscriptionID></q:Unsubscribe> |"
            + " NoSuchSubscriptionException"
      })
  void refusalsAreFaults(String body, String exception) {
    String key = key(someParty());
    fault(call(key, "2", body), exception, "2");
    fault(call(key, "1", body), exception, "1");
  }

  @Test
  void queriesAreRefusedByTheStandardsNames() {
    String key = key(someParty());
    send(key, 3);
    fault(
        pollCall(key, "SimpleEventQuery", text("EQ_unknown", "x")), "QueryParameterException", "2");
    fault(
        pollCall(key, "SimpleEventQuery", text("GE_eventTime", "soon")),
        "QueryParameterException",
        "2");
    fault(
        pollCall(key, "SimpleEventQuery", text("eventCountLimit", "1")),
        "QueryParameterException",
        "2");
    fault(
        pollCall(key, "SimpleEventQuery", text("maxEventCount", "2")),
        "QueryTooLargeException",
        "2");
    assertThat(ids(poll(key, "2", "SimpleEventQuery", text("maxEventCount", "3")))).hasSize(3);
    fault(
        pollCall(key, "SimpleEventQuery", text("EQ_bizStep", "a") + text("EQ_bizStep", "b")),
        "ValidationException",
        "2");
    fault(
        pollCall(key, "SimpleMasterDataQuery", text("EQ_bizStep", "a")),
        "QueryParameterException",
        "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SimpleMasterDataQuery | URL | <schedule><hour>1</hour></schedule> |"
            + " SubscribeNotPermittedException",
        "None | URL | <schedule><hour>1</hour></schedule> | NoSuchNameException",
        "SimpleEventQuery | ftp://1.1.1.1/ | <schedule><hour>1</hour></schedule> |"
            + " InvalidURIException",
        "SimpleEventQuery | http://192.168.0.1/ | <schedule><hour>1</hour></schedule> |"
            + " InvalidURIException",
        "SimpleEventQuery | URL | '' | SubscriptionControlsException",
        "SimpleEventQuery | URL | <schedule><hour>24</hour></schedule> |"
            + " SubscriptionControlsException",
        "SimpleEventQuery | URL |"
            + " <schedule><hour>1</hour></schedule><trigger>urn:yuanliu:trigger:stored</trigger> |"
            + " SubscriptionControlsException",
        "SimpleEventQuery | URL | <trigger>urn:x:y</trigger> | SubscriptionControlsException"
      })
  void subscriptionsAreRefusedByTheStandardsNames(
      String query, String dest, String controls, String exception) {
    String key = key(someParty());
    String body =
        subscribe(
            query,
            "",
            dest.replace("URL", "http://127.0.0.1:9/"),
            controls + "<reportIfEmpty>false</reportIfEmpty>",
            "x");
    fault(call(key, "2", body), exception, "2");
    assertThat(jdbc.sql("select count(*) from query_subscription").query(Long.class).single())
        .isZero();
  }

  @Test
  void whatIsNoMessageIsAFault() {
    String key = key(someParty());
    String good = envelope("2", "<q:GetStandardVersion/>");
    for (String bad :
        List.of(
            "",
            "<",
            "no xml",
            "<a/>",
            good.replace("</soapenv:Body>", "<x/></soapenv:Body>"),
            good.replace("<q:GetStandardVersion/>", ""),
            good.replace("query:xsd:2", "query:xsd:3"),
            "<!DOCTYPE x>" + good,
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + good.replace(
                    "<q:GetStandardVersion/>", "<q:GetStandardVersion>&e;</q:GetStandardVersion>"),
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
                + good.replace(
                    "<q:GetStandardVersion/>", "<q:GetStandardVersion>&b;</q:GetStandardVersion>"),
            good.replace(
                "<q:GetStandardVersion/>", "<q:GetStandardVersion>&none;</q:GetStandardVersion>"),
            good.replace("<q:GetStandardVersion/>", "<a>".repeat(10_000)),
            good.replace(
                "<q:GetStandardVersion/>",
                "<q:Poll>" + "<a>".repeat(40) + "</a>".repeat(40) + "</q:Poll>"),
            good + " ".repeat(1 << 20))) {
      HttpResponse<String> answer = soap(key, bad);
      assertThat(answer.statusCode())
          .as(bad.substring(0, Math.min(80, bad.length())))
          .isEqualTo(500);
      assertThat(fault(answer).getElementsByTagName("faultcode").item(0).getTextContent())
          .isEqualTo("soapenv:Client");
      assertThat(answer.body()).doesNotContain("root:");
    }
    HttpResponse<String> twelve =
        soap(
            key,
            good.replace(
                "http://schemas.xmlsoap.org/soap/envelope/",
                "http://www.w3.org/2003/05/soap-envelope"));
    assertThat(twelve.body()).contains("soapenv:VersionMismatch");
    HttpResponse<String> header =
        soap(
            key,
            good.replace(
                "<soapenv:Body>",
                "<soapenv:Header><w:Security xmlns:w=\"urn:w\""
                    + " soapenv:mustUnderstand=\"1\"/></soapenv:Header><soapenv:Body>"));
    assertThat(header.body()).contains("soapenv:MustUnderstand");
    HttpResponse<String> plain =
        send(
            request("/epcis/soap", key)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(good)));
    assertThat(plain.statusCode()).isEqualTo(415);
  }

  @Test
  void aKeyIsTheCredentialByBearerOrAsAPassword() {
    String key = key(someParty());
    String message = envelope("2", "<q:GetStandardVersion/>");
    assertThat(basic("/epcis/soap", key, message).statusCode()).isEqualTo(200);
    HttpResponse<String> wrong = basic("/epcis/soap", "yl_0123456789abcdef_x", message);
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("Basic");
    assertThat(basic("/epcis/capture", key, "{}").statusCode()).as("elsewhere").isEqualTo(401);
    HttpResponse<String> none = soap("", message);
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("Basic");
    String capture = key(someParty(), EnumSet.of(Permission.CAPTURE), Standing.DECLARED);
    fault(soap(capture, message), "SecurityException", "2");
  }

  private HttpResponse<String> basic(String path, String key, String message) {
    String pair = Base64.getEncoder().encodeToString(("anyone:" + key).getBytes(UTF_8));
    return send(
        request(path, "")
            .header("Authorization", "Basic " + pair)
            .header("Content-Type", "text/xml; charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(message)));
  }

  private List<String> send(String key, int count) {
    List<String> ids = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = id();
      ids.add(id);
      events.add(event(id, ""));
    }
    capture(key, document(events.toArray(String[]::new)));
    return ids;
  }

  private static String list(String name, String... values) {
    StringBuilder items = new StringBuilder();
    for (String value : values) {
      items.append("<string>").append(value).append("</string>");
    }
    return "<param><name>"
        + name
        + "</name><value xsi:type=\"q:ArrayOfString\">"
        + items
        + "</value></param>";
  }

  private static String text(String name, String value) {
    return "<param><name>" + name + "</name><value>" + value + "</value></param>";
  }

  private static String subscribe(
      String query, String params, String dest, String controls, String id) {
    return "<q:Subscribe><queryName>%s</queryName><params>%s</params><dest>%s</dest><controls>%s</controls><subscriptionID>%s</subscriptionID></q:Subscribe>"
        .formatted(query, params, dest, controls, id);
  }

  private HttpResponse<String> pollCall(String key, String query, String params) {
    return call(
        key,
        "2",
        "<q:Poll><queryName>" + query + "</queryName><params>" + params + "</params></q:Poll>");
  }

  private Element poll(String key, String version, String query, String params) {
    return answer(
        call(
            key,
            version,
            "<q:Poll><queryName>" + query + "</queryName><params>" + params + "</params></q:Poll>"),
        "QueryResults");
  }

  private HttpResponse<String> call(String key, String version, String body) {
    return soap(key, envelope(version, body));
  }

  private static String envelope(String version, String body) {
    return """
    <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xmlns:q="%s%s"><soapenv:Body>%s</soapenv:Body></soapenv:Envelope>\
    """
        .formatted(QUERY, version, body);
  }

  private HttpResponse<String> soap(String key, String message) {
    return send(
        request("/epcis/soap", key)
            .header("Content-Type", "text/xml; charset=UTF-8")
            .header("SOAPAction", "\"\"")
            .header("Accept", "text/xml, multipart/related")
            .POST(HttpRequest.BodyPublishers.ofString(message)));
  }

  /** The element of the answer's body. */
  private static Element answer(HttpResponse<String> answer, String name) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/xml");
    Element element = inBody(answer);
    assertThat(element.getLocalName()).as(answer.body()).isEqualTo(name);
    if (element.getNamespaceURI().equals(QUERY + "2")) {
      validate(element);
    }
    return element;
  }

  private static Element fault(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    Element fault = inBody(answer);
    assertThat(fault.getLocalName()).as(answer.body()).isEqualTo("Fault");
    return fault;
  }

  private static void fault(HttpResponse<String> answer, String exception, String version) {
    Element detail = (Element) fault(answer).getElementsByTagName("detail").item(0);
    Element thrown = (Element) detail.getFirstChild();
    assertThat(thrown.getLocalName()).as(answer.body()).isEqualTo(exception);
    assertThat(texts(thrown, "reason").getFirst()).isNotBlank();
    // What could not be read as a message of a version is answered in the newer.
    assertThat(thrown.getNamespaceURI()).isIn(QUERY + version, QUERY + "2");
    if (thrown.getNamespaceURI().equals(QUERY + "2")) {
      validate(thrown);
    }
  }

  private static Element inBody(HttpResponse<String> answer) {
    Element envelope = parse(answer.body().getBytes(UTF_8)).getDocumentElement();
    assertThat(envelope.getLocalName()).isEqualTo("Envelope");
    return (Element) envelope.getFirstChild().getFirstChild();
  }

  private static List<String> ids(Element results) {
    return texts(results, "eventID");
  }

  private static List<String> texts(Element in, String name) {
    NodeList nodes = in.getElementsByTagName(name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static Document parse(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    } catch (Exception e) {
      throw new AssertionError(new String(xml, UTF_8), e);
    }
  }

  private static void validate(Element element) {
    if (SCHEMA == null) {
      return;
    }
    try {
      SCHEMA.newValidator().validate(new DOMSource(element));
    } catch (Exception e) {
      throw new AssertionError(element.getLocalName() + " is not by the schema", e);
    }
  }

  private static Schema schema() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolveSibling("shared").resolve("epcis/gs1/xsd");
      if (Files.isDirectory(folder)) {
        try {
          return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
              .newSchema(
                  new StreamSource(folder.resolve("EPCglobal-epcis-query-2_0.xsd").toFile()));
        } catch (org.xml.sax.SAXException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    System.out.println("SoapTest: GS1's schemas are not here, answers are not held against them");
    return null;
  }
}
