package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.yuanliu.platform.database.DurableServer;
import org.yuanliu.platform.journal.TestJournal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that send events and documents to a server which may fail at any moment, remember every
 * answer, and afterwards hold the server to what it answered.
 */
final class Senders {
  private static final int EVENT_CLIENTS = 4;
  private static final int DOCUMENT_CLIENTS = 2;
  private static final int MAX_EVENTS = 40;
  private static final int SENT_AGAIN = 50;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  /** The type of the refusal that promises so. */
  private static final Pattern NOTHING_STORED =
      Pattern.compile("\"type\":\"[^\"]*/(journal-unavailable|storage-full)\"");

  private static final String CONTEXT =
      "\"@context\": \"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final AtomicInteger serial = new AtomicInteger();
  private final String key;

  /** Answered 201: position by id. */
  final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  /** Sent and not answered: may be there or not. */
  final Queue<String> unansweredEvents = new ConcurrentLinkedQueue<>();

  final Queue<List<String>> unansweredDocuments = new ConcurrentLinkedQueue<>();

  /** Answered 202: ids by the address of the job; until its end has been seen. */
  final Map<String, List<String>> taken = new ConcurrentHashMap<>();

  /** Told 503 and that nothing was stored: must not be there. By id, the type of the refusal. */
  final Map<String, String> turnedAway = new ConcurrentHashMap<>();

  /** How often reading, asking and looking all succeeded. */
  final AtomicInteger goodLooks = new AtomicInteger();

  private final Set<String> finished = ConcurrentHashMap.newKeySet();

  /** Answers that no client may get. */
  final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  final AtomicInteger refused = new AtomicInteger();

  /** Whether the server lives through the round, so that every request has an answer. */
  volatile boolean answersAll;

  /** Where the server listens now. */
  volatile int port;

  Senders(String key) {
    this.key = key;
  }

  /**
   * Begins to send events and documents and to look around, from several clients at once.
   *
   * @return what to wait for once {@code go} is false
   */
  List<Future<?>> begin(ExecutorService threads, AtomicBoolean go, long seed) {
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < EVENT_CLIENTS; i++) {
      clients.add(threads.submit(() -> repeat(go, () -> sendEvent(newId()))));
    }
    for (int i = 0; i < DOCUMENT_CLIENTS; i++) {
      Random sizes = new Random(seed + i);
      clients.add(
          threads.submit(() -> repeat(go, () -> sendDocument(newIds(sizes.nextInt(MAX_EVENTS))))));
    }
    clients.add(threads.submit(() -> repeat(go, this::look)));
    return clients;
  }

  static void repeat(AtomicBoolean go, Attempt attempt) {
    try {
      while (go.get()) {
        if (!attempt.succeeds()) {
          Thread.sleep(20);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void await(String what, Attempt attempt) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!attempt.succeeds()) {
      if (System.nanoTime() > deadline) {
        fail(what + " does not come within " + LIMIT);
      }
      Thread.sleep(20);
    }
  }

  boolean sendEvent(String id) throws InterruptedException {
    HttpResponse<String> answer =
        exchange(
            request("/epcis/events")
                .header("Prefer", "return=minimal")
                .header("Accept-Language", "en")
                .POST(body("{" + CONTEXT + "," + members(id) + "}")),
            201);
    if (answer == null || answer.statusCode() != 201) {
      if (!turnedAway(answer, List.of(id))) {
        unansweredEvents.add(id);
      }
      return false;
    }
    JsonNode told = JSON.readTree(answer.body());
    Long position = told.path("position").asLong();
    Long earlier = acknowledged.put(id, position);
    if (!told.path("eventID").asString().equals(id)
        || (earlier != null && !earlier.equals(position))
        || (earlier != null && !told.path("duplicate").asBoolean())) {
      wrong.add(id + " was at " + earlier + ": " + answer.body());
    }
    return true;
  }

  boolean sendDocument(List<String> ids) throws InterruptedException {
    String document =
        "{%s, \"type\": \"EPCISDocument\", \"schemaVersion\": \"2.0\", \"creationDate\": \"2026-01-31T00:00:00Z\", \"epcisBody\": {\"eventList\": [%s]}}"
            .formatted(
                CONTEXT,
                ids.stream().map(id -> "{" + members(id) + "}").collect(Collectors.joining(",")));
    HttpResponse<String> answer = exchange(request("/epcis/capture").POST(body(document)), 202);
    if (answer != null && answer.statusCode() == 202) {
      taken.put(answer.headers().firstValue("Location").orElseThrow(), ids);
      return true;
    }
    if (!turnedAway(answer, ids)) {
      unansweredDocuments.add(ids);
    }
    return false;
  }

  private boolean turnedAway(HttpResponse<String> answer, List<String> ids) {
    Matcher type = NOTHING_STORED.matcher(answer == null ? "" : answer.body());
    if (!type.find()) {
      return false;
    }
    ids.forEach(id -> turnedAway.put(id, type.group(1)));
    return true;
  }

  /** Events that were refused for this reason. */
  long turnedAwayFor(String type) {
    return turnedAway.values().stream().filter(type::equals).count();
  }

  /** What those do who do not send: read, ask, look at a page, try a key that is none, watch. */
  boolean look() throws InterruptedException {
    String id = acknowledged.keySet().stream().findAny().orElse(null);
    String code = encoded(epc(serial.get()));
    boolean good = send(request("/epcis/capture").GET(), 200) != null;
    good &= id == null || send(request("/epcis/events/" + encoded(id)).GET(), 200) != null;
    good &= send(request("/epcis/events?perPage=1").GET(), 200) != null;
    good &= send(request("/api/v1/trace?direction=both&code=" + code).GET(), 200, 404) != null;
    HttpRequest.Builder page = HttpRequest.newBuilder(uri("/t/" + code));
    good &= send(page.header("Accept", "text/html").GET(), 200, 404, 429) != null;
    String none = "yl_%016x_%s".formatted(serial.get(), "A".repeat(43));
    HttpRequest.Builder stranger = HttpRequest.newBuilder(uri("/epcis/events"));
    good &= send(stranger.header("Authorization", "Bearer " + none).GET(), 401, 429) != null;
    health();
    if (good) {
      goodLooks.incrementAndGet();
    }
    return good;
  }

  /** 200 or 503; 0 where nobody answers. */
  int health() throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri("/actuator/health")).timeout(LIMIT).build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      if (answer.statusCode() != 200 && answer.statusCode() != 503) {
        wrong.add("health " + answer.statusCode() + " " + answer.body());
      }
      return answer.statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The answer, if it is one of those that are due; null where it is 503 or none. */
  HttpResponse<String> send(HttpRequest.Builder builder, Integer... due)
      throws InterruptedException {
    HttpResponse<String> answer = exchange(builder, due);
    return answer == null || answer.statusCode() == 503 ? null : answer;
  }

  /** The answer, if it is one of those that are due or a proper 503; null where there is none. */
  private HttpResponse<String> exchange(HttpRequest.Builder builder, Integer... due)
      throws InterruptedException {
    HttpRequest request = builder.timeout(LIMIT).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      if (List.of(due).contains(answer.statusCode())) {
        return answer;
      }
      refused.incrementAndGet();
      if (isProperRefusal(request, answer)) {
        return answer;
      }
      wrong.add(request + " " + answer.statusCode() + " " + answer.headers() + answer.body());
    } catch (IOException e) {
      if (answersAll) {
        wrong.add(request + " " + e);
      }
    }
    return null;
  }

  /** 503 that says when to come back: a page for people, else problem+json in their language. */
  private static boolean isProperRefusal(HttpRequest request, HttpResponse<String> answer) {
    if (answer.statusCode() != 503 || answer.headers().firstValue("Retry-After").isEmpty()) {
      return false;
    }
    if (request.headers().firstValue("Accept").orElse("").startsWith("text/html")) {
      return true;
    }
    String language = request.headers().firstValue("Accept-Language").orElse("zh-CN");
    return answer
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json")
        && answer.headers().firstValue("Content-Language").orElse("").equals(language)
        && answer.body().contains("\"status\":503");
  }

  void verify(String when, Random random) throws Exception {
    // A client that got no answer sends again.
    for (String id = unansweredEvents.poll(); id != null; id = unansweredEvents.poll()) {
      assertThat(sendEvent(id)).as("%s: %s sent again: %s", when, id, wrong).isTrue();
    }
    for (var ids = unansweredDocuments.poll(); ids != null; ids = unansweredDocuments.poll()) {
      assertThat(sendDocument(ids)).as("%s: document sent again: %s", when, wrong).isTrue();
    }
    for (Map.Entry<String, List<String>> document : Map.copyOf(taken).entrySet()) {
      await(
          when + ": end of " + document.getKey(), () -> !job(document).path("running").asBoolean());
      JsonNode job = job(document);
      assertThat(job.path("success").asBoolean()).as("%s: %s", when, job).isTrue();
      assertThat(job.path("eventCount").asInt()).isEqualTo(document.getValue().size());
      finished.addAll(document.getValue());
      taken.remove(document.getKey());
    }
    List<String> ids = new ArrayList<>(acknowledged.keySet());
    for (int i = 0; i < SENT_AGAIN; i++) {
      String id = ids.get(random.nextInt(ids.size()));
      HttpResponse<String> answer = send(request("/epcis/events/" + encoded(id)).GET(), 200);
      assertThat(answer).as("%s: %s: %s", when, id, wrong).isNotNull();
      assertThat(eventIds(answer)).as(when).containsExactly(id);
      assertThat(sendEvent(id)).as("%s: %s sent again: %s", when, id, wrong).isTrue();
    }
    assertThat(wrong).as(when).isEmpty();
    List<String> stored = stored();
    assertThat(stored).as(when + ": twice").doesNotHaveDuplicates();
    assertThat(stored).as(when + ": said not to be stored").noneMatch(turnedAway::containsKey);
    assertThat(new HashSet<>(stored)).as(when).isEqualTo(sent());
  }

  JsonNode job(Map.Entry<String, List<String>> document) throws InterruptedException {
    HttpResponse<String> answer = send(request(document.getKey()).GET(), 200);
    assertThat(answer).as("%s: %s", document.getKey(), wrong).isNotNull();
    return JSON.readTree(answer.body());
  }

  private Set<String> sent() {
    Set<String> sent = new HashSet<>(acknowledged.keySet());
    sent.addAll(finished);
    return sent;
  }

  /** Every event that the interface tells, page by page. */
  private List<String> stored() throws Exception {
    List<String> stored = new ArrayList<>();
    URI at = uri("/epcis/events?perPage=1000");
    while (at != null) {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(at).header("Authorization", "Bearer " + key).GET(), 200);
      assertThat(answer).as("%s", wrong).isNotNull();
      stored.addAll(eventIds(answer));
      Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
      at = next.find() ? at.resolve(next.group(1)) : null;
    }
    return stored;
  }

  private static List<String> eventIds(HttpResponse<String> answer) {
    List<String> ids = new ArrayList<>();
    JSON.readTree(answer.body())
        .path("epcisBody")
        .path("queryResults")
        .path("resultsBody")
        .path("eventList")
        .forEach(event -> ids.add(event.path("eventID").asString()));
    return ids;
  }

  /** The stopped server's tables by themselves: tree, rows, views, jobs. */
  void verifyRows(Path data) throws SQLException {
    try (DurableServer database = DurableServer.start(data.resolve("postgres"))) {
      verifyRows(database.dataSource());
    }
  }

  void verifyRows(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(TestJournal.check(database).toString()).startsWith("Sound[");
      Map<String, Long> rows = new HashMap<>();
      try (ResultSet row =
          statement.executeQuery(
              "select event_id, position from entry where event_type is not null")) {
        while (row.next()) {
          assertThat(rows.put(row.getString(1), row.getLong(2))).as(row.getString(1)).isNull();
        }
      }
      assertThat(rows.keySet()).isEqualTo(sent());
      assertThat(rows).containsAllEntriesOf(acknowledged);
      assertThat(count(statement, "unit_event")).isEqualTo(rows.size());
      assertThat(count(statement, "capture_job where state = 1")).isZero();
    }
  }

  private static long count(Statement statement, String from) throws SQLException {
    try (ResultSet row = statement.executeQuery("select count(*) from " + from)) {
      row.next();
      return row.getLong(1);
    }
  }

  String newId() {
    return "urn:uuid:" + new UUID(0x4000, 0x8000_0000_0000_0000L | serial.incrementAndGet());
  }

  List<String> newIds(int more) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i <= more; i++) {
      ids.add(newId());
    }
    return ids;
  }

  /** An event of its own unit: the last digits of the id are the serial number. */
  private static String members(String id) {
    return """
    "type": "ObjectEvent", "eventID": "%s", "action": "OBSERVE", "bizStep": "shipping",
    "eventTime": "2026-01-31T08:00:00+08:00", "eventTimeZoneOffset": "+08:00", "epcList": ["%s"]\
    """
        .formatted(id, epc(Integer.parseInt(id.substring(id.length() - 8), 16)));
  }

  private static String epc(int number) {
    return "urn:epc:id:sgtin:0614141.107346." + number;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher body(String json) {
    return HttpRequest.BodyPublishers.ofString(json, UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  interface Attempt {
    boolean succeeds() throws InterruptedException;
  }
}
