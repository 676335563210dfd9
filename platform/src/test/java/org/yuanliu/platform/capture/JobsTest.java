package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;
import static org.yuanliu.platform.capture.TestEvents.single;
import static org.yuanliu.platform.capture.TestEvents.some;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.subscription.Receiver;
import tools.jackson.databind.JsonNode;

/** What was answered 202 is finished, whatever happens; each sees his own only. */
class JobsTest extends CaptureServer {
  @Autowired CaptureJobs captureJobs;
  @Autowired CaptureStore store;

  /** Attempts, more than there is time for. */
  private static final int MANY = 1_000;

  @AfterEach
  void letTheJournalStore() {
    journal.refuse(0);
  }

  @Test
  void aJobTellsWhereItsEventsAre() {
    String key = key(someParty());
    Instant before = Instant.now().minusSeconds(1);
    JsonNode job = capture(key, document(some(), some(), some()));

    assertThat(job.get("running").booleanValue()).isFalse();
    assertThat(job.get("success").booleanValue()).isTrue();
    assertThat(job.get("captureErrorBehaviour").stringValue()).isEqualTo("rollback");
    assertThat(job.get("errors")).isEmpty();
    assertThat(job.get("eventCount").intValue()).isEqualTo(3);
    assertThat(job.get("duplicateCount").intValue()).isZero();
    Instant created = Instant.parse(job.get("createdAt").stringValue());
    assertThat(created).isAfter(before);
    assertThat(Instant.parse(job.get("finishedAt").stringValue())).isAfterOrEqualTo(created);
    long first = job.at("/positions/0/0").longValue();
    assertThat(job.at("/positions/0/1").longValue()).isEqualTo(first + 2);
    assertThat(job.at("/treeHead/size").longValue()).isGreaterThan(first + 2);
    // The request that brought an entry is named in it.
    assertThat(
            jdbc.sql("select capture from entry where position = :position")
                .param("position", first)
                .query((row, n) -> row.getObject(1, UUID.class).toString())
                .single())
        .isEqualTo(job.get("captureID").stringValue());
  }

  @Test
  void aDocumentWithoutEventsIsTaken() {
    JsonNode job = capture(key(someParty()), document());
    assertThat(job.get("success").booleanValue()).isTrue();
    assertThat(job.get("positions")).isEmpty();
  }

  @Test
  void othersJobsAreAbsent() {
    String key = key(someParty());
    String location =
        post("/epcis/capture", key, document(some()))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    HttpResponse<String> others = get(location, key(someParty()));
    HttpResponse<String> unknown = get("/epcis/capture/" + UUID.randomUUID(), key);
    RefusalsTest.refused(others, 404, "epcisException:NoSuchNameException");
    assertThat(others.body()).isEqualTo(unknown.body());
    assertThat(get("/epcis/capture/none", key).body()).isEqualTo(unknown.body());
    finished(key, location); // else it stores in the middle of another test
  }

  @Test
  void whoPrefersToWaitIsAnsweredWhenTheJobEnds() {
    String key = key(someParty());
    journal.refuse(MANY); // until the test has seen enough
    String location =
        post("/epcis/capture", key, document(some()))
            .headers()
            .firstValue("Location")
            .orElseThrow();

    Instant asked = Instant.now();
    HttpResponse<String> others = waiting(location, key(someParty()), "wait=10");
    assertThat(others.statusCode()).isEqualTo(404);
    assertThat(others.headers().firstValue("Preference-Applied")).isEmpty();
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(json(waiting(location, key, "respond-async")).get("running").booleanValue())
        .isTrue();

    HttpResponse<String> vain = waiting(location, key, "respond-async, wait=1");
    assertThat(vain.headers().firstValue("Preference-Applied")).hasValue("wait=1");
    assertThat(json(vain).get("running").booleanValue()).isTrue();
    assertThat(json(vain).get("eventCount").intValue()).isEqualTo(1);
    assertThat(json(vain).has("finishedAt")).isFalse();

    journal.refuse(0);
    HttpResponse<String> ended = waiting(location, key, "wait=99999");
    assertThat(ended.headers().firstValue("Preference-Applied")).hasValue("wait=10");
    assertThat(json(ended).get("running").booleanValue()).isFalse();
    assertThat(json(ended).get("success").booleanValue()).isTrue();
    // What memory tells of it is what the database has.
    assertThat(json(get("/epcis/capture", key)).get(0)).isEqualTo(json(ended));
  }

  @Test
  void aConflictIsToldAlikeFromMemoryAndDatabase() {
    String key = key(someParty());
    String known = id();
    capture(key, document(event(known, "")));

    JsonNode refused = capture(key, document(event(known, ", \"disposition\": \"in_transit\"")));
    assertThat(refused.get("success").booleanValue()).isFalse();
    assertThat(json(get("/epcis/capture", key)).get(0)).isEqualTo(refused);
  }

  private HttpResponse<String> waiting(String location, String key, String preference) {
    return send(request(location, key).header("Prefer", preference).GET());
  }

  @Test
  void theListIsOnesOwnNewestFirstByPages() {
    String key = key(someParty());
    capture(key(someParty()), document(some()));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.addFirst(capture(key, document(some())).get("captureID").stringValue());
    }
    List<String> seen = new ArrayList<>();
    String next = "/epcis/capture?perPage=2";
    while (next != null) {
      HttpResponse<String> page = get(next, key);
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      json(page).forEach(job -> seen.add(job.get("captureID").stringValue()));
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> Pattern.compile("<([^>]+)>.*").matcher(link).replaceAll("$1"))
              .orElse(null);
    }
    assertThat(seen).isEqualTo(sent);
    RefusalsTest.refused(
        get("/epcis/capture?state=done", key), 400, "epcisException:QueryParameterException");
  }

  @Test
  void aJobThatWasCutOffIsFinishedAfterTheRestart() {
    String reporter = someParty();
    String key = key(reporter);
    captureJobs.stop();
    UUID id = UUID.randomUUID();
    UUID broken = UUID.randomUUID();
    try {
      keep(id, reporter, document(some(), some()), 2);
      keep(broken, reporter, "{", 1);
    } finally {
      captureJobs.start();
    }
    JsonNode job = finished(key, "/epcis/capture/" + id);
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    assertThat(job.get("duplicateCount").intValue()).isZero();
    JsonNode failed = finished(key, "/epcis/capture/" + broken);
    assertThat(failed.get("success").booleanValue()).isFalse();
    assertThat(failed.at("/errors/0/errors/0/type").stringValue()).endsWith("malformed_json");
  }

  @Test
  void doingAJobAgainAddsNothing() {
    String reporter = someParty();
    String principal = someParty();
    String key = key(reporter);
    FakeRegistry.Leave leave =
        new FakeRegistry.Leave(reporter, principal, java.util.Set.of(), Instant.EPOCH, Instant.MAX);
    registry.leaves.add(leave);
    String document = document(event(id(), ", \"yl:principal\": \"" + principal + "\""), some());
    JsonNode done = capture(key, document);
    long entries = entries();
    // As if the server had died between the commit and the line that says so; and the mandate was
    // withdrawn meanwhile: what was taken under it stays taken.
    registry.leaves.remove(leave);
    UUID id = UUID.fromString(done.get("captureID").stringValue());
    captureJobs.stop();
    try {
      jdbc.sql("update capture_job set state = 1, body = :body, finished_at = null where id = :id")
          .param("id", id)
          .param("body", Gzip.compress(document.getBytes(StandardCharsets.UTF_8)))
          .update();
    } finally {
      captureJobs.start();
    }
    JsonNode again = finished(key, "/epcis/capture/" + id);
    assertThat(again.get("success").booleanValue()).as(again.toString()).isTrue();
    assertThat(again.get("duplicateCount").intValue()).isEqualTo(2);
    assertThat(again.get("positions")).isEqualTo(done.get("positions"));
    assertThat(entries()).isEqualTo(entries);
  }

  /** PostgreSQL may crash under a living server before the line that ends a job is on the disk. */
  @Test
  void aJobWhoseEndTheDatabaseLostIsFinishedWithoutARestart() {
    String key = key(someParty());
    String document = document(some(), some());
    JsonNode done = capture(key, document);
    long entries = entries();
    UUID id = UUID.fromString(done.get("captureID").stringValue());
    jdbc.sql("update capture_job set state = 1, body = :body, finished_at = null where id = :id")
        .param("id", id)
        .param("body", Gzip.compress(document.getBytes(StandardCharsets.UTF_8)))
        .update();

    captureJobs.sweep(); // as it does from time to time
    Receiver.await(
        Duration.ofSeconds(30),
        () ->
            jdbc.sql("select finished_at is not null from capture_job where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single());
    // The list is the database's; of one job the server's memory tells.
    JsonNode again = json(get("/epcis/capture", key)).get(0);
    assertThat(again.get("success").booleanValue()).as(again.toString()).isTrue();
    assertThat(again.get("duplicateCount").intValue()).isEqualTo(2);
    assertThat(again.get("positions")).isEqualTo(done.get("positions"));
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void aJobWaitsWhileTheJournalCannotStore() {
    String key = key(someParty());
    journal.refuse(3);
    JsonNode job = capture(key, document(some()));
    assertThat(job.get("success").booleanValue()).isTrue();
  }

  @Test
  void oneEventIsNotAcknowledgedWhileTheJournalCannotStore() {
    String key = key(someParty());
    String event = single(some());
    long entries = entries();
    journal.refuse(1);
    HttpResponse<String> answer = post("/epcis/events", key, event);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(entries()).isEqualTo(entries);
    assertThat(post("/epcis/events", key, event).statusCode()).isEqualTo(201);
  }

  @Test
  void nothingIsTakenWhileTheServerStops() {
    String key = key(someParty());
    captureJobs.stop();
    try {
      long jobs = jobs();
      assertThat(post("/epcis/capture", key, document(some())).statusCode()).isEqualTo(503);
      assertThat(jobs()).isEqualTo(jobs);
    } finally {
      captureJobs.start();
    }
  }

  @Test
  void stoppingFinishesWhatWasTaken() {
    String key = key(someParty());
    List<String> locations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      locations.add(
          post("/epcis/capture", key, document(some()))
              .headers()
              .firstValue("Location")
              .orElseThrow());
    }
    captureJobs.stop();
    try {
      for (String location : locations) {
        assertThat(json(get(location, key)).get("running").booleanValue()).isFalse();
      }
    } finally {
      captureJobs.start();
    }
  }

  @Test
  void theDocumentsFrameIsKept() {
    String key = key(someParty());
    String document =
        document(some())
            .replace(
                "\"type\": \"EPCISDocument\"",
                "\"sender\": \"ex:me\", \"type\": \"EPCISDocument\"");
    JsonNode job = capture(key, document);
    byte[] body =
        jdbc.sql("select body from capture_job where id = cast(:id as uuid)")
            .param("id", job.get("captureID").stringValue())
            .query((row, n) -> row.getBytes(1))
            .single();
    JsonNode frame = JSON.readTree(Gzip.expand(body));
    assertThat(frame.get("sender").stringValue()).isEqualTo("ex:me");
    assertThat(frame.has("epcisBody")).isFalse();
  }

  private void keep(UUID id, String reporter, String document, int events) {
    store.insert(
        new CaptureJob(
            id,
            reporter,
            Instant.now(),
            events,
            ErrorBehaviour.ROLLBACK,
            CaptureJob.State.RUNNING,
            null),
        Standing.DECLARED,
        Gzip.compress(document.getBytes(StandardCharsets.UTF_8)));
  }
}
