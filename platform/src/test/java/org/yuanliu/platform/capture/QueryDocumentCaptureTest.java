package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What one repository answers to a query, another takes in: capture supports EPCISDocument and
 * EPCISQueryDocument (openapi.yaml, POST /capture).
 */
class QueryDocumentCaptureTest extends CaptureServer {

  @ParameterizedTest
  @CsvSource({
    "application/json, 2.0.0",
    "application/ld+json, 2.0.0",
    "application/xml, 2.0.0",
    "application/xml, 1.2.0"
  })
  void anAnswerIsTakenAsItCame(String type, String version) {
    String first = key(someParty());
    String one = id();
    String two = id();
    capture(first, document(event(one, ", \"ex:note\": \"a\""), event(two, "")));
    HttpResponse<String> answer =
        send(
            request("/epcis/events?orderBy=recordTime&orderDirection=ASC", first)
                .header("Accept", type)
                .header("GS1-EPCIS-Max", version)
                .GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

    String second = key(someParty());
    HttpResponse<String> taken = post(second, type, answer.body(), "rollback");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    JsonNode job = finished(second, taken.headers().firstValue("Location").orElseThrow());
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    List<JsonNode> stored =
        events(json(get("/epcis/events?orderBy=recordTime&orderDirection=ASC", second)));
    assertThat(stored).extracting(e -> e.get("eventID").stringValue()).containsExactly(one, two);
    assertThat(stored.getFirst().get("ex:note").stringValue()).isEqualTo("a");
  }

  @Test
  void whatIsWrongIsToldAtItsPlace() {
    String key = key(someParty());
    String query =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type": "EPCISQueryDocument", "schemaVersion": "2.0",
         "creationDate": "2026-01-31T00:00:00Z",
         "epcisBody": {"queryResults": {"queryName": "SimpleEventQuery",
           "resultsBody": {"eventList": [%s, %s]}}}}\
        """
            .formatted(event(id(), ""), event(id(), "").replace("OBSERVE", "WATCH"));
    HttpResponse<String> refused = post(key, "application/json", query, "rollback");
    RefusalsTest.refused(refused, 400, "epcisException:ValidationException");
    assertThat(json(refused).at("/errors/0/pointer").stringValue())
        .isEqualTo("/epcisBody/queryResults/resultsBody/eventList/1/action");

    HttpResponse<String> some = post(key, "application/json", query, "proceed");
    assertThat(some.statusCode()).as(some.body()).isEqualTo(202);
    JsonNode job = finished(key, some.headers().firstValue("Location").orElseThrow());
    assertThat(job.at("/errors/0/errors/0/pointer").stringValue())
        .isEqualTo("/epcisBody/queryResults/resultsBody/eventList/1/action");
    assertThat(events(json(get("/epcis/events", key)))).hasSize(1);
  }

  private HttpResponse<String> post(String key, String type, String body, String behaviour) {
    return send(
        request("/epcis/capture", key)
            .header("Content-Type", type)
            .header("GS1-Capture-Error-Behaviour", behaviour)
            .POST(BodyPublishers.ofString(body)));
  }
}
