package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.capture.TestEvents;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.subscription.Receiver;

/**
 * SIGKILL of the whole server while it delivers: every event arrives, in the order of the journal,
 * and of all deliveries only the one whose answer the crash swallowed comes twice, under its id.
 */
class SubscriptionKillTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "YUANLIU_SUBSCRIPTION_ALLOWHTTP", "true",
          "YUANLIU_SUBSCRIPTION_ALLOWEDADDRESSES", "127.0.0.1/32",
          "YUANLIU_SUBSCRIPTION_BATCHEVENTS", "5",
          "YUANLIU_SUBSCRIPTION_POLLINTERVAL", "50ms",
          "YUANLIU_SUBSCRIPTION_TIMEOUT", "3s",
          "YUANLIU_SUBSCRIPTION_LEASE", "6s",
          "YUANLIU_SUBSCRIPTION_BACKOFF", "50ms");

  private static final int DELIVERY_KILLED_AT = 3;

  private static final int EVENTS = 30;

  @TempDir Path folder;

  /** The server's settings in this test. */
  private final Map<String, String> settings = new HashMap<>(SETTINGS);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> sent = new ArrayList<>();
  private ServerProcess server;
  private Receiver receiver;
  private String key;
  private Instant begun;

  /** On a database that stands already: what is killed is the server, and that starts sooner so. */
  @Test
  void aKillBeforeTheAnswerRepeatsOneDeliveryAndLosesNothing() throws Exception {
    try (TestDatabase database = TestDatabase.openDurable()) {
      settings.put("YUANLIU_DATABASE_URL", database.url());
      settings.put("YUANLIU_DATABASE_USER", database.user());
      settings.put("YUANLIU_DATABASE_PASSWORD", database.password());
      // The dead server's lease, whose end WebhookTest waits for, is not waited for here.
      killBeforeTheAnswer(
          () ->
              JdbcClient.create(database.dataSource())
                  .sql("update query_subscription set lease_until = clock_timestamp()")
                  .update());
      server.kill();
    }
  }

  @Test
  @Tag("long")
  void theSameOnADatabaseOfTheServersOwn() throws Exception {
    killBeforeTheAnswer(() -> {});
  }

  /**
   * @param whileItIsDead what is done before the next server starts
   */
  private void killBeforeTheAnswer(Runnable whileItIsDead) throws Exception {
    begin();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    receiver.behaviour =
        delivery -> {
          if (receiver.taken.size() == DELIVERY_KILLED_AT) {
            arrived.countDown();
            killed.await();
          }
          return Receiver.Answer.of(200);
        };
    for (int i = 0; i < EVENTS; i++) {
      send();
    }
    subscribe();
    arrived.await();
    server.kill();
    killed.countDown();
    whileItIsDead.run();
    server = ServerProcess.serve(data(), folder, settings);
    send();
    complete();
    assertThat(repeated()).isEqualTo(1);
    // The one before it was answered, and stays so.
    List<String> deliveries =
        receiver.taken.stream().map(one -> one.header("Yuanliu-Delivery")).toList();
    assertThat(deliveries.subList(0, DELIVERY_KILLED_AT + 1)).doesNotHaveDuplicates();
    assertThat(deliveries.get(DELIVERY_KILLED_AT + 1))
        .isEqualTo(deliveries.get(DELIVERY_KILLED_AT));
  }

  @Test
  @Tag("long")
  void tenKillsAtRandomMoments() throws Exception {
    long seed = System.nanoTime();
    System.out.println("SubscriptionKillTest seed " + seed);
    Random random = new Random(seed);
    begin();
    subscribe();
    for (int round = 1; round <= 10; round++) {
      for (int i = 0; i < 40; i++) {
        send();
      }
      Thread.sleep(random.nextInt(300));
      server.kill();
      server = ServerProcess.serve(data(), folder, settings);
      complete();
      assertThat(repeated()).isLessThanOrEqualTo(round);
    }
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (server != null) {
      server.kill();
    }
    if (receiver != null) {
      receiver.close();
    }
    ServerProcess.postmaster(data()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void begin() throws Exception {
    receiver = new Receiver();
    key =
        ServerProcess.account(
            data(), folder, settings, "operator", "urn:yuanliu:uscc:91610100MA6U123487");
    server = ServerProcess.serve(data(), folder, settings);
    begun = Instant.now();
  }

  /** To all events since the beginning. */
  private void subscribe() {
    assertThat(post("/epcis/queries", "{\"name\":\"all\",\"query\":{}}")).isEqualTo(201);
    assertThat(
            post(
                "/epcis/queries/all/subscriptions",
                "{\"stream\":true,\"initialRecordTime\":\"%s\",\"dest\":\"%s\"}"
                    .formatted(begun, receiver.url("/"))))
        .isEqualTo(201);
  }

  private void send() {
    String id = TestEvents.id();
    assertThat(post("/epcis/events", TestEvents.single(TestEvents.event(id, "")))).isEqualTo(201);
    sent.add(id);
  }

  private int post(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that was sent, in its order, if what came twice under one id counts once. */
  private void complete() {
    Receiver.await(Duration.ofSeconds(60), () -> arrived().size() >= sent.size());
    assertThat(arrived()).isEqualTo(sent);
  }

  private List<String> arrived() {
    Map<String, List<String>> deliveries = new LinkedHashMap<>();
    for (Receiver.Taken delivery : receiver.taken) {
      List<String> before =
          deliveries.putIfAbsent(delivery.header("Yuanliu-Delivery"), delivery.ids());
      if (before != null) {
        assertThat(delivery.ids()).isEqualTo(before);
      }
    }
    return deliveries.values().stream().flatMap(List::stream).toList();
  }

  private long repeated() {
    return receiver.taken.size()
        - receiver.taken.stream().map(one -> one.header("Yuanliu-Delivery")).distinct().count();
  }

  private Path data() throws IOException {
    return Files.createDirectories(folder.resolve("data"));
  }
}
