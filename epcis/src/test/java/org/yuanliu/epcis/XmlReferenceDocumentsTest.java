package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GS1's own example documents in XML: accepted, kept, and read back alike. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmlReferenceDocumentsTest {
  List<Path> documents() {
    List<Path> files = ReferenceData.files(ReferenceData.folder("gs1/xml"), ".xml");
    assertThat(files).hasSizeGreaterThanOrEqualTo(20);
    return files;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isAcceptedAndKept(Path file) {
    byte[] xml = ReferenceData.bytes(file);
    ReadResult result = Documents.READER.readDocument(xml, DocumentFormat.XML);
    if (file.getFileName().toString().startsWith("CaptureJob")) {
      assertThat(Documents.refused(result))
          .extracting(Violation::code, Violation::pointer)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("not_a_document", "/epcis:EPCISCaptureJob"));
      return;
    }
    assertThat(result).as(() -> result.toString()).isInstanceOf(ReadResult.Accepted.class);
    for (EpcisEvent event : ((ReadResult.Accepted) result).events()) {
      byte[] stored = StoredEvent.encode(event);
      EpcisEvent back = StoredEvent.decode(stored);
      assertThat(back).isEqualTo(event);
      assertThat(StoredEvent.encode(back)).isEqualTo(stored);
      for (CbvVersion version : CbvVersion.values()) {
        assertThat(EventHash.of(back, version)).isEqualTo(EventHash.of(event, version));
      }
    }
  }
}
