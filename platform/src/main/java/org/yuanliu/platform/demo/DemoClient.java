package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.yuanliu.platform.registry.RegistryCommand;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Sends as any firm's program would: over HTTP, with a key, asking how its documents fare. */
final class DemoClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

  /** Of one request, when the server is busy or restarts: some two minutes in all. */
  private static final int MAX_ATTEMPTS = 30;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A job is usually done in some milliseconds. */
  private static final Duration FIRST_POLL = Duration.ofMillis(4);

  private static final Duration LONGEST_POLL = Duration.ofMillis(250);
  private static final Duration JOB_PATIENCE = Duration.ofMinutes(5);
  private static final int MAX_SHOWN_CHARS = 2_000;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Of the list's type: without it the commands would lose their discriminator. */
  private static final ObjectWriter COMMANDS =
      MAPPER.writerFor(new TypeReference<List<RegistryCommand>>() {});

  private final URI baseUrl;
  private final HttpClient http;

  DemoClient(URI baseUrl) {
    this.baseUrl = requireNonNull(baseUrl, "baseUrl is null");
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** Whether the key opens anything; it does not where the database is another one. */
  boolean isKnown(String key) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(request("/api/v1/session", key).GET());
    return switch (answer.statusCode()) {
      case 200 -> true;
      case 401 -> false;
      default -> throw unexpected(answer);
    };
  }

  void register(String key, List<RegistryCommand> commands)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(
            request("/api/v1/registry/batch", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(COMMANDS.writeValueAsBytes(commands))));
    if (answer.statusCode() != 200) {
      throw unexpected(answer);
    }
  }

  /** Publishes the national catalogue, or finds it published. */
  void publishCatalogue(String key, Map<String, Object> version)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(
            request("/api/v1/catalogue/national", key)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(version))));
    if (answer.statusCode() != 200 && answer.statusCode() != 409) {
      throw unexpected(answer);
    }
  }

  /** Returns when the document's events are committed. */
  void capture(String key, DemoDocument document) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(
            request("/epcis/capture", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(document.json())));
    if (answer.statusCode() != 202) {
      throw unexpected(answer);
    }
    String job =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("a 202 without Location"));
    awaitJob(job, key);
  }

  @Override
  public void close() {
    http.close();
  }

  private void awaitJob(String job, String key) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + JOB_PATIENCE.toNanos();
    Duration pause = FIRST_POLL;
    while (System.nanoTime() < deadline) {
      HttpResponse<byte[]> answer = send(request(job, key).GET());
      if (answer.statusCode() != 200) {
        throw unexpected(answer);
      }
      JsonNode state = MAPPER.readTree(answer.body());
      if (!state.path("running").asBoolean(true)) {
        if (!state.path("success").asBoolean(false)) {
          throw new DemoException("the server refused a document: " + shown(answer.body()));
        }
        return;
      }
      Thread.sleep(pause);
      pause = longer(pause, LONGEST_POLL);
    }
    throw new DemoException("no end of " + job + " after " + JOB_PATIENCE);
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(baseUrl.resolve(path))
        .timeout(REQUEST_TIMEOUT)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + key);
  }

  /** Again where the server is busy or away; sending the same once more changes nothing. */
  private HttpResponse<byte[]> send(HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        boolean busy = answer.statusCode() == 503 || answer.statusCode() == 429;
        if (!busy || attempt == MAX_ATTEMPTS) {
          return answer;
        }
      } catch (IOException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(pause);
      pause = longer(pause, LONGEST_PAUSE);
    }
  }

  private static Duration longer(Duration pause, Duration longest) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(longest) < 0 ? twice : longest;
  }

  private static DemoException unexpected(HttpResponse<byte[]> answer) {
    return new DemoException(
        "%s %s answered %d: %s"
            .formatted(
                answer.request().method(),
                answer.request().uri().getPath(),
                answer.statusCode(),
                shown(answer.body())));
  }

  private static String shown(byte[] body) {
    String text = new String(body, UTF_8);
    return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…";
  }
}
