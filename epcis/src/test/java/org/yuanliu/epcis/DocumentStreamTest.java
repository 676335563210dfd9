package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Documents read piece by piece say the same as documents in memory, and take no more of it. */
class DocumentStreamTest {
  private static final String CONTEXT =
      "\"@context\": [\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\","
          + "{\"yl\": \"https://yuanliu.org/ns/\"}]";

  /** Hands out its bytes one at a time, as the worst of networks would. */
  private static DocumentSource dripping(byte[] bytes) {
    return () ->
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return at < bytes.length ? bytes[at++] & 0xFF : -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            int b = read();
            if (b < 0) {
              return -1;
            }
            into[offset] = (byte) b;
            return 1;
          }
        };
  }

  private static void isReadAlike(byte[] document, DocumentFormat format) throws IOException {
    DocumentReader.Reading whole = Documents.READER.readTolerantly(document, format);
    List<EpcisEvent> events = new ArrayList<>();
    DocumentReader.Summary summary =
        Documents.READER.readEach(dripping(document), format, events::add);
    assertThat(summary.violations()).isEqualTo(whole.violations());
    assertThat(summary.header()).isEqualTo(whole.header());
    assertThat(summary.unreadable()).isEqualTo(whole.unreadable());
    if (!summary.isCut()) {
      assertThat(events).isEqualTo(whole.events());
      assertThat(summary.events()).isEqualTo(events.size());
    }
  }

  @Test
  void aDocumentIsReadAlikeFromMemoryAndPieceByPiece() throws IOException {
    for (String event : Documents.ALL_EVENTS) {
      ObjectNode document = Documents.document(Documents.tree(event));
      isReadAlike(document.toString().getBytes(UTF_8), DocumentFormat.JSON);
      ReadResult.Accepted read = (ReadResult.Accepted) Documents.read(document);
      for (Syntax syntax : Syntax.values()) {
        byte[] written = ConversionTest.write(read, syntax, CbvForm.URN);
        isReadAlike(written, DocumentFormat.ofContent(written));
      }
    }
    isReadAlike(XmlRefusalTest.DOCUMENT.getBytes(UTF_8), DocumentFormat.XML);
    isReadAlike(XmlRefusalTest.DOCUMENT.replace("ADD", "PUT").getBytes(UTF_8), DocumentFormat.XML);
  }

  /** Events wait where what they mean is told behind them; and so do all faults. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{%c, %t, %v, %b}",
        "{%b, %v, %t, %c}",
        "{%t, %b, %c, %v}",
        "{%c, %b, %v, %t}",
        "{%c, %t, %b, %v, %b}",
        "{%t, %v, %b}",
        "{%c, %v, %b}",
        "{%c, %t, %v, %b",
        "{%c, %t, %v, %b} x",
        "{%c, \"type\": \"EPCISQueryDocument\", %b}",
        "{%c, \"type\": \"ObjectEvent\", %v, %b}",
        "{\"@context\": 7, %t, %v, %b}"
      })
  void theOrderOfMembersIsNothing(String form) throws IOException {
    String event =
        Documents.OBJECT_EVENT.replace("\"2026-11-20T05:31:07.25+08:00\"", "\"yesterday\"");
    String json =
        form.replace("%c", CONTEXT)
            .replace("%t", "\"type\": \"EPCISDocument\"")
            .replace("%v", "\"schemaVersion\": \"2.0\", \"creationDate\": \"2026-11-20T06:00:00Z\"")
            .replace(
                "%b",
                "\"epcisBody\": {\"eventList\": [" + Documents.OBJECT_EVENT + ',' + event + "]}");
    isReadAlike(json.getBytes(UTF_8), DocumentFormat.JSON);
    DocumentReader.Reading reading =
        Documents.READER.readTolerantly(json.getBytes(UTF_8), DocumentFormat.JSON);
    if (form.endsWith("%t, %c}") || form.startsWith("{%c, %t, %v, %b}")) {
      boolean whole = form.endsWith("}");
      assertThat(reading.events()).hasSize(whole && !form.endsWith("x") ? 1 : 0);
    }
    assertThat(reading.violations()).isNotEmpty();
  }

  @Test
  void tooManyEventsAreCountedAndNotKept() throws IOException {
    Limits limits = new Limits(1 << 20, 2, 64, 1 << 16, 100, 400, 10);
    ObjectNode document =
        Documents.document(
            Documents.tree(Documents.OBJECT_EVENT),
            Documents.tree(Documents.OBJECT_EVENT),
            Documents.tree(Documents.OBJECT_EVENT));
    int[] handed = new int[1];
    DocumentReader.Summary summary =
        new DocumentReader(limits)
            .readEach(
                dripping(document.toString().getBytes(UTF_8)),
                DocumentFormat.JSON,
                event -> handed[0]++);
    assertThat(handed[0]).isEqualTo(2);
    assertThat(summary.isCut()).isTrue();
    assertThat(summary.violations()).extracting(Violation::code).containsExactly("too_many_events");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C080",
        "C1BF",
        "E08080",
        "EDA080",
        "EDBFBF",
        "F0808080",
        "F4908080",
        "F5808080",
        "FF",
        "80",
        "C3",
        "E4B8",
        "F09F90"
      })
  void whatIsNotUtf8IsRefusedWithItsPlace(String hex) throws IOException {
    byte[] wrong = java.util.HexFormat.of().parseHex(hex);
    byte[] text = "{\"a\": \"中华\uD83D\uDC37 12345678901234567890".getBytes(UTF_8);
    byte[] json = new byte[text.length + wrong.length];
    System.arraycopy(text, 0, json, 0, text.length);
    System.arraycopy(wrong, 0, json, text.length, wrong.length);
    for (DocumentSource source : List.of(DocumentSource.of(json), dripping(json))) {
      DocumentReader.Summary summary =
          Documents.READER.readEach(source, DocumentFormat.JSON, event -> {});
      assertThat(summary.violations())
          .extracting(Violation::code)
          .containsExactly("malformed_json");
      assertThat(summary.violations().getFirst().en())
          .isEqualTo("not UTF-8 from byte " + text.length + " on");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-32"})
  void jsonInOtherEncodingsIsRefused(String encoding) throws IOException {
    byte[] json =
        Documents.document(Documents.tree(Documents.OBJECT_EVENT))
            .toString()
            .getBytes(Charset.forName(encoding));
    assertThat(DocumentFormat.ofContent(json)).isEqualTo(DocumentFormat.JSON);
    for (DocumentSource source : List.of(DocumentSource.of(json), dripping(json))) {
      assertThat(Documents.READER.readEach(source, DocumentFormat.JSON, event -> {}).violations())
          .extracting(Violation::code)
          .containsExactly("malformed_json");
    }
  }

  @Test
  void aByteOrderMarkOfUtf8IsPassedOver() throws IOException {
    String json = '\uFEFF' + Documents.document(Documents.tree(Documents.OBJECT_EVENT)).toString();
    assertThat(DocumentFormat.ofContent(json.getBytes(UTF_8))).isEqualTo(DocumentFormat.JSON);
    assertThat(Documents.READER.readAny(json.getBytes(UTF_8), DocumentFormat.JSON))
        .isInstanceOf(ReadResult.Accepted.class);
    isReadAlike(json.getBytes(UTF_8), DocumentFormat.JSON);
  }

  /** Letters without end: whoever keeps them runs out of memory. */
  private static InputStream endless(String head) {
    return new java.io.SequenceInputStream(
        new ByteArrayInputStream(head.getBytes(UTF_8)),
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            java.util.Arrays.fill(into, offset, offset + length, (byte) 'a');
            return length;
          }
        });
  }

  @Test
  void endlessTextIsGivenUpAtItsLimit() throws IOException {
    Limits limits = new Limits(Integer.MAX_VALUE, 2, 64, 1 << 16, 100, 400, 10);
    DocumentReader reader = new DocumentReader(limits);
    for (String head : List.of("{\"a\": \"", "{\"")) {
      assertThat(
              reader.readEach(() -> endless(head), DocumentFormat.JSON, event -> {}).violations())
          .extracting(Violation::code)
          .containsExactly("string_too_long");
    }
    assertThat(
            Documents.READER
                .readEach(() -> endless("     "), DocumentFormat.JSON, event -> {})
                .violations())
        .isNotEmpty();
    String element = "<a b='";
    assertThat(
            reader.readEach(() -> endless(element), DocumentFormat.XML, event -> {}).violations())
        .extracting(Violation::code)
        .containsExactly("string_too_long");
  }

  @Test
  void aDocumentPastItsSizeIsRefused() throws IOException {
    Limits limits = new Limits(1_000, 2, 64, 1 << 16, 100, 400, 10);
    byte[] json =
        Documents.document(Documents.tree(Documents.OBJECT_EVENT)).toString().getBytes(UTF_8);
    byte[] xml = XmlRefusalTest.DOCUMENT.getBytes(UTF_8);
    for (byte[] document : List.of(json, xml)) {
      assertThat(
              new DocumentReader(limits)
                  .readEach(dripping(document), DocumentFormat.ofContent(document), event -> {})
                  .violations())
          .extracting(Violation::code)
          .containsExactly("document_too_large");
    }
  }

  @Test
  void aStreamThatFailsIsNoFaultOfTheDocument() {
    for (DocumentFormat format : DocumentFormat.values()) {
      DocumentSource broken =
          () ->
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("the disk is gone");
                }
              };
      assertThatThrownBy(() -> Documents.READER.readEach(broken, format, event -> {}))
          .isInstanceOf(IOException.class)
          .hasMessage("the disk is gone");
    }
  }

  @Test
  void aHasherThatIsUsedAgainHashesAlike() {
    for (CbvVersion version : CbvVersion.values()) {
      EventHasher hasher = new EventHasher(version, Set.of());
      for (String event : Documents.ALL_EVENTS) {
        EpcisEvent read = Documents.events(Documents.document(Documents.tree(event))).getFirst();
        assertThat(hasher.id(read)).isEqualTo(EventHash.of(read, version));
        assertThat(hasher.preHash(read)).isEqualTo(EventHash.preHash(read, version));
      }
    }
  }
}
