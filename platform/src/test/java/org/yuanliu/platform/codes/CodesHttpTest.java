package org.yuanliu.platform.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.ExemptedCode;
import org.yuanliu.codes.Reading;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.TestServer;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.access.ViewerKind;
import tools.jackson.databind.JsonNode;

class CodesHttpTest {
  private static final String FIRM = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final String WRONG_LICENCE = "SC10161010400016";

  private static TestServer server;
  private static Client operator;
  private static Client firm;

  @BeforeAll
  static void start() {
    server = TestServer.start("yuanliu.codes.max-drawn=50");
    operator = server.operator();
    firm = server.client("firm", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY, Permission.CAPTURE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode resolve(Client client, String text) {
    Answer answer =
        client.get("/api/v1/codes/resolve?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void resolvesWhatATextMayBe() {
    JsonNode one = resolve(firm, "药品追溯码：83857930000879766660");
    assertThat(one.path("ambiguous").asBoolean()).isFalse();
    JsonNode drug = one.path("candidates").path(0);
    assertThat(drug.path("scheme").asString()).isEqualTo("drug");
    assertThat(drug.path("zh").asString()).isEqualTo("药品追溯码");
    assertThat(drug.path("en").asString()).isEqualTo("drug trace code");
    assertThat(drug.path("uri").asString()).isEqualTo("urn:yuanliu:drug:83857930000879766660");
    assertThat(drug.path("forms").findValuesAsString("kind"))
        .containsExactly("URN", "PLAIN", "GROUPED", "QR_TEXT");

    JsonNode several = resolve(firm, "86904879000126");
    assertThat(several.path("ambiguous").asBoolean()).isTrue();
    assertThat(several.path("candidates").findValuesAsString("scheme"))
        .containsExactly("gtin", "drugproduct");

    JsonNode none = resolve(firm, "06901234567893");
    assertThat(none.path("candidates").isEmpty()).isTrue();
    assertThat(none.path("reasons").findValuesAsString("code")).contains("code.check-digit");
    assertThat(resolve(firm, "x".repeat(2_049)).path("reasons").findValuesAsString("code"))
        .containsExactly("code.too-long");
  }

  @Test
  void anIdentityNumberIsMaskedAndNotRepeated() {
    Answer answer = firm.get("/api/v1/codes/resolve?text=11010519491231002X");
    assertThat(answer.body()).doesNotContain("19491231").contains("1****************X");
    JsonNode candidate = answer.json().path("candidates").path(0);
    assertThat(candidate.path("scheme").asString()).isEqualTo("idcard");
    assertThat(candidate.path("uri").isMissingNode() || candidate.path("uri").isNull()).isTrue();
    assertThat(candidate.path("forms").isEmpty()).isTrue();
    Answer posted = firm.post("/api/v1/codes/resolve", Map.of("text", "11010519491231002X"));
    assertThat(posted.json()).isEqualTo(answer.json());
  }

  @Test
  void nobodyResolvesWithoutSigningIn() {
    for (String path : new String[] {"resolve?text=1", "schemes", "ranges", "exemptions"}) {
      assertThat(server.anonymous().get("/api/v1/codes/" + path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void schemesTellTheirChecks() {
    JsonNode schemes = firm.get("/api/v1/codes/schemes").json();
    assertThat(schemes.findValuesAsString("id"))
        .contains("drug", "sc", "idcard", "trace", "udima")
        .doesNotHaveDuplicates();
  }

  @Test
  void anExemptionLetsACodeThroughUntilItEnds() {
    CodeReader reader = server.bean(CodeReader.class);
    assertThat(reader.read(WRONG_LICENCE)).isInstanceOf(Reading.Unreadable.class);
    Map<String, Object> given =
        Map.of("scheme", "sc", "value", WRONG_LICENCE, "reason", "licence seen at the counter");
    assertThat(firm.post("/api/v1/codes/exemptions", given).status()).isEqualTo(403);
    Answer granted = operator.post("/api/v1/codes/exemptions", given);
    assertThat(granted.status()).isEqualTo(201);
    assertThat(granted.json().path("from").asString()).isEqualTo("2026-11-21");
    assertThat(operator.post("/api/v1/codes/exemptions", given).problem())
        .isEqualTo("exemption-exists");

    assertThat(reader.read(WRONG_LICENCE))
        .isInstanceOfSatisfying(
            Reading.Found.class,
            found -> assertThat(found.code()).isInstanceOf(ExemptedCode.class));
    JsonNode candidate = resolve(firm, WRONG_LICENCE).path("candidates").path(0);
    assertThat(candidate.path("exempted").asBoolean()).isTrue();
    assertThat(candidate.path("uri").asString()).isEqualTo("urn:yuanliu:sc:" + WRONG_LICENCE);
    assertThat(reader.read("SC10461011200010")).isInstanceOf(Reading.Unreadable.class);

    String location = granted.header("Location");
    assertThat(operator.get(location).json().path("reason").asString())
        .isEqualTo("licence seen at the counter");
    assertThat(operator.get("/api/v1/codes/exemptions").json().path("exemptions").size())
        .isEqualTo(1);
    assertThat(firm.delete(location).status()).isEqualTo(403);
    assertThat(operator.delete(location + "?reason=register%20corrected").status()).isEqualTo(204);
    server.clock().advance(Duration.ofDays(1));
    assertThat(reader.read(WRONG_LICENCE)).isInstanceOf(Reading.Unreadable.class);
    assertThat(operator.get(location).json().path("to").asString()).isEqualTo("2026-11-22");
  }

  @Test
  void aDrawingAskedForAgainByItsKeyGivesTheSameCodes() {
    String location =
        operator
            .post(
                "/api/v1/codes/ranges",
                Map.of("scheme", "pesticide", "stem", "12008001002", "party", FIRM))
            .header("Location");
    String[] key = {"Idempotency-Key", "order-17"};
    JsonNode first = firm.post(location + "/draw", Map.of("count", 3), key).json();
    JsonNode again = firm.post(location + "/draw", Map.of("count", 3), key).json();
    // Random digits and all.
    assertThat(again.path("codes")).isEqualTo(first.path("codes"));
    assertThat(again.path("range").path("used").asInt()).isEqualTo(3);
    Answer other = firm.post(location + "/draw", Map.of("count", 4), key);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    JsonNode next = firm.post(location + "/draw", Map.of("count", 3)).json();
    assertThat(next.path("codes")).isNotEqualTo(first.path("codes"));
    assertThat(firm.post(location + "/draw", Map.of("count", 3), key).json().path("codes"))
        .isEqualTo(first.path("codes"));
    // Another's key is another's.
    JsonNode operators = operator.post(location + "/draw", Map.of("count", 3), key).json();
    assertThat(operators.path("codes")).isNotEqualTo(first.path("codes"));
    assertThat(operators.path("range").path("used").asInt()).isEqualTo(9);
    for (String bad : new String[] {"a b", "x".repeat(101)}) {
      assertThat(detail(firm.post(location + "/draw", Map.of("count", 3), "Idempotency-Key", bad)))
          .isEqualTo("idempotency-key-wrong");
    }
    assertThat(
            firm.post(location + "/draw", Map.of("count", 3), "Idempotency-Key", "x".repeat(100))
                .status())
        .isEqualTo(200);
  }

  @Test
  void onlyWhatNeedsAnExemptionGetsOne() {
    assertThat(
            detail(
                operator.post(
                    "/api/v1/codes/exemptions",
                    Map.of("scheme", "sc", "value", "SC10161010400015", "reason", "x"))))
        .isEqualTo("check-holds");
    assertThat(
            detail(
                operator.post(
                    "/api/v1/codes/exemptions",
                    Map.of("scheme", "sc", "value", "SC1016101040001X", "reason", "x"))))
        .isEqualTo("code.character");
    for (String scheme : new String[] {"trace", "idcard", "gtin", "drug", "nothing"}) {
      assertThat(
              detail(
                  operator.post(
                      "/api/v1/codes/exemptions",
                      Map.of("scheme", scheme, "value", "1", "reason", "x"))))
          .as(scheme)
          .isEqualTo("scheme-not-exemptible");
    }
    assertThat(
            detail(
                operator.post(
                    "/api/v1/codes/exemptions",
                    Map.of("scheme", "sc", "value", WRONG_LICENCE, "reason", " "))))
        .isEqualTo("value-missing");
  }

  @Test
  void codesAreDrawnOnceAndTheRangeWarnsAndEnds() {
    String location =
        operator
            .post(
                "/api/v1/codes/ranges",
                Map.of("scheme", "trace", "stem", "6101020010001", "last", 20, "party", FIRM))
            .header("Location");
    assertThat(firm.get(location).json().path("remaining").asInt()).isEqualTo(20);
    JsonNode first = firm.post(location + "/draw", Map.of("count", 15)).json();
    assertThat(first.path("codes").path(0).path("uri").asString())
        .isEqualTo("urn:yuanliu:trace:61010200100010000001");
    assertThat(first.path("codes").path(14).path("text").asString())
        .isEqualTo("61010200100010000015");
    assertThat(
            first.path("range").path("warning").isNull()
                || first.path("range").path("warning").isMissingNode())
        .isTrue();
    JsonNode second = firm.post(location + "/draw", Map.of("count", 1)).json();
    assertThat(second.path("codes").path(0).path("text").asString())
        .isEqualTo("61010200100010000016");
    assertThat(second.path("range").path("warning").path("code").asString()).isEqualTo("range-low");
    assertThat(server.bean(MeterRegistry.class).get("yuanliu.codes.ranges.low").gauge().value())
        .isGreaterThanOrEqualTo(1);
    Answer tooMany = firm.post(location + "/draw", Map.of("count", 5));
    assertThat(tooMany.status()).isEqualTo(409);
    assertThat(tooMany.problem()).isEqualTo("range-exhausted");
    JsonNode last = firm.post(location + "/draw", Map.of("count", 4)).json();
    assertThat(last.path("range").path("remaining").asInt()).isZero();
    assertThat(firm.post(location + "/draw", Map.of("count", 1)).status()).isEqualTo(409);
    assertThat(
            operator
                .post(
                    "/api/v1/codes/ranges",
                    Map.of("scheme", "trace", "stem", "6101020010001", "first", 20, "last", 30))
                .problem())
        .isEqualTo("range-overlaps");
  }

  @Test
  void onlyItsOwnerDrawsAndOnlyTheOperatorRegisters() {
    Map<String, Object> range = Map.of("scheme", "pesticide", "stem", "12008001001", "party", FIRM);
    assertThat(firm.post("/api/v1/codes/ranges", range).status()).isEqualTo(403);
    String location = operator.post("/api/v1/codes/ranges", range).header("Location");
    Client other =
        server.client(
            "other",
            "urn:yuanliu:uscc:91445122MA4W000116",
            ViewerKind.ENTERPRISE,
            Permission.QUERY,
            Permission.CAPTURE);
    assertThat(other.get(location).status()).isEqualTo(404);
    assertThat(other.post(location + "/draw", Map.of("count", 1)).status()).isEqualTo(404);
    assertThat(other.get("/api/v1/codes/ranges").json().path("ranges").isEmpty()).isTrue();
    assertThat(firm.get("/api/v1/codes/ranges").json().path("ranges").findValuesAsString("scheme"))
        .contains("pesticide");
    Client reading = server.client("reading", FIRM, ViewerKind.ENTERPRISE, Permission.QUERY);
    assertThat(reading.post(location + "/draw", Map.of("count", 1)).status()).isEqualTo(403);
    for (int bad : new int[] {0, -1, 51}) {
      assertThat(detail(firm.post(location + "/draw", Map.of("count", bad))))
          .isEqualTo("count-out-of-range");
    }
    for (String scheme : new String[] {"drug", "vetdrug", "uscc", "nothing"}) {
      assertThat(
              detail(operator.post("/api/v1/codes/ranges", Map.of("scheme", scheme, "stem", "1"))))
          .as(scheme)
          .isEqualTo("scheme-not-issued");
    }
    assertThat(
            detail(
                operator.post(
                    "/api/v1/codes/ranges", Map.of("scheme", "operator", "stem", "610102001"))))
        .isEqualTo("issued-by-registry");
  }

  @Test
  void manyWhoDrawAtOnceGetDifferentCodes() throws Exception {
    String location =
        operator
            .post(
                "/api/v1/codes/ranges",
                Map.of("scheme", "seed", "stem", "KF26", "last", 1000, "party", FIRM))
            .header("Location");
    Set<String> drawn = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        tasks.add(
            () ->
                firm.post(location + "/draw", Map.of("count", 7))
                    .json()
                    .path("codes")
                    .findValuesAsString("uri"));
      }
      for (Future<List<String>> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).hasSize(7);
        drawn.addAll(done.get());
      }
    }
    assertThat(drawn).hasSize(140);
    assertThat(firm.get(location).json().path("used").asInt()).isEqualTo(140);
  }

  private static String detail(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    String type = answer.json().path("errors").path(0).path("type").asString();
    return type.substring(type.lastIndexOf('/') + 1);
  }
}
