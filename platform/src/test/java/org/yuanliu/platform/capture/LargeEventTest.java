package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An event of twenty thousand units: what is stored grows with their sum, never their product. */
class LargeEventTest extends CaptureServer {
  private static final int MANY = 10_000;

  /** Of one event beside those of its units: entry, identity, one in each of the two views. */
  private static final long ROWS_OF_AN_EVENT = 4;

  @Test
  void rowsAreLinearInInputsAndOutputs() {
    String id = "urn:uuid:" + UUID.randomUUID();
    String party = someParty();
    String key = key(party);
    long position = jdbc.sql("select size from journal").query(Long.class).single();

    JsonNode job = capture(key, document(turned(id)));

    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    assertThat(rows("entry", position)).isOne();
    assertThat(rows("unit_event", position)).isEqualTo(2 * MANY);
    assertThat(
            rows("entry", position)
                + rows("identity", position)
                + rows("trace_event", position)
                + rows("query_event", position))
        .isEqualTo(ROWS_OF_AN_EVENT);
    assertThat(rows("trace_document", position)).isZero();
    assertThat(
            jdbc.sql("select max(cardinality(terms)) from query_event where position >= :from")
                .param("from", position)
                .query(Integer.class)
                .single())
        .isLessThan(20);
    JsonNode event = events(json(get("/epcis/events/" + id, key))).getFirst();
    assertThat(event.get("inputEPCList")).hasSize(MANY);
    assertThat(event.get("outputEPCList")).hasSize(MANY);
    assertThat(event.get("outputEPCList").get(MANY - 1).stringValue())
        .isEqualTo("urn:x:o" + (MANY - 1));
  }

  private long rows(String table, long from) {
    return jdbc.sql("select count(*) from " + table + " where position >= :from")
        .param("from", from)
        .query(Long.class)
        .single();
  }

  private static String turned(String id) {
    return """
    {"type": "TransformationEvent", "eventID": "%s", "eventTime": "2026-01-31T08:00:00+08:00",
     "eventTimeZoneOffset": "+08:00", "inputEPCList": [%s], "outputEPCList": [%s]}\
    """
        .formatted(id, list("i"), list("o"));
  }

  private static String list(String kind) {
    return IntStream.range(0, MANY)
        .mapToObj(number -> "\"urn:x:" + kind + number + '"')
        .collect(Collectors.joining(","));
  }
}
