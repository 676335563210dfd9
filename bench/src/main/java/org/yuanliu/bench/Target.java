package org.yuanliu.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server under load: where it is and with which key, by default as {@code demo} wrote it down.
 */
final class Target {
  /** A request that takes longer is a failure, not a slow success. */
  private static final Timeout PATIENCE = Timeout.ofSeconds(60);

  /** More than any bench opens: a driver never waits for a connection of its own. */
  private static final int MAX_CONNECTIONS = 256;

  private static final ContentType JSON_LD = ContentType.create("application/ld+json");

  @Option(names = "--data", description = "the server's data folder; default ./data")
  Path data = Path.of("data");

  @Option(names = "--url", description = "the server; default: as data/demo.json says")
  @Nullable String url;

  @Option(names = "--key", description = "an API key that may capture and query; default likewise")
  @Nullable String key;

  private final JsonMapper json = JsonMapper.shared();
  private @Nullable CloseableHttpClient client;
  private String base = "";
  private String bearer = "";

  /** The server with this data folder, as its demonstration wrote it down. */
  static Target of(Path data) {
    Target target = new Target();
    target.data = data;
    return target;
  }

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
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(PATIENCE)
                    .setSocketTimeout(PATIENCE)
                    .build())
            .build();
    client =
        HttpClientBuilder.create()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom().setConnectionRequestTimeout(PATIENCE).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /** The embedded PostgreSQL of the server, beside it. */
  Connection database() throws IOException, SQLException {
    Path file = data.resolve("postgres/connection.json");
    JsonNode known = json.readTree(Files.readString(file));
    return DriverManager.getConnection(
        known.path("url").asString(),
        known.path("user").asString(),
        known.path("password").asString());
  }

  JsonMapper json() {
    return json;
  }

  /**
   * What the server said.
   *
   * @param location the header of that name, if it came
   * @param preferred whether it did as the question preferred
   */
  record Answer(int status, String body, @Nullable String location, boolean preferred) {}

  Answer post(String path, byte[] body) throws IOException {
    HttpPost request = new HttpPost(base + path);
    request.setEntity(new ByteArrayEntity(body, JSON_LD));
    return send(request);
  }

  Answer get(String path) throws IOException {
    return send(new HttpGet(base + path));
  }

  /**
   * @param preference such as {@code wait=10} (RFC 7240)
   */
  Answer getPreferring(String path, String preference) throws IOException {
    HttpGet request = new HttpGet(base + path);
    request.setHeader("Prefer", preference);
    return send(request);
  }

  private Answer send(ClassicHttpRequest request) throws IOException {
    CloseableHttpClient open = client;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    request.setHeader("Authorization", "Bearer " + bearer);
    request.setHeader("Accept", "application/json, */*;q=0.5");
    return open.execute(
        request,
        response -> {
          Header location = response.getFirstHeader("Location");
          return new Answer(
              response.getCode(),
              response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity(), UTF_8),
              location == null ? null : location.getValue(),
              response.containsHeader("Preference-Applied"));
        });
  }
}
