package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Documents some of whose events are wrong, with GS1-Capture-Error-Behaviour: proceed. */
class ProceedTest extends CaptureServer {

  @Test
  void storesWhatItCanAndTellsWhatItCould() {
    String key = key(someParty());
    String good = id();
    String taken = id();
    String last = id();
    capture(key, document(event(taken, "")));
    String sent =
        document(
            event(good, ""),
            event(id(), "").replace("OBSERVE", "WATCH"),
            event(id(), ", \"yl:principal\": \"urn:x:somebody-else\""),
            event(taken, ", \"disposition\": \"active\""),
            event(last, ", \"ex:note\": 1.50"));

    // All or nothing is what happens where nothing is said.
    RefusalsTest.refused(
        post("/epcis/capture", key, sent), 400, "epcisException:ValidationException");

    HttpResponse<String> answer = send(proceeding(key, sent));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("GS1-Capture-Error-Behaviour")).hasValue("proceed");
    JsonNode job = finished(key, answer.headers().firstValue("Location").orElseThrow());
    assertThat(job.get("running").booleanValue()).isFalse();
    assertThat(job.get("success").booleanValue()).isFalse();
    assertThat(job.get("captureErrorBehaviour").stringValue()).isEqualTo("proceed");
    assertThat(types(job))
        .containsExactly(
            "epcisException:ValidationException",
            "epcisException:SecurityException",
            "epcisException:ResourceAlreadyExistsException");
    assertThat(job.at("/errors/0/errors/0/pointer").stringValue())
        .isEqualTo("/epcisBody/eventList/1/action");
    assertThat(job.at("/errors/2/errors/0/pointer").stringValue())
        .isEqualTo("/epcisBody/eventList/3");
    assertThat(get("/epcis/events/" + encoded(good), key).statusCode()).isEqualTo(200);
    HttpResponse<String> stored = get("/epcis/events/" + encoded(last), key);
    assertThat(stored.body()).contains("1.50");
    assertThat(events(json(get("/epcis/events", key)))).hasSize(3);
  }

  @Test
  void allGoodIsAllStored() {
    String key = key(someParty());
    HttpResponse<String> answer = send(proceeding(key, document(event(id(), ""))));
    JsonNode job = finished(key, answer.headers().firstValue("Location").orElseThrow());
    assertThat(job.get("success").booleanValue()).isTrue();
    assertThat(job.get("errors").isEmpty()).isTrue();
  }

  @Test
  void whatIsWrongWithTheDocumentRefusesIt() {
    String key = key(someParty());
    for (String sent :
        List.of("{", "[]", document(event(id(), "")).replace("EPCISDocument", "EPCISRumour"))) {
      assertThat(send(proceeding(key, sent)).statusCode()).isEqualTo(400);
    }
    // A context that would be kept with each of many events is more than any document needs.
    String[] many = new String[MAX_EVENTS];
    java.util.Arrays.setAll(many, i -> event(id(), "").replace("OBSERVE", "WATCH"));
    String large =
        document(many)
            .replace(
                "\"ex\": \"https://example.com/ns/\"",
                "\"ex\": \"https://example.com/ns/\", \"big\": \"urn:x:"
                    + "a".repeat(100_000)
                    + "\"");
    assertThat(send(proceeding(key, large)).statusCode()).isEqualTo(400);
  }

  private java.net.http.HttpRequest.Builder proceeding(String key, String sent) {
    return request("/epcis/capture", key)
        .header("Content-Type", "application/json")
        .header("GS1-Capture-Error-Behaviour", "proceed")
        .POST(BodyPublishers.ofString(sent));
  }

  private static List<String> types(JsonNode job) {
    return job.get("errors").valueStream().map(error -> error.get("type").stringValue()).toList();
  }
}
