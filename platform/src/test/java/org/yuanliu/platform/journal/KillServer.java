package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.yuanliu.platform.database.DurableServer;
import org.yuanliu.platform.journal.Outcome.Committed;

/**
 * The process that the kill test kills: database and journal as the server runs them, behind the
 * thinnest door. {@code POST /append} takes one id a line and answers with one position a line;
 * {@code GET /verify} tells what the tree check says and then every position and id that is stored.
 */
final class KillServer {
  private KillServer() {}

  public static void main(String[] args) throws IOException {
    DurableServer database = DurableServer.start(Path.of(args[0]));
    PostgresJournal journal =
        TestJournal.open(
            database.dataSource(),
            TestJournal.SETTINGS,
            Clock.systemUTC(),
            List.of(),
            List.of(new Drafts.SaidCodec()));
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/append", exchange -> append(journal, exchange));
    http.createContext("/verify", exchange -> verify(database, journal, exchange));
    http.start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  http.stop(1);
                  journal.close();
                  database.close();
                }));
    System.out.println("PORT " + http.getAddress().getPort());
  }

  private static void append(PostgresJournal journal, HttpExchange exchange) throws IOException {
    List<Draft> drafts =
        new String(exchange.getRequestBody().readAllBytes(), UTF_8)
            .lines()
            .map(id -> Drafts.draft(id, "says " + id))
            .toList();
    try {
      Committed committed = (Committed) journal.append(Drafts.submission(drafts));
      answer(
          exchange,
          200,
          committed.placed().stream()
              .map(placed -> Long.toString(placed.ref().position()))
              .collect(Collectors.joining("\n")));
    } catch (JournalUnavailableException e) {
      answer(exchange, 503, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      answer(exchange, 500, String.valueOf(e));
    }
  }

  private static void verify(DurableServer database, PostgresJournal journal, HttpExchange exchange)
      throws IOException {
    try {
      StringBuilder text = new StringBuilder();
      text.append(TestJournal.check(database.dataSource())).append('\n');
      journal.replay(
          0,
          batch ->
              batch.forEach(
                  entry ->
                      text.append(entry.ref().position())
                          .append(' ')
                          .append(entry.draft().id())
                          .append('\n')));
      answer(exchange, 200, text.toString());
    } catch (RuntimeException e) {
      answer(exchange, 503, String.valueOf(e));
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
