package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.yuanliu.platform.registry.RegistryCommand;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A door that keeps what it is given, and does not open when it is told so. */
final class FakeServer implements AutoCloseable {
  static {
    // Else each answer waits some 40 ms for an acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * @param at how many documents were committed before it came
   */
  record Taken(String key, String body, int at) {}

  final Map<String, Taken> jobs = new ConcurrentHashMap<>();
  final ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<RegistryCommand> commands = new ConcurrentLinkedQueue<>();
  final Set<String> knownKeys;
  final AtomicInteger captures = new AtomicInteger();
  final AtomicInteger committed = new AtomicInteger();

  /** Documents after which every further one is refused; none by default. */
  volatile int refusesAfter = Integer.MAX_VALUE;

  /** Every so manieth request is answered 503 first. */
  volatile int busyEvery = Integer.MAX_VALUE;

  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer http;

  FakeServer(Set<String> knownKeys) throws IOException {
    this.knownKeys = knownKeys;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::handle);
    http.start();
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
  }

  Set<String> eventsTaken() {
    Set<String> events = new HashSet<>();
    for (Taken document : taken) {
      for (JsonNode event : MAPPER.readTree(document.body()).at("/epcisBody/eventList")) {
        events.add(event.toString());
      }
    }
    return events;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      String path = exchange.getRequestURI().getPath();
      if (requests.incrementAndGet() % busyEvery == 0) {
        answer(exchange, 503, "");
      } else if (!key.startsWith("Bearer ") || !knownKeys.contains(key.substring(7))) {
        answer(exchange, 401, "");
      } else if (path.equals("/api/v1/session") || path.equals("/api/v1/catalogue/national")) {
        answer(exchange, 200, "{}");
      } else if (path.equals("/api/v1/registry/batch")) {
        commands.addAll(MAPPER.readValue(body, new TypeReference<List<RegistryCommand>>() {}));
        answer(exchange, 200, "[]");
      } else if (path.equals("/epcis/capture")) {
        capture(exchange, key.substring(7), new String(body, UTF_8));
      } else {
        job(exchange, path.substring(path.lastIndexOf('/') + 1));
      }
    }
  }

  private void capture(HttpExchange exchange, String key, String body) throws IOException {
    int number = captures.incrementAndGet();
    if (number > refusesAfter) {
      answer(exchange, 403, "{\"type\":\"no-mandate\"}");
      return;
    }
    String id = Integer.toString(number);
    Taken document = new Taken(key, body, committed.get());
    jobs.put(id, document);
    taken.add(document);
    exchange.getResponseHeaders().set("Location", "/epcis/capture/" + id);
    answer(exchange, 202, "");
  }

  /** Done at the second time of asking. */
  private void job(HttpExchange exchange, String id) throws IOException {
    if (jobs.remove(id) != null) {
      // Counted before who asks can know of it.
      committed.incrementAndGet();
      answer(exchange, 200, "{\"running\":true,\"success\":true}");
    } else {
      answer(exchange, 200, "{\"running\":false,\"success\":true,\"errors\":[]}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
