package org.yuanliu.platform.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yuanliu.platform.capture.CaptureServer;

/**
 * Queries that nobody would write, by query string and by body: whatever comes is answered within a
 * second, and by no 5xx; what is refused names its exception. Longer on demand: {@code
 * -Dyuanliu.fuzz.seconds=60}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryFuzzTest extends CaptureServer {
  private static final int SECONDS = Integer.getInteger("yuanliu.fuzz.seconds", 3);
  private static final long SEED = Long.getLong("yuanliu.fuzz.seed", System.nanoTime());
  private static final Duration HANG = Duration.ofSeconds(1);
  private static final int LOOKS = 5;

  /** Of addresses that this interface answers for itself, up to 414. */
  private static final int MAX_ADDRESS = 12_000;

  private static final List<String> NAMES =
      List.of(
          "eventType",
          "EQ_action",
          "EQ_bizStep",
          "EQ_disposition",
          "EQ_persistentDisposition_set",
          "EQ_readPoint",
          "WD_bizLocation",
          "GE_eventTime",
          "LT_eventTime",
          "GE_recordTime",
          "LT_recordTime",
          "GE_errorDeclarationTime",
          "EQ_bizTransaction_po",
          "EQ_bizTransaction_",
          "EQ_source_owning_party",
          "EQ_destination_",
          "EQ_transformationID",
          "MATCH_epc",
          "MATCH_anyEPC",
          "MATCH_anyEPCClass",
          "EQ_quantity",
          "GT_quantity_KGM",
          "LE_value_CEL",
          "EQ_percRank",
          "GE_sDev_FAH",
          "EQ_type",
          "EQ_booleanValue",
          "EQ_hexBinaryValue",
          "EQ_eventID",
          "EXISTS_errorDeclaration",
          "EXISTS_sensorElementList",
          "EXISTS_ex:color",
          "EQ_ex:size",
          "GT_INNER_ILMD_ex:deep",
          "EQ_SENSORREPORT_ex:a",
          "EQ_readPoint_ex:a",
          "HASATTR_bizLocation",
          "EQATTR_readPoint_city",
          "EQ_ATTR_bizStep_x",
          "orderBy",
          "orderDirection",
          "eventCountLimit",
          "maxEventCount",
          "perPage",
          "nextPageToken",
          "@context",
          "EQ_",
          "_",
          "EQ_ex:",
          "GE_value_");

  private static final List<String> VALUES =
      List.of(
          "",
          "shipping",
          "ObjectEvent",
          "ADD",
          "OBSERVE",
          "urn:x:1",
          "urn:epc:idpat:sgtin:0614141.*.*",
          "urn:epc:idpat:sgtin:*.*.*",
          "urn:epc:id:sgtin:0614141.107346.2017",
          "https://id.gs1.org/01/09521321000014/21/*",
          "https://id.gs1.org/01/*/21/*",
          "2026-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59.999999999Z",
          "9999-12-31T23:59:59.999999999+18:00",
          "0000-01-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "7",
          "-0",
          "1e999",
          "1e-999",
          "9".repeat(40),
          "NaN",
          "true",
          "null",
          "eventTime",
          "recordTime",
          "ex:size",
          "ASC",
          "DESC",
          "0",
          "-1",
          "2147483648",
          "|||",
          "*",
          "%",
          "'; drop table entry; --",
          "\u0000",
          "\ud83d\ude00",
          "a".repeat(3_000),
          "((((((((((a)*)*)*)*)*)*)*)*)*)*b");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private String key = "";

  @BeforeAll
  void someEvents() {
    System.out.println("QueryFuzzTest seed " + SEED);
    key = key(someParty());
    String[] events = new String[40];
    for (int i = 0; i < events.length; i++) {
      events[i] = event(id(), ", \"ex:size\": " + i + ", \"ex:color\": \"red\"");
    }
    capture(key, document(events));
  }

  @Test
  void queryStrings() {
    int refused = 0;
    int sent = 0;
    long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < until) {
      StringBuilder query = new StringBuilder("/epcis/events?");
      int parameters = 1 + random.nextInt(random.nextInt(20) == 0 ? 140 : 4);
      for (int i = 0; i < parameters; i++) {
        query.append(i == 0 ? "" : "&").append(encoded(name())).append('=');
        query.append(encoded(value()));
      }
      String text = query.toString();
      HttpResponse<String> answer = answered(text, () -> get(text, key));
      refused += answer.statusCode() >= 400 ? 1 : 0;
      sent++;
    }
    assertThat(refused).as("of %d, seed %d", sent, SEED).isBetween(1, sent - 1);
  }

  @Test
  void bodiesOfNamedQueries() {
    int made = 0;
    int sent = 0;
    long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < until) {
      String name = "f" + sent++;
      String body = body(name);
      HttpResponse<String> answer = answered(body, () -> post("/epcis/queries", key, body));
      if (answer.statusCode() == 201) {
        made++;
        String location = answer.headers().firstValue("Location").orElseThrow();
        answered(body, () -> get(location + "/events", key));
        answered(body, () -> send(request(location, key).DELETE()));
      }
    }
    assertThat(made).as("of %d, seed %d", sent, SEED).isPositive();
  }

  /** What no client library lets through. */
  @Test
  void rawRequestLines() throws IOException {
    long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (System.nanoTime() < until) {
      StringBuilder line = new StringBuilder();
      int length = 1 + random.nextInt(60);
      for (int i = 0; i < length; i++) {
        line.append(
            switch (random.nextInt(6)) {
              case 0 -> "%";
              case 1 -> "%" + Integer.toHexString(random.nextInt(256));
              case 2 -> pick(NAMES) + "=";
              case 3 -> "&";
              default -> String.valueOf((char) (33 + random.nextInt(223)));
            });
      }
      int status = raw("/epcis/events?" + line.toString().replaceAll("\\s", ""));
      assertThat(status).as("%s, seed %d", line, SEED).isBetween(200, 499);
    }
  }

  /** Many clients send the bar between values as it is. */
  @Test
  void aBarBetweenValuesNeedNotBeEncoded() throws IOException {
    assertThat(raw("/epcis/events?EQ_bizStep=shipping|receiving")).isEqualTo(200);
    assertThat(raw("/epcis/events?EQ_bizStep=shipping%7Creceiving")).isEqualTo(200);
    assertThat(raw("/epcis/events?EQ_bizStep=shipping|nonsense")).isEqualTo(400);
  }

  private int raw(String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET %s HTTP/1.1\r\n"
                      + "Host: x\r\n"
                      + "Authorization: Bearer %s\r\n"
                      + "Connection: close\r\n\r\n")
                  .formatted(target, key)
                  .getBytes(ISO_8859_1));
      String first =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      return Integer.parseInt(first.split(" ", -1)[1]);
    }
  }

  /** Further looks decide about a hang: other work on the machine is no fault of the query. */
  private HttpResponse<String> answered(String what, Supplier<HttpResponse<String>> ask) {
    long begin = System.nanoTime();
    HttpResponse<String> answer = ask.get();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    for (int i = 1; i < LOOKS && took.compareTo(HANG) > 0; i++) {
      begin = System.nanoTime();
      ask.get();
      took = Duration.ofNanos(System.nanoTime() - begin);
    }
    assertThat(took).as("%s, seed %d", what, SEED).isLessThanOrEqualTo(HANG);
    assertThat(answer.statusCode()).as("%s, seed %d", what, SEED).isLessThan(500);
    // An address beyond the container's limit is refused before it comes to us.
    if (answer.statusCode() >= 400 && what.length() <= MAX_ADDRESS) {
      assertThat(json(answer).get("type").stringValue())
          .as("%s, seed %d", what, SEED)
          .startsWith("epcisException:");
    }
    return answer;
  }

  private String name() {
    return switch (random.nextInt(12)) {
      case 0 -> pick(NAMES) + garbage(1 + random.nextInt(8));
      case 1 -> garbage(1 + random.nextInt(30));
      case 2 -> pick(List.of("EQ_", "GT_", "EXISTS_INNER_", "EQATTR_", "HASATTR_")) + pick(NAMES);
      default -> pick(NAMES);
    };
  }

  private String value() {
    int values = random.nextInt(10) == 0 ? 1 + random.nextInt(40) : 1;
    List<String> all = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      all.add(random.nextInt(8) == 0 ? garbage(1 + random.nextInt(40)) : pick(VALUES));
    }
    return String.join("|", all);
  }

  private String garbage(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(
          (char) (random.nextInt(4) == 0 ? random.nextInt(0xd800) : 32 + random.nextInt(95)));
    }
    return text.toString();
  }

  private String body(String name) {
    TreeMap<String, Object> query = new TreeMap<>();
    int parameters = 1 + random.nextInt(3);
    for (int i = 0; i < parameters; i++) {
      query.put(name(), json(0));
    }
    String body =
        JSON.writeValueAsString(new TreeMap<>(java.util.Map.of("name", name, "query", query)));
    if (random.nextInt(4) > 0) {
      return body;
    }
    StringBuilder spoilt = new StringBuilder(body);
    for (int i = 0; i < 3; i++) {
      int at = random.nextInt(spoilt.length());
      if (random.nextBoolean()) {
        spoilt.setCharAt(at, (char) (32 + random.nextInt(95)));
      } else {
        spoilt.insert(at, "[{\"".charAt(random.nextInt(3)));
      }
    }
    return spoilt.toString();
  }

  private Object json(int depth) {
    return switch (random.nextInt(depth > 3 ? 5 : 8)) {
      case 0 -> random.nextInt(100);
      case 1 -> random.nextDouble() * 1e300;
      case 2 -> random.nextBoolean();
      case 3, 4 -> pick(VALUES);
      case 5 -> List.of(pick(VALUES), pick(VALUES));
      case 6 -> List.of(json(depth + 1));
      default -> java.util.Map.of(pick(NAMES), json(depth + 1));
    };
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
