package org.yuanliu.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/** The server that other tests share, with a receiver of deliveries for each test. */
abstract class SubscriptionServer extends CaptureServer {
  Receiver receiver;

  @BeforeEach
  void open() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void shut() {
    receiver.close();
    jdbc.sql("delete from query_subscription").update();
  }

  void query(String key, String name, String definition) {
    HttpResponse<String> answer =
        post("/epcis/queries", key, "{\"name\":\"" + name + "\",\"query\":" + definition + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  HttpResponse<String> subscribe(String key, String name, String members) {
    return post(
        "/epcis/queries/" + name + "/subscriptions",
        key,
        "{\"dest\":\"" + receiver.url("/hook") + "\"" + members + "}");
  }

  /** The address of a new subscription to all events as they come. */
  String stream(String key, String members) {
    query(key, "all", "{}");
    HttpResponse<String> answer = subscribe(key, "all", ",\"stream\":true" + members);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Stores events, in one document. */
  List<String> send(String key, int count) {
    List<String> ids = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = id();
      ids.add(id);
      events.add(event(id, ""));
    }
    JsonNode job = capture(key, document(events.toArray(String[]::new)));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    return ids;
  }

  HttpResponse<String> delete(String path, String key) {
    return send(request(path, key).DELETE());
  }

  static void refused(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("type").stringValue()).isEqualTo("epcisException:" + type);
  }

  /** Long enough for some twenty looks at what is due. */
  static void aWhile() {
    try {
      Thread.sleep(Duration.ofMillis(400));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
