package org.yuanliu.platform.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.capture.TestEvents;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Deliveries by webhook: what is sent, in which order, and what the receiver's answers do. */
class WebhookTest extends SubscriptionServer {
  @Autowired Cursors cursors;
  @Autowired Deliveries deliveries;
  @Autowired Journal journal;
  @Autowired SubscriptionSettings settings;
  @Autowired Clock clock;

  @Test
  void eventsAreSentAsTheyCome() throws Exception {
    Instant begun = clock.instant();
    String key = key(someParty());
    send(key, 1);
    String address = stream(key, ",\"signatureToken\":\"13df38d8\"");
    List<String> sent = new ArrayList<>(send(key, 3));
    sent.addAll(send(key, 1));
    send(key(someParty()), 1); // another's, which is not for this subscriber
    receiver.awaitEvents(4);
    assertThat(receiver.ids()).isEqualTo(sent);

    Receiver.Taken first = receiver.taken.getFirst();
    assertThat(first.path()).isEqualTo("/hook");
    assertThat(first.header("Content-Type")).startsWith("application/json");
    assertThat(first.header("GS1-EPCIS-Version")).isEqualTo("2.0.0");
    assertThat(first.header("GS1-EPC-Format")).isEqualTo("Always_GS1_Digital_Link");
    assertThat(UUID.fromString(first.header("Yuanliu-Delivery"))).isNotNull();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("13df38d8".getBytes(UTF_8), "HmacSHA256"));
    assertThat(first.header("GS1-Signature"))
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal(first.body())));
    JsonNode document = first.json();
    assertThat(document.get("type").stringValue()).isEqualTo("EPCISQueryDocument");
    JsonNode results = document.at("/epcisBody/queryResults");
    assertThat(results.get("queryName").stringValue()).isEqualTo("all");
    String id = address.substring(address.lastIndexOf('/') + 1);
    assertThat(results.get("subscriptionID").stringValue()).isEqualTo(id);
    assertThat(results.at("/resultsBody/eventList/0/epcList/0").stringValue())
        .isEqualTo("https://id.gs1.org/01/10614141073464/21/2017");

    awaitNoted(address);
    HttpResponse<String> shown = get(address, key);
    assertThat(Instant.parse(json(shown).get("lastNotifiedAt").stringValue()))
        .isBetween(begun, clock.instant());
    assertThat(shown.body()).doesNotContain("13df38d8");
    assertThat(delete(address, key).statusCode()).isEqualTo(204);
    send(key, 1);
    aWhile();
    assertThat(receiver.ids()).isEqualTo(sent);
  }

  @Test
  void onlyWhatMeetsTheQueryIsSentInTheFormAskedFor() {
    String key = key(someParty());
    query(key, "received", "{\"EQ_bizStep\":[\"receiving\"]}");
    HttpResponse<String> answer =
        send(
            request("/epcis/queries/received/subscriptions", key)
                .header("Content-Type", "application/json")
                .header("GS1-EPC-Format", "Never_Translates")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"dest\":\"" + receiver.url("/") + "\",\"stream\":true}")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(json(answer).get("epcFormat").stringValue()).isEqualTo("Never_Translates");
    send(key, 2);
    String wanted = TestEvents.id();
    capture(
        key, TestEvents.document(TestEvents.event(wanted, "").replace("shipping", "receiving")));
    receiver.awaitEvents(1);
    assertThat(receiver.ids()).containsExactly(wanted);
    assertThat(receiver.taken.getFirst().header("GS1-Signature")).isEmpty();
    assertThat(new String(receiver.taken.getFirst().body(), UTF_8))
        .contains("urn:epc:id:sgtin:0614141.107346.2017");
  }

  @Test
  void whatWasRecordedSinceTheInitialTimeIsSentFirst() {
    String key = key(someParty());
    send(key, 2);
    Instant between = Instant.now();
    List<String> sent = new ArrayList<>(send(key, 2));
    stream(key, ",\"initialRecordTime\":\"" + between + "\"");
    receiver.awaitEvents(2);
    sent.addAll(send(key, 1));
    receiver.awaitEvents(3);
    assertThat(receiver.ids()).isEqualTo(sent);
  }

  @Test
  void nothingIsSentBeforeAnInitialTimeToCome() {
    String key = key(someParty());
    stream(key, ",\"initialRecordTime\":\"" + Instant.now().plusSeconds(3600) + "\"");
    send(key, 2);
    aWhile();
    assertThat(receiver.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 400, 404, 301, 100_000})
  void whatIsNotAnswered2xxIsSentAgainUnderTheSameId(int status) {
    String key = key(someParty());
    AtomicInteger calls = new AtomicInteger();
    try (Receiver elsewhere = new Receiver()) {
      receiver.behaviour =
          delivery -> {
            int call = calls.incrementAndGet();
            if (call > 3) {
              return Receiver.Answer.of(200);
            }
            if (status > 1_000) {
              if (call == 1) { // longer than a delivery may take, once
                Thread.sleep(DELIVERY_TIMEOUT_MS + 300);
              }
              return Receiver.Answer.of(400);
            }
            return new Receiver.Answer(status, Map.of("Location", elsewhere.url("/")), new byte[0]);
          };
      stream(key, "");
      List<String> sent = send(key, 2);
      receiver.awaitEvents(2);
      sent = new ArrayList<>(sent);
      sent.addAll(send(key, 1));
      receiver.awaitEvents(3);
      assertThat(receiver.ids()).isEqualTo(sent);
      Receiver.await(Duration.ofSeconds(30), () -> receiver.taken.size() == 5);
      Map<String, Long> attempts =
          receiver.taken.stream()
              .collect(
                  Collectors.groupingBy(
                      one -> one.header("Yuanliu-Delivery"), Collectors.counting()));
      assertThat(attempts.values()).containsExactlyInAnyOrder(4L, 1L);
      assertThat(elsewhere.taken).as("redirects are not followed").isEmpty();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aReceiverThatWasDownIsCaughtUpInOrder() throws Exception {
    String key = key(someParty());
    String address = stream(key, "");
    List<String> sent = new ArrayList<>(send(key, 1));
    receiver.awaitEvents(1);
    awaitNoted(address); // else it is sent again
    receiver.down();
    for (int i = 0; i < 10; i++) {
      sent.addAll(send(key, 5));
    }
    Receiver.await(Duration.ofSeconds(30), () -> failures(address) >= 2);
    String operator =
        key(someParty(), ViewerKind.OPERATOR, Permission.ofOperator(), Standing.DECLARED);
    String metrics = get("/actuator/prometheus", operator).body();
    assertThat(metrics).contains("yuanliu_subscription_failing_subscriptions 1.0");
    assertThat(metrics)
        .contains("yuanliu_subscription_deliveries_seconds_count{outcome=\"unreached\"}");
    assertThat(metrics).doesNotContain("yuanliu_subscription_lag_entries 0.0");
    JsonNode health = json(get("/actuator/health", operator));
    JsonNode detail = health.at("/components/subscriptionHealth");
    assertThat(detail.isMissingNode()).as(health.toString()).isFalse();
    assertThat(detail.get("status").stringValue()).isEqualTo("UP");
    assertThat(detail.at("/details/receivers/0/error").stringValue()).contains("not reached");
    receiver.up();
    receiver.awaitEvents(51);
    assertThat(receiver.ids()).isEqualTo(sent);
    Receiver.await(Duration.ofSeconds(30), () -> failures(address) == 0);
  }

  @Test
  void a410EndsTheSubscription() {
    String key = key(someParty());
    receiver.behaviour = delivery -> Receiver.Answer.of(410);
    String address = stream(key, "");
    send(key, 1);
    Receiver.await(Duration.ofSeconds(30), () -> get(address, key).statusCode() == 404);
    send(key, 1);
    aWhile();
    assertThat(receiver.taken).hasSize(1);
  }

  @Test
  void a413IsSentInSmallerParts() {
    String key = key(someParty());
    receiver.behaviour = delivery -> Receiver.Answer.of(delivery.ids().size() > 5 ? 413 : 200);
    stream(key, "");
    List<String> sent = send(key, 30);
    receiver.awaitEvents(30);
    assertThat(receiver.ids()).isEqualTo(sent);
  }

  @Test
  void whoeverMayNotQueryAnyMoreGetsNothing() {
    String party = someParty();
    String key = key(party);
    String sender = key(party);
    String address = stream(key, "");
    send(sender, 1);
    receiver.awaitEvents(1);
    UUID account =
        jdbc.sql("select account from query_subscription where owner = :party")
            .param("party", party)
            .query(UUID.class)
            .single();
    accounts.disable(account);
    send(sender, 3);
    Receiver.await(Duration.ofSeconds(30), () -> failures(address) >= 3);
    assertThat(receiver.ids()).hasSize(1);
  }

  @Test
  void aThousandEventsAreCaughtUpInOrder() {
    caughtUp(1_000);
  }

  @Test
  @Tag("long")
  void tenThousandEventsAreCaughtUpInOrder() {
    caughtUp(10_000);
  }

  private void caughtUp(int events) {
    String key = key(someParty());
    Instant before = Instant.now();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < events / MAX_EVENTS; i++) {
      sent.addAll(send(key, MAX_EVENTS));
    }
    stream(key, ",\"initialRecordTime\":\"" + before + "\"");
    receiver.awaitEvents(events);
    assertThat(receiver.ids()).isEqualTo(sent);
    assertThat(receiver.taken).hasSizeBetween(events / 100, events / 100 + 20);
  }

  /** As two servers on one database do: each has its own name, and takes what the other leaves. */
  @Test
  void twoServersDoNotBothDeliver() {
    Dispatcher other = new Dispatcher(cursors, deliveries, journal, settings, clock);
    other.start();
    try {
      String key = key(someParty());
      receiver.behaviour =
          delivery -> {
            Thread.sleep(30); // several looks at what is due
            return Receiver.Answer.of(200);
          };
      List<String> sent = new ArrayList<>();
      stream(key, "");
      for (int i = 0; i < 30; i++) {
        sent.addAll(send(key, 2));
      }
      receiver.awaitEvents(60);
      assertThat(receiver.ids()).isEqualTo(sent);
    } finally {
      other.stop();
    }
  }

  /** A server that died has its lease until the time is up; then another goes on. */
  @Test
  void aLeaseThatWasLeftIsTakenOver() {
    String key = key(someParty());
    String address = stream(key, "");
    String id = address.substring(address.lastIndexOf('/') + 1);
    jdbc.sql(
            """
            update query_subscription
            set lease_holder = gen_random_uuid(), lease_until = clock_timestamp() + interval '1 h'
            where id = :id\
            """)
        .param("id", id)
        .update();
    List<String> sent = send(key, 2);
    aWhile();
    assertThat(receiver.taken).isEmpty();
    jdbc.sql("update query_subscription set lease_until = clock_timestamp() where id = :id")
        .param("id", id)
        .update();
    receiver.awaitEvents(2);
    assertThat(receiver.ids()).isEqualTo(sent);
  }

  /** Until the server has taken note of what the receiver answered last. */
  private void awaitNoted(String address) {
    Receiver.await(
        Duration.ofSeconds(30),
        () ->
            jdbc.sql(
                    """
                    select last_notified_at is not null and delivery_id is null
                    from query_subscription where id = :id\
                    """)
                .param("id", address.substring(address.lastIndexOf('/') + 1))
                .query(Boolean.class)
                .single());
  }

  private int failures(String address) {
    return jdbc.sql("select coalesce(max(failures), 0) from query_subscription where id = :id")
        .param("id", address.substring(address.lastIndexOf('/') + 1))
        .query(Integer.class)
        .single();
  }
}
