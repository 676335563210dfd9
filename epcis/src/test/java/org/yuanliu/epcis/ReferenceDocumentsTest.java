package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GS1's own example documents: accepted, and given back with equal content. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceDocumentsTest {
  List<Path> documents() {
    List<Path> files = ReferenceData.files(ReferenceData.folder("gs1/json"), ".jsonld");
    assertThat(files).hasSizeGreaterThanOrEqualTo(26);
    return files;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isAcceptedAndGivenBackWithEqualContent(Path file) {
    byte[] json = ReferenceData.bytes(file);
    ReadResult result = Documents.READER.readDocument(json);
    ObjectNode sent = Documents.tree(new String(json, StandardCharsets.UTF_8));
    if (sent.get("type").stringValue().equals("EPCISQueryDocument")) {
      assertThat(Documents.refused(result))
          .extracting(Violation::code, Violation::pointer)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("query_document", "/type"));
      return;
    }
    assertThat(result).as(() -> result.toString()).isInstanceOf(ReadResult.Accepted.class);
    ReadResult.Accepted accepted = (ReadResult.Accepted) result;
    JsonNode events = sent.at("/epcisBody/eventList");
    assertThat(accepted.events()).hasSize(events.size());
    for (int i = 0; i < events.size(); i++) {
      EpcisEvent event = accepted.events().get(i);
      byte[] stored = StoredEvent.encode(event);
      EpcisEvent back = StoredEvent.decode(stored);
      assertThat(back).isEqualTo(event);
      assertThat(StoredEvent.encode(back)).isEqualTo(stored);
      ObjectNode alone = Documents.tree(new String(stored, StandardCharsets.UTF_8));
      alone.remove("@context");
      assertThat(alone).isEqualTo(events.get(i));
      assertThat(List.copyOf(alone.propertyNames()))
          .isEqualTo(List.copyOf(events.get(i).propertyNames()));
      for (CbvVersion version : CbvVersion.values()) {
        assertThat(EventHash.of(back, version)).isEqualTo(EventHash.of(event, version));
      }
    }
  }
}
