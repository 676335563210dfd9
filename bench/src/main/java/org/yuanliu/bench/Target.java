package org.yuanliu.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server under load: where it is and with which key, by default as {@code demo} wrote it down.
 */
final class Target {
  /** A request that takes longer is a failure, not a slow success. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(names = "--data", description = "the server's data folder; default ./data")
  Path data = Path.of("data");

  @Option(names = "--url", description = "the server; default: as data/demo.json says")
  @Nullable String url;

  @Option(names = "--key", description = "an API key that may capture and query; default likewise")
  @Nullable String key;

  private final JsonMapper json = JsonMapper.shared();
  private @Nullable HttpClient client;
  private String base = "";
  private String bearer = "";

  void open() throws IOException {
    if (url == null || key == null) {
      Path file = data.resolve("demo.json");
      if (!Files.exists(file)) {
        throw new IllegalArgumentException(
            "no " + file + ": start ./yuanliu demo, or give --url and --key");
      }
      JsonNode demo = json.readTree(Files.readString(file));
      base = url == null ? demo.path("baseUrl").asString() : url;
      bearer = key == null ? demo.path("apiKey").asString() : key;
    } else {
      base = url;
      bearer = key;
    }
    String host = URI.create(base).getHost();
    if (!("127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host))) {
      throw new IllegalArgumentException("load goes to loopback only, not to " + host);
    }
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
  }

  JsonMapper json() {
    return json;
  }

  HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/ld+json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + bearer)
        .header("Accept", "application/json, */*;q=0.5");
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpClient open = client;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open.send(request, BodyHandlers.ofString());
  }
}
