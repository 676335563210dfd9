package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each limit: a document at it is accepted, one past it refused by name. */
class LimitsTest {
  private static final String AGGREGATION = Documents.AGGREGATION_EVENT;

  private static ReadResult read(ObjectNode document, Limits limits) {
    return new DocumentReader(limits).readDocument(Documents.utf8(document.toString()));
  }

  private static void past(ReadResult result, String code, String pointer) {
    assertThat(Documents.refused(result))
        .extracting(Violation::code, Violation::pointer)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(code, pointer));
  }

  private static Limits limits(int bytes, int events, int depth, int string, int units) {
    return new Limits(bytes, events, depth, string, units, 400, 100);
  }

  @Test
  void bytes() {
    ObjectNode document = Documents.document(Documents.tree(AGGREGATION));
    int size = Documents.utf8(document.toString()).length;
    assertThat(read(document, limits(size, 9, 64, 999, 99)))
        .isInstanceOf(ReadResult.Accepted.class);
    past(read(document, limits(size - 1, 9, 64, 999, 99)), "document_too_large", "");
  }

  @Test
  void events() {
    ObjectNode event = Documents.tree(AGGREGATION);
    ObjectNode document = Documents.document(event, event);
    assertThat(read(document, limits(99_999, 2, 64, 999, 99)))
        .isInstanceOf(ReadResult.Accepted.class);
    past(read(document, limits(99_999, 1, 64, 999, 99)), "too_many_events", "/epcisBody/eventList");
  }

  @Test
  void depth() {
    ObjectNode event = Documents.tree(AGGREGATION);
    // document, body, list, event and then these
    event.set("yl:deep", Documents.MAPPER.readTree("[[[1]]]"));
    ObjectNode document = Documents.document(event);
    assertThat(read(document, limits(99_999, 9, 7, 999, 99)))
        .isInstanceOf(ReadResult.Accepted.class);
    past(
        read(document, limits(99_999, 9, 6, 999, 99)),
        "nested_too_deep",
        "/epcisBody/eventList/0/yl:deep/0/0");
  }

  @Test
  void tenThousandLevelsAreRefusedQuietly() {
    String json = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(Documents.refused(Documents.READER.readDocument(Documents.utf8(json))))
        .extracting(Violation::code)
        .containsExactly("nested_too_deep");
    Limits deepest = limits(99_999, 9, Limits.MAX_DEPTH_CEILING, 999, 99);
    assertThat(Documents.refused(new DocumentReader(deepest).readDocument(Documents.utf8(json))))
        .extracting(Violation::code)
        .containsExactly("nested_too_deep");
  }

  @Test
  void strings() {
    ObjectNode event = Documents.tree(AGGREGATION);
    event.put("yl:note", "长".repeat(200));
    assertThat(read(Documents.document(event), limits(99_999, 9, 64, 200, 99)))
        .isInstanceOf(ReadResult.Accepted.class);
    past(
        read(Documents.document(event), limits(99_999, 9, 64, 199, 99)),
        "string_too_long",
        "/epcisBody/eventList/0/yl:note");
    event.remove("yl:note");
    event.put("yl:" + "n".repeat(197), 1);
    assertThat(read(Documents.document(event), limits(99_999, 9, 64, 200, 99)))
        .isInstanceOf(ReadResult.Accepted.class);
    past(
        read(Documents.document(event), limits(99_999, 9, 64, 199, 99)),
        "string_too_long",
        "/epcisBody/eventList/0/yl:" + "n".repeat(197));
  }

  @Test
  void units() {
    ObjectNode event = Documents.tree(AGGREGATION);
    assertThat(read(Documents.document(event), limits(99_999, 9, 64, 999, 3)))
        .isInstanceOf(ReadResult.Accepted.class);
    past(
        read(Documents.document(event), limits(99_999, 9, 64, 999, 2)),
        "too_many_units",
        "/epcisBody/eventList/0/childQuantityList/0");
  }

  @Test
  void numbers() {
    String at = "{\"@context\": [], \"yl:n\": [1e400, 1e-400, 9.99e400, 0e400]}";
    assertThat(Documents.READER.readEvent(Documents.utf8(with(AGGREGATION, at))))
        .isInstanceOf(ReadResult.Accepted.class);
    String digits = "1".repeat(JsonTrees.MAX_NUMBER_LENGTH);
    assertThat(
            Documents.READER.readEvent(
                Documents.utf8(with(AGGREGATION, "{\"yl:n\": " + digits + "}"))))
        .isInstanceOf(ReadResult.Accepted.class);
    past(
        Documents.READER.readEvent(
            Documents.utf8(with(AGGREGATION, "{\"yl:n\": " + digits + "1}"))),
        "number_out_of_range",
        "/yl:n");
  }

  private static String with(String event, String members) {
    return event.strip().replaceFirst("}\\s*\\z", "") + ", " + members.substring(1);
  }

  @Test
  void violations() {
    ObjectNode event = Documents.tree(AGGREGATION);
    ArrayNode list = event.putArray("childEPCs");
    IntStream.range(0, 50).forEach(i -> list.add("bad"));
    Limits few = new Limits(99_999, 9, 64, 999, 99, 400, 7);
    assertThat(Documents.refused(read(Documents.document(event), few))).hasSize(7);
    Limits exact = new Limits(99_999, 9, 64, 999, 99, 400, 50);
    assertThat(Documents.refused(read(Documents.document(event), exact))).hasSize(50);
    Limits more = new Limits(99_999, 9, 64, 999, 99, 400, 51);
    assertThat(Documents.refused(read(Documents.document(event), more))).hasSize(50);
  }

  @Test
  void tenThousandInputsIntoTenThousandOutputsFit() {
    ObjectNode event = Documents.tree(Documents.TRANSFORMATION_EVENT);
    ArrayNode inputs = event.putArray("inputEPCList");
    ArrayNode outputs = event.putArray("outputEPCList");
    for (int i = 0; i < 10_000; i++) {
      inputs.add("https://id.gs1.org/01/04012345111118/21/I" + i);
      outputs.add("urn:epc:id:sgtin:4012345.077889." + (i + 1));
    }
    EpcisEvent big = Documents.event(event);
    assertThat(big.units()).hasSize(20_002);
    Set<String> canonical =
        big.units().stream().map(UnitMention::canonical).collect(Collectors.toSet());
    assertThat(canonical).hasSize(20_002).contains("https://id.gs1.org/01/04012345778892/21/10000");
    assertThat(EventHash.of(big, CbvVersion.CBV_2_0)).startsWith("ni:///sha-256;");
    assertThat(StoredEvent.decode(StoredEvent.encode(big))).isEqualTo(big);
  }

  @Test
  void limitsThatNoStackBearsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(1, 1, Limits.MAX_DEPTH_CEILING + 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> limits(0, 1, 1, 1, 1));
  }
}
