package org.yuanliu.platform.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Sends the results of one query over one WebSocket, each message an EPCISQueryDocument. A socket
 * has no answer that says a message was taken, so its cursor ends with it: who comes back begins
 * with an {@code initialRecordTime} of his own.
 */
final class QuerySocket extends Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(QuerySocket.class);

  /** What is sent to us is thrown away, and this much at once at most. */
  private static final int MAX_INCOMING_BYTES = 1_024;

  /** How long an idle subscriber keeps a connection that he may not have any more. */
  private static final Duration CHECK = Duration.ofSeconds(5);

  /** Proxies cut off what is silent for a minute. */
  private static final Duration PING = Duration.ofSeconds(30);

  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  private final QuerySockets sockets;
  private final StandingQueries.Standing standing;
  private final Rhythm rhythm;
  private final boolean reportIfEmpty;
  private final DeliveryForm form;
  private final String id = UUID.randomUUID().toString();
  private final AtomicBoolean left = new AtomicBoolean();
  private long next;
  private @Nullable Instant dueAt;
  private Instant checked;
  private Instant sent;

  QuerySocket(
      QuerySockets sockets,
      StandingQueries.Standing standing,
      Rhythm rhythm,
      boolean reportIfEmpty,
      DeliveryForm form,
      long from) {
    this.sockets = sockets;
    this.standing = standing;
    this.rhythm = rhythm;
    this.reportIfEmpty = reportIfEmpty;
    this.form = form;
    this.next = from;
    this.checked = sockets.clock().instant();
    this.sent = checked;
    this.dueAt = due(checked);
  }

  private @Nullable Instant due(Instant now) {
    return rhythm instanceof Rhythm.Scheduled(Schedule schedule)
        ? schedule.next(now, sockets.server().zone()).orElse(null)
        : null;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxTextMessageBufferSize(MAX_INCOMING_BYTES);
    session.setMaxBinaryMessageBufferSize(MAX_INCOMING_BYTES);
    session.getUserProperties().put(SEND_TIMEOUT, sockets.settings().timeout().toMillis());
    Thread.ofVirtual().name("socket-" + id).start(() -> pump(session));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    leave();
  }

  @Override
  public void onError(Session session, Throwable cause) {
    LOG.debug("WebSocket {}: {}", id, cause.toString());
  }

  /** Gives its place back, once. */
  void leave() {
    if (left.compareAndSet(false, true)) {
      sockets.leave(standing.owner());
    }
  }

  private void pump(Session session) {
    CloseReason reason = new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "");
    try {
      while (session.isOpen()) {
        CloseReason end = turn(session);
        if (end != null) {
          reason = end;
          break;
        }
        Thread.sleep(sockets.settings().pollInterval());
      }
    } catch (ProblemException e) {
      tell(session, Notice.of(e.problem()));
      reason = new CloseReason(CloseCodes.UNEXPECTED_CONDITION, cut(e.problem().code()));
    } catch (IOException | RuntimeException e) {
      LOG.debug("WebSocket {}: {}", id, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(session, reason);
    }
  }

  /** A close frame has room for 123 bytes. */
  private static String cut(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100);
  }

  private void close(Session session, CloseReason reason) {
    try {
      if (session.isOpen()) {
        session.close(reason);
      }
    } catch (IOException e) {
      LOG.debug("WebSocket {}: {}", id, e.toString());
    } finally {
      leave();
    }
  }

  /**
   * Sends what is due.
   *
   * @return why the connection ends; null: it does not
   */
  private @Nullable CloseReason turn(Session session) throws IOException {
    Instant now = sockets.clock().instant();
    long head = sockets.journal().head().size();
    boolean due = dueAt == null ? head > next : !now.isBefore(dueAt);
    boolean check = now.isAfter(checked.plus(CHECK));
    if (due || check) {
      checked = now;
      CloseReason end = run(session, due ? head : next, due);
      if (end != null) {
        return end;
      }
      dueAt = due(sockets.clock().instant());
    }
    if (now.isAfter(sent.plus(PING))) {
      sent = now;
      session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    }
    return null;
  }

  private @Nullable CloseReason run(Session session, long to, boolean due) throws IOException {
    boolean reported = false;
    do {
      switch (sockets.next(standing, next, to)) {
        case StandingQueries.Result.NoAccess() -> {
          tell(session, Notice.noAccess());
          return new CloseReason(CloseCodes.VIOLATED_POLICY, "the account may not query");
        }
        case StandingQueries.Result.NoQuery() -> {
          tell(session, Notice.queryGone());
          return new CloseReason(CloseCodes.GOING_AWAY, "the query was removed");
        }
        case StandingQueries.Result.Found(List<Entry> entries, long after) -> {
          if (!entries.isEmpty()) {
            send(session, entries);
            reported = true;
          }
          next = after;
        }
      }
    } while (next < to);
    if (due && !reported && reportIfEmpty) {
      send(session, List.of());
    }
    return null;
  }

  /** The last message: why no more will come. */
  private void tell(Session session, Notice notice) {
    try {
      byte[] body = notice.body(standing.queryName(), id, form.syntax(), sockets.clock().instant());
      session.getBasicRemote().sendText(new String(body, UTF_8));
    } catch (IOException e) {
      LOG.debug("WebSocket {}: {}", id, e.toString());
    }
  }

  private void send(Session session, List<Entry> entries) throws IOException {
    byte[] document = sockets.queries().document(standing.queryName(), id, entries, form);
    session.getBasicRemote().sendText(new String(document, UTF_8));
    sockets.metrics().taken(entries.size());
    sent = sockets.clock().instant();
  }
}
