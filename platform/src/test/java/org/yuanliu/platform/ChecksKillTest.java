package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SIGKILL of the server and of its PostgreSQL while the checks follow: what they have found in the
 * end is what they find when nobody disturbs them.
 */
class ChecksKillTest {
  private static final String PHARMACY = "https://id.gs1.org/414/6901234560138";
  private static final int ROUNDS = 6;
  private static final int RECORDS = 150;
  private static final int MAX_DELAY_MS = 400;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @TempDir Path folder;

  private ServerProcess server;
  private String key;

  @Test
  @Tag("long")
  void alertsAreThoseOfAnUndisturbedRun() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ChecksKillTest seed " + seed);
    Random random = new Random(seed);
    key = ServerProcess.account(data(), folder, "operator", "urn:yuanliu:uscc:91610100MA6U123487");
    server = ServerProcess.serve(data(), folder);
    assertThat(
            send(
                "/api/v1/places",
                """
                {"id": "%s", "name": "大药房", "division": "610102", "nodeType": "pharmacy"}
                """
                    .formatted(PHARMACY)))
        .isIn(200, 201);
    int number = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < RECORDS; i++) {
        record(random, number++);
      }
      // The follower looks every tenth of a second, so it is anywhere now.
      Thread.sleep(random.nextInt(MAX_DELAY_MS));
      if (round % 2 == 0) {
        server.kill();
        server = ServerProcess.serve(data(), folder);
      } else {
        ServerProcess.postmaster(data()).orElseThrow().destroyForcibly();
        awaitStoring(random, number++);
      }
    }
    List<String> disturbed = judged();
    assertThat(disturbed).isNotEmpty();
    beginAnew();
    assertThat(judged()).isEqualTo(disturbed);
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (server != null) {
      server.kill();
    }
    ServerProcess.postmaster(data()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private int record(Random random, int number) throws Exception {
    String box = "8385793%013d".formatted(879_700_000L + random.nextInt(20));
    boolean back = random.nextInt(3) == 0;
    String time =
        "2026-11-%02dT%02d:%02d:00+08:00"
            .formatted(10 + random.nextInt(10), random.nextInt(24), number % 60);
    return send(
        "/api/v1/links/drugs/%s?product=preparations"
            .formatted(back ? "customer_return" : "retail_sale"),
        """
        {"event_time": "%s", "place": "%s", "drug_codes": ["%s"]}
        """
            .formatted(time, PHARMACY, box));
  }

  private void awaitStoring(Random random, int number) throws Exception {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        if (record(random, number) < 300) {
          return;
        }
      } catch (IOException e) {
        // It has no answer to give yet.
      }
      assertThat(System.nanoTime()).as("storing works again").isLessThan(until);
      Thread.sleep(100);
    }
  }

  /** All alerts with their times, once everything is judged. */
  private List<String> judged() throws Exception {
    long until = System.nanoTime() + LIMIT.toNanos();
    JsonNode first;
    do {
      assertThat(System.nanoTime()).as("the checks follow").isLessThan(until);
      Thread.sleep(100);
      first = get("/api/v1/alerts?limit=1");
    } while (first.path("behind").asLong() > 0);
    List<String> found = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = get("/api/v1/alerts?state=all&limit=500" + next);
      page.path("alerts").forEach(alert -> found.add(alert.toString()));
      next = page.path("next").isString() ? "&next=" + page.path("next").asString() : "";
    } while (!next.isEmpty());
    return found;
  }

  /** The view is thrown away while the server runs: it follows from the first entry. */
  private void beginAnew() throws Exception {
    JsonNode known =
        JsonMapper.shared()
            .readTree(Files.readString(data().resolve("postgres").resolve("connection.json")));
    try (Connection connection =
            DriverManager.getConnection(
                known.path("url").asString(),
                known.path("user").asString(),
                known.path("password").asString());
        Statement statement = connection.createStatement()) {
      statement.execute("truncate alert, check_state");
    }
    long until = System.nanoTime() + LIMIT.toNanos();
    while (get("/api/v1/alerts?state=all&limit=1").path("alerts").isEmpty()) {
      assertThat(System.nanoTime()).as("the checks begin anew").isLessThan(until);
      Thread.sleep(20);
    }
  }

  private int send(String path, String body) throws IOException, InterruptedException {
    return http.send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key);
  }

  private Path data() throws IOException {
    return Files.createDirectories(folder.resolve("data"));
  }
}
