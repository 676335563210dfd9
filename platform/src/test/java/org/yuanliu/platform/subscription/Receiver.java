package org.yuanliu.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A subscriber's server: takes deliveries, and answers what the test wants. */
public final class Receiver implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What it answers to a delivery. */
  public interface Behaviour {
    Answer answer(Taken delivery) throws InterruptedException;
  }

  public record Answer(int status, Map<String, String> headers, byte[] body) {
    public static Answer of(int status) {
      return new Answer(status, Map.of(), new byte[0]);
    }
  }

  /** A delivery as it came. */
  public record Taken(String path, Map<String, List<String>> headers, byte[] body, int answered) {
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    JsonNode json() {
      return JSON.readTree(body);
    }

    public List<String> ids() {
      return json()
          .at("/epcisBody/queryResults/resultsBody/eventList")
          .valueStream()
          .map(event -> event.get("eventID").stringValue())
          .toList();
    }
  }

  public final List<Taken> taken = new CopyOnWriteArrayList<>();
  public volatile Behaviour behaviour = delivery -> Answer.of(204);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private int port;

  public Receiver() throws IOException {
    start(0);
  }

  private void start(int at) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 100);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    port = server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      Map<String, List<String>> headers = Map.copyOf(exchange.getRequestHeaders());
      Answer answer = behaviour.answer(new Taken(path, headers, body, 0));
      taken.add(new Taken(path, headers, body, answer.status()));
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      if (answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** Nobody listens any more. */
  void down() {
    server.stop(0);
  }

  /** Listens again where it did. */
  void up() throws IOException {
    start(port);
  }

  /** The ids of all events of the deliveries that it took, in the order of arrival. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    taken.stream().filter(one -> one.answered() / 100 == 2).forEach(one -> ids.addAll(one.ids()));
    return ids;
  }

  void awaitEvents(int count) {
    await(Duration.ofSeconds(30), () -> ids().size() >= count);
    assertThat(ids()).hasSize(count);
  }

  public static void await(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it does not come to be within " + limit);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
