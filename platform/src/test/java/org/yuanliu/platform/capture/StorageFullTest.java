package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;
import static org.yuanliu.platform.capture.TestEvents.single;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The door while the disk has nothing left but its reserve. */
class StorageFullTest extends CaptureServer {
  private static final String FULL = "https://yuanliu.org/problems/storage-full";

  @AfterEach
  void makeRoom() {
    room.left(true);
  }

  @Test
  void refusesEventsAndDocumentsAndStoresNothingOfThem() {
    String key = key(someParty());
    String id = id();
    String event = single(event(id, ""));
    String document = document(event(id, ""));
    long entries = entries();
    long jobs = jobs();
    room.left(false);

    HttpResponse<String> one = post("/epcis/events", key, event);
    RefusalsTest.refused(one, 503, FULL);
    assertThat(one.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(one.headers().firstValue("Content-Language")).hasValue("zh-CN");
    assertThat(json(one).get("title").stringValue()).contains("未登记任何内容");
    HttpResponse<String> many =
        send(
            request("/epcis/capture", key)
                .header("Content-Type", "application/json")
                .header("Accept-Language", "en")
                .POST(BodyPublishers.ofString(document)));
    RefusalsTest.refused(many, 503, FULL);
    assertThat(many.headers().firstValue("Content-Language")).hasValue("en");
    assertThat(json(many).get("title").stringValue()).contains("nothing was stored");

    assertThat(entries()).isEqualTo(entries);
    assertThat(jobs()).isEqualTo(jobs);
    assertThat(get("/actuator/health", "").statusCode()).isEqualTo(503);
    assertThat(get("/epcis/events", key).statusCode()).as("reading goes on").isEqualTo(200);

    room.left(true);
    assertThat(post("/epcis/events", key, event).statusCode()).isEqualTo(201);
    assertThat(capture(key, document).get("success").booleanValue()).isTrue();
    assertThat(entries()).isEqualTo(entries + 1);
    assertThat(get("/actuator/health", "").statusCode()).isEqualTo(200);
  }
}
