package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Documents and events in XML come in by the same door as JSON, and are the same events. */
class XmlCaptureTest extends CaptureServer {
  private static final String PREFIXES =
      " xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\" xmlns:ex=\"https://example.org/ns/\"";

  private static String fields(String serial) {
    return """
    <eventTime>2026-11-20T05:31:07.25+08:00</eventTime>
    <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <epcList><epc>urn:epc:id:sgtin:4012345.011111.%s</epc></epcList>
    <action>OBSERVE</action>
    <bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
    <ex:colour>红</ex:colour>
    """
        .formatted(serial);
  }

  private static String document(String serial) {
    return """
    <epcis:EPCISDocument%s schemaVersion="2.0" creationDate="2026-11-20T06:00:00+08:00">
    <EPCISBody><EventList><ObjectEvent>%s</ObjectEvent></EventList></EPCISBody>
    </epcis:EPCISDocument>
    """
        .formatted(PREFIXES, fields(serial));
  }

  private HttpResponse<String> postXml(String path, String key, String xml) {
    return send(
        request(path, key)
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString(xml)));
  }

  private static String serial() {
    return UUID.randomUUID().toString().substring(0, 18);
  }

  @Test
  void aDocumentIsTakenAndItsEventIsThere() {
    String key = key(someParty());
    HttpResponse<String> taken = postXml("/epcis/capture", key, document(serial()));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    JsonNode job = finished(key, taken.headers().firstValue("Location").orElseThrow());
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();

    JsonNode event = events(json(get("/epcis/events", key))).getFirst();
    assertThat(event.get("bizStep").stringValue()).isEqualTo("shipping");
    assertThat(event.get("ex:colour").stringValue()).isEqualTo("红");
  }

  /** The media type may name the encoding that the document declares, and no other. */
  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16, utf-16, 202",
    "UTF-16, UTF-16, '', 202",
    "UTF-16, UTF-16, UTF-16LE, 202",
    "UTF-8, UTF-8, utf-8, 202",
    "GB18030, GB18030, gb18030, 202",
    "GB18030, GB18030, '', 202",
    "GB18030, GB18030, utf-16, 415",
    "UTF-8, UTF-8, iso-8859-1, 415",
    "GB18030, UTF-8, gb18030, 415",
    "UTF-8, UTF-16, utf-8, 400"
  })
  void anyEncodingThatXmlDeclares(String encoding, String declared, String charset, int status) {
    String key = key(someParty());
    String xml =
        "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>" + document(serial()).strip();
    HttpResponse<String> answer =
        send(
            request("/epcis/capture", key)
                .header(
                    "Content-Type",
                    "application/xml" + (charset.isEmpty() ? "" : "; charset=" + charset))
                .POST(BodyPublishers.ofByteArray(xml.getBytes(Charset.forName(encoding)))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status == 202) {
      finished(key, answer.headers().firstValue("Location").orElseThrow());
      JsonNode event = events(json(get("/epcis/events", key))).getFirst();
      assertThat(event.get("ex:colour").stringValue()).isEqualTo("红");
    }
  }

  @Test
  void oneEventInXmlAndTheSameInJsonAreOneRecord() {
    String key = key(someParty());
    String serial = serial();
    HttpResponse<String> stored =
        postXml(
            "/epcis/events",
            key,
            "<epcis:ObjectEvent" + PREFIXES + ">" + fields(serial) + "</epcis:ObjectEvent>");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
    HttpResponse<String> again =
        post(
            "/epcis/events",
            key,
            """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                          {"ex": "https://example.org/ns/"}],
             "type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
             "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "shipping",
             "epcList": ["urn:epc:id:sgtin:4012345.011111.%s"], "ex:colour": "红"}
            """
                .formatted(serial));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
    assertThat(json(again).get("duplicate").booleanValue()).isTrue();
    assertThat(json(again).get("eventID")).isEqualTo(json(stored).get("eventID"));
  }

  @Test
  void faultsAreToldWithTheirXPath() {
    HttpResponse<String> answer =
        postXml(
            "/epcis/capture",
            key(someParty()),
            document(serial())
                .replace("OBSERVE", "LOOK")
                .replace("<ex:colour>", "<colour/><ex:colour>"));
    RefusalsTest.refused(answer, 400, "epcisException:ValidationException");
    assertThat(answer.body())
        .contains("/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[1]/action")
        .contains("/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[1]/colour");
  }

  @Test
  void attacksAreRefused() {
    String key = key(someParty());
    for (String doctype :
        new String[] {
          "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
          "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\">",
          "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        }) {
      RefusalsTest.refused(
          postXml("/epcis/capture", key, doctype + document(serial())),
          400,
          "epcisException:ValidationException");
    }
    RefusalsTest.refused(
        postXml("/epcis/capture", key, "<a>".repeat(60_000)),
        400,
        "epcisException:ValidationException");
  }
}
