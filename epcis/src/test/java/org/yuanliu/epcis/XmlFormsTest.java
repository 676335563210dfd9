package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One event in every dress that XML allows (EPCIS 2.0 §9.5, EPCIS 1.2 §9.5): it is the same. */
class XmlFormsTest {
  private static final String EVENT =
      """
      <ObjectEvent>
        <eventTime>2026-11-20T05:31:07Z</eventTime>
        <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
        <epcList><epc>urn:epc:id:sgtin:4012345.011111.9876</epc></epcList>
        <action>OBSERVE</action>
        <bizStep>https://ref.gs1.org/cbv/BizStep-shipping</bizStep>
        <readPoint><id>urn:epc:id:sgln:4012345.00011.987</id></readPoint>
        <ex:名称>大白菜</ex:名称>
      </ObjectEvent>
      """;
  private static final String DOCUMENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ex.example/"
          schemaVersion="2.0" creationDate="2026-11-20T06:00:00Z">
        <EPCISBody><EventList>EVENT</EventList></EPCISBody>
      </epcis:EPCISDocument>
      """
          .replace("EVENT", EVENT);
  private static final String HASH = hash(DOCUMENT.getBytes(UTF_8));

  private static ReadResult read(byte[] xml) {
    return Documents.READER.readAny(xml, DocumentFormat.XML);
  }

  private static String hash(byte[] xml) {
    ReadResult result = read(xml);
    assertThat(result).as(result.toString()).isInstanceOf(ReadResult.Accepted.class);
    List<EpcisEvent> events = ((ReadResult.Accepted) result).events();
    assertThat(events).hasSize(1);
    return EventHash.of(events.getFirst(), CbvVersion.CBV_2_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Any prefix, the default namespace where it changes nothing, declarations anywhere.
        "epcis:EPCISDocument | e2:EPCISDocument | :epcis= | :e2=",
        "ex: | _x.y-z: | :ex= | :_x.y-z=",
        "ex: | 前缀: | :ex= | :前缀=",
        "<ex:名称> | <ex:名称 xmlns:unused='urn:u'> | :epcis | :epcis",
        "<ObjectEvent> | <ObjectEvent xmlns='' xmlns:unused='urn:u'> | :epcis | :epcis",
        // What is no content.
        "<epcList> | <!-- a <b> --><epcList><!----> | :epcis | :epcis",
        "<epc> | <?target data?><epc> | :epcis | :epcis",
        "<EPCISBody> | <?xml-stylesheet href='a.xsl'?><EPCISBody> | :epcis | :epcis",
        "大白菜 | <![CDATA[大白菜]]> | :epcis | :epcis",
        "大白菜 | 大<!-- between -->白<![CDATA[菜]]> | :epcis | :epcis",
        "大白菜 | &#22823;&#x767D;&#33756; | :epcis | :epcis",
        "OBSERVE | '  OBSERVE  ' | :epcis | :epcis",
        "2026-11-20T05:31:07Z | ' 2026-11-20T05:31:07Z ' | :epcis | :epcis",
        "sgtin:4012345.011111.9876 | sgtin:4012345.011111.9876<?pi?> | :epcis | :epcis",
        // The same in other words.
        "https://ref.gs1.org/cbv/BizStep-shipping | urn:epcglobal:cbv:bizstep:shipping | :epcis |"
            + " :epcis",
        "https://ref.gs1.org/cbv/BizStep-shipping | cbv:BizStep-shipping | :epcis= |"
            + " :cbv='https://ref.gs1.org/cbv/' xmlns:epcis=",
        "urn:epc:id:sgtin:4012345.011111.9876 | https://id.gs1.org/01/04012345111118/21/9876 |"
            + " :epcis | :epcis",
        "schemaVersion= | xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
            + " xsi:schemaLocation='urn:epcglobal:epcis:xsd:2 a.xsd' schemaVersion= | :epcis |"
            + " :epcis"
      })
  void theSameEvent(String what, String by, String also, String instead) {
    String xml = DOCUMENT.replace(what, by).replace(also, instead);
    assertThat(xml).isNotEqualTo(DOCUMENT);
    assertThat(hash(xml.getBytes(UTF_8))).isEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "GB18030", "GBK", "GB2312", "UTF-32"})
  void everyEncodingThatXmlDeclares(String encoding) {
    String declared = encoding.startsWith("UTF-16") ? "UTF-16" : encoding;
    byte[] mark =
        switch (encoding) {
          case "UTF-16BE" -> new byte[] {(byte) 0xFE, (byte) 0xFF};
          case "UTF-16LE" -> new byte[] {(byte) 0xFF, (byte) 0xFE};
          default -> new byte[0];
        };
    byte[] text =
        DOCUMENT.replace("\"UTF-8\"", '"' + declared + '"').getBytes(Charset.forName(encoding));
    byte[] xml = new byte[mark.length + text.length];
    System.arraycopy(mark, 0, xml, 0, mark.length);
    System.arraycopy(text, 0, xml, mark.length, text.length);
    assertThat(hash(xml)).isEqualTo(HASH);
  }

  @Test
  void aByteOrderMarkOfUtf8IsNoText() {
    assertThat(hash(("\uFEFF" + DOCUMENT).getBytes(UTF_8))).isEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-9", "EBCDIC-nobody", "UTF-16"})
  void anEncodingThatIsNotThatOfTheBytesIsRefused(String declared) {
    byte[] xml = DOCUMENT.replace("\"UTF-8\"", '"' + declared + '"').getBytes(UTF_8);
    assertThat(Documents.refused(read(xml)))
        .extracting(Violation::code)
        .isSubsetOf("malformed_xml", "invalid_text");
  }

  @Test
  void bytesThatAreNoneOfTheEncodingAreRefused() {
    byte[] xml = DOCUMENT.getBytes(Charset.forName("GB18030")); // and declared as UTF-8
    assertThat(Documents.refused(read(xml)))
        .extracting(Violation::code)
        .isSubsetOf("malformed_xml", "invalid_text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<epcis:ObjectEvent>", // of the namespace that only the document's element has
        "<ObjectEvent xmlns='urn:epcglobal:epcis:xsd:2'>",
        "<objectEvent>",
        "<ex:ObjectEvent>",
        "<ExtendedEvent>"
      })
  void anElementOfAnotherNameIsNoEvent(String start) {
    String end = start.replaceFirst(" .*>", ">").replace("<", "</");
    byte[] xml =
        DOCUMENT.replace("<ObjectEvent>", start).replace("</ObjectEvent>", end).getBytes(UTF_8);
    assertThat(Documents.refused(read(xml)))
        .extracting(Violation::code)
        .contains("unknown_event_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<ObjectEvent xmlns:ex=\"https://ex.example/\">",
        "<ObjectEvent xmlns:ex=\"https://ex.example/\" schemaVersion=\"2.0\""
            + " creationDate=\"2026-11-20T06:00:00Z\">",
        "<e:ObjectEvent xmlns:e=\"urn:epcglobal:epcis:xsd:2\" xmlns:ex=\"https://ex.example/\""
            + " schemaVersion=\"2.0\">"
      })
  void anEventAloneMayHaveTheAttributesOfADocument(String start) {
    String end = start.startsWith("<e:") ? "</e:ObjectEvent>" : "</ObjectEvent>";
    String xml = EVENT.replace("<ObjectEvent>", start).replace("</ObjectEvent>", end);
    ReadResult.Accepted alone =
        (ReadResult.Accepted) Documents.READER.readEvent(xml.getBytes(UTF_8), DocumentFormat.XML);
    assertThat(EventHash.of(alone.events().getFirst(), CbvVersion.CBV_2_1)).isEqualTo(HASH);
    assertThat(
            Documents.refused(
                Documents.READER.readEvent(
                    xml.replaceFirst(">", " action=\"ADD\">").getBytes(UTF_8), DocumentFormat.XML)))
        .extracting(Violation::code)
        .containsExactly("unknown_field");
    assertThat(
            Documents.refused(
                read(
                    DOCUMENT
                        .replace("<ObjectEvent>", "<ObjectEvent schemaVersion=\"2.0\">")
                        .getBytes(UTF_8))))
        .extracting(Violation::code)
        .containsExactly("unknown_field");
  }

  // EPCIS 1.2.

  private static final String OLD =
      """
      <e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" xmlns:ex="https://ex.example/"
          schemaVersion="1.2" creationDate="2026-11-20T06:00:00Z">
        <EPCISBody><EventList>EVENTS</EventList></EPCISBody>
      </e:EPCISDocument>
      """;

  /** Fields of 1.1 and 1.2 with all their wrappers, as the schema of 1.2 nests them. */
  private static final String NESTED =
      """
      <ObjectEvent>
        <eventTime>2026-11-20T05:31:07Z</eventTime>
        <recordTime>2026-11-20T05:31:08Z</recordTime>
        <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
        <baseExtension>
          <eventID>urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8</eventID>
          <errorDeclaration>
            <declarationTime>2026-11-21T00:00:00Z</declarationTime>
            <reason>urn:epcglobal:cbv:er:incorrect_data</reason>
            <correctiveEventIDs><correctiveEventID>urn:uuid:2</correctiveEventID></correctiveEventIDs>
            <ex:by>x</ex:by>
          </errorDeclaration>
        </baseExtension>
        <epcList/>
        <action>ADD</action>
        <bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
        <readPoint><id>urn:epc:id:sgln:4012345.00011.987</id><ex:gate>3</ex:gate></readPoint>
        <extension>
          <quantityList><quantityElement>
            <epcClass>urn:epc:class:lgtin:4012345.012345.A</epcClass>
            <quantity>10</quantity><uom>KGM</uom>
          </quantityElement></quantityList>
          <sourceList>
            <source type="urn:epcglobal:cbv:sdt:owning_party">urn:epc:id:pgln:4012345.00225</source>
          </sourceList>
          <destinationList>
            <destination type="urn:epcglobal:cbv:sdt:owning_party">urn:epc:id:pgln:0614141.00777</destination>
          </destinationList>
          <ilmd><ex:lot>7</ex:lot></ilmd>
        </extension>
        <ex:note>n</ex:note>
      </ObjectEvent>
      """;

  private static final String FLAT =
      NESTED
          .replace("<baseExtension>", "")
          .replace("</baseExtension>", "")
          .replace("<extension>", "")
          .replace("</extension>", "");

  private static EpcisEvent only(String xml) {
    ReadResult result = read(xml.getBytes(UTF_8));
    assertThat(result).as(result.toString()).isInstanceOf(ReadResult.Accepted.class);
    return ((ReadResult.Accepted) result).events().getFirst();
  }

  @Test
  void wrappersOfVersion1AreNothing() {
    EpcisEvent nested = only(OLD.replace("EVENTS", NESTED));
    EpcisEvent flat = only(OLD.replace("EVENTS", FLAT));
    assertThat(nested.body()).isEqualTo(flat.body());
    assertThat(nested.eventId()).isEqualTo("urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8");
    assertThat(nested.errorDeclaration()).isNotNull();
    assertThat(nested.units()).hasSize(1);
    assertThat(nested.sources()).hasSize(1);
    assertThat(nested.destinations()).hasSize(1);
    assertThat(nested.body().at("/ilmd/ex:lot").asString()).isEqualTo("7");
  }

  /**
   * The schemas of 1.x let elements in no namespace stand in the innermost {@code extension}
   * ({@code xsd:any namespace="##local"}), and nowhere else.
   */
  @Test
  void elementsInNoNamespaceStandInWrappers() {
    String sent =
        NESTED
            .replace(
                "</ilmd>",
                "<extension><lot>8</lot></extension></ilmd><extension><colour>red"
                    + "</colour><note><by>x</by></note></extension>")
            .replace(
                "</correctiveEventIDs>",
                "</correctiveEventIDs><extension><place>y</place>" + "</extension>")
            .replace("</id><ex:gate>", "</id><extension><gate>4</gate></extension><ex:gate>")
            .replace("</eventID>", "</eventID><extension><ticket>5</ticket></extension>");
    String document =
        OLD.replace("EVENTS", sent)
            .replace(
                "</e:EPCISDocument>", "<extension><batch>6</batch></extension></e:EPCISDocument>");
    EpcisEvent event = only(document);
    assertThat(event.body().at("/local:colour").asString()).isEqualTo("red");
    assertThat(event.body().at("/local:note/by").asString()).isEqualTo("x");
    assertThat(event.body().at("/local:ticket").asString()).isEqualTo("5");
    assertThat(event.body().at("/ilmd/local:lot").asString()).isEqualTo("8");
    assertThat(event.body().at("/readPoint/gate").asString()).isEqualTo("4");
    assertThat(event.body().at("/errorDeclaration/local:place").asString()).isEqualTo("y");
    assertThat(event.context().expand("local:colour"))
        .isEqualTo("https://yuanliu.org/ns/local#colour");
    ReadResult.Accepted accepted = (ReadResult.Accepted) read(document.getBytes(UTF_8));
    assertThat(accepted.header().body().get("local:batch").asString()).isEqualTo("6");
    for (Syntax syntax : Syntax.values()) {
      byte[] written = ConversionTest.write(accepted, syntax, CbvForm.URN);
      ReadResult.Accepted back =
          (ReadResult.Accepted)
              Documents.READER.readAny(written, DocumentFormat.ofContent(written));
      assertThat(EventHash.of(back.events().getFirst(), CbvVersion.CBV_2_1))
          .isEqualTo(EventHash.of(event, CbvVersion.CBV_2_1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Where the schema has its own elements, and where it takes other namespaces alone.
        "</ilmd></extension>|</ilmd><colour>red</colour></extension>",
        "</extension>|</extension><colour>red</colour>",
        "</ilmd>|<lot>8</lot></ilmd>",
        "</id><ex:gate>|</id><gate>4</gate><ex:gate>",
        "</eventID>|</eventID><ticket>5</ticket>"
      })
  void elementsInNoNamespaceAreRefusedElsewhere(String change) {
    String[] both = change.split("\\|", -1);
    String compact = NESTED.replaceAll(">\\s+<", "><");
    assertThat(compact).contains(both[0]);
    int at = compact.lastIndexOf(both[0]);
    String sent = compact.substring(0, at) + both[1] + compact.substring(at + both[0].length());
    assertThat(Documents.refused(read(OLD.replace("EVENTS", sent).getBytes(UTF_8))))
        .extracting(Violation::code)
        .containsExactly("unknown_field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TransformationEvent | <inputQuantityList><quantityElement><epcClass>urn:a:b</epcClass>"
            + "</quantityElement></inputQuantityList><outputEPCList><epc>urn:a:c</epc>"
            + "</outputEPCList>",
        "AssociationEvent | <parentID>urn:a:p</parentID><childEPCs><epc>urn:a:c</epc></childEPCs>"
            + "<action>ADD</action>"
      })
  void eventsOfLaterVersionsStandInWrappersOfTheList(String type, String fields) {
    String event =
        "<TYPE><eventTime>2026-11-20T05:31:07Z</eventTime>"
            + "<eventTimeZoneOffset>+08:00</eventTimeZoneOffset>FIELDS</TYPE>";
    event = event.replace("TYPE", type).replace("FIELDS", fields);
    Set<String> hashes = new java.util.HashSet<>();
    for (String wrapped :
        List.of(
            event,
            "<extension>" + event + "</extension>",
            "<extension><extension>" + event + "</extension></extension>")) {
      hashes.add(EventHash.of(only(OLD.replace("EVENTS", wrapped)), CbvVersion.CBV_2_0));
    }
    assertThat(hashes).hasSize(1);
  }

  @Test
  void wrappersAreNoPartOfVersion2YetWhatStandsInThemIsHashed() {
    String wrapped =
        DOCUMENT.replace(
            "<ex:名称>",
            "<extension><quantityList><quantityElement><epcClass>urn:a:b</epcClass>"
                + "</quantityElement></quantityList><nobody/></extension><ex:名称>");
    assertThat(Documents.refused(read(wrapped.getBytes(UTF_8))))
        .extracting(Violation::code)
        .contains("unknown_field");
    List<EpcisEvent> events = new ArrayList<>();
    DocumentReader.Reading reading =
        Documents.READER.readTolerantly(wrapped.getBytes(UTF_8), DocumentFormat.XML);
    events.addAll(reading.events());
    assertThat(EventHash.preHash(events.getFirst(), CbvVersion.CBV_2_0))
        .contains("quantityListquantityElementepcClass=urn:a:b")
        .doesNotContain("nobody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<x:ignoreFields xmlns:x=\"https://any.example/\"><ex:名称/></x:ignoreFields>",
        "<x:ignoreFields xmlns:x=\"https://any.example/\">ex:名称</x:ignoreFields>"
      })
  void fieldsToIgnoreAreNamedByElementsOrByText(String named) {
    byte[] xml = DOCUMENT.replace("<EPCISBody>", named + "<EPCISBody>").getBytes(UTF_8);
    DocumentHeader header = ((ReadResult.Accepted) read(xml)).header();
    assertThat(header.ignoredFields()).containsExactly("https://ex.example/名称");
  }

  @Test
  void aQueryDocumentNamesThemBesideItsResults() {
    String results =
        """
        <q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2"
            xmlns:ex="https://ex.example/" schemaVersion="2.0" creationDate="2026-11-20T06:00:00Z">
          <EPCISBody><q:QueryResults><queryName>SimpleEventQuery</queryName>
            <resultsBody><EventList>EVENT</EventList></resultsBody>
            <ex:ignoreFields><ex:a/><ex:b/></ex:ignoreFields>
          </q:QueryResults></EPCISBody>
        </q:EPCISQueryDocument>
        """
            .replace("EVENT", EVENT);
    ReadResult.Accepted accepted = (ReadResult.Accepted) read(results.getBytes(UTF_8));
    assertThat(accepted.header().ignoredFields().stream().sorted().collect(Collectors.toList()))
        .containsExactly("https://ex.example/a", "https://ex.example/b");
    for (Syntax syntax : Syntax.values()) {
      byte[] written = ConversionTest.write(accepted, syntax, CbvForm.URN);
      ReadResult.Accepted back =
          (ReadResult.Accepted)
              Documents.READER.readAny(written, DocumentFormat.ofContent(written));
      assertThat(back.header().ignoredFields()).isEqualTo(accepted.header().ignoredFields());
    }
  }
}
