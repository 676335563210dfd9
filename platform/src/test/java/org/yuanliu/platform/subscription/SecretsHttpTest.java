package org.yuanliu.platform.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.ElementType;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.Target;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.capture.TestEvents;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.packs.Packs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What packs mark as a commercial secret, each element of each pack, by every way out: its owner
 * and the office in charge see it, who is only named in the record sees the record without it, and
 * can't find it out by asking either.
 */
class SecretsHttpTest extends SubscriptionServer {
  private static final String STOCK = "https://id.gs1.org/01/09506000134352/10/S-";

  @Autowired Packs packs;
  @Autowired ServerSettings server;

  private final String owner = someParty();
  private final String neighbour = someParty();

  /**
   * @param marker what stands there, and nowhere else
   * @param parameter with which a query would find the event; null where there is none
   */
  private record Secret(String pack, String element, String marker, String parameter) {}

  /** Events of the owner that name the neighbour; one a pack, with all that it marks. */
  private final Map<String, ObjectNode> events = new TreeMap<>();

  private final List<Secret> secrets = new ArrayList<>();

  private final List<WebSocket> opened = new ArrayList<>();

  /** Other tests count the sockets of the server that they share. */
  @AfterEach
  void closeAll() {
    opened.forEach(WebSocket::abort);
  }

  private void make() {
    for (Pack pack : packs.current().all()) {
      ObjectNode event = events.computeIfAbsent(pack.id(), id -> bare(id, events.size() + 1));
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          link.elements().values().stream()
              .filter(Element::secret)
              .forEach(element -> add(element, pack, event));
        }
      }
    }
    events.values().removeIf(event -> !event.has("destinationList"));
  }

  private ObjectNode bare(String industry, int number) {
    ObjectNode event =
        (ObjectNode)
            JSON.readTree(
                """
                {"type": "ObjectEvent", "eventID": "%s", "action": "ADD", "bizStep": "shipping",
                 "eventTime": "2026-01-31T08:00:0%d+08:00", "eventTimeZoneOffset": "+08:00",
                 "quantityList": [{"epcClass": "%s"}],
                 "sourceList": [{"type": "possessing_party", "source": "%s"}],
                 "yl:industry": "%s"}\
                """
                    .formatted(
                        TestEvents.id(), number % 10, STOCK + industry, neighbour, industry));
    return event;
  }

  private void add(Element element, Pack pack, ObjectNode event) {
    int number = secrets.size();
    String text = "geheim-" + pack.id() + "-" + element.id();
    switch (element.becomes()) {
      case Target.Extension(boolean ilmd, String name, String member) -> {
        ObjectNode into = ilmd ? event.withObject("/ilmd") : event;
        if (!member.isEmpty()) {
          into = into.withObjectProperty(compact(name));
        }
        String own = compact(member.isEmpty() ? name : member);
        if (into.has(own)) {
          return;
        }
        boolean numeric =
            element.type() == ElementType.DECIMAL || element.type() == ElementType.INTEGER;
        String marker = numeric ? "" + (987_610_000_000L + number) : text;
        if (numeric) {
          into.put(own, Long.parseLong(marker));
        } else {
          into.put(own, marker);
        }
        secrets.add(
            new Secret(
                pack.id(),
                element.id(),
                marker,
                (ilmd ? "EQ_ILMD_" : member.isEmpty() ? "EQ_" : "EQ_INNER_") + own));
      }
      case Target.BizTransaction() -> {
        DocumentType type = pack.documents().get(element.document());
        String id = DocumentIds.uri(type, text);
        if (!event.toString().contains(id)) {
          event
              .withArrayProperty("bizTransactionList")
              .addObject()
              .put("type", type.uri())
              .put("bizTransaction", id);
          secrets.add(new Secret(pack.id(), element.id(), text, "EQ_bizTransaction_" + type.uri()));
        }
      }
      case Target.Transfer(boolean source, String type) -> {
        String party = "urn:yuanliu:test:geheim-" + pack.id() + "-" + type;
        if (!event.toString().contains(party)) {
          event
              .withArrayProperty(source ? "sourceList" : "destinationList")
              .addObject()
              .put("type", type)
              .put(source ? "source" : "destination", party);
          secrets.add(
              new Secret(
                  pack.id(),
                  element.id(),
                  party,
                  (source ? "EQ_source_" : "EQ_destination_") + type));
        }
      }
      case Target.None() -> {
        ObjectNode lot = (ObjectNode) event.at("/quantityList/0");
        if (!lot.has("quantity")) {
          long amount = 976_100_000_000L + number;
          lot.put("quantity", amount).put("uom", "KGM");
          secrets.add(new Secret(pack.id(), element.id(), "" + amount, "EQ_quantity"));
        }
      }
      case Target.Sensor _, Target.Single _, Target.Units _ ->
          throw new AssertionError("no test of " + element.becomes() + " yet");
    }
  }

  private static String compact(String name) {
    return name.replace(YlVocabulary.NAMESPACE, "yl:");
  }

  @Test
  void everySecretOfEveryPackByEveryWayOut() {
    make();
    assertThat(secrets).hasSizeGreaterThan(40);
    assertThat(events).hasSizeGreaterThanOrEqualTo(7);
    String ownKey = key(owner);
    String neighbourKey = key(neighbour);
    String office =
        key(
            someParty(),
            ViewerKind.REGULATOR,
            "",
            EnumSet.of(Permission.QUERY),
            Standing.AUTHORITY);
    Map<String, StringBuilder> streams = new LinkedHashMap<>();
    for (String key : List.of(ownKey, neighbourKey)) {
      subscribeBoth(key, key.equals(ownKey) ? "own" : "neighbour", streams);
    }
    JsonNode job =
        capture(
            ownKey,
            TestEvents.document(
                events.values().stream().map(Object::toString).toArray(String[]::new)));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();

    Map<String, String> whole = waysOut(ownKey);
    Map<String, String> part = waysOut(neighbourKey);
    Map<String, String> seen = waysOut(office);
    awaitStreams(streams);
    whole.putAll(of("own", streams));
    part.putAll(of("neighbour", streams));
    assertThat(part).containsOnlyKeys(whole.keySet());
    List<String> missing = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (Secret secret : secrets) {
      whole.forEach((way, body) -> miss(missing, "owner", way, body, secret));
      seen.forEach((way, body) -> miss(missing, "office", way, body, secret));
      part.forEach(
          (way, body) -> {
            if (body.contains(secret.marker())) {
              told.add(way + ": " + secret);
            }
          });
    }
    assertThat(missing).as("who may see it sees it").isEmpty();
    assertThat(told).as("who may not, does not").isEmpty();
    // The record itself is there, and what in it is no secret.
    part.forEach(
        (way, body) ->
            events.forEach(
                (pack, event) ->
                    assertThat(body)
                        .as(way + " " + pack)
                        .contains(event.get("eventID").stringValue())
                        .contains(STOCK + pack)
                        .contains(neighbour)));

    receipts(ownKey, "/receipt/v1", "\"leaf");
    receipts(office, "/receipt/v1", "\"leaf");
    receipts(neighbourKey, "/sealed-receipt/v1", "leafHash");
    for (String industry : events.keySet()) {
      String page = get("/t/01/09506000134352/10/S-" + industry, "").body();
      secrets.forEach(secret -> assertThat(page).doesNotContain(secret.marker()));
    }
    questions(ownKey, neighbourKey);
  }

  private static void miss(
      List<String> missing, String who, String way, String body, Secret secret) {
    // A trace tells quantities as numbers of its own too; in each answer they stand once at least.
    if (!body.contains(secret.marker())) {
      missing.add(who + " " + way + ": " + secret);
    }
  }

  /** Whoever may not see a value can't find it out by asking for it. */
  private void questions(String ownKey, String neighbourKey) {
    // Each once more, so that there is a number to be told.
    capture(
        ownKey,
        TestEvents.document(
            events.values().stream()
                .map(event -> event.deepCopy().put("eventID", TestEvents.id()).toString())
                .toArray(String[]::new)));
    for (Secret secret : secrets) {
      if (secret.parameter().contains("INNER")) {
        continue;
      }
      String path =
          "/epcis/events?perPage=20&%s=%s"
              .formatted(encoded(secret.parameter()), encoded(asked(secret)));
      assertThat(events(json(send(asking(path, ownKey))))).as(path).hasSize(2);
      assertThat(events(json(send(asking(path, neighbourKey))))).as(path).isEmpty();
      // Nor by how many there are.
      String counted = path + "&maxEventCount=1";
      assertThat(send(asking(counted, ownKey)).statusCode()).as(counted).isEqualTo(413);
      assertThat(send(asking(counted, neighbourKey)).statusCode()).as(counted).isEqualTo(200);
    }
  }

  private String asked(Secret secret) {
    if (!secret.parameter().startsWith("EQ_bizTransaction")) {
      return secret.marker();
    }
    for (JsonNode cited : events.get(secret.pack()).get("bizTransactionList")) {
      if (cited.get("bizTransaction").stringValue().contains(secret.marker())) {
        return cited.get("bizTransaction").stringValue();
      }
    }
    throw new AssertionError(secret.toString());
  }

  private HttpRequest.Builder asking(String path, String key) {
    return request(path, key).header("GS1-Extensions", "yl=https://yuanliu.org/ns/").GET();
  }

  private void receipts(String key, String format, String member) {
    events.forEach(
        (pack, event) -> {
          HttpResponse<String> receipt =
              get(
                  "/ledger/"
                      + server.log()
                      + "/receipt/"
                      + encoded(event.get("eventID").stringValue()),
                  key);
          assertThat(receipt.body()).as(pack).contains(format).contains(member);
        });
  }

  /** What each way out answers, all packs' events in one text. */
  private Map<String, String> waysOut(String key) {
    Map<String, String> ways = new LinkedHashMap<>();
    // An office sees those of other tests too.
    String these = "EQ_source_possessing_party";
    String path = "/epcis/events?perPage=20&" + these + "=" + encoded(neighbour);
    ways.put("events", get(path, key).body());
    ways.put("events XML", xml(path, key));
    query(key, "secrets", "{\"%s\": [\"%s\"]}".formatted(these, neighbour));
    ways.put("named query", get("/epcis/queries/secrets/events?perPage=20", key).body());
    ways.put("SOAP 1.2", soap(key, "1"));
    ways.put("SOAP 2.0", soap(key, "2"));
    each(ways, "event", key, e -> "/epcis/events/" + encoded(e.get("eventID").stringValue()));
    each(ways, "by unit", key, e -> "/epcis/epcs/" + encoded(unit(e)) + "/events");
    each(ways, "trace", key, e -> "/api/v1/trace?code=" + encoded(unit(e)));
    each(ways, "unit", key, e -> "/api/v1/units/" + encoded(unit(e)) + "/events");
    StringBuilder all = new StringBuilder();
    events
        .values()
        .forEach(
            e -> all.append(xml("/epcis/events/" + encoded(e.get("eventID").stringValue()), key)));
    ways.put("event XML", all.toString());
    return ways;
  }

  private static String unit(JsonNode event) {
    return event.at("/quantityList/0/epcClass").stringValue();
  }

  private interface Address {
    String of(JsonNode event);
  }

  private void each(Map<String, String> ways, String way, String key, Address address) {
    StringBuilder all = new StringBuilder();
    for (ObjectNode event : events.values()) {
      HttpResponse<String> answer = get(address.of(event), key);
      assertThat(answer.statusCode()).as(way + " " + answer.body()).isEqualTo(200);
      all.append(answer.body());
    }
    ways.put(way, all.toString());
  }

  private String xml(String path, String key) {
    HttpResponse<String> answer =
        send(request(path, key).header("Accept", "application/xml").GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private String soap(String key, String version) {
    HttpResponse<String> answer =
        send(
            request("/epcis/soap", key)
                .header("Content-Type", "text/xml; charset=UTF-8")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
                          xmlns:q="urn:epcglobal:epcis-query:xsd:%s"><s:Body><q:Poll>
                          <queryName>SimpleEventQuery</queryName><params/></q:Poll></s:Body>
                        </s:Envelope>\
                        """
                            .formatted(version))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void subscribeBoth(String key, String who, Map<String, StringBuilder> streams) {
    query(key, "streamed", "{}");
    HttpResponse<String> made =
        post(
            "/epcis/queries/streamed/subscriptions",
            key,
            "{\"dest\":\"" + receiver.url("/" + who) + "\",\"stream\":true}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    StringBuilder text = new StringBuilder();
    streams.put(who, text);
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket socket, CharSequence data, boolean last) {
            synchronized (text) {
              text.append(data);
            }
            socket.request(1);
            return null;
          }
        };
    opened.add(
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + key)
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/epcis/queries/streamed/events?stream=true"),
                listener)
            .join());
  }

  private void awaitStreams(Map<String, StringBuilder> streams) {
    Receiver.await(
        Duration.ofSeconds(30),
        () ->
            streams.keySet().stream()
                .allMatch(
                    who ->
                        of(who, streams).values().stream()
                            .allMatch(
                                body ->
                                    events.values().stream()
                                        .allMatch(
                                            e -> body.contains(e.get("eventID").stringValue())))));
  }

  private Map<String, String> of(String who, Map<String, StringBuilder> streams) {
    StringBuilder hooks = new StringBuilder();
    receiver.taken.stream()
        .filter(one -> one.path().equals("/" + who))
        .forEach(one -> hooks.append(new String(one.body(), UTF_8)));
    StringBuilder socket = streams.get(who);
    synchronized (socket) {
      return new LinkedHashMap<>(Map.of("webhook", hooks.toString(), "socket", socket.toString()));
    }
  }

  /** Buyer and seller have the voucher anyway; who only carries the goods has not. */
  @Test
  void theOtherSideOfTheTradeSeesItsRecordWhole() {
    String buyer = someParty();
    String id = TestEvents.id();
    JsonNode job =
        capture(
            key(owner),
            TestEvents.document(
                TestEvents.event(
                    id,
                    """
                    , "yl:industry": "food", "yl:unitPrice": 4711.25,
                    "destinationList": [{"type": "owning_party", "destination": "%s"},
                      {"type": "possessing_party", "destination": "%s"}]\
                    """
                        .formatted(buyer, neighbour))));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    String bought = get("/epcis/events/" + encoded(id), key(buyer)).body();
    assertThat(bought).contains(buyer, neighbour, "4711.25");
    String carried = get("/epcis/events/" + encoded(id), key(neighbour)).body();
    assertThat(carried).contains(neighbour).doesNotContain(buyer).doesNotContain("4711.25");
    assertThat(get("/epcis/events/" + encoded(id), key(owner)).body())
        .contains(buyer, neighbour, "4711.25");
    assertThat(get("/epcis/events/" + encoded(id), key(someParty())).statusCode()).isEqualTo(404);
    // His own record of the same goods is his.
    String taken = TestEvents.id();
    capture(
        key(buyer),
        TestEvents.document(
            TestEvents.event(taken, ", \"yl:industry\": \"food\", \"yl:unitPrice\": 4711.25")));
    assertThat(get("/epcis/events/" + encoded(taken), key(buyer)).body()).contains("4711.25");
  }

  /** Under another prefix, within an object, and of no industry: the name decides. */
  @Test
  void namesAreRecognisedHoweverTheyAreWritten() {
    String id = TestEvents.id();
    String event =
        TestEvents.event(
            id,
            """
            , "other:unitPrice": 4713.5, "yl:deal": {"unitPrice": 4714.5, "kept": "kept-1"},
            "ex:unitPrice": "not-ours-1",
            "sourceList": [{"type": "possessing_party", "source": "%s"}]\
            """
                .formatted(neighbour));
    JsonNode job =
        capture(
            key(owner),
            TestEvents.document(event)
                .replace("\"ex\":", "\"other\": \"https://yuanliu.org/ns/\", \"ex\":"));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    assertThat(get("/epcis/events/" + encoded(id), key(neighbour)).body())
        .contains("kept-1", "not-ours-1")
        .doesNotContain("4713.5", "4714.5");
    assertThat(get("/epcis/events/" + encoded(id), key(owner)).body()).contains("4713.5", "4714.5");
  }
}
