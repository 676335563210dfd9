package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in XML is refused, with its code and an XPath; attacks cost nothing. */
class XmlRefusalTest {
  static final String DOCUMENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:yl="https://yuanliu.org/ns/"
          schemaVersion="2.0" creationDate="2026-11-20T06:00:00+08:00">
        <EPCISBody><EventList>
          <ObjectEvent>
            <eventTime>2026-11-20T05:31:07.25+08:00</eventTime>
            <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
            <epcList><epc>urn:epc:id:sgtin:4012345.011111.1</epc></epcList>
            <action>OBSERVE</action>
          </ObjectEvent>
          <ObjectEvent>
            <eventTime>2026-11-20T05:31:07.25+08:00</eventTime>
            <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
            <epcList>
              <epc>urn:epc:id:sgtin:4012345.011111.9876</epc>
              <epc>urn:epc:id:sgtin:4012345.011111.2</epc>
            </epcList>
            <action>ADD</action>
            <bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
            <readPoint><id>urn:epc:id:sgln:4012345.00011.987</id><yl:gate>3</yl:gate></readPoint>
            <bizTransactionList>
              <bizTransaction type="urn:epcglobal:cbv:btt:po">http://transaction.acme.com/po/1</bizTransaction>
            </bizTransactionList>
            <quantityList><quantityElement>
              <epcClass>urn:epc:class:lgtin:4012345.012345.998877</epcClass>
              <quantity>42.50</quantity><uom>KGM</uom>
            </quantityElement></quantityList>
            <sensorElementList><sensorElement>
              <sensorMetadata time="2026-11-20T05:00:00+08:00" yl:probe="a"/>
              <sensorReport type="gs1:Temperature" value="3.10" uom="CEL"/>
            </sensorElement></sensorElementList>
            <ilmd><yl:lot>007</yl:lot></ilmd>
            <yl:product unit="kg">21113011</yl:product>
          </ObjectEvent>
        </EventList></EPCISBody>
      </epcis:EPCISDocument>
      """;

  private static final String EVENT = "/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[2]";

  private static ReadResult read(String xml) {
    return Documents.READER.readDocument(xml.getBytes(UTF_8), DocumentFormat.XML);
  }

  @Test
  void theDocumentItselfIsAccepted() {
    assertThat(read(DOCUMENT)).isInstanceOf(ReadResult.Accepted.class);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("<action>ADD</action>", "<action>PUT</action>", "invalid_value", "/action"),
        arguments("<action>ADD</action>", "", "missing_field", ""),
        arguments(
            "<action>ADD</action>",
            "<action>ADD</action><action>ADD</action>",
            "duplicate_member",
            "/action[2]"),
        arguments("bizstep:shipping", "bizstep:sailing", "unknown_term", "/bizStep"),
        arguments("<yl:gate>3</yl:gate>", "<gate/>", "unknown_field", "/readPoint/gate"),
        arguments("<yl:lot>007</yl:lot>", "<lot>007</lot>", "unknown_field", "/ilmd/lot"),
        arguments("<yl:product", "<color/><yl:product", "unknown_field", "/color"),
        arguments(
            "<epc>urn:epc:id:sgtin:4012345.011111.2</epc>",
            "<epc>no uri</epc>",
            "invalid_uri",
            "/epcList/epc[2]"),
        arguments(
            "btt:po\"", "btt:xx\"", "unknown_term", "/bizTransactionList/bizTransaction[1]/@type"),
        arguments(
            "http://transaction.acme.com/po/1",
            "po 1",
            "invalid_uri",
            "/bizTransactionList/bizTransaction[1]"),
        arguments(
            "<quantity>42.50</quantity>",
            "<quantity>4e1</quantity>",
            "wrong_type",
            "/quantityList/quantityElement[1]/quantity"),
        arguments(
            "<uom>KGM</uom>",
            "<uom>kilo</uom>",
            "invalid_value",
            "/quantityList/quantityElement[1]/uom"),
        arguments(
            "value=\"3.10\"",
            "value=\"warm\"",
            "wrong_type",
            "/sensorElementList/sensorElement[1]/sensorReport[1]/@value"),
        arguments(
            "yl:probe=\"a\"",
            "probe=\"a\"",
            "unknown_field",
            "/sensorElementList/sensorElement[1]/sensorMetadata/@probe"),
        arguments(
            "<sensorReport type=\"gs1:Temperature\" value=\"3.10\" uom=\"CEL\"/>",
            "",
            "missing_field",
            "/sensorElementList/sensorElement[1]"),
        arguments("<ilmd>", "<ilmd unit=\"x\">", "unknown_field", "/ilmd/@unit"),
        arguments("<action>ADD", "lorem<action>ADD", "unexpected_text", ""),
        arguments(
            "<readPoint><id>urn:epc:id:sgln:4012345.00011.987</id>",
            "<readPoint>",
            "missing_field",
            "/readPoint"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsNamedWithItsPlace(String right, String wrong, String code, String place) {
    int at = DOCUMENT.lastIndexOf(right);
    assertThat(at).isPositive();
    String xml = DOCUMENT.substring(0, at) + wrong + DOCUMENT.substring(at + right.length());
    assertThat(Documents.refused(read(xml)))
        .extracting(Violation::code, Violation::pointer)
        .contains(org.assertj.core.groups.Tuple.tuple(code, EVENT + place));
  }

  @Test
  void elementsOutOfOrderAreRefused() {
    String xml =
        DOCUMENT
            .replace("<action>ADD</action>", "")
            .replace("<ilmd>", "<action>ADD</action><ilmd>");
    assertThat(Documents.refused(read(xml)))
        .extracting(Violation::code, Violation::pointer)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("misplaced_element", EVENT + "/action"));
  }

  @Test
  void allFaultsOfADocumentAreTold() {
    String xml =
        DOCUMENT
            .replace("action>OBSERVE<", "action>LOOK<")
            .replace("bizstep:shipping", "bizstep:sailing")
            .replace("value=\"3.10\"", "value=\"warm\"");
    assertThat(Documents.refused(read(xml))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY x \"y\">]>",
        "<!DOCTYPE a []>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE a PUBLIC \"x\" \"http://127.0.0.1:1/x\">",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x\"> %p;]>",
        "<!-- <!DOCTYPE x> --><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      })
  void doctypesThatDeclareOrFetchAreRefused(String doctype) {
    for (Charset charset : List.of(UTF_8, StandardCharsets.UTF_16)) {
      String xml =
          DOCUMENT.replace(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
              "<?xml version=\"1.0\" encoding=\"" + charset.name() + "\"?>" + doctype);
      assertThat(
              Documents.refused(
                  Documents.READER.readDocument(xml.getBytes(charset), DocumentFormat.XML)))
          .extracting(Violation::code)
          .containsExactly("dtd_not_allowed");
    }
  }

  @Test
  void aDoctypeWithANameAloneIsHarmless() {
    for (Charset charset : List.of(UTF_8, StandardCharsets.UTF_16)) {
      String xml =
          DOCUMENT.replace(
              "encoding=\"UTF-8\"?>", "encoding=\"" + charset.name() + "\"?><!DOCTYPE project>");
      assertThat(Documents.READER.readDocument(xml.getBytes(charset), DocumentFormat.XML))
          .isInstanceOf(ReadResult.Accepted.class);
    }
  }

  @Test
  void aBillionLaughsAreNotLaughed() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 10; i++) {
      bomb.append("<!ENTITY l").append(i).append(" \"");
      bomb.append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
    }
    bomb.append("]>");
    String inText = DOCUMENT.replace("\"?>", "\"?>" + bomb).replace(">007<", ">&l9;<");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(Documents.refused(read(inText))).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&undeclared;", "&#0;", "&#xD800;", "\u0001", "<b>", "</yl:lot>", "&"})
  void textThatIsNoXmlIsRefused(String text) {
    assertThat(Documents.refused(read(DOCUMENT.replace(">007<", ">" + text + "<"))))
        .extracting(Violation::code)
        .containsExactly("malformed_xml");
  }

  @Test
  void nestingPastTheLimitIsRefused() {
    int inside = Limits.DEFAULT_MAX_DEPTH - 5; // EPCISDocument to ilmd are five.
    assertThat(read(nested(inside))).isInstanceOf(ReadResult.Accepted.class);
    for (int depth : new int[] {inside + 1, 10_000, 200_000}) {
      assertThat(Documents.refused(read(nested(depth))))
          .extracting(Violation::code)
          .containsExactly("nested_too_deep");
    }
  }

  private static String nested(int depth) {
    return DOCUMENT.replace(
        "<yl:lot>007</yl:lot>", "<yl:a>".repeat(depth) + "</yl:a>".repeat(depth));
  }

  @Test
  void textPastTheLimitIsRefused() {
    String longest = "x".repeat(Limits.DEFAULT_MAX_STRING_LENGTH);
    assertThat(read(DOCUMENT.replace(">007<", ">" + longest + "<")))
        .isInstanceOf(ReadResult.Accepted.class);
    assertThat(Documents.refused(read(DOCUMENT.replace(">007<", ">" + longest + "x<"))))
        .extracting(Violation::code, Violation::pointer)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("string_too_long", EVENT + "/ilmd/yl:lot"));
    assertThat(read(DOCUMENT.replace("unit=\"kg\"", "unit=\"" + longest + "\"")))
        .isInstanceOf(ReadResult.Accepted.class);
    assertThat(
            Documents.refused(read(DOCUMENT.replace("unit=\"kg\"", "unit=\"" + longest + "x\""))))
        .extracting(Violation::code)
        .containsExactly("string_too_long");
  }

  @Test
  void eventsAndBytesPastTheLimitAreRefused() {
    Limits two = new Limits(DOCUMENT.length(), 2, 64, 64 << 10, 100, 400, 10);
    assertThat(new DocumentReader(two).readDocument(DOCUMENT.getBytes(UTF_8), DocumentFormat.XML))
        .isInstanceOf(ReadResult.Accepted.class);
    Limits one = new Limits(DOCUMENT.length(), 1, 64, 64 << 10, 100, 400, 10);
    assertThat(
            Documents.refused(
                new DocumentReader(one).readDocument(DOCUMENT.getBytes(UTF_8), DocumentFormat.XML)))
        .extracting(Violation::code, Violation::pointer)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("too_many_events", EVENT));
    Limits small = new Limits(DOCUMENT.length() - 1, 2, 64, 64 << 10, 100, 400, 10);
    assertThat(
            Documents.refused(
                new DocumentReader(small)
                    .readDocument(DOCUMENT.getBytes(UTF_8), DocumentFormat.XML)))
        .extracting(Violation::code)
        .containsExactly("document_too_large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "<a/>",
        "<EPCISDocument/>",
        "<e:EPCISDocument xmlns:e='urn:epcglobal:epcis:xsd:3'/>",
        "<e:EPCISQueryDocument xmlns:e='urn:epcglobal:epcis-query:xsd:2'/>"
      })
  void whatIsNoCaptureDocumentIsRefused(String xml) {
    assertThat(Documents.refused(read(xml))).hasSize(1);
  }
}
