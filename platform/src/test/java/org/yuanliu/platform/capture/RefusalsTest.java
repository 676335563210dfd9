package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;
import static org.yuanliu.platform.capture.TestEvents.single;
import static org.yuanliu.platform.capture.TestEvents.some;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Every item under "Bad input": its status, its type, where it is, and that nothing was stored. */
class RefusalsTest extends CaptureServer {
  private static final String EVENT_0 = "/epcisBody/eventList/0";
  private static final String EVENT_1 = "/epcisBody/eventList/1";
  private static final String VALIDATION = "epcisException:ValidationException";
  private static final String SECURITY = "epcisException:SecurityException";
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
  private static final String LIMIT = "epcisException:CaptureLimitExceededException";

  /**
   * @param rule end of the type of the first error
   * @param pointer null where the place is not one in the document
   */
  record Bad(
      String name, String body, int status, String type, String rule, @Nullable String pointer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Bad> documents() {
    String long4097 = "x".repeat(MAX_STRING + 1);
    return List.of(
        new Bad("malformed", "{\"type\": ", 400, VALIDATION, "malformed_json", null),
        new Bad("empty", "", 400, VALIDATION, "malformed_json", ""),
        new Bad("an array", "[]", 400, VALIDATION, "wrong_type", ""),
        new Bad("no document", "{\"type\":\"Other\"}", 400, VALIDATION, "not_a_document", "/type"),
        new Bad(
            "query document without results",
            "{\"type\":\"EPCISQueryDocument\"}",
            400,
            VALIDATION,
            "missing_field",
            ""),
        new Bad(
            "wrong type of a field",
            document(some(), event(id(), ", \"readPoint\": 7")),
            400,
            VALIDATION,
            "wrong_type",
            EVENT_1 + "/readPoint"),
        new Bad(
            "unknown event type",
            document(some().replace("ObjectEvent", "RumourEvent")),
            400,
            VALIDATION,
            "unknown_event_type",
            EVENT_0 + "/type"),
        new Bad(
            "time without zone",
            document(some(), some().replace("2026-01-31T08:00:00+08:00", "2026-01-31T08:00:00")),
            400,
            VALIDATION,
            "invalid_time",
            EVENT_1 + "/eventTime"),
        new Bad(
            "check digit",
            document(
                event(
                    id(),
                    "2026-01-31T08:00:00+08:00",
                    "https://id.gs1.org/01/00614141073469/21/2017",
                    "")),
            400,
            VALIDATION,
            "invalid_code",
            EVENT_0 + "/epcList/0"),
        new Bad(
            "duplicate member",
            document(some().replaceFirst("\\{", "{\"action\": \"ADD\", ")),
            400,
            VALIDATION,
            "duplicate_member",
            EVENT_0 + "/action"),
        new Bad(
            "too deep",
            document(
                event(
                    id(), ", \"ex:deep\": " + "[".repeat(MAX_DEPTH) + "1" + "]".repeat(MAX_DEPTH))),
            400,
            VALIDATION,
            "nested_too_deep",
            null),
        new Bad(
            "string too long",
            document(event(id(), ", \"ex:note\": \"" + long4097 + "\"")),
            400,
            VALIDATION,
            "string_too_long",
            EVENT_0 + "/ex:note"),
        new Bad(
            "event id too long",
            document(event("urn:x:" + "i".repeat(EventDrafts.MAX_KEY_BYTES), "")),
            400,
            VALIDATION,
            "string_too_long",
            EVENT_0 + "/eventID"),
        new Bad(
            "too many events",
            document(
                IntStream.rangeClosed(0, MAX_EVENTS).mapToObj(i -> some()).toArray(String[]::new)),
            413,
            LIMIT,
            "too_many_events",
            "/epcisBody/eventList"),
        new Bad(
            "too large",
            document(event(id(), "")) + " ".repeat(MAX_BYTES),
            413,
            LIMIT,
            "document_too_large",
            ""),
        new Bad(
            "a context stored with each event",
            document(IntStream.range(0, MAX_EVENTS).mapToObj(i -> some()).toArray(String[]::new))
                .replace(
                    "\"ex\":",
                    IntStream.range(0, 10)
                            .mapToObj(
                                i ->
                                    "\"p"
                                        + i
                                        + "\": \"https://x.example/"
                                        + "c".repeat(4_000)
                                        + "\",")
                            .reduce("", String::concat)
                        + "\"ex\":"),
            413,
            LIMIT,
            "document_too_large",
            null),
        new Bad(
            "principal that is no code",
            document(event(id(), ", \"yl:principal\": \"12\"")),
            400,
            VALIDATION,
            "invalid_principal",
            EVENT_0 + "/yl:principal"),
        new Bad(
            "division that is none",
            document(event(id(), ", \"yl:division\": \"61\"")),
            400,
            VALIDATION,
            "invalid_division",
            EVENT_0 + "/yl:division"),
        new Bad(
            "industry that is none",
            document(event(id(), ", \"yl:industry\": \"" + "i".repeat(65) + "\"")),
            400,
            VALIDATION,
            "invalid_industry",
            EVENT_0 + "/yl:industry"),
        new Bad(
            "no mandate",
            document(some(), event(id(), ", \"yl:principal\": \"" + STALL + "\"")),
            403,
            SECURITY,
            "no-mandate",
            EVENT_1));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void refusesTheWholeDocument(Bad bad) {
    String key = key(someParty());
    long entries = entries();
    long jobs = jobs();

    for (String language : List.of("zh-CN", "en")) {
      HttpResponse<String> answer = post("/epcis/capture", key, language, bad.body());
      refused(answer, bad.status(), bad.type());
      inLanguage(answer, language);
      JsonNode error = json(answer).at("/errors/0");
      assertThat(error.get("type").stringValue())
          .isEqualTo("https://yuanliu.org/problems/" + bad.rule());
      if (bad.pointer() != null) {
        assertThat(error.get("pointer").stringValue()).isEqualTo(bad.pointer());
      }
    }
    assertThat(entries()).isEqualTo(entries);
    assertThat(jobs()).isEqualTo(jobs);
  }

  @Test
  void tellsAllFaultsAtOnceInBothLanguages() {
    String key = key(someParty());
    String body =
        document(
            some().replace("OBSERVE", "LOOK"),
            some(),
            some().replace("2026-01-31T08:00:00+08:00", "yesterday"));

    HttpResponse<String> chinese = post("/epcis/capture", key, body);
    HttpResponse<String> english =
        send(
            request("/epcis/capture", key)
                .header("Content-Type", "application/json")
                .header("Accept-Language", "en")
                .POST(HttpRequest.BodyPublishers.ofString(body)));

    assertThat(json(chinese).get("errors").valueStream().map(e -> e.get("pointer").stringValue()))
        .containsExactly(EVENT_0 + "/action", "/epcisBody/eventList/2/eventTime");
    assertThat(chinese.headers().firstValue("Content-Language")).hasValue("zh-CN");
    assertThat(json(chinese).get("title").stringValue()).contains("未登记");
    assertThat(english.headers().firstValue("Content-Language")).hasValue("en");
    assertThat(json(english).get("title").stringValue()).contains("nothing of it was stored");
  }

  @Test
  void takesWhatReachesTheLimitsExactly() {
    String key = key(someParty());
    String full =
        document(IntStream.range(0, MAX_EVENTS).mapToObj(i -> some()).toArray(String[]::new));
    assertThat(capture(key, full).get("success").booleanValue()).isTrue();
    String longest = document(event(id(), ", \"ex:note\": \"" + "x".repeat(MAX_STRING) + "\""));
    assertThat(capture(key, longest).get("success").booleanValue()).isTrue();
    String one = document(some());
    String largest = one + " ".repeat(MAX_BYTES - one.length());
    assertThat(capture(key, largest).get("success").booleanValue()).isTrue();
    String idAtLimit = "urn:x:" + "i".repeat(EventDrafts.MAX_KEY_BYTES - 6);
    assertThat(capture(key, document(event(idAtLimit, ""))).get("success").booleanValue()).isTrue();
  }

  static List<Bad> events() {
    String time = "2026-01-31T08:00:00+08:00";
    return List.of(
        new Bad("malformed", "{\"type\": ", 400, VALIDATION, "malformed_json", null),
        new Bad("empty", "", 400, VALIDATION, "malformed_json", ""),
        new Bad("an array", "[]", 400, VALIDATION, "wrong_type", ""),
        new Bad("a document", document(some()), 400, VALIDATION, "unknown_event_type", "/type"),
        new Bad(
            "wrong type of a field",
            single(event(id(), ", \"readPoint\": 7")),
            400,
            VALIDATION,
            "wrong_type",
            "/readPoint"),
        new Bad(
            "unknown event type",
            single(some().replace("ObjectEvent", "RumourEvent")),
            400,
            VALIDATION,
            "unknown_event_type",
            "/type"),
        new Bad(
            "time without zone",
            single(some().replace(time, "2026-01-31T08:00:00")),
            400,
            VALIDATION,
            "invalid_time",
            "/eventTime"),
        new Bad(
            "check digit",
            single(event(id(), time, "https://id.gs1.org/01/00614141073469/21/2017", "")),
            400,
            VALIDATION,
            "invalid_code",
            "/epcList/0"),
        new Bad(
            "too deep",
            single(
                event(
                    id(), ", \"ex:deep\": " + "[".repeat(MAX_DEPTH) + "1" + "]".repeat(MAX_DEPTH))),
            400,
            VALIDATION,
            "nested_too_deep",
            null),
        new Bad(
            "string too long",
            single(event(id(), ", \"ex:note\": \"" + "x".repeat(MAX_STRING + 1) + "\"")),
            400,
            VALIDATION,
            "string_too_long",
            "/ex:note"),
        new Bad(
            "too large",
            single(some()) + " ".repeat(MAX_BYTES),
            413,
            LIMIT,
            "document_too_large",
            ""),
        new Bad(
            "no mandate",
            single(event(id(), ", \"yl:principal\": \"" + STALL + "\"")),
            403,
            SECURITY,
            "no-mandate",
            ""));
  }

  @ParameterizedTest
  @MethodSource("events")
  void refusesOneEventByTheSameRules(Bad bad) {
    String key = key(someParty());
    long entries = entries();
    for (String language : List.of("zh-CN", "en")) {
      HttpResponse<String> answer = post("/epcis/events", key, language, bad.body());
      refused(answer, bad.status(), bad.type());
      inLanguage(answer, language);
      JsonNode error = json(answer).at("/errors/0");
      assertThat(error.get("type").stringValue())
          .isEqualTo("https://yuanliu.org/problems/" + bad.rule());
      if (bad.pointer() != null) {
        assertThat(error.get("pointer").stringValue()).isEqualTo(bad.pointer());
      }
    }
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void refusesWhoHasNoKeyOrARevokedOneOrNoPermission() {
    long entries = entries();
    long jobs = jobs();
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "test-" + UUID.randomUUID(),
                null,
                someParty(),
                ViewerKind.ENTERPRISE,
                "",
                Set.of(),
                EnumSet.of(Permission.CAPTURE),
                Standing.DECLARED));
    Accounts.IssuedKey revoked =
        accounts.createKey(
            account,
            new Accounts.NewKey(
                "test", EnumSet.of(Permission.CAPTURE), Standing.DECLARED, null, 1_000_000));
    assertThat(post("/epcis/events", revoked.token(), single(some())).statusCode()).isEqualTo(201);
    accounts.revokeKey(revoked.id());
    entries++;
    String reader = key(someParty(), EnumSet.of(Permission.QUERY), Standing.DECLARED);
    for (String path : List.of("/epcis/capture", "/epcis/events")) {
      String body = path.endsWith("capture") ? document(some()) : single(some());
      for (String language : List.of("zh-CN", "en")) {
        for (String none : List.of("", "yl_unknown_key", revoked.token())) {
          HttpResponse<String> answer = post(path, none, language, body);
          refused(answer, 401, SECURITY);
          inLanguage(answer, language);
        }
        HttpResponse<String> answer = post(path, reader, language, body);
        refused(answer, 403, SECURITY);
        inLanguage(answer, language);
      }
    }
    assertThat(get("/epcis/events", "").statusCode()).isEqualTo(401);
    String sender = key(someParty(), EnumSet.of(Permission.CAPTURE), Standing.DECLARED);
    assertThat(get("/epcis/events", sender).statusCode()).isEqualTo(403);
    assertThat(entries()).isEqualTo(entries);
    assertThat(jobs()).isEqualTo(jobs);
  }

  @Test
  void refusesOtherContentUnderTheSameIdentity() {
    String key = key(someParty());
    String id = id();
    assertThat(post("/epcis/events", key, single(event(id, ""))).statusCode()).isEqualTo(201);
    long entries = entries();
    for (String language : List.of("zh-CN", "en")) {
      HttpResponse<String> answer =
          post("/epcis/events", key, language, single(event(id, ", \"ex:a\": 1")));
      refused(answer, 409, "epcisException:ResourceAlreadyExistsException");
      inLanguage(answer, language);
      assertThat(json(answer).at("/errors/0/pointer").stringValue()).isEmpty();
    }
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void refusesWhileTheDatabaseIsLost() {
    String key = key(someParty());
    long entries = entries();
    for (String language : List.of("zh-CN", "en")) {
      journal.refuse(1);
      HttpResponse<String> answer = post("/epcis/events", key, language, single(some()));
      refused(answer, 503, "https://yuanliu.org/problems/journal-unavailable");
      inLanguage(answer, language);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
    assertThat(entries()).isEqualTo(entries);
  }

  private HttpResponse<String> post(String path, String key, String language, String body) {
    return send(
        request(path, key)
            .header("Content-Type", "application/ld+json")
            .header("Accept-Language", language)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static void inLanguage(HttpResponse<String> answer, String language) {
    assertThat(answer.headers().firstValue("Content-Language")).hasValue(language);
    JsonNode problem = json(answer);
    List<String> told = new ArrayList<>();
    told.add(problem.get("title").stringValue());
    problem.path("errors").forEach(error -> told.add(error.get("detail").stringValue()));
    for (String text : told) {
      assertThat(CHINESE.matcher(text).find()).as(text).isEqualTo(language.equals("zh-CN"));
    }
  }

  static void refused(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("application/problem+json"));
    JsonNode problem = json(answer);
    assertThat(problem.get("type").stringValue()).isEqualTo(type);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("title").stringValue()).isNotEmpty();
  }
}
