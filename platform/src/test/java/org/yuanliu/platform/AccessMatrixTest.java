package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.yuanliu.platform.AccessMatrix.Answer;
import org.yuanliu.platform.AccessMatrix.Relation;
import org.yuanliu.platform.AccessMatrix.Role;
import org.yuanliu.platform.AccessMatrix.Row;
import org.yuanliu.platform.access.Accounts;

/**
 * Every address of the server, taken from its own handler mappings, asked by every role about its
 * own, its neighbour's and a stranger's object. What is expected stands in {@code
 * access/matrix.txt}; an address without a line there fails, and so does a line without an address.
 */
class AccessMatrixTest {
  /** What was answered, in the file's own form: to be read, and where it is right, taken over. */
  private static final Path SEEN = Path.of("target", "access-matrix-seen.txt");

  /** The same public files of the API page under further names, one with its version. */
  private static final Pattern SWAGGER = Pattern.compile("/\\*[a-z]");

  private static ConfigurableApplicationContext server;
  private static AccessWorld world;

  @BeforeAll
  static void start() throws IOException {
    Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "matrix");
    server =
        new SpringApplicationBuilder(YuanliuApplication.class)
            .run(
                "--yuanliu.data-dir=" + data,
                "--yuanliu.database.shared-buffers-mb=64",
                "--yuanliu.access.sign-ins-per-minute=100000",
                "--yuanliu.access.lookup-tokens=1000000",
                "--server.port=0",
                "--logging.structured.format.console=",
                "--logging.level.root=error");
    world =
        new AccessWorld(
            server.getBean(Accounts.class),
            server.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyAddressAnswersEveryRoleAsItIsWritten() throws IOException {
    Map<String, Row> rows = AccessMatrix.read();
    Set<String> addresses = addresses();
    Set<String> missing = new TreeSet<>(addresses);
    missing.removeAll(rows.keySet());
    List<String> wrong = new ArrayList<>();
    Set<String> risks = new TreeSet<>();
    List<String> seen = new ArrayList<>();
    int cases = 0;
    long begun = System.nanoTime();
    for (Row row : rows.values()) {
      List<String> cells = new ArrayList<>();
      for (Role role : Role.values()) {
        Set<String> cell = new LinkedHashSet<>();
        List<String> answers = new ArrayList<>();
        for (Relation relation : row.relations()) {
          Answer expected = row.expected(role, relation);
          // First the mark: what it names may be made for it.
          String mark = row.mark() == null ? null : world.fill(row.mark(), relation, true);
          HttpResponse<String> answer = ask(row, role, relation);
          PassiveRules.findings(answer, role != Role.nobody)
              .forEach(finding -> risks.add(row.key() + " as " + role + ": " + finding));
          Answer got = answer(mark, answer);
          if (!got.equals(expected)
              && !(expected.shows() == null && got.status() == expected.status())) {
            wrong.add(
                "%s %s as %s about %s: expected %s, got %s %s"
                    .formatted(
                        row.method(), row.pattern(), role, relation, expected, got, body(answer)));
          }
          answers.add(got.toString());
          cell.add(got.toString());
          cases++;
        }
        cells.add(cell.size() == 1 ? cell.iterator().next() : String.join("/", answers));
      }
      seen.add(row.key() + "\n  = " + String.join(" ", cells));
    }
    Files.write(SEEN, seen);
    System.out.printf(
        "access matrix: %d addresses, %d roles, %d relations where there is an object: %d cases in"
            + " %d s%n",
        rows.size(),
        Role.values().length,
        Relation.values().length,
        cases,
        (System.nanoTime() - begun) / 1_000_000_000);
    assertThat(missing)
        .as("addresses that %s does not cover; add a line for each", AccessMatrix.RESOURCE)
        .isEmpty();
    Set<String> gone = new TreeSet<>(rows.keySet());
    gone.removeAll(addresses);
    assertThat(gone).as("lines of addresses that are not there any more").isEmpty();

    assertThat(risks).as("what a scanner's passive rules find in the answers").isEmpty();
    assertThat(wrong).as("%d of %d; seen: %s", wrong.size(), cases, SEEN).isEmpty();
  }

  /** As it comes, the server takes no answer to a query for a record (yuanliu.capture). */
  @Test
  void anAnswerToAQueryIsNoRecord() {
    HttpResponse<String> refused =
        world.send(
            Role.firm,
            "POST",
            "/epcis/capture",
            """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
             "type": "EPCISQueryDocument", "schemaVersion": "2.0",
             "creationDate": "2026-01-31T00:00:00Z",
             "epcisBody": {"queryResults": {"queryName": "SimpleEventQuery",
               "resultsBody": {"eventList": []}}}}\
            """,
            "application/ld+json",
            null);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.body()).contains("query_document");
  }

  private static HttpResponse<String> ask(Row row, Role role, Relation relation) {
    String body = row.body() == null ? null : world.fill(row.body(), relation, true);
    return world.send(
        role,
        row.method(),
        world.fill(row.path(), relation, false),
        body,
        row.type(),
        row.accept());
  }

  private static Answer answer(String mark, HttpResponse<String> answer) {
    boolean told = mark != null && answer.statusCode() < 300;
    return new Answer(answer.statusCode(), told ? answer.body().contains(mark) : null);
  }

  private static String body(HttpResponse<String> answer) {
    String text = answer.body().replaceAll("\\s+", " ");
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  /** All that can be asked for, as method and pattern. */
  private static Set<String> addresses() {
    Set<String> addresses = new TreeSet<>();
    server
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(i -> add(addresses, i)));
    server
        .getBeansOfType(AbstractUrlHandlerMapping.class)
        .values()
        .forEach(
            mapping -> mapping.getHandlerMap().keySet().forEach(p -> addresses.add("GET " + p)));
    addresses.removeIf(address -> SWAGGER.matcher(address).find());
    return addresses;
  }

  private static void add(Set<String> addresses, RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    String parameters =
        info.getParamsCondition().getExpressions().stream()
            .map(Object::toString)
            .collect(Collectors.joining("&"));
    for (String pattern : info.getPatternValues()) {
      for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
        addresses.add(method + " " + pattern + (parameters.isEmpty() ? "" : "?" + parameters));
      }
    }
  }
}
