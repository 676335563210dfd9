package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * One transformation of ten thousand things into ten thousand, through the door and back: what is
 * stored is linear in the document, and who asks gets it by pages.
 */
class WideEventTest extends CaptureServer {
  private static final int WIDE = 10_000;
  private static final String INPUT = "urn:epc:id:sgtin:0614141.107346.";
  private static final String OUTPUT = "urn:epc:id:sgtin:0614141.107347.";
  private static final String GTIN_PATH = "https://id.gs1.org/01/10614141073471/21/";

  /** More pages than the answer can have. */
  private static final int MAX_PAGES = 20;

  @Test
  void aTransformationOfTenThousandIntoTenThousand() {
    String party = someParty();
    String key = key(party);
    long entriesBefore = entries();

    JsonNode job = capture(key, document(wide()));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    assertThat(entries()).isEqualTo(entriesBefore + 1);
    long position = job.at("/positions/0/0").asLong();
    assertThat(rows("unit_event", position)).isEqualTo(2 * WIDE);
    assertThat(rows("trace_event", position)).isEqualTo(1);
    assertThat(rows("identity", position)).isEqualTo(1);

    HttpResponse<String> found =
        get("/epcis/events?MATCH_anyEPC=" + encoded(INPUT + (WIDE - 1)), key);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    assertThat(events(json(found))).singleElement().satisfies(WideEventTest::isWhole);

    Set<String> units = new HashSet<>();
    Set<String> sources = new HashSet<>();
    Set<String> targets = new HashSet<>();
    String next = "";
    int pages = 0;
    while (next != null && pages < MAX_PAGES) {
      HttpResponse<String> answer =
          get(
              "/api/v1/trace?direction=backward&limit=1000&code="
                  + encoded(OUTPUT + "7")
                  + (next.isEmpty() ? "" : "&next=" + encoded(next)),
              key);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode page = json(answer);
      page.get("units").forEach(unit -> units.add(unit.path("uri").asString()));
      page.get("flows")
          .forEach(
              flow -> {
                sources.add(flow.path("from").asString());
                targets.add(flow.path("to").asString());
              });
      next = page.path("next").isString() ? page.get("next").stringValue() : null;
      pages++;
    }
    assertThat(next).as("pages end").isNull();
    assertThat(units.size()).isEqualTo(WIDE + 1);
    assertThat(units.contains(GTIN_PATH + "7")).isTrue();
    assertThat(sources.size()).isEqualTo(WIDE);
    assertThat(targets).containsExactly(GTIN_PATH + "7");
  }

  private static void isWhole(JsonNode event) {
    assertThat(event.get("inputEPCList")).hasSize(WIDE);
    assertThat(event.get("outputEPCList")).hasSize(WIDE);
  }

  private static String wide() {
    return """
    {"type": "TransformationEvent", "eventID": "urn:uuid:0e0e0e0e-0000-4000-8000-000000000001",
     "bizStep": "commissioning", "eventTime": "2026-01-31T08:00:00+08:00",
     "eventTimeZoneOffset": "+08:00", "inputEPCList": [%s], "outputEPCList": [%s]}\
    """
        .formatted(list(INPUT), list(OUTPUT));
  }

  private static String list(String prefix) {
    return IntStream.range(0, WIDE)
        .mapToObj(i -> "\"" + prefix + i + "\"")
        .collect(Collectors.joining(","));
  }

  private long rows(String table, long position) {
    return jdbc.sql("select count(*) from " + table + " where position = :position")
        .param("position", position)
        .query(Long.class)
        .single();
  }
}
