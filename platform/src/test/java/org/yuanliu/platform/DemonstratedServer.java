package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.yuanliu.platform.checks.OpenAlerts;
import org.yuanliu.platform.demo.DemoLoader;
import org.yuanliu.platform.demo.DemoOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real server with its own PostgreSQL and the demonstration in it, as people ask it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DemonstratedServer {
  private static final double SCALE = 0.02;
  static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern VERDICT = Pattern.compile("class=\"card verdict verdict--(\\w+)\"");
  private static final Pattern FINDING = Pattern.compile("data-finding=\"(\\w+)\"");

  /** What changes from one look to the next though the records do not. */
  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}年\\d{1,2}月\\d{1,2}日 \\d{2}:\\d{2}</dd>");

  @TempDir static Path folder;

  final HttpClient http = HttpClient.newHttpClient();
  private final Clock clock = Midday.clock();
  ConfigurableApplicationContext context;
  String base;
  JsonNode demo;
  Instant looked;

  @BeforeAll
  void start() throws Exception {
    context =
        server(
            "--yuanliu.data-dir=" + folder, "--server.port=0", "--logging.threshold.console=error");
    base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    load();
    demo = JSON.readTree(Files.readString(folder.resolve("demo.json")));
    looked = context.getBean(Clock.class).instant().truncatedTo(ChronoUnit.SECONDS);
    waitForChecks();
  }

  ConfigurableApplicationContext server(String... arguments) {
    return new SpringApplicationBuilder(YuanliuApplication.class)
        .initializers(
            (GenericApplicationContext beans) ->
                beans.registerBean(
                    "testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
        .run(arguments);
  }

  void load() throws Exception {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, UTF_8);
    context
        .getBean(DemoLoader.class)
        .load(
            URI.create(base),
            folder,
            DemoOptions.upToNow(SCALE, context.getBean(Clock.class)),
            "yuanliu.local/main",
            nowhere,
            nowhere,
            false);
  }

  @AfterAll
  void stop() {
    context.close();
  }

  /** Everything that was sent has been judged. */
  void waitForChecks() {
    assertThat(context.getBean(OpenAlerts.class).awaitJudged(Duration.ofMinutes(2))).isTrue();
  }

  /** Everything that people and programs can ask about the demonstration's codes. */
  Map<String, String> answers() throws Exception {
    Map<String, String> answers = new LinkedHashMap<>();
    List<String> codes = new ArrayList<>();
    demo.path("traceCodes").forEach(code -> codes.add(code.asString()));
    demo.path("broken").forEach(broken -> codes.add(broken.path("code").asString()));
    for (String code : codes) {
      answers.put("page " + code, MOMENT.matcher(page(code)).replaceAll(""));
      for (String direction : List.of("backward", "forward", "both")) {
        answers.put(direction + " " + code, trace(operatorKey(), code, direction).toString());
      }
      answers.put(
          "events " + code,
          get(operatorKey(), "/epcis/events?perPage=200&MATCH_anyEPCClass=" + encoded(code))
              .body()
              .replaceAll("\"creationDate\":\"[^\"]*\"", ""));
    }
    return answers;
  }

  String operatorKey() {
    return demo.path("apiKey").asString();
  }

  String key(String account) {
    for (JsonNode candidate : demo.path("accounts")) {
      if (candidate.path("name").asString().equals(account)) {
        return candidate.path("apiKey").asString();
      }
    }
    throw new AssertionError("no account " + account);
  }

  JsonNode trace(String key, String code, String direction) throws Exception {
    HttpResponse<String> answer =
        get(key, "/api/v1/trace?direction=" + direction + "&code=" + encoded(code));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** Status and body of a trace, without what differs from request to request. */
  String answer(String key, String code) throws Exception {
    HttpResponse<String> answer = get(key, "/api/v1/trace?direction=both&code=" + code);
    return answer.statusCode() + " " + answer.body().replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  String page(String code) throws Exception {
    return page(code, "zh-CN");
  }

  String page(String code, String language) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/t/" + encoded(code)))
                .header("Accept-Language", language)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(code).isEqualTo(200);
    return answer.body();
  }

  HttpResponse<String> get(String key, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + key)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  static String verdict(String page) {
    Matcher matcher = VERDICT.matcher(page);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  static List<String> findings(String page) {
    return FINDING.matcher(page).results().map(result -> result.group(1)).toList();
  }
}
