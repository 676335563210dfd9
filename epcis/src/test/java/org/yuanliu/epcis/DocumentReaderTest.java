package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What an accepted document gives in typed form. */
class DocumentReaderTest {
  @Test
  void anObjectEventInTypedForm() {
    EpcisEvent event = Documents.event(Documents.OBJECT_EVENT);
    assertThat(event.type()).isEqualTo(EventType.OBJECT_EVENT);
    assertThat(event.eventTime()).isEqualTo(Instant.parse("2026-11-19T21:31:07.250Z"));
    assertThat(event.timeZoneOffset()).isEqualTo("+08:00");
    assertThat(event.eventId()).isNull();
    assertThat(event.action()).isEqualTo(Action.ADD);
    assertThat(event.bizStep()).isEqualTo("https://ref.gs1.org/cbv/BizStep-shipping");
    assertThat(event.disposition()).isEqualTo("https://ref.gs1.org/cbv/Disp-in_transit");
    assertThat(event.readPoint()).isEqualTo("https://id.gs1.org/414/4012345000115/254/987");
    assertThat(event.bizLocation()).isEqualTo("https://id.gs1.org/414/4012345000115");
    assertThat(event.units())
        .containsExactly(
            new UnitMention(
                UnitRole.EPC,
                "urn:epc:id:sgtin:4012345.011111.9876",
                "https://id.gs1.org/01/04012345111118/21/9876",
                false,
                null,
                null),
            new UnitMention(
                UnitRole.EPC,
                "urn:epc:id:sgtin:4012345.011111.2",
                "https://id.gs1.org/01/04012345111118/21/2",
                false,
                null,
                null),
            new UnitMention(
                UnitRole.EPC,
                "urn:epc:class:lgtin:4012345.012345.998877",
                "https://id.gs1.org/01/04012345123456/10/998877",
                true,
                new BigDecimal("42.50"),
                "KGM"),
            new UnitMention(
                UnitRole.EPC,
                "urn:yuanliu:batch:1234567890123456",
                "urn:yuanliu:batch:1234567890123456",
                true,
                new BigDecimal("7"),
                null));
    assertThat(event.bizTransactions())
        .containsExactly(
            new BizTransaction(
                "https://ref.gs1.org/cbv/BTT-po", "http://transaction.acme.com/po/1"),
            new BizTransaction(
                YlVocabulary.BTT_TRADE_VOUCHER, "urn:yuanliu:trace:12345678901234567890"));
    assertThat(event.sources())
        .containsExactly(
            new SourceOrDestination(
                "https://ref.gs1.org/cbv/SDT-owning_party",
                "https://id.gs1.org/417/4012345002256"));
    assertThat(event.destinations())
        .containsExactly(
            new SourceOrDestination(
                "https://ref.gs1.org/cbv/SDT-owning_party",
                "https://id.gs1.org/417/0614141007776"));
    assertThat(event.transformationId()).isNull();
    assertThat(event.errorDeclaration()).isNull();
    assertThat(event.body()).isEqualTo(Documents.tree(Documents.OBJECT_EVENT));
  }

  @Test
  void rolesFollowTheLists() {
    assertThat(Documents.event(Documents.AGGREGATION_EVENT).units())
        .extracting(UnitMention::role)
        .containsExactly(UnitRole.PARENT, UnitRole.CHILD, UnitRole.CHILD);
    EpcisEvent transformation = Documents.event(Documents.TRANSFORMATION_EVENT);
    assertThat(transformation.units())
        .extracting(UnitMention::role)
        .containsExactly(UnitRole.INPUT, UnitRole.INPUT, UnitRole.OUTPUT, UnitRole.OUTPUT);
    assertThat(transformation.transformationId())
        .isEqualTo("https://id.gs1.org/253/0614141123452400");
    assertThat(transformation.bizStep()).isEqualTo(YlVocabulary.STEP_SLAUGHTERING);
    assertThat(transformation.action()).isNull();
  }

  @Test
  void anErrorDeclarationInTypedForm() {
    ObjectNode event = Documents.tree(Documents.ASSOCIATION_EVENT);
    event.put("eventID", "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8");
    event.set(
        "errorDeclaration",
        Documents.tree(
            """
            {"declarationTime": "2026-11-21T08:00:00+08:00", "reason": "incorrect_data",
             "correctiveEventIDs": ["urn:uuid:1", "urn:uuid:2"], "yl:by": "x"}\
            """));
    EpcisEvent read = Documents.event(event);
    assertThat(read.eventId()).isEqualTo("urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8");
    assertThat(read.errorDeclaration())
        .isEqualTo(
            new ErrorDeclaration(
                Instant.parse("2026-11-21T00:00:00Z"),
                "https://ref.gs1.org/cbv/ER-incorrect_data",
                java.util.List.of("urn:uuid:1", "urn:uuid:2")));
  }

  @Test
  void theHeaderInTypedForm() {
    ObjectNode document = Documents.document(Documents.tree(Documents.ASSOCIATION_EVENT));
    document.put("id", "https://id.example.org/document1");
    document.put("sender", "a").put("receiver", "b").put("instanceIdentifier", "c");
    document.set(
        "epcisHeader",
        Documents.tree(
            """
            {"epcisMasterData": {"vocabularyList": [{"type": "urn:epcglobal:epcis:vtype:Location",
              "vocabularyElementList": [{"id": "urn:epc:id:sgln:4012345.00011.987",
                "attributes": [{"id": "cbvmda:name", "attribute": "一号市场"}],
                "children": ["urn:a:b"]}]}]}}\
            """));
    document.set("yl:ignoreFields", Documents.MAPPER.readTree("[\"yl:seen\", \"urn:a:b\"]"));
    DocumentHeader header = ((ReadResult.Accepted) Documents.read(document)).header();
    assertThat(header.id()).isEqualTo("https://id.example.org/document1");
    assertThat(header.schemaVersion()).isEqualTo("2.0");
    assertThat(header.creationDate()).isEqualTo(Instant.parse("2026-11-19T22:00:00Z"));
    assertThat(header.sender()).isEqualTo("a");
    assertThat(header.receiver()).isEqualTo("b");
    assertThat(header.instanceIdentifier()).isEqualTo("c");
    assertThat(header.ignoredFields())
        .isEqualTo(Set.of(YlVocabulary.NAMESPACE + "seen", "urn:a:b"));
    assertThat(header.body().get("epcisHeader")).isEqualTo(document.get("epcisHeader"));
    assertThat(header.body().has("epcisBody")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shipping", "cbv:BizStep-shipping", "https://ref.gs1.org/cbv/BizStep-shipping"})
  void aBusinessStepHasOneFormHoweverWritten(String written) {
    ObjectNode event = Documents.tree(Documents.ASSOCIATION_EVENT);
    event.put("bizStep", written);
    assertThat(Documents.event(event).bizStep())
        .isEqualTo("https://ref.gs1.org/cbv/BizStep-shipping");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"",
        "{\"yl\": \"https://yuanliu.org/ns/\"}",
        "{\"yl\": {\"@id\": \"https://yuanliu.org/ns/\", \"@prefix\": true}}",
        "{\"yl\": \"own:ns/\", \"own\": \"https://yuanliu.org/\"}",
        "[{\"yl\": \"https://else.example/\"}, {\"yl\": \"https://yuanliu.org/ns/\"}]",
        "[\"https://example.cn/unknown.jsonld\", {\"yl\": \"https://yuanliu.org/ns/\"}]"
      })
  void aContextOfAnyForm(String context) {
    ObjectNode event = Documents.tree(Documents.ASSOCIATION_EVENT);
    event.put("yl:division", "610100");
    ObjectNode document = Documents.document(event);
    document.set("@context", Documents.MAPPER.readTree(context));
    EpcisEvent read = Documents.events(document).getFirst();
    assertThat(read.extension(YlVocabulary.NAMESPACE, YlVocabulary.DIVISION).isPresent())
        .isEqualTo(context.contains("yl"));
  }

  @Test
  void noDocumentTakesTheStandardsOwnPrefixesAway() {
    ObjectNode event = Documents.tree(Documents.ASSOCIATION_EVENT);
    event.set(
        "@context", Documents.tree("{\"cbv\": \"https://else.example/\", \"bizStep\": \"x:y\"}"));
    event.put("bizStep", "cbv:BizStep-packing");
    assertThat(Documents.event(event).bizStep())
        .isEqualTo("https://ref.gs1.org/cbv/BizStep-packing");
  }

  @Test
  void noDocumentMakesASchemeMeanSomethingElse() {
    ObjectNode event = Documents.tree(Documents.ASSOCIATION_EVENT);
    event.set("@context", Documents.tree("{\"urn\": \"https://else.example/\"}"));
    assertThat(Documents.event(event).units())
        .isEqualTo(Documents.event(Documents.ASSOCIATION_EVENT).units());
  }

  @Test
  void gs1sWholeContextWrittenIntoTheDocumentChangesNothing() {
    var file = ReferenceData.folder("gs1/schema").resolve("epcis-context.jsonld");
    ObjectNode document = Documents.document(Documents.tree(Documents.TRANSFORMATION_EVENT));
    document.set("@context", Documents.MAPPER.readTree(ReferenceData.bytes(file)).get("@context"));
    EpcisEvent inline = Documents.events(document).getFirst();
    EpcisEvent byAddress = Documents.event(Documents.TRANSFORMATION_EVENT);
    assertThat(inline.units()).isEqualTo(byAddress.units());
    assertThat(EventHash.of(inline, CbvVersion.CBV_2_0))
        .isEqualTo(EventHash.of(byAddress, CbvVersion.CBV_2_0));
  }
}
