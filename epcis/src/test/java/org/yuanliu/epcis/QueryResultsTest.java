package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The results of a query without the document around them, and master data as results. */
class QueryResultsTest {
  private static final Instant MADE = Instant.parse("2026-01-31T00:00:00Z");

  @Test
  void eventsStandInOneElementWithItsNamespaces() {
    String event =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
           {"ex": "https://example.com/ns/"}],
         "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-31T00:00:00Z",
         "epcisBody": {"eventList": [{"type": "ObjectEvent", "action": "OBSERVE",
           "bizStep": "shipping", "eventTime": "2026-01-31T00:00:00Z",
           "eventTimeZoneOffset": "+00:00", "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"],
           "ex:count": 7}]}}\
        """;
    var read =
        (ReadResult.Accepted)
            new DocumentReader(Limits.DEFAULT).readDocument(event.getBytes(UTF_8));
    for (boolean version1 : new boolean[] {false, true}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DocumentHeader header =
          DocumentHeader.query(MADE, "SimpleEventQuery", null)
              .withContext(read.events().getFirst().context());
      try (DocumentWriter writer = DocumentWriter.openResults(out, version1, CbvForm.URN, header)) {
        read.events().forEach(writer::write);
      }
      String results = out.toString(UTF_8);
      assertThat(results).startsWith("<epcisq:QueryResults ").endsWith("</epcisq:QueryResults>");
      String document =
          "<d:EPCISQueryDocument xmlns:d=\"urn:epcglobal:epcis-query:xsd:%s\" schemaVersion=\"%s\" creationDate=\"2026-01-31T00:00:00Z\"><EPCISBody>%s</EPCISBody></d:EPCISQueryDocument>"
              .formatted(version1 ? "1" : "2", version1 ? "1.2" : "2.0", results);
      var again =
          (ReadResult.Accepted)
              new DocumentReader(Limits.DEFAULT)
                  .readAny(document.getBytes(UTF_8), DocumentFormat.XML);
      assertThat(EventHash.of(again.events().getFirst(), CbvVersion.CBV_2_0))
          .isEqualTo(EventHash.of(read.events().getFirst(), CbvVersion.CBV_2_0));
    }
  }

  @Test
  void masterDataStandWhereEventsWould() {
    var vocabularies =
        JsonMapper.shared()
            .readTree(
                """
                [{"type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList":
                  [{"id": "urn:x:a", "attributes": [{"id": "urn:x:n", "attribute": "A & B"}],
                    "children": ["urn:x:b"]}]}]\
                """);
    DocumentHeader header =
        DocumentHeader.masterDataQuery(MADE, "SimpleMasterDataQuery", vocabularies);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DocumentWriter writer = DocumentWriter.openResults(out, false, CbvForm.WEB_URI, header);
    writer.close();
    assertThat(out.toString(UTF_8))
        .contains("<resultsBody><VocabularyList>")
        .contains("<attribute id=\"urn:x:n\">A &amp; B</attribute>")
        .contains("<children><id>urn:x:b</id></children>")
        .doesNotContain("EventList");
    assertThatThrownBy(() -> writer.write(null)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyAQueryHasResults() {
    assertThatThrownBy(
            () ->
                DocumentWriter.openResults(
                    new ByteArrayOutputStream(), false, CbvForm.URN, DocumentHeader.capture(MADE)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
