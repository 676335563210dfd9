package org.yuanliu.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Subscriptions by WebSocket, with the JDK's client. */
class QuerySocketTest extends SubscriptionServer {
  @Autowired QuerySockets sockets;

  private final List<WebSocket> opened = new CopyOnWriteArrayList<>();

  /** What comes over a socket. */
  private static final class Messages implements WebSocket.Listener {
    final List<JsonNode> documents = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        documents.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    List<String> ids() {
      List<String> ids = new ArrayList<>();
      documents.forEach(
          document -> events(document).forEach(e -> ids.add(e.get("eventID").stringValue())));
      return ids;
    }
  }

  @AfterEach
  void closeAll() {
    opened.forEach(WebSocket::abort);
    Receiver.await(Duration.ofSeconds(30), () -> sockets.count() == 0);
  }

  private Messages open(String key, String path) {
    Messages messages = new Messages();
    try {
      opened.add(
          HTTP.newWebSocketBuilder()
              .header("Authorization", "Bearer " + key)
              .buildAsync(URI.create("ws://127.0.0.1:" + port + path), messages)
              .join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new RefusedException(refused.getResponse().statusCode());
      }
      throw e;
    }
    return messages;
  }

  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(int status) {
      super("" + status);
    }
  }

  @Test
  void eventsAreSentAsTheyCome() {
    String key = key(someParty());
    query(key, "all", "{}");
    List<String> sent = new ArrayList<>(send(key, 2));
    Messages later = open(key, "/epcis/queries/all/events?stream=true");
    Messages all =
        open(
            key,
            "/epcis/queries/all/events?stream=true&initialRecordTime="
                + encoded(Instant.now().minusSeconds(3600).toString()));
    Receiver.await(Duration.ofSeconds(30), () -> all.ids().size() == 2);
    for (int i = 0; i < 5; i++) {
      sent.addAll(send(key, 40));
    }
    send(key(someParty()), 1);
    Receiver.await(Duration.ofSeconds(30), () -> all.ids().size() >= 202);
    assertThat(all.ids()).isEqualTo(sent);
    Receiver.await(Duration.ofSeconds(30), () -> later.ids().size() >= 200);
    assertThat(later.ids()).isEqualTo(sent.subList(2, 202));
    JsonNode document = all.documents.getFirst();
    assertThat(document.get("type").stringValue()).isEqualTo("EPCISQueryDocument");
    assertThat(document.at("/epcisBody/queryResults/queryName").stringValue()).isEqualTo("all");
  }

  @Test
  void aScheduleReports() {
    String key = key(someParty());
    query(key, "all", "{}");
    Messages messages =
        open(key, "/epcis/queries/all/events?second=" + encoded("0/1") + "&reportIfEmpty=true");
    List<String> sent = send(key, 2);
    Receiver.await(
        Duration.ofSeconds(30), () -> messages.ids().size() == 2 && messages.documents.size() >= 2);
    assertThat(messages.ids()).isEqualTo(sent);
  }

  @Test
  void aQueryThatGoesAndAnAccountThatIsDisabledEndTheConnection() {
    String party = someParty();
    String key = key(party);
    query(key, "all", "{}");
    query(key, "some", "{}");
    Messages gone = open(key, "/epcis/queries/all/events?stream=true");
    Messages disabled = open(key, "/epcis/queries/some/events?stream=true");
    assertThat(delete("/epcis/queries/all", key).statusCode()).isEqualTo(204);
    assertThat(gone.closed.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join())
        .isEqualTo(1001);
    String sender = key(party);
    UUID account =
        jdbc.sql("select id from account where party = :party order by created_at limit 1")
            .param("party", party)
            .query(UUID.class)
            .single();
    accounts.disable(account);
    send(sender, 1);
    assertThat(disabled.closed.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join())
        .isEqualTo(1008);
    assertThat(gone.documents)
        .singleElement()
        .satisfies(
            text ->
                assertThat(text.toString())
                    .contains("epcisException:NoSuchNameException", "\"queryName\":\"all\""));
    assertThat(disabled.documents)
        .singleElement()
        .satisfies(
            text -> assertThat(text.toString()).contains("epcisException:SecurityException"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400",
    "stream=false, 400",
    "stream=true&minute=5, 400",
    "stream=true&reportIfEmpty=true, 400",
    "minute=60, 400",
    "stream=true&initialRecordTime=soon, 400",
    "stream=true&perPage=3, 400"
  })
  void refusesWhatIsNoSubscription(String query, int status) {
    String key = key(someParty());
    query(key, "q", "{}");
    assertThatThrownBy(() -> open(key, "/epcis/queries/q/events?" + query))
        .isInstanceOf(RefusedException.class)
        .hasMessage("" + status);
    assertThat(sockets.count()).isZero();
  }

  @Test
  void refusesStrangersAndTooMany() {
    String key = key(someParty());
    query(key, "q", "{}");
    String path = "/epcis/queries/q/events?stream=true";
    assertThatThrownBy(() -> open(key(someParty()), path)).hasMessage("404");
    assertThatThrownBy(() -> open("yl_none", path)).hasMessage("401");
    assertThatThrownBy(
            () ->
                HTTP.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + key)
                    .header("Origin", "https://elsewhere.example")
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + path), new Messages())
                    .join())
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    for (int i = 0; i < MAX_SUBSCRIPTIONS; i++) {
      open(key, path);
    }
    assertThatThrownBy(() -> open(key, path)).hasMessage("403");
    assertThat(sockets.count()).isEqualTo(MAX_SUBSCRIPTIONS);
  }
}
