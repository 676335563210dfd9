package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.note.Note;

/** A log over HTTP, by the addresses of tlog-tiles. Several threads may read at once. */
final class HttpLog implements LogReader, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int MAX_KEYS_BYTES = 64 * 1024;

  private final URI prefix;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * The log at an address.
   *
   * @param url what stands before {@code /checkpoint}
   * @throws IllegalArgumentException if it is no address of HTTP
   */
  HttpLog(String url) {
    requireNonNull(url, "url is null");
    prefix = URI.create(url.endsWith("/") ? url : url + "/");
    if (!"http".equals(prefix.getScheme()) && !"https".equals(prefix.getScheme())) {
      throw new IllegalArgumentException("not an address of a log: " + url);
    }
  }

  @Override
  public byte[] checkpoint() {
    Answer answer = get("checkpoint", Note.MAX_BYTES);
    if (answer.status() != OK) {
      throw new LogUnreachableException(answer.describe());
    }
    return answer.body();
  }

  @Override
  public String keys() {
    Answer answer = get("key", MAX_KEYS_BYTES);
    if (answer.status() != OK) {
      throw new LogUnreachableException(answer.describe());
    }
    return new String(answer.body(), UTF_8);
  }

  /** A partial tile that is no longer there is read from the full one, as tlog-tiles has it. */
  @Override
  public byte[] tile(TileId id) {
    Answer answer = tileAnswer(id);
    if (answer.isAbsent() && !id.isFull()) {
      TileId full = TileId.full(id.level(), id.index());
      Answer wider = tileAnswer(full);
      if (wider.status() == OK && wider.body().length == full.bytes()) {
        return Arrays.copyOf(wider.body(), id.bytes());
      }
    }
    if (answer.isAbsent()) {
      throw new TileException(id, "the log does not have it");
    }
    if (answer.status() != OK) {
      throw new TileException(
          id, answer.describe(), new LogUnreachableException(answer.describe()));
    }
    if (answer.body().length != id.bytes()) {
      throw new TileException(id, answer.body().length + " bytes instead of " + id.bytes());
    }
    return answer.body();
  }

  private Answer tileAnswer(TileId id) {
    try {
      return get("tile/" + id.path(), id.bytes());
    } catch (LogUnreachableException e) {
      throw new TileException(id, "no answer", e);
    }
  }

  private Answer get(String path, int maxBytes) {
    URI uri = prefix.resolve(path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        // One byte more shows what is too long without reading it all.
        return new Answer(uri, response.statusCode(), body.readNBytes(maxBytes + 1));
      }
    } catch (IOException e) {
      throw new LogUnreachableException(uri + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnreachableException(uri + ": interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private record Answer(URI uri, int status, byte[] body) {
    boolean isAbsent() {
      return status == NOT_FOUND || status == GONE;
    }

    String describe() {
      return uri + " answers " + status;
    }
  }
}
