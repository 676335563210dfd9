package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents written in another syntax and read again keep their meaning and their hashes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversionTest {

  private @Nullable XmlSchemas schemas;

  private XmlSchemas schemas() {
    XmlSchemas known = schemas;
    if (known == null) {
      known = XmlSchemas.epcis2();
      schemas = known;
    }
    return known;
  }

  List<Path> reference() {
    List<Path> files = new ArrayList<>();
    files.addAll(ReferenceData.files(ReferenceData.folder("gs1/json"), ".jsonld"));
    files.addAll(ReferenceData.files(ReferenceData.folder("gs1/xml"), ".xml"));
    files.addAll(ReferenceData.files(ReferenceData.folder("hash-vectors"), ".jsonld"));
    files.addAll(ReferenceData.files(ReferenceData.folder("hash-vectors"), ".xml"));
    files.addAll(ReferenceData.files(ReferenceData.folder("hash-vectors/equal"), ".xml"));
    files.removeIf(file -> file.getFileName().toString().startsWith("CaptureJob"));
    assertThat(files).hasSizeGreaterThan(60);
    return files;
  }

  @ParameterizedTest
  @MethodSource("reference")
  void referenceDocumentsKeepTheirMeaning(Path file) {
    DocumentFormat format = DocumentFormat.ofFileName(file.getFileName().toString());
    ReadResult.Accepted read = accepted(ReferenceData.bytes(file), format);
    for (CbvForm cbv : CbvForm.values()) {
      byte[] xml = write(read, Syntax.XML_2_0, cbv);
      assertThat(schemas().fault(xml)).as(() -> new String(xml, StandardCharsets.UTF_8)).isNull();
      same(read, accepted(xml, DocumentFormat.XML), xml);
      byte[] xml1 = write(read, Syntax.XML_1_2, cbv);
      same(read, accepted(xml1, DocumentFormat.XML), xml1);
      ReadResult.Accepted back = accepted(xml1, DocumentFormat.XML);
      byte[] json = write(back, Syntax.JSON_LD, cbv);
      same(read, accepted(json, DocumentFormat.JSON), json);
    }
    byte[] json = write(read, Syntax.JSON_LD, CbvForm.WEB_URI);
    same(read, accepted(json, DocumentFormat.JSON), json);
  }

  /** Every event of the tests' own, with what reference documents do not have. */
  static Stream<String> events() {
    return Stream.concat(
        Documents.ALL_EVENTS.stream(),
        Stream.of(
            extended(
                "\"yl:number\": 1.50, \"yl:big\": 12345678901234567890, \"yl:tiny\": 1e-7,"
                    + " \"yl:yes\": true, \"yl:null\": null, \"yl:empty\": \"\","
                    + " \"yl:spaces\": \" a \", \"yl:lines\": \"a\\nb\\tc\","
                    + " \"yl:markup\": \"<a>&amp;]]>\", \"yl:pig\": \"\\uD83D\\uDC37\","
                    + " \"yl:list\": [1, \"b\", {\"yl:c\": [true, null]}, []],"
                    + " \"yl:object\": {\"bare\": \"x\", \"yl:inner\": {\"yl:more\": 3}}"),
            extended(
                "\"yl:typed\": {\"@value\": \"5\", \"@type\": \"xsd:integer\"},"
                    + " \"yl:spoken\": {\"@value\": \"猪\", \"@language\": \"zh\"},"
                    + " \"yl:ref\": {\"@id\": \"https://example.org/1\"},"
                    + " \"yl:attributed\": {\"@attributes\": {\"unit\": \"kg\", \"yl:u\": \"1\"},"
                    + " \"@value\": \"10\"},"
                    + " \"yl:mixed\": {\"@attributes\": {\"unit\": \"kg\"}, \"yl:c\": \"1\"}"),
            extended(
                "\"yl:1a\": \"2\", \"https://other.example/x#y\": \"3\","
                    + " \"https://other.example/x/1\": \"4\", \"urn:other:name\": \"5\","
                    + " \"yl:码\": \"6\", \"yl:outer\": {\"not a name\": \"7\", \"@x y\": \"8\"}"),
            extended(
                "\"@context\": {\"in\": \"https://inner.example/\","
                    + " \"ids\": {\"@id\": \"https://yuanliu.org/ns/ids\", \"@type\": \"@id\"}},"
                    + " \"in:a\": {\"@context\": {\"in\": \"https://deeper.example/\"},"
                    + " \"in:b\": \"1\"}, \"yl:ids\": \"in:x\""),
            Documents.OBJECT_EVENT.replace(
                "\"yl:gate\": \"3\"", "\"yl:gate\": \"3\", \"bare\": {\"x\": \"1\"}"),
            Documents.OBJECT_EVENT.replace(
                "\"yl:probe\": \"a\"",
                "\"yl:probe\": {\"yl:x\": [1, 2.50]}, \"yl:n\": 5, \"yl:1p\": \"c\""),
            Documents.OBJECT_EVENT.replace(
                "\"yl:product\"",
                "\"eventID\": \"urn:uuid:1\", \"certificationInfo\": [\"https://a.example/1\","
                    + " \"https://a.example/2\"], \"errorDeclaration\": {\"declarationTime\":"
                    + " \"2026-11-21T00:00:00Z\", \"reason\": \"incorrect_data\","
                    + " \"correctiveEventIDs\": [\"urn:uuid:2\"], \"yl:by\": \"x\"},"
                    + " \"yl:product\"")));
  }

  private static String extended(String members) {
    return "{" + members + "," + Documents.TRANSACTION_EVENT.strip().substring(1);
  }

  @ParameterizedTest
  @MethodSource("events")
  void ownEventsKeepTheirMeaning(String event) {
    ReadResult.Accepted read =
        (ReadResult.Accepted) Documents.read(Documents.document(Documents.tree(event)));
    for (Syntax syntax : Syntax.values()) {
      byte[] written = write(read, syntax, CbvForm.WEB_URI);
      DocumentFormat format = syntax == Syntax.JSON_LD ? DocumentFormat.JSON : DocumentFormat.XML;
      same(read, accepted(written, format), written);
    }
  }

  /** Where XML can say it, nothing changes at all, not only nothing that the hash sees. */
  @Test
  void plainExtensionsComeBackToTheLetter() {
    String members =
        "\"yl:number\": 1.50, \"yl:big\": 12345678901234567890, \"yl:yes\": false,"
            + " \"yl:empty\": \"\", \"yl:spaces\": \" a \", \"yl:list\": [1, \"b\", 2.0],"
            + " \"yl:object\": {\"bare\": \"x\", \"yl:inner\": {\"yl:more\": 3}},"
            + " \"yl:attributed\": {\"@attributes\": {\"unit\": \"kg\"}, \"@value\": \"10\"},"
            + " \"yl:spoken\": {\"@language\": \"zh\", \"@value\": \"猪\"}, \"yl:null\": null";
    ReadResult.Accepted read =
        (ReadResult.Accepted) Documents.read(Documents.document(Documents.tree(extended(members))));
    for (Syntax syntax : Syntax.values()) {
      byte[] written = write(read, syntax, CbvForm.URN);
      DocumentFormat format = syntax == Syntax.JSON_LD ? DocumentFormat.JSON : DocumentFormat.XML;
      assertThat(accepted(written, format).events().getFirst().body())
          .isEqualTo(read.events().getFirst().body());
    }
  }

  @Test
  void theHeaderComesBack() {
    byte[] json =
        Documents.utf8(
            """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                          {"yl": "https://yuanliu.org/ns/"}],
             "id": "https://example.org/d/1", "type": "EPCISDocument", "schemaVersion": "2.0",
             "creationDate": "2026-11-20T06:00:00.000+08:00", "sender": "urn:epc:id:sgln:4012345.00001.0",
             "instanceIdentifier": "77", "yl:note": "a",
             "epcisHeader": {"epcisMasterData": {"vocabularyList": [
               {"type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList": [
                 {"id": "urn:epc:id:sgln:0037000.00729.0", "attributes": [
                   {"id": "urn:epcglobal:cbv:mda:site", "attribute": "0037000007296"},
                   {"id": "http://epcis.example.com/mda/size", "attribute": 1.50},
                   {"id": "http://epcis.example.com/mda/address",
                    "attribute": {"yl:street": "x", "yl:city": "西安"}}],
                  "children": ["urn:epc:id:sgln:0037000.00729.8201"]}]}]}},
             "epcisBody": {"eventList": []}}
            """);
    ReadResult.Accepted read = accepted(json, DocumentFormat.JSON);
    for (Syntax syntax : Syntax.values()) {
      byte[] written = write(read, syntax, CbvForm.WEB_URI);
      DocumentFormat format = syntax == Syntax.JSON_LD ? DocumentFormat.JSON : DocumentFormat.XML;
      DocumentHeader back = accepted(written, format).header();
      assertThat(back.id()).isEqualTo("https://example.org/d/1");
      assertThat(back.sender()).isEqualTo("urn:epc:id:sgln:4012345.00001.0");
      assertThat(back.receiver()).isNull();
      assertThat(back.instanceIdentifier()).isEqualTo("77");
      assertThat(back.creationDate()).isEqualTo(Instant.parse("2026-11-19T22:00:00Z"));
      // A value of master data is text in XML.
      String header = back.body().get("epcisHeader").toString().replace("\"1.50\"", "1.50");
      assertThat(Documents.tree(header))
          .as(() -> new String(written, StandardCharsets.UTF_8))
          .isEqualTo(read.header().body().get("epcisHeader"));
      assertThat(back.body().get("yl:note").stringValue()).isEqualTo("a");
      if (syntax == Syntax.XML_2_0) {
        assertThat(schemas().fault(written)).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Syntax.class)
  void queryResultsAreWrittenAndRead(Syntax syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    EpcisEvent event = Documents.event(Documents.OBJECT_EVENT);
    DocumentHeader header =
        DocumentHeader.query(now, "SimpleEventQuery", "sub-1").withContext(event.context());
    try (DocumentWriter writer = DocumentWriter.open(out, syntax, CbvForm.WEB_URI, header)) {
      writer.write(event.stamped("ni:///sha-256;00?ver=CBV2.0", now));
      writer.write(event);
    }
    byte[] written = out.toByteArray();
    DocumentFormat format = syntax == Syntax.JSON_LD ? DocumentFormat.JSON : DocumentFormat.XML;
    assertThat(Documents.refused(Documents.READER.readDocument(written, format)))
        .extracting(Violation::code)
        .containsExactly("query_document");
    ReadResult.Accepted back = accepted(written, format);
    assertThat(back.header().kind()).isEqualTo(DocumentKind.QUERY);
    assertThat(back.header().body().at("/epcisBody/queryResults/subscriptionID").stringValue())
        .isEqualTo("sub-1");
    assertThat(back.events()).hasSize(2);
    assertThat(back.events().getFirst().eventId()).isEqualTo("ni:///sha-256;00?ver=CBV2.0");
    assertThat(back.events().getFirst().body().get("recordTime").stringValue())
        .isEqualTo("2026-11-22T00:00:00Z");
    if (syntax == Syntax.XML_2_0) {
      assertThat(schemas().fault(written)).isNull();
    }
  }

  @Test
  void charactersThatXmlCannotCarryAreReplaced() {
    ReadResult.Accepted read =
        (ReadResult.Accepted)
            Documents.read(
                Documents.document(Documents.tree(extended("\"yl:a\": \"x\\u0001\\uFFFFy\""))));
    byte[] xml = write(read, Syntax.XML_2_0, CbvForm.URN);
    assertThat(accepted(xml, DocumentFormat.XML).events().getFirst().body().get("yl:a"))
        .hasToString("\"x\uFFFD\uFFFDy\"");
  }

  static byte[] write(ReadResult.Accepted read, Syntax syntax, CbvForm cbv) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DocumentWriter writer = DocumentWriter.open(out, syntax, cbv, read.header())) {
      read.events().forEach(writer::write);
    }
    return out.toByteArray();
  }

  private static ReadResult.Accepted accepted(byte[] document, DocumentFormat format) {
    ReadResult result = Documents.READER.readAny(document, format);
    assertThat(result)
        .as(() -> result + new String(document, StandardCharsets.UTF_8))
        .isInstanceOf(ReadResult.Accepted.class);
    return (ReadResult.Accepted) result;
  }

  private static void same(ReadResult.Accepted before, ReadResult.Accepted after, byte[] written) {
    String text = new String(written, StandardCharsets.UTF_8);
    assertThat(after.header().creationDate()).isEqualTo(before.header().creationDate());
    assertThat(after.header().sender()).isEqualTo(before.header().sender());
    assertThat(after.header().ignoredFields()).isEqualTo(before.header().ignoredFields());
    assertThat(after.events()).as(text).hasSameSizeAs(before.events());
    for (int i = 0; i < before.events().size(); i++) {
      EpcisEvent one = before.events().get(i);
      EpcisEvent two = after.events().get(i);
      for (CbvVersion version : CbvVersion.values()) {
        for (Set<String> ignored : List.of(Set.<String>of(), before.header().ignoredFields())) {
          assertThat(EventHash.preHash(two, version, ignored))
              .as(text)
              .isEqualTo(EventHash.preHash(one, version, ignored));
        }
      }
      assertThat(two.eventTime()).isEqualTo(one.eventTime());
      assertThat(two.eventId()).isEqualTo(one.eventId());
      assertThat(two.errorDeclaration()).isEqualTo(one.errorDeclaration());
      assertThat(two.units().stream().map(UnitMention::canonical).sorted())
          .isEqualTo(one.units().stream().map(UnitMention::canonical).sorted().toList());
      assertThat(two.body().path("recordTime")).isEqualTo(one.body().path("recordTime"));
    }
  }
}
