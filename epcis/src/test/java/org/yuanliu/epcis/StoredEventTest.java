package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StoredEventTest {
  private static String stored(EpcisEvent event) {
    return new String(StoredEvent.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void numbersKeepTheirDigitsMembersTheirOrderExtensionsTheirNames() {
    String json =
        """
        {"type":"AssociationEvent","z:last":1.0,"eventTime":"2026-11-20T01:00:00Z",\
        "a:first":[1,1.00,-0.10,12345678901234567890,null,true,"\\"汉字\\" \uD83D\uDC37"],\
        "eventTimeZoneOffset":"+08:00","action":"ADD","childEPCs":["urn:a:b"],\
        "parentID":"urn:c:d","b:empty":{},"b:none":null}""";
    ReadResult.Accepted accepted =
        (ReadResult.Accepted) Documents.READER.readEvent(Documents.utf8(json));
    EpcisEvent event = accepted.events().getFirst();
    assertThat(stored(event)).isEqualTo(json);
    assertThat(StoredEvent.decode(StoredEvent.encode(event))).isEqualTo(event);
    assertThat(accepted.header()).isNull();
  }

  @Test
  void standsAloneWithTheContextsOfItsDocumentAndItsOwn() {
    ObjectNode event = Documents.tree(Documents.AGGREGATION_EVENT);
    event.set("@context", Documents.tree("{\"ex\": \"https://example.cn/ns/\"}"));
    event.put("ex:note", "n").put("yl:product", "21113011");
    EpcisEvent read = Documents.event(event);
    JsonNode alone = Documents.tree(stored(read));
    assertThat(alone.propertyNames().iterator().next()).isEqualTo("@context");
    assertThat(alone.get("@context"))
        .isEqualTo(
            Documents.MAPPER.readTree(
                """
                ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                 {"yl": "https://yuanliu.org/ns/"}, {"ex": "https://example.cn/ns/"}]"""));
    ReadResult.Accepted again =
        (ReadResult.Accepted) Documents.READER.readEvent(StoredEvent.encode(read));
    assertThat(again.events()).containsExactly(read);
    assertThat(read.extension("https://example.cn/ns/", "note").orElseThrow().stringValue())
        .isEqualTo("n");
    assertThat(
            read.extension(YlVocabulary.NAMESPACE, YlVocabulary.PRODUCT)
                .orElseThrow()
                .stringValue())
        .isEqualTo("21113011");
    assertThat(read.extension(YlVocabulary.NAMESPACE, "prod")).isEmpty();
  }

  @Test
  void gs1sContextAloneIsLeftOut() {
    for (String context :
        List.of(
            "\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"",
            "[\"https://ref.gs1.org/standards/epcis/epcis-context.jsonld\"]",
            "[]",
            "[\"https://gs1.github.io/EPCIS/epcis-context.jsonld\"]")) {
      ObjectNode event = Documents.tree(Documents.ASSOCIATION_EVENT);
      event.set("@context", Documents.MAPPER.readTree(context));
      ReadResult.Accepted accepted =
          (ReadResult.Accepted) Documents.READER.readEvent(Documents.utf8(event.toString()));
      assertThat(accepted.events().getFirst().context()).isEqualTo(LdContext.DEFAULT);
      assertThat(stored(accepted.events().getFirst())).doesNotContain("@context");
    }
  }

  @Test
  void whatNoLongerPassesTheRulesStaysReadable() {
    byte[] body =
        Documents.utf8(
            Documents.ASSOCIATION_EVENT.replace(
                "urn:epc:id:giai:4000001.12345", "https://id.gs1.org/01/04012345111119/21/1"));
    assertThat(Documents.READER.readEvent(body)).isInstanceOf(ReadResult.Refused.class);
    EpcisEvent event = StoredEvent.decode(body);
    assertThat(event.units())
        .extracting(UnitMention::canonical)
        .containsExactly(
            "https://id.gs1.org/8003/04012345555554987",
            "https://id.gs1.org/01/04012345111119/21/1");
    assertThat(EventHash.preHash(event, CbvVersion.CBV_2_0))
        .contains("childEPCsepc=https://id.gs1.org/01/04012345111119/21/1");
  }

  @Test
  void whatIsNoEventIsRefused() {
    for (String body : List.of("", "{}", "[]", "{\"type\": \"ObjectEvent\"}", "x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StoredEvent.decode(Documents.utf8(body)))
          .withMessageStartingWith("not a stored event");
    }
  }
}
